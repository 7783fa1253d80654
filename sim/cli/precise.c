/* precise.c - a run that goes on until means are known well enough. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/precise.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/comparison.h"
#include "sim/cli/measure-choice.h"
#include "sim/cli/table.h"
#include "sim/experiment/stop.h"
#include "sim/inference/pairs.h"
#include "sim/lang/lang.h"

/* ---- What is wished ---------------------------------------------------------- */

/* Takes "NAME" or "NAME=ABSOLUTE" apart; FALSE when it makes no sense. */
static gboolean
read_wish (const char *text, char **name, double *absolute)
{
  const char *equals = strrchr (text, '=');
  char *end = NULL;
  *absolute = equals ? g_ascii_strtod (equals + 1, &end) : NAN;
  *name = equals ? g_strndup (text, (gsize)(equals - text)) : g_strdup (text);
  return !equals
         || (end != equals + 1 && !*end && isfinite (*absolute)
             && *absolute > 0);
}

static gboolean
take_wish (const SfInvocation *invocation, const SfPlan *plan, SfPrecise *p,
           const char *text, SfExit *status)
{
  char *name;
  double absolute;
  gboolean is_fine = read_wish (text, &name, &absolute);
  g_ptr_array_add (p->names, name);
  p->goals[p->names->len - 1]
      = (SfPrecisionGoal){ p->wish->relative, absolute };
  g_autoptr (GArray) found = sf_book_find_sum (plan->book, name);
  if (!is_fine)
    *status
        = sf_cmd_usage (invocation,
                        _ ("--measure takes NAME or NAME=HALF-WIDTH, a number "
                           "above 0, not \"%s\""),
                        text);
  else if (!found)
    *status = sf_measure_unknown (invocation, plan->book, name);
  else if (isnan (absolute) && isnan (p->wish->relative))
    *status = sf_cmd_usage (invocation,
                            _ ("how precise? --precision G, or --measure "
                               "%s=HALF-WIDTH"),
                            name);
  else
    return TRUE;
  return FALSE;
}

SfPrecise *
sf_precise_new (const SfInvocation *invocation, const SfPlan *plan,
                const SfPreciseWish *wish, SfExit *status)
{
  g_autoptr (GPtrArray) usual
      = sf_measures_to_settle (plan->scenario, plan->book);
  g_autoptr (SfPrecise) p = g_new0 (SfPrecise, 1);
  guint n
      = wish->measures ? g_strv_length ((char **)wish->measures) : usual->len;
  p->wish = wish;
  p->names = g_ptr_array_new_with_free_func (g_free);
  p->goals = g_new0 (SfPrecisionGoal, n + 1);
  p->states = g_new0 (SfPrecisionState, n + 1);
  for (guint i = 0; i < n; i++)
    if (!take_wish (invocation, plan, p,
                    wish->measures ? wish->measures[i] : usual->pdata[i],
                    status))
      return NULL;
  return g_steal_pointer (&p);
}

void
sf_precise_free (SfPrecise *p)
{
  if (!p)
    return;
  g_ptr_array_unref (p->names);
  g_free (p->goals);
  g_free (p->states);
  g_free (p);
}

/* ---- Running ------------------------------------------------------------------- */

static void
look (SfPrecise *p, const SfRun *run)
{
  double level = sf_level_each (p->wish->level, p->names->len);
  p->is_reached = TRUE;
  p->n_looks++;
  for (guint i = 0; i < p->names->len; i++) {
    g_autofree double *values = sf_run_values (run, p->names->pdata[i]);
    sf_precision_judge (values, run->n, &p->goals[i], level, &p->states[i]);
    p->is_reached = p->is_reached && p->states[i].is_reached;
  }
}

static SfRun *
run_until (SfPrecise *p, SfPlan *plan, const SfRunOptions *options,
           GError **error)
{
  SfRunOptions first = *options;
  first.n = sf_precision_next (&p->wish->plan, 0);
  g_autoptr (SfRun) run = sf_run_replications (plan, &first, error);
  if (!run)
    return NULL;
  look (p, run);
  while (!p->is_reached && sf_stop_count () == 0) {
    guint next = sf_precision_next (&p->wish->plan, run->n);
    if (next == run->n)
      break;
    if (!sf_run_more (run, plan, options, next, error))
      return NULL;
    look (p, run);
  }
  return g_steal_pointer (&run);
}

SfRun *
sf_precise_run (SfPrecise *p, SfPlan *plan, const SfRunOptions *options,
                GError **error)
{
  sf_stop_begin ();
  SfRun *run = run_until (p, plan, options, error);
  sf_stop_end ();
  return run;
}

/* ---- Telling ---------------------------------------------------------------------- */

static const SfTableColumn columns[] = {
  { "measure", N_ ("measure"), -1 },  { "n", "n", 0 },
  { "mean", N_ ("mean"), -1 },        { "half_width", N_ ("half-width"), -1 },
  { "relative", N_ ("of mean"), -1 }, { "wanted", N_ ("wanted"), -1 },
  { "verdict", N_ ("verdict"), -1 },  { NULL },
};

/* At least four significant digits. */
static void
add_short (SfTable *table, double number)
{
  GString *text = g_string_new (NULL);
  double size = fabs (number);
  if (!isnan (number))
    sf_append_number (text, number,
                      size > 0 ? (int)CLAMP (3 - floor (log10 (size)), 0, 9)
                               : 0);
  g_autofree char *cell = g_string_free (text, FALSE);
  sf_table_text (table, cell);
}

/* "4.8 % of mean, or 3" */
static char *
wanted (const SfPrecisionGoal *goal)
{
  char number[SF_TEXT_NUMBER_SIZE];
  char size[SF_TEXT_NUMBER_SIZE];
  double g = goal->relative;
  sf_lang_decimal (
      g_ascii_formatd (number, sizeof number, "%.3g", 100 * g / (1 + g)));
  sf_lang_decimal (sf_text_number (size, goal->absolute));
  if (isnan (g))
    return g_strdup (isnan (goal->absolute) ? "" : size);
  if (isnan (goal->absolute))
    return g_strdup_printf (_ ("%s %% of mean"), number);
  return g_strdup_printf (_ ("%s %% of mean, or %s"), number, size);
}

static void
add_state (SfTable *table, const SfPrecise *p, guint i)
{
  const SfPrecisionState *s = &p->states[i];
  char text[SF_TEXT_NUMBER_SIZE];
  g_autofree char *goal = wanted (&p->goals[i]);
  g_ascii_formatd (text, sizeof text, "%.3g",
                   100 * s->half_width / fabs (s->mean));
  g_autofree char *share
      = s->mean != 0 && isfinite (s->half_width)
            ? g_strdup_printf (_ ("%s %%"), sf_lang_decimal (text))
            : g_strdup ("");
  sf_table_text (table, p->names->pdata[i]);
  sf_table_number (table, s->n);
  add_short (table, s->mean);
  add_short (table, s->half_width);
  sf_table_text (table, share);
  sf_table_text (table, goal);
  sf_table_text (table, !s->is_reached ? _ ("NOT REACHED") : _ ("reached"));
}

/* Equal values may hide a rare other one. */
static void
note_constant (SfTable *table, const SfPrecise *p)
{
  for (guint i = 0; i < p->names->len; i++) {
    const SfPrecisionState *s = &p->states[i];
    if (!s->is_constant)
      continue;
    SfInterval other = sf_interval_exact (0, s->n, p->wish->level);
    sf_table_note (
        table,
        _ ("%s: all values are equal, but another one in up to %s %% of "
           "replications is not ruled out"),
        (const char *)p->names->pdata[i],
        sf_lang_real ("%.2g", 100 * other.high).text);
  }
}

char *
sf_precise_text (const SfPrecise *p)
{
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  guint n = p->names->len;
  SfTable *table
      = sf_table_new ("precision", _ ("How well means are known"), columns);
  g_ptr_array_add (tables, table);
  for (guint i = 0; i < n; i++)
    add_state (table, p, i);
  SfLangReal all = sf_lang_real ("%.4g", 100 * p->wish->level);
  SfLangReal each
      = sf_lang_real ("%.4g", 100 * sf_level_each (p->wish->level, n));
  if (n > 1)
    sf_table_note (
        table,
        _ ("each half-width at %s %%, so that all %u hold together at "
           "%s %%"),
        each.text, n, all.text);
  else
    sf_table_note (table, _ ("half-width at %s %%"), all.text);
  note_constant (table, p);
  g_autofree char *text = sf_tables_print (tables, "", SF_TABLE_TEXT);
  return g_strdup (text + strspn (text, "\n"));
}

void
sf_precise_record (SfJson *manifest, gconstpointer data)
{
  const SfPrecise *p = data;
  SfJson *root = sf_json_add_object (manifest, "precision");
  sf_json_add_number (root, "relative_frac", p->wish->relative);
  sf_json_add_number (root, "confidence_frac", p->wish->level);
  sf_json_add_number (root, "least_count", p->wish->plan.least);
  sf_json_add_number (root, "batch_count", p->wish->plan.batch);
  sf_json_add_number (root, "most_count", p->wish->plan.most);
  sf_json_add_number (root, "looks_count", p->n_looks);
  sf_json_add_boolean (root, "is_reached", p->is_reached);
  SfJson *list = sf_json_add_array (root, "measures");
  for (guint i = 0; i < p->names->len; i++) {
    SfJson *one = sf_json_add_object (list, NULL);
    sf_json_add_string (one, "measure", p->names->pdata[i]);
    sf_json_add_number (one, "absolute", p->goals[i].absolute);
    sf_json_add_number (one, "n", p->states[i].n);
    sf_json_add_number (one, "mean", p->states[i].mean);
    sf_json_add_number (one, "half_width", p->states[i].half_width);
    sf_json_add_boolean (one, "is_reached", p->states[i].is_reached);
  }
}
