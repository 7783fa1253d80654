/* sweep-rerun.c - one row of a sweep again. SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/story.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"
#include "sim/sweep/worker.h"

typedef struct {
  char *output;
  gint point, rep;
  gboolean is_quiet;
} Options;

/* Equal to the last bit, or both not there. */
static gboolean
is_equal (double a, double b)
{
  guint64 bits_a, bits_b;
  memcpy (&bits_a, &a, sizeof a);
  memcpy (&bits_b, &b, sizeof b);
  return (isnan (a) && isnan (b)) || bits_a == bits_b;
}

/* Prints outcomes beside those that are kept; how many differ. */
static guint
print_outcomes (const SfStudy *study, const SfStoreRow *now,
                const SfStoreRow *kept)
{
  guint n = 0;
  char text[SF_TEXT_NUMBER_SIZE];
  for (guint i = 0; i < study->n_outcomes; i++) {
    gboolean is_same = is_equal (now->outcomes[i], kept->outcomes[i]);
    printf ("%-28s %-24s %s\n", study->outcomes[i].name,
            isnan (now->outcomes[i]) ? _ ("did not happen")
                                     : sf_text_number (text, now->outcomes[i]),
            is_same ? _ ("as kept") : _ ("DIFFERS from what is kept"));
    n += !is_same;
  }
  return n;
}

static SfExit
compare (const SfInvocation *invocation, SfSweep *sweep, const SfStoreRow *now)
{
  g_autoptr (GError) error = NULL;
  g_autofree double *outcomes = g_new0 (double, sweep->study->n_outcomes + 1);
  g_autofree char *message = NULL;
  SfStoreRow kept;
  if (!sf_store_get (sweep->store, now->point, now->rep, &kept, outcomes, NULL,
                     &message, &error)) {
    if (error)
      return sf_cmd_error (invocation, error);
    g_autofree char *run = sf_cmd_pasted ("shortfall sweep run");
    g_autofree char *path = sf_cmd_word (invocation->argv[1]);
    printf (_ ("\nno row is kept of point %u, replication %u; %s %s does the "
               "runs that are missing\n"),
            now->point, now->rep, run, path);
    return SF_EXIT_DONE;
  }
  const char *state = _ (sf_store_state_names[now->state]);
  if (now->message && *now->message)
    printf (_ ("\npoint %u, replication %u: %s: %s\n"), now->point, now->rep,
            state, now->message);
  else
    printf (_ ("\npoint %u, replication %u: %s\n"), now->point, now->rep,
            state);
  if (now->state != kept.state) {
    state = _ (sf_store_state_names[kept.state]);
    if (message)
      printf (_ ("kept: %s: %s\n"), state, message);
    else
      printf (_ ("kept: %s\n"), state);
    return SF_EXIT_FAILED;
  }
  guint n = now->state == SF_STORE_DONE
                ? print_outcomes (sweep->study, now, &kept)
                : 0;
  gboolean is_same = n == 0 && now->fingerprint == kept.fingerprint;
  printf (is_same ? _ ("fingerprint %016jx, the same to the last bit\n")
                  : _ ("fingerprint %016jx, NOT the run that is kept\n"),
          (uintmax_t)now->fingerprint);
  return is_same ? SF_EXIT_DONE : SF_EXIT_FAILED;
}

static SfExit
rerun (const SfInvocation *invocation, SfSweep *sweep, const Options *o)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfWorker) worker = sf_worker_new (sweep->study, sf_cmd_models ());
  g_autoptr (SfLog) log = o->is_quiet ? NULL : sf_log_new_for_people ();
  SfWire wire = sf_wire_new (sweep->study);
  g_autofree double *values = g_new0 (double, wire.n_values + 1);
  g_autofree guint8 *bytes = g_malloc0 (wire.row_size);
  SfStoreTask task = { .values = values };
  if (!sf_store_task (sweep->store, (guint)o->point, &task, &error)) {
    if (error)
      return sf_cmd_error (invocation, error);
    SfStoreCounts counts;
    if (!sf_store_count (sweep->store, &counts, &error))
      return sf_cmd_error (invocation, error);
    return sf_cmd_usage (invocation,
                         _ ("there is no point %d; the last one is %u"),
                         o->point, (guint)counts.points - 1);
  }
  task.rep = (guint)o->rep;
  sf_worker_run (worker, &task, log, bytes);
  if (log)
    sf_story_print (log, sweep->study->base->start, NULL, NULL);
  SfStoreRow now = sf_wire_row (&wire, bytes);
  return compare (invocation, sweep, &now);
}

SfExit
sf_sweep_verb_rerun (SfInvocation *invocation)
{
  Options o = { .point = -1 };
  const GOptionEntry entries[] = {
    { "point", 'p', 0, G_OPTION_ARG_INT, &o.point, N_ ("Which point"), "K" },
    { "rep", 'r', 0, G_OPTION_ARG_INT, &o.rep,
      N_ ("Which replication (default 0)"), "R" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.is_quiet,
      N_ ("No story, only the comparison"), NULL },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries,
          "shortfall sweep rerun two-roads-sweep --point 3 --rep 0",
          "STUDY.json | FOLDER",
          N_ ("Does one run again, tells it as a story, and compares it "
              "with the row that is kept: outcomes\nand fingerprint "
              "must agree to the last bit."),
          &status))
    return status;
  if (o.point < 0 || o.rep < 0)
    status
        = sf_cmd_usage (invocation, _ ("--point K and --rep R count from 0"));
  else {
    g_autoptr (SfSweep) sweep
        = sf_sweep_verb_open (invocation, o.output, SF_SWEEP_INPUTS, &status);
    if (sweep)
      status = rerun (invocation, sweep, &o);
  }
  g_free (o.output);
  return status;
}
