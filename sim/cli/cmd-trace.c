/* cmd-trace.c - one replication told as a story. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/cli/story.h"
#include "sim/engine/world.h"
#include "sim/lang/lang.h"
#include "sim/story/page.h"

typedef struct {
  gint replication;
  char *seed;
  char **set, **kinds;
  gint day, until;
  char *output;
  gboolean is_chain, is_log;
} Options;

/* "convoy" means "convoy-end" too. */
static gboolean
is_of_kind (const char *const *wanted, const char *kind)
{
  g_autofree char *family = g_strndup (kind, strcspn (kind, "-"));
  return g_strv_contains (wanted, kind) || g_strv_contains (wanted, family);
}

static gboolean
is_wanted (const SfLogEntry *e, gconstpointer data)
{
  const Options *o = data;
  gint day = (gint)(e->tick / SF_TICKS_PER_DAY);
  if (o->day >= 0 && (day < o->day || day > MAX (o->until, o->day)))
    return FALSE;
  return !o->kinds || is_of_kind ((const char *const *)o->kinds, e->kind);
}

static void
print_end (const SfPlan *plan, const SfRecord *record, guint64 seed,
           gint replication)
{
  printf (_ ("\nreplication %d, seed %ju, %jd events, fingerprint %016jx\n"),
          replication, (uintmax_t)seed, (intmax_t)record->head[SF_HEAD_EVENTS],
          (uintmax_t)record->head[SF_HEAD_FINGERPRINT]);
  double imbalance_frac = sf_ledger_imbalance (plan->book, record);
  if (imbalance_frac > 0)
    printf (_ ("the ledger balances (to %s of what went in)\n"),
            sf_lang_real ("%.1g", imbalance_frac).text);
  else
    puts (_ ("the ledger balances exactly"));
}

/* The chain, unless days or kinds of the log are asked for. */
static void
print_story (const SfStory *story, const Options *o)
{
  gboolean has_filter = o->day >= 0 || o->kinds;
  g_autoptr (SfChain) chain = sf_chain_new (story);
  g_autofree char *text = sf_chain_text (chain, story);
  if (o->is_chain || (!o->is_log && !has_filter))
    fputs (text, stdout);
  if (o->is_chain && (o->is_log || has_filter))
    puts ("");
  if (o->is_log || has_filter)
    sf_story_print (story->log, story->scenario->start, is_wanted, o);
}

static gboolean
write_page (const SfStory *story, const Options *o, guint64 seed,
            GError **error)
{
  g_autoptr (SfChain) chain = sf_chain_new (story);
  g_autofree char *page
      = sf_story_page (chain, story, (guint)o->replication, seed);
  if (!sf_file_write (o->output, page, strlen (page), error))
    return FALSE;
  sf_cmd_say (_ ("Written: %s\n"), o->output);
  return TRUE;
}

static SfExit
tell (const SfInvocation *invocation, SfScenario *s, const Options *o,
      guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPlan) plan = sf_plan_new (s, &error);
  if (!plan)
    return sf_cmd_error (invocation, error);
  g_autofree gpointer memory = g_malloc0 (sf_record_size (plan->book));
  SfRecord record = sf_record_view (plan->book, memory);
  g_autoptr (SfLog) log = sf_log_new_for_people ();
  g_autoptr (SfWorld) world = sf_world_new (plan);
  if (!sf_world_run (world, seed, (guint)o->replication, &record, log, &error))
    return sf_cmd_error (invocation, error);
  const SfStory story = { s, plan->book, &record, log };
  if (o->output)
    return write_page (&story, o, seed, &error)
               ? SF_EXIT_DONE
               : sf_cmd_error (invocation, error);
  print_story (&story, o);
  print_end (plan, &record, seed, o->replication);
  return SF_EXIT_DONE;
}

static SfExit
run (SfInvocation *invocation)
{
  Options o = { .day = -1, .until = -1 };
  const GOptionEntry entries[] = {
    { "replication", 'r', 0, G_OPTION_ARG_INT, &o.replication,
      N_ ("Which replication (default 0)"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o.seed,
      N_ ("Seed (default: the scenario's)"), "N" },
    { "day", 'd', 0, G_OPTION_ARG_INT, &o.day, N_ ("Only this day"), "DAY" },
    { "until", 0, 0, G_OPTION_ARG_INT, &o.until,
      N_ ("With --day: and those up to this one"), "DAY" },
    { "kind", 'k', 0, G_OPTION_ARG_STRING_ARRAY, &o.kinds,
      N_ ("Only this kind: event, attack, convoy, gate, road, stock (may be "
          "given again)"),
      "event|attack|convoy|gate|road|stock" },
    { "log", 'l', 0, G_OPTION_ARG_NONE, &o.is_log,
      N_ ("The log, line by line, as with --day or --kind"), NULL },
    { "chain", 'c', 0, G_OPTION_ARG_NONE, &o.is_chain,
      N_ ("The chain of turning points and reasons, besides the log"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      N_ ("Write chain and log as a page for a browser"), "FILE.html" },
    SF_CMD_SET (&o.set),
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries,
          "shortfall trace scenarios/two-roads.json -o story.html",
          "SCENARIO.json",
          N_ ("Runs one replication and tells what happened, and why: turning "
              "points of the city's\nsupply with reasons, in numbers of that "
              "replication; or its whole log."),
          &status))
    return status;
  g_autoptr (SfScenario) s
      = sf_cmd_load (invocation, (const char *const *)o.set, &status);
  guint64 seed = s ? s->seed : 0;
  if (s && s->start == SF_PARAM_NO_DATE)
    status = sf_cmd_timeless (invocation, s);
  else if (s && !sf_cmd_seed (o.seed, &seed))
    status = sf_cmd_usage (invocation, SF_CMD_SEED_WRONG);
  else if (s && o.replication < 0)
    status = sf_cmd_usage (invocation, _ ("--replication counts from 0"));
  else if (s)
    status = tell (invocation, s, &o, seed);
  g_strfreev (o.set);
  g_strfreev (o.kinds);
  g_free (o.seed);
  g_free (o.output);
  return status;
}

const SfCommand sf_cmd_trace
    = { "trace", N_ ("tell one replication as a story"), run };
