/* cmd-network.c - shortfall network: what the roads allow. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/commands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/cli/import.h"
#include "sim/cli/load.h"
#include "sim/cli/network-report.h"
#include "sim/lang/lang.h"
#include "sim/network/exchange.h"

static const char example[]
    = "shortfall network scenarios/bamako-network.json\n"
      "         shortfall network --from dakar --to bamako "
      "--without diboli-kayes FILE\n"
      "         shortfall network --closures 2 --capacity FILE\n"
      "         shortfall network --reliability --samples 10000 FILE\n"
      "         shortfall network --export graphml -o roads.graphml FILE";

static const char *const about = N_ (
    "Shows what the network of a scenario allows, without running it: the\n"
    "routes from every port and refinery to the capital with km, hours and\n"
    "capacity, what can arrive at most, what alone cuts it off, and what\n"
    "each single closure costs. Closures are a stress test of service: how\n"
    "far a plan bends before people go without. There is no single ranked\n"
    "list of roads: the worst two closures need not hold the worst one, and\n"
    "sometimes there is no most vital arc at all. Two-way links have their\n"
    "capacity in each direction, which for one flow is the same as sharing\n"
    "it. That no way is left is an answer, not a failure.");

/* What the command line says. */
typedef struct {
  char *from, *to, *weight, *without, *with, *table, *format, *output,
      *export_as, *seed;
  SfImport import;
  char **imports, **overrides;
  gint k, closures;
  gboolean capacity, each, reliability, wet;
  double fail_prob; /* NAN: that of each link */
  double driving_h;
  gint64 samples;
} Options;

static void
options_clear (Options *o)
{
  g_free (o->from);
  g_free (o->to);
  g_free (o->weight);
  g_free (o->without);
  g_free (o->with);
  g_free (o->table);
  g_free (o->format);
  g_free (o->output);
  g_free (o->export_as);
  g_free (o->seed);
  sf_import_clear (&o->import);
  g_strfreev (o->imports);
  g_strfreev (o->overrides);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &o->from,
      N_ ("Origins, ids separated by commas (default: all ports and "
          "refineries)"),
      "ID,..." },
    { "to", 0, 0, G_OPTION_ARG_STRING, &o->to,
      N_ ("Destination (default: the capital)"), "ID" },
    { "routes", 'k', 0, G_OPTION_ARG_INT, &o->k,
      N_ ("Routes shown for each origin (default 3)"), "N" },
    { "weight", 0, 0, G_OPTION_ARG_STRING, &o->weight,
      N_ ("What makes a route short: km (default) or h"), "km|h" },
    { "driving-h", 0, 0, G_OPTION_ARG_DOUBLE, &o->driving_h,
      N_ ("Hours a truck drives in a day (default: the least of the scenario's "
          "vehicles, 24 without any)"),
      "H" },
    { "wet", 0, 0, G_OPTION_ARG_NONE, &o->wet, N_ ("Hours in the rains"),
      NULL },
    { "without", 0, 0, G_OPTION_ARG_STRING, &o->without,
      N_ ("Close these links"), "LINK,..." },
    { "with", 0, 0, G_OPTION_ARG_STRING, &o->with,
      N_ ("Open these links, which the scenario closes"), "LINK,..." },
    { "each", 0, 0, G_OPTION_ARG_NONE, &o->each,
      N_ ("Show every open link closed alone"), NULL },
    { "closures", 0, 0, G_OPTION_ARG_INT, &o->closures,
      N_ ("Show the worst 0 to N closures for the shortest way, exactly"),
      "N" },
    { "capacity", 0, 0, G_OPTION_ARG_NONE, &o->capacity,
      N_ ("With --closures: for what can arrive instead; alone: show just "
          "that"),
      NULL },
    { "reliability", 0, 0, G_OPTION_ARG_NONE, &o->reliability,
      N_ ("Show the chance that a way is left when links fail (fail_prob)"),
      NULL },
    { "fail-prob", 0, 0, G_OPTION_ARG_DOUBLE, &o->fail_prob,
      N_ ("With --reliability: every link fails with this probability"), "P" },
    { "samples", 0, 0, G_OPTION_ARG_INT64, &o->samples,
      N_ ("With --reliability: draw so many states of the network as well"),
      "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed,
      N_ ("Seed of the samples (default 1)"), "N" },
    { "table", 0, 0, G_OPTION_ARG_STRING, &o->table,
      N_ ("Print one table only: routes, capacity, single_points, each, "
          "closures "
          "or reliability (CSV holds one; default: the first)"),
      "routes|capacity|single_points|each|closures|reliability" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &o->format,
      N_ ("text (default), csv or json"), "text|csv|json" },
    { "export", 0, 0, G_OPTION_ARG_STRING, &o->export_as,
      N_ ("Write the network as graphml, geojson, csv-links or csv-nodes "
          "instead"),
      "graphml|geojson|csv-links|csv-nodes" },
    { "import", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->imports,
      N_ ("Write a scenario made from this .csv, .graphml or .geojson file; "
          "give "
          "it twice for a CSV of links and one of nodes"),
      "FILE" },
    SF_CMD_IMPORT (&o->import),
    SF_CMD_SET (&o->overrides),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("Write to this file, whole or not at all (default: standard output)"),
      "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  return sf_cmd_parse (invocation, entries, example, "SCENARIO.json", about,
                       status);
}

/* ---- What is asked ------------------------------------------------------ */

/* A scenario with the question put to it. */
typedef struct {
  const SfInvocation *invocation;
  const Options *options;
  SfScenario *scenario;
  SfNetwork *network;
  guint8 *closed;
  GArray *from; /* gint */
  guint64 seed;
  SfNetworkAsk ask;
} Question;

static void
question_clear (Question *q)
{
  g_clear_pointer (&q->from, g_array_unref);
  g_clear_pointer (&q->closed, g_free);
  g_clear_pointer (&q->network, sf_network_free);
  g_clear_pointer (&q->scenario, sf_scenario_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* The index of a name in a collection, or -1 after a line that says so. */
static gint
find (const Question *q, const char *collection, const char *id)
{
  const SfScenario *s = q->scenario;
  gint i = sf_scenario_find (s, collection, id);
  if (i >= 0)
    return i;
  gboolean is_node = strcmp (collection, "nodes") == 0;
  guint n = is_node ? s->n_nodes : s->n_links;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  for (guint j = 0; j < n; j++)
    names[j] = is_node ? s->nodes[j].id : s->links[j].id;
  const char *near = sf_text_nearest (id, names, n);
  g_autofree char *safe = sf_text_safe (id, -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_cmd_usage (q->invocation,
                is_node ? _ ("there is no node \"%s\"%s")
                        : _ ("there is no link \"%s\"%s"),
                safe, hint);
  return -1;
}

static gboolean
set_closed (Question *q, const char *list, guint8 value)
{
  g_auto (GStrv) ids = g_strsplit (list ? list : "", ",", -1);
  for (guint i = 0; ids[i]; i++) {
    if (!*g_strstrip (ids[i]))
      continue;
    gint link = find (q, "links", ids[i]);
    if (link < 0)
      return FALSE;
    q->closed[link] = value;
  }
  return TRUE;
}

static gboolean
set_from (Question *q, const char *list)
{
  const SfScenario *s = q->scenario;
  q->from = g_array_new (FALSE, FALSE, sizeof (gint));
  for (gint i = 0; !list && i < (gint)s->n_nodes; i++)
    if ((s->nodes[i].kind == SF_NODE_PORT
         || s->nodes[i].kind == SF_NODE_REFINERY)
        && i != q->ask.to)
      g_array_append_val (q->from, i);
  g_auto (GStrv) ids = g_strsplit (list ? list : "", ",", -1);
  for (guint i = 0; ids[i]; i++) {
    if (!*g_strstrip (ids[i]))
      continue;
    gint node = find (q, "nodes", ids[i]);
    if (node < 0)
      return FALSE;
    g_array_append_val (q->from, node);
  }
  if (q->from->len > 0)
    return TRUE;
  sf_cmd_usage (
      q->invocation,
      _ ("the scenario has no port or refinery; name the origins with "
         "--from"));
  return FALSE;
}

static gboolean
set_to (Question *q, const char *id)
{
  q->ask.to = id ? find (q, "nodes", id) : q->scenario->capital;
  if (q->ask.to >= 0)
    return TRUE;
  if (!id)
    sf_cmd_usage (q->invocation, _ ("the scenario names no capital; name the "
                                    "destination with --to"));
  return FALSE;
}

static double
driving_of (const Question *q)
{
  double least_h = 24;
  if (q->options->driving_h > 0)
    return q->options->driving_h;
  for (guint i = 0; i < q->scenario->n_vehicles; i++)
    least_h = MIN (least_h, q->scenario->vehicles[i].driving_h_per_day);
  return least_h;
}

/* What can be wrong on the command line before a file is read. */
static SfExit
check_options (Question *q)
{
  const Options *o = q->options;
  const SfInvocation *in = q->invocation;
  q->seed = 1;
  if (o->k < 1 || o->k > 1000)
    return sf_cmd_usage (in, _ ("-k takes 1 to 1000"));
  if (o->closures < -1 || o->closures > 20)
    return sf_cmd_usage (in, _ ("--closures takes 0 to 20"));
  if (o->driving_h < 0 || o->driving_h > 24)
    return sf_cmd_usage (in, _ ("--driving-h takes more than 0, at most 24"));
  if (!isnan (o->fail_prob) && !(o->fail_prob >= 0 && o->fail_prob <= 1))
    return sf_cmd_usage (in, _ ("--fail-prob takes 0 to 1"));
  if (o->samples < 0 || o->samples > 100000000)
    return sf_cmd_usage (in, _ ("--samples takes 1 to 100000000"));
  if (!sf_cmd_seed (o->seed, &q->seed))
    return sf_cmd_usage (in, SF_CMD_SEED_WRONG);
  if (!o->reliability && (o->samples > 0 || o->fail_prob >= 0))
    return sf_cmd_usage (in,
                         _ ("--samples and --fail-prob need --reliability"));
  const char *wrong = sf_import_wrong (&o->import);
  return wrong ? sf_cmd_usage (in, "%s", wrong) : SF_EXIT_DONE;
}

/* ---- Answers ------------------------------------------------------------ */

/* Writes a text where it was asked for. */
static SfExit
put (const SfInvocation *invocation, const Options *o, const char *text)
{
  g_autoptr (GError) error = NULL;
  if (!o->output) {
    fputs (text, stdout);
    if (fflush (stdout) == 0)
      return SF_EXIT_DONE;
    g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_IO,
                 _ ("standard output could not be written"));
    return sf_cmd_error (invocation, error);
  }
  if (!sf_file_write (o->output, text, strlen (text), &error))
    return sf_cmd_error (invocation, error);
  sf_cmd_say (_ ("Written: %s\n"), o->output);
  return SF_EXIT_DONE;
}

typedef enum {
  ROUTES,
  CAPACITY,
  POINTS,
  EACH,
  CLOSURES,
  RELIABILITY,
  N_TABLES
} Which;

static const char *const table_names[]
    = { "routes",      "capacity", "single_points", "each", "closures",
        "reliability", NULL };

static SfTable *
make (const Question *q, Which which, GError **error)
{
  const Options *o = q->options;
  switch (which) {
  case ROUTES:
    return sf_report_routes (&q->ask, error);
  case CAPACITY:
    return sf_report_capacity (&q->ask, error);
  case POINTS:
    return sf_report_single_points (&q->ask, error);
  case EACH:
    return sf_report_each (&q->ask, o->each, error);
  case CLOSURES:
    return sf_report_closures (&q->ask, (guint)MAX (o->closures, 0),
                               o->capacity, error);
  case RELIABILITY:
    return sf_report_reliability (&q->ask,
                                  isnan (o->fail_prob) ? -1 : o->fail_prob,
                                  (guint64)o->samples, q->seed, error);
  case N_TABLES:
    break;
  }
  return NULL;
}

/* Which tables the options ask for. */
static void
choose (const Options *o, gboolean wanted[N_TABLES])
{
  wanted[EACH] = o->each;
  wanted[CLOSURES] = o->closures >= 0;
  wanted[CAPACITY] = o->capacity && o->closures < 0;
  wanted[RELIABILITY] = o->reliability;
  if (!wanted[EACH] && !wanted[CLOSURES] && !wanted[CAPACITY]
      && !wanted[RELIABILITY])
    wanted[ROUTES] = wanted[CAPACITY] = wanted[POINTS] = wanted[EACH] = TRUE;
  for (int i = 0; o->table && i < N_TABLES; i++)
    wanted[i] = strcmp (table_names[i], o->table) == 0;
}

static char *
first_line (const Question *q)
{
  const SfScenario *s = q->scenario;
  guint n_closed = 0;
  for (guint i = 0; i < s->n_links; i++)
    n_closed += q->closed[i];
  const char *name = s->title ? _ (s->title) : s->name ? s->name : s->path;
  g_autofree char *safe = sf_text_safe (name, -1);
  char number[SF_TEXT_NUMBER_SIZE];
  return g_strdup_printf (
      q->options->wet
          ? _ ("Network of \"%s\": %u nodes, %u links (%u closed); trucks "
               "drive %s h a day, rainy season")
          : _ ("Network of \"%s\": %u nodes, %u links (%u closed); trucks "
               "drive %s h a day, dry season"),
      safe, s->n_nodes, s->n_links, n_closed,
      sf_text_number (number, sf_network_driving (q->network)));
}

static SfExit
answer (const Question *q)
{
  const Options *o = q->options;
  gboolean wanted[N_TABLES] = { FALSE };
  choose (o, wanted);
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  SfTableFormat format = (SfTableFormat)sf_param_choice (
      "text|csv|json", o->format ? o->format : "text");
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_pause (format == SF_TABLE_CSV || format == SF_TABLE_JSON);
  for (int i = 0; i < N_TABLES; i++) {
    g_autoptr (GError) error = NULL;
    if (!wanted[i] || (format == SF_TABLE_CSV && tables->len > 0))
      continue;
    SfTable *table = make (q, (Which)i, &error);
    if (!table)
      return sf_cmd_error (q->invocation, error);
    g_ptr_array_add (tables, table);
  }
  g_autofree char *title = first_line (q);
  g_autofree char *text = sf_tables_print (tables, title, format);
  return put (q->invocation, o, text);
}

static SfExit export(const Question *q)
{
  const Options *o = q->options;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  if (strcmp (o->export_as, "graphml") == 0) {
    text = sf_graphml_write (q->scenario, &error);
    if (!text)
      return sf_cmd_error (q->invocation, error);
  } else if (strcmp (o->export_as, "geojson") == 0) {
    text = sf_geojson_write (q->scenario);
  } else { /* csv-links or csv-nodes: no other is let through */
    g_autoptr (SfGrid) grid = sf_grid_of (q->scenario, o->export_as + 4);
    text = sf_grid_to_csv (grid);
  }
  return put (q->invocation, o, text);
}

/* ---- Import ------------------------------------------------------------- */

static SfExit
import (const SfInvocation *invocation, const Options *o)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in = sf_intake_new (mistakes);
  sf_import_apply (&o->import, in);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SfJsonDoc) doc
      = sf_cmd_import (in, (const char *const *)o->imports, FALSE, skipped);
  if (!doc)
    return sf_cmd_mistakes (mistakes);
  sf_cmd_say_import (in, skipped);
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);
  return put (invocation, o, text);
}

/* ---- The command -------------------------------------------------------- */

/* Reads the scenario and puts the question together. */
static SfExit
prepare (Question *q)
{
  const Options *o = q->options;
  g_autoptr (GError) error = NULL;
  SfExit status = SF_EXIT_DONE;
  q->scenario
      = sf_cmd_load (q->invocation, (const char *const *)o->overrides, &status);
  if (!q->scenario)
    return status;
  sf_scenario_draw (q->scenario, q->scenario->seed, -1);
  q->network = sf_network_new (q->scenario, &error);
  if (!q->network)
    return sf_cmd_error (q->invocation, error);
  q->closed = sf_network_closed (q->network, NULL);
  if (o->export_as)
    return SF_EXIT_DONE;
  if (!set_to (q, o->to) || !set_from (q, o->from)
      || !set_closed (q, o->with, 0) || !set_closed (q, o->without, 1))
    return SF_EXIT_USAGE;
  sf_network_set_driving (q->network, driving_of (q));
  sf_network_set_wet (q->network, o->wet);
  q->ask.network = q->network;
  q->ask.from = q->from;
  q->ask.weight = g_strcmp0 (o->weight, "h") == 0 ? SF_WEIGHT_H : SF_WEIGHT_KM;
  q->ask.is_closed = q->closed;
  q->ask.k = (guint)o->k;
  return SF_EXIT_DONE;
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { .k = 3,
                         .closures = -1,
                         .fail_prob = NAN,
                         .import = { .join_km = SF_INTAKE_JOIN_KM } };
  g_auto (Question) q = { .invocation = invocation, .options = &o };
  SfExit status = SF_EXIT_DONE;
  if (!parse (invocation, &o, &status))
    return status;
  status = check_options (&q);
  if (status != SF_EXIT_DONE)
    return status;
  if (o.imports && invocation->argc == 1)
    return import (invocation, &o);
  if (o.imports)
    return sf_cmd_usage (invocation,
                         _ ("--import takes no scenario: give only the "
                            "files to import"));
  status = prepare (&q);
  if (status != SF_EXIT_DONE)
    return status;
  return o.export_as ? export(&q) : answer (&q);
}

const SfCommand sf_cmd_network = {
  "network",
  N_ ("routes, capacity, closures and reliability of the network"),
  run,
};
