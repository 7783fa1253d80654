/* cmd-new.c - a scenario from a planner's tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/import.h"
#include "sim/cli/load.h"
#include "sim/cli/made.h"
#include "sim/intake/city.h"
#include "sim/lang/lang.h"

static const char example[]
    = "shortfall new nodes.csv links.csv supply.csv -o city.json\n"
      "         shortfall new roads.geojson supply.csv -o city.json --start "
      "2026-03-01\n"
      "         shortfall new nodes.csv links.csv supply.csv -o cut.json "
      "--close pass --close-on 2026-04-01";

typedef struct {
  char *output, *name, *title, *capital, *start, *close, *close_on;
  SfImport import;
  gint days, close_days;
  gboolean is_forced;
} Options;

static void
options_clear (Options *o)
{
  g_free (o->output);
  g_free (o->name);
  g_free (o->title);
  g_free (o->capital);
  g_free (o->start);
  g_free (o->close);
  g_free (o->close_on);
  sf_import_clear (&o->import);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("Scenario file to write, whole or not at all"), "FILE" },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &o->is_forced,
      N_ ("Replace an existing file"), NULL },
    { "start", 0, 0, G_OPTION_ARG_STRING, &o->start,
      N_ ("First day (default: today)"), "DATE" },
    { "days", 0, 0, G_OPTION_ARG_INT, &o->days,
      N_ ("Length of the run (default: 90)"), "N" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &o->name,
      N_ ("Short name (default: that of the file)"), "ID" },
    { "title", 0, 0, G_OPTION_ARG_FILENAME, &o->title,
      N_ ("One line (default: the name)"), "TEXT" },
    { "capital", 0, 0, G_OPTION_ARG_FILENAME, &o->capital,
      N_ ("The place to be supplied (default: that of kind capital, else where "
          "most is used)"),
      "ID" },
    { "close", 0, 0, G_OPTION_ARG_FILENAME, &o->close,
      N_ ("Close these roads on the day of --close-on"), "LINK,..." },
    { "close-on", 0, 0, G_OPTION_ARG_STRING, &o->close_on,
      N_ ("The day (default: the 30th of the run)"), "DATE" },
    { "close-days", 0, 0, G_OPTION_ARG_INT, &o->close_days,
      N_ ("For so many days (default: for good)"), "N" },
    SF_CMD_IMPORT (&o->import),
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries, example, "NODES.csv LINKS.csv SUPPLY.csv",
      _ ("Makes a scenario that runs from a planner's own tables: places, "
         "roads, and a table of\nwhat is used, in stock and brought (columns "
         "place, commodity, unit, use_per_day, stock,\narrivals_per_day, "
         "loads_at, trucks_count, truck_capacity, people_count ...). Which "
         "file "
         "is which\nis seen from its columns. What the tables leave out is "
         "assumed, with a range, and listed:\nreplace that first."),
      status);
}

/* What is asked, checked; FALSE after a usage error. */
static gboolean
make_wish (const SfInvocation *invocation, const Options *o, SfCityWish *wish,
           SfExit *status)
{
  const char *wrong = NULL;
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 now_s = epoch ? g_ascii_strtoll (epoch, NULL, 10)
                       : g_get_real_time () / G_USEC_PER_SEC;
  wish->start = (SfDate)(now_s / 86400);
  wish->days = (guint)o->days;
  wish->capital = o->capital;
  wish->close = o->close;
  wish->close_days = (guint)MAX (o->close_days, 0);
  if (!o->output)
    wrong = _ ("where to? Give a file with -o, as -o city.json");
  else if (o->start && !sf_date_parse (o->start, &wish->start))
    wrong = _ ("--start takes a day, as 2026-03-01");
  else if (o->days < 1 || o->days > 3650 || o->close_days < 0)
    wrong = _ ("--days takes 1 to 3650, and --close-days what is not below 0");
  else if (sf_import_wrong (&o->import))
    wrong = sf_import_wrong (&o->import);
  else if (!o->close && (o->close_on || o->close_days > 0))
    wrong = _ ("--close-on and --close-days go with --close");
  else if (invocation->argc < 3)
    wrong = _ ("which tables? Places and roads (or one map of both), and "
               "supply");
  else if (invocation->argc > 5)
    wrong = _ ("at most four files: places, roads, supply, and units");
  const char *const texts[] = { o->name, o->title, o->capital, o->close };
  for (gsize i = 0; !wrong && i < G_N_ELEMENTS (texts); i++)
    if (texts[i] && !g_utf8_validate (texts[i], -1, NULL))
      wrong = _ ("a text on the command line is not UTF-8");
  wish->close_on = wish->start + MIN (30, (SfDate)wish->days - 1);
  if (!wrong && o->close_on && !sf_date_parse (o->close_on, &wish->close_on))
    wrong = _ ("--close-on takes a day, as 2026-04-01");
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  return !wrong
         && sf_cmd_may_make (invocation, o->output, o->is_forced, status);
}

static void
say_made (const Options *o, const SfScenario *s, const SfIntake *in,
          const GPtrArray *skipped, const GPtrArray *assumed)
{
  sf_cmd_say_import (in, skipped);
  sf_cmd_say (_ ("Written: %s (%u places, %u roads, %u goods, %u days)\n"),
              o->output, s->n_nodes, s->n_links, s->n_commodities,
              sf_scenario_days (s));
  if (assumed->len > 0)
    fprintf (stderr, "%s\n",
             _ ("Assumed, since no table says it; replace these "
                "first:"));
  for (guint i = 0; i < assumed->len; i++)
    fprintf (stderr, "  %u. %s\n", i + 1, (const char *)assumed->pdata[i]);
  g_autofree char *check = sf_cmd_pasted ("shortfall check");
  g_autofree char *run = sf_cmd_pasted ("shortfall run");
  g_autofree char *path = sf_cmd_word (o->output);
  fprintf (stderr, _ ("Next: %s --list %s; %s %s\n"), check, path, run, path);
}

static SfExit
make (const SfInvocation *invocation, const Options *o, SfCityWish *wish)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in = sf_intake_new (mistakes);
  sf_import_apply (&o->import, in);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) assumed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SfJsonDoc) doc = sf_cmd_import (
      in, (const char *const *)invocation->argv + 1, TRUE, skipped);
  if (!in->supply && sf_mistakes_count (mistakes) == 0)
    sf_mistakes_add (mistakes, SF_MISTAKE_MISSING, NULL, 0, 0, NULL, "%s",
                     _ ("no file is a table of supply: it has the columns "
                        "place, commodity, unit, use_per_day"));
  if (doc && in->supply && !sf_city_add (in, doc, wish, assumed))
    sf_mistakes_sort (mistakes);
  if (!doc || sf_mistakes_count (mistakes) > 0)
    return sf_cmd_mistakes (mistakes);
  SfExit status = SF_EXIT_DONE;
  g_autoptr (SfScenario) s
      = sf_cmd_write_made (invocation, doc, o->output, &status);
  if (s)
    say_made (o, s, in, skipped, assumed);
  return status;
}

/* "tables/ville-neuve.json" is named "ville-neuve". */
static char *
name_of (const Options *o)
{
  if (o->name)
    return sf_grid_id (o->name);
  g_autofree char *base = g_path_get_basename (o->output);
  char *point = strrchr (base, '.');
  if (point && point != base)
    *point = '\0';
  char *id = sf_grid_id (base);
  if (*id)
    return id;
  g_free (id);
  return g_strdup ("city");
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o
      = { .days = 90, .import = { .join_km = SF_INTAKE_JOIN_KM } };
  SfCityWish wish = { 0 };
  SfExit status;
  if (!parse (invocation, &o, &status)
      || !make_wish (invocation, &o, &wish, &status))
    return status;
  g_autofree char *name = name_of (&o);
  wish.name = name;
  wish.title = o.title ? o.title : name;
  g_auto (GStrv) files = g_new0 (char *, (gsize)invocation->argc);
  for (int i = 1; i < invocation->argc; i++) {
    files[i - 1] = g_path_get_basename (invocation->argv[i]);
    wish.list[i - 1] = files[i - 1];
  }
  return make (invocation, &o, &wish);
}

const SfCommand sf_cmd_new
    = { "new", N_ ("a scenario from your own tables of places, roads, supply"),
        run };
