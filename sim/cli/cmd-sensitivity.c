/* cmd-sensitivity.c - what the outcomes of a sweep hang on. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/again.h"
#include "sim/cli/commands.h"
#include "sim/cli/finding.h"
#include "sim/cli/keep.h"
#include "sim/cli/load.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"
#include "sim/report/figures.h"

#define METHODS "morris|sobol|pawn|prim"

typedef struct {
  SfKeep keep;
  SfFormats formats;
  char *folder, *method, *interest, *seed_text;
  char **outcomes;
  double otherwise;
  char *otherwise_text;
  gint resamples, box, jobs;
  gboolean runs_first;
  guint64 seed;
  SfInterest parsed;
} Options;

static void
clear_options (Options *o)
{
  sf_keep_clear (&o->keep);
  g_free (o->folder);
  g_free (o->method);
  g_free (o->interest);
  g_free (o->seed_text);
  g_free (o->otherwise_text);
  g_strfreev (o->outcomes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* ---- Finding -------------------------------------------------------------------- */

/* What fits the design, when nothing is asked for. */
static const char *
method_for (const SfStudy *study, const Options *o)
{
  if (o->method)
    return o->method;
  if (o->interest)
    return "prim";
  return study->design.kind == SF_DESIGN_MORRIS     ? "morris"
         : study->design.kind == SF_DESIGN_SALTELLI ? "sobol"
                                                    : "pawn";
}

static gboolean
find_one (SfSweep *sweep, const Options *o, guint outcome, GPtrArray *findings,
          GError **error)
{
  static const struct {
    const char *name;
    SfFinding *(*find) (const SfSubject *subject, GError **error);
  } methods[] = { { "morris", sf_finding_morris },
                  { "sobol", sf_finding_sobol },
                  { "pawn", sf_finding_pawn },
                  { "prim", sf_finding_prim } };
  const char *method = method_for (sweep->study, o);
  SfSubject subject = { .sweep = sweep,
                        .outcome = outcome,
                        .otherwise = o->otherwise,
                        .resample = { o->seed, (guint)o->resamples },
                        .interest = &o->parsed,
                        .condition = o->interest,
                        .box = o->box };
  SfFinding *finding = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i].name, method) == 0)
      finding = methods[i].find (&subject, error);
  if (finding)
    g_ptr_array_add (findings, finding);
  return finding != NULL;
}

/* Those that are asked for, or all; PRIM looks at one. */
static gboolean
find_all (SfSweep *sweep, Options *o, GPtrArray *findings, GError **error)
{
  const SfStudy *study = sweep->study;
  if (strcmp (method_for (study, o), "prim") == 0)
    return sf_interest_parse (study, o->interest, &o->parsed, error)
           && find_one (sweep, o, o->parsed.outcome, findings, error);
  if (!o->outcomes) {
    for (guint i = 0; i < study->n_outcomes; i++)
      if (!find_one (sweep, o, i, findings, error))
        return FALSE;
    return TRUE;
  }
  for (char **name = o->outcomes; *name; name++) {
    gint outcome = sf_study_find_outcome (study, *name, error);
    if (outcome < 0 || !find_one (sweep, o, (guint)outcome, findings, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- Printing and writing ----------------------------------------------------------- */

static char *
print_tables (const GPtrArray *findings, const SfStudy *study,
              SfTableFormat format)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  for (guint i = 0; i < findings->len; i++) {
    const SfFinding *f = findings->pdata[i];
    for (guint t = 0; t < f->tables->len; t++)
      g_ptr_array_add (tables, f->tables->pdata[t]);
  }
  return sf_tables_print (tables, study->title ? _ (study->title) : study->name,
                          format);
}

/* What is kept; all borrowed. */
typedef struct {
  SfSweep *sweep;
  const Options *o;
  const GPtrArray *findings; /* SfFinding * */
} Found;

static gboolean
write_csv (const SfFinding *f, const SfFolder *folder, GError **error)
{
  for (guint t = 0; t < f->tables->len; t++) {
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_ptr_array_add (one, f->tables->pdata[t]);
    g_autofree char *text = sf_tables_print (one, "", SF_TABLE_CSV);
    g_autofree char *name = g_strdup_printf (
        "%s-%s.csv", f->name, sf_table_name (f->tables->pdata[t]));
    if (!sf_folder_write (folder, name, text, error))
      return FALSE;
  }
  return TRUE;
}

/* What varied and what was looked at, for who shows the tables, in whatever
 * language. */
static void
add_subjects (SfJson *root, const SfStudy *study)
{
  SfJson *factors = sf_json_add_object (root, "factors");
  for (guint i = 0; i < study->n_factors; i++) {
    const SfStudyFactor *f = &study->factors[i];
    SfJson *factor = sf_json_add_object (factors, f->id);
    sf_json_add_string (factor, "title", f->title ? f->title : "");
    if (f->targets && f->targets[0])
      sf_json_add_string (factor, "target", f->targets[0]);
    if (!(f->low < f->high))
      continue;
    SfJson *range = sf_json_add_array (factor, "range");
    sf_json_add_number (range, NULL, f->low);
    sf_json_add_number (range, NULL, f->high);
  }
  SfJson *outcomes = sf_json_add_object (root, "outcomes");
  for (guint i = 0; i < study->n_outcomes; i++) {
    const SfStoreColumn *o = &study->outcomes[i];
    SfJson *outcome = sf_json_add_object (outcomes, o->name);
    sf_json_add_string (outcome, "title", o->title ? o->title : "");
    sf_json_add_string (outcome, "unit", o->unit);
  }
  const SfJson *words
      = sf_json_member (sf_json_root (study->doc), "translations");
  if (words)
    sf_json_add_copy (root, "translations", words);
}

/* Runs that failed are rows, too, and keep nobody from looking at the rest. */
static gboolean
count_rows (const SfSweep *sweep, guint64 *rows, guint64 *planned)
{
  SfStoreCounts counts;
  *rows = *planned = 0;
  if (!sf_store_count (sweep->store, &counts, NULL))
    return FALSE;
  for (guint i = 0; i < SF_STORE_N_STATES; i++)
    *rows += counts.states[i];
  *planned = counts.planned;
  return TRUE;
}

/* The study and all it names, and the options on which tables depend, for
 * rerun. */
static void
record_again (SfJson *root, const Found *found)
{
  const Options *o = found->o;
  const SfStudy *study = found->sweep->study;
  guint64 rows, planned;
  g_autofree char *resamples = g_strdup_printf ("%d", o->resamples);
  g_autofree char *box = o->box >= 0 ? g_strdup_printf ("%d", o->box) : NULL;
  SfJson *options = sf_again_options (root);
  sf_again_seed (options, o->seed);
  sf_again_texts (options, "outcome", o->outcomes);
  sf_again_text (options, "method", o->method);
  sf_again_text (options, "of-interest", o->interest);
  sf_again_text (options, "box", box);
  sf_again_text (options, "otherwise", o->otherwise_text);
  sf_again_text (options, "resamples", resamples);
  SfJson *inputs = sf_json_add_object (root, "inputs");
  for (guint i = 0; i < study->n_inputs; i++)
    sf_json_add_string (inputs, study->inputs[i].name, study->inputs[i].text);
  if (!count_rows (found->sweep, &rows, &planned) || rows < planned)
    sf_json_add_boolean (root, "was_interrupted", TRUE);
}

/* What the folder was made from. */
static SfJsonDoc *
manifest (const Found *found)
{
  static const char *const facts[]
      = { "version",       "name",         "title", "inputs_sha256",
          "models_sha256", "study_sha256", "seed",  "design" };
  const Options *o = found->o;
  SfJsonDoc *doc = sf_keep_manifest (&o->keep, "sensitivity");
  SfJson *root = sf_json_root (doc);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autofree char *value = sf_store_fact (found->sweep->store, facts[i]);
    if (value)
      sf_json_add_string (root, facts[i], value);
  }
  sf_json_add_string (root, "method", method_for (found->sweep->study, o));
  sf_json_add_number (root, "resamples_count", o->resamples);
  if (o->interest)
    sf_json_add_string (root, "of_interest", o->interest);
  add_subjects (root, found->sweep->study);
  record_again (root, found);
  for (guint i = 0; i < found->findings->len; i++) {
    const SfFinding *f = found->findings->pdata[i];
    if (f->box)
      sf_json_add_copy (root, "box", sf_json_root (f->box));
  }
  return doc;
}

static gboolean
write_tables (gconstpointer data, const SfFolder *folder, GError **error)
{
  const Found *found = data;
  g_autofree char *text
      = print_tables (found->findings, found->sweep->study, SF_TABLE_TEXT);
  g_autoptr (SfJsonDoc) doc = manifest (found);
  gboolean is_fine = sf_folder_write (folder, "sensitivity.txt", text, error);
  for (guint i = 0; is_fine && i < found->findings->len; i++)
    is_fine = write_csv (found->findings->pdata[i], folder, error);
  return is_fine && sf_keep_write_manifest (doc, folder, error);
}

static gboolean
draw_one (const Found *found, const SfFinding *f, const SfFolder *folder,
          GError **error)
{
  const SfSweep *sweep = found->sweep;
  g_autofree char *figures = sf_folder_file (folder, "figures");
  g_autofree char *hash = sf_store_fact (sweep->store, "inputs_sha256");
  g_autofree char *note = g_strdup_printf (
      "%s v%s %.8s seed %" G_GUINT64_FORMAT, sweep->study->name, SF_VERSION,
      hash ? hash : "", sweep->study->seed);
  for (guint i = 0; i < f->figures->len; i++) {
    const SfFindingFigure *figure = f->figures->pdata[i];
    const SfFigure one = { .script = figure->script,
                           .name = figure->name,
                           .table = figure->table,
                           .title = figure->title,
                           .note = note,
                           .lang = sf_lang_code () };
    if (!sf_figure_draw (&one, figures, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
draw (gconstpointer data, const SfFolder *folder, GError **error)
{
  const Found *found = data;
  gboolean is_fine = TRUE;
  for (guint i = 0; is_fine && i < found->findings->len; i++)
    is_fine = draw_one (found, found->findings->pdata[i], folder, error);
  return is_fine;
}

static SfExit
write_folder (const SfInvocation *invocation, const Found *found)
{
  const SfKeep *keep = &found->o->keep;
  const SfKept kept = { write_tables, draw, found };
  g_autoptr (GError) error = NULL;
  g_autoptr (SfFolder) folder
      = sf_folder_open (keep->output, keep->has_force, &error);
  return folder ? sf_keep_write (invocation, keep, &kept,
                                 g_steal_pointer (&folder))
                : sf_cmd_error (invocation, error);
}

/* ---- The command ------------------------------------------------------------------------ */

static SfExit
analyse (const SfInvocation *invocation, SfSweep *sweep, Options *o)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_finding_free);
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_pause (o->formats.is_csv || o->formats.is_json);
  if (!find_all (sweep, o, findings, &error))
    return sf_cmd_error (invocation, error);
  g_autofree char *text
      = print_tables (findings, sweep->study, sf_cmd_format (&o->formats));
  fputs (text, stdout);
  fflush (stdout); /* before what is written is told */
  const Found found = { sweep, o, findings };
  return o->keep.output ? write_folder (invocation, &found) : SF_EXIT_DONE;
}

static gboolean
check_options (const SfInvocation *invocation, Options *o, SfExit *status)
{
  const char *wrong = NULL;
  char *end = NULL;
  o->otherwise
      = o->otherwise_text ? g_ascii_strtod (o->otherwise_text, &end) : NAN;
  if (o->otherwise_text && (*end != '\0' || !isfinite (o->otherwise)))
    wrong = _ ("--otherwise takes a number");
  else if (g_strcmp0 (o->method, "prim") == 0 && !o->interest)
    wrong = _ ("prim needs --of-interest \"OUTCOME >= NUMBER\"");
  else if (o->interest && o->method && strcmp (o->method, "prim") != 0)
    wrong = _ ("--of-interest belongs to prim");
  else if (o->resamples < 0 || o->resamples > 100000)
    wrong = _ ("--resamples takes 0 to 100000");
  else if (!sf_cmd_seed (o->seed_text, &o->seed))
    wrong = SF_CMD_SEED_WRONG;
  if (!wrong)
    wrong = sf_cmd_numbers_wrong (0, o->jobs);
  if (!wrong)
    wrong = sf_cmd_formats_wrong (&o->formats);
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  return !wrong;
}

/* The missing runs first: the same as sweep run. */
static gboolean
run_first (const SfInvocation *invocation, const Options *o, SfExit *status)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (line, g_strdup ("sweep run"));
  if (o->folder) {
    g_ptr_array_add (line, g_strdup ("-o"));
    g_ptr_array_add (line, g_strdup (o->folder));
  }
  if (o->keep.is_quiet)
    g_ptr_array_add (line, g_strdup ("-q"));
  g_ptr_array_add (line, g_strdup_printf ("--jobs=%d", o->jobs));
  g_ptr_array_add (line, g_strdup (invocation->argv[1]));
  guint argc = line->len;
  g_ptr_array_add (line, NULL);
  g_autofree char **argv
      = g_memdup2 (line->pdata, line->len * sizeof (gpointer));
  SfInvocation run = { (int)argc, argv };
  *status = sf_sweep_verb_run (&run);
  return *status == SF_EXIT_DONE;
}

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "outcome", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->outcomes,
      N_ ("Look at this outcome (may be given again; default: all)"), "NAME" },
    { "method", 'm', 0, G_OPTION_ARG_STRING, &o->method,
      N_ ("morris, sobol, pawn or prim (default: what the design is for)"),
      METHODS },
    { "of-interest", 0, 0, G_OPTION_ARG_STRING, &o->interest,
      N_ ("In which futures? \"OUTCOME >= NUMBER\", \"OUTCOME happens\" "
          "(prim)"),
      "CONDITION" },
    { "box", 0, 0, G_OPTION_ARG_INT, &o->box,
      N_ ("Look at this box of the trajectory (prim; default: the one "
          "suggested)"),
      "N" },
    { "otherwise", 0, 0, G_OPTION_ARG_STRING, &o->otherwise_text,
      N_ ("What counts where an outcome did not happen (morris, sobol)"),
      "NUMBER" },
    { "resamples", 0, 0, G_OPTION_ARG_INT, &o->resamples,
      N_ ("Bootstrap resamples for intervals (default: 1000)"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed_text,
      N_ ("Seed of the resamples (default: 1)"), "N" },
    { "run", 0, 0, G_OPTION_ARG_NONE, &o->runs_first,
      N_ ("Do the runs that are missing first, as sweep run does"), NULL },
    SF_CMD_JOBS (&o->jobs),
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &o->folder,
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    SF_KEEP_OPTIONS (&o->keep,
                     N_ ("Write a folder: tables, figures, manifest")),
    SF_CMD_FORMATS (&o->formats),
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries,
      "shortfall sensitivity --run scenarios/sweeps/two-roads.json",
      "STUDY.json | FOLDER",
      N_ ("Says which factors of a sweep its outcomes hang on: elementary "
          "effects "
          "(Morris), shares of\nvariance (Sobol), distances between "
          "distributions "
          "(PAWN, for any sample), and in which\nfutures something happens "
          "(PRIM). "
          "Runs that failed are never filled in."),
      status);
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { .resamples = SF_RESAMPLE_N, .box = -1, .seed = 1 };
  o.keep.argv = sf_cmd_line (invocation);
  SfExit status;
  if (!parse (invocation, &o, &status)
      || !check_options (invocation, &o, &status))
    return status;
  gboolean has_run = TRUE;
  if (o.runs_first && invocation->argc == 2)
    has_run = run_first (invocation, &o, &status);
  if (!has_run && status != SF_EXIT_FAILED)
    return status;
  SfExit before = has_run ? SF_EXIT_DONE : status;
  g_autoptr (SfSweep) sweep
      = sf_sweep_verb_open (invocation, o.folder, SF_SWEEP_READ, &status);
  guint64 rows, planned;
  if (!sweep)
    return status;
  if (!count_rows (sweep, &rows, &planned) || (!has_run && rows < planned))
    return before;
  if (rows == 0)
    return sf_cmd_usage (invocation,
                         _ ("no run of %s is done yet; --run does them first"),
                         sweep->folder);
  status = analyse (invocation, sweep, &o);
  return status != SF_EXIT_DONE ? status : before;
}

const SfCommand sf_cmd_sensitivity
    = { "sensitivity", N_ ("what the outcomes of a sweep hang on"), run };
