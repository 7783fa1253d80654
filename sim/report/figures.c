/* figures.c - the figures of a result folder, and others. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/figures.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/lang/figure-words.h"
#include "sim/lang/lang.h"
#include "sim/report/figure-data.h"
#include "sim/report/manifest.h"

GQuark
sf_plot_error_quark (void)
{
  return g_quark_from_static_string ("sf-plot-error-quark");
}

#define ARGS_MAX 9u /* as many as a script can name */
#define LIMIT_S 60u /* for a figure in both forms; it takes one or two */
#define LATE_MAX 2u /* so many figures late, and gnuplot is given up */

/* One go at drawing a folder. */
typedef struct {
  SfFigureData *data;
  char *plots, *gnuplot;  /* folder of scripts, program */
  char *figures, *tables; /* FOLDER/figures, FOLDER/figures/data */
  char *note, *words;     /* words: a file for gnuplot, "" in English */
  gint64 until_us; /* on the monotonic clock: the end of a figure's time */
  guint n_drawn;
} Studio;

/* One figure: its script, its name where that is another, and what the script
 * gets before OUT, TITLE, NOTE and WORDS. */
typedef struct {
  const char *script, *name;
  char *title;
  GPtrArray *inputs; /* char *: paths, "" for none */
} Figure;

/* ---- Finding things ----------------------------------------------------- */

/* The scripts of an installed program, wherever its folder was moved to:
 * bin/../share/shortfall/plots. To be freed. */
static char *
plots_of_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *bin = program ? g_path_get_dirname (program) : NULL;
  return bin ? g_build_filename (bin, "../share/shortfall/plots", NULL) : NULL;
}

static char *
find_plots (GError **error)
{
  g_autofree char *beside = plots_of_program ();
  const char *const places[] = {
    g_getenv ("SHORTFALL_PLOTS"),
    beside,
#ifdef SF_PLOTS_SOURCE
    SF_PLOTS_SOURCE,
#endif
#ifdef SF_PLOTS_DIR
    SF_PLOTS_DIR,
#endif
  };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *style
        = places[i] ? g_build_filename (places[i], "style.gp", NULL) : NULL;
    if (style && g_file_test (style, G_FILE_TEST_IS_REGULAR))
      return g_strdup (places[i]);
  }
  g_set_error (
      error, SF_PLOT_ERROR, SF_PLOT_ERROR_MISSING,
      _ ("the scripts for figures are not found; set SHORTFALL_PLOTS to "
         "the folder plots/ of shortfall"));
  return NULL;
}

static char *
find_gnuplot (GError **error)
{
  const char *set = g_getenv ("SHORTFALL_GNUPLOT");
  const char *named = set ? set : "gnuplot";
  char *program
      = sf_file_may_open (16, error) ? g_find_program_in_path (named) : NULL;
  if (!program && !(error && *error))
    g_set_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_MISSING,
                 _ ("figures need %s, which is not installed; on Debian: "
                    "apt install gnuplot-nox"),
                 named);
  return program;
}

/* ---- A child with a time limit ------------------------------------------ */

static gint64
limit_us (void)
{
  const char *named = g_getenv ("SHORTFALL_FIGURE_SECONDS");
  guint64 limit_s = 0;
  gboolean is_set = named
                    && g_ascii_string_to_unsigned (named, 10, 1, G_MAXINT32,
                                                   &limit_s, NULL);
  return (gint64)(is_set ? limit_s : LIMIT_S) * G_USEC_PER_SEC;
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
take_result (G_GNUC_UNUSED GObject *process, GAsyncResult *result,
             gpointer place)
{
  *(GAsyncResult **)place = g_object_ref (result);
}

/* Waits for a child's end and takes what it said. When the time is over (on
 * the monotonic clock) it is killed, and the error is G_IO_ERROR_CANCELLED. */
static gboolean
listen_to (GSubprocess *process, gint64 until_us, char **said, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  gint64 left_ms = MAX (0, (until_us - g_get_monotonic_time ()) / 1000);
  g_autoptr (GSource) alarm
      = g_timeout_source_new ((guint)MIN (left_ms, G_MAXINT32));
  g_source_set_callback (alarm, cancel, cancellable, NULL);
  g_source_attach (alarm, context);
  g_main_context_push_thread_default (context);
  g_subprocess_communicate_utf8_async (process, NULL, cancellable, take_result,
                                       &result);
  while (!result)
    g_main_context_iteration (context, TRUE);
  gboolean is_fine = g_subprocess_communicate_utf8_finish (process, result,
                                                           said, NULL, error);
  g_main_context_pop_thread_default (context);
  g_source_destroy (alarm);
  const char *pid = is_fine ? NULL : g_subprocess_get_identifier (process);
  if (pid) /* at once: force_exit() leaves it to a thread that may not get to it */
    kill ((pid_t)g_ascii_strtoll (pid, NULL, 10), SIGKILL);
  return is_fine;
}

/* ---- Tables ------------------------------------------------------------- */

static void
free_figure (gpointer pointer)
{
  Figure *figure = pointer;
  g_free (figure->title);
  g_ptr_array_unref (figure->inputs);
  g_free (figure);
}

static Figure *
new_figure (GPtrArray *figures, const char *name, char *title)
{
  Figure *figure = g_new0 (Figure, 1);
  figure->script = figure->name = name;
  figure->title = sf_lang_directed (g_strdelimit (title, "\n\r\t\v\f", ' '));
  g_free (title);
  figure->inputs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (figures, figure);
  return figure;
}

/* Writes a table (taken; NULL: there is none) and gives its path to a figure.
 * After a failure nothing more is written. */
static void
give_table (const Studio *studio, Figure *figure, const char *name, char *table,
            GError **error)
{
  g_autofree char *text = table;
  g_autofree char *path = g_build_filename (studio->tables, name, NULL);
  gboolean is_written = text && *error == NULL
                        && sf_file_write (path, text, strlen (text), error);
  g_ptr_array_add (figure->inputs,
                   is_written ? g_steal_pointer (&path) : g_strdup (""));
}

/* ISO 3166 leaves the codes XA to XZ to users: a made-up country must not
 * lie on the map of a real one. */
static gboolean
is_made_up (const Studio *studio)
{
  const char *country = sf_figure_text (studio->data->scenario, "country");
  return country[0] == 'X' && country[1] != '\0' && country[2] == '\0';
}

/* A file of plots/outlines, or "" when it is not there or out of place. */
static void
give_outline (const Studio *studio, Figure *figure, const char *name)
{
  g_autofree char *path
      = g_build_filename (studio->plots, "outlines", name, NULL);
  gboolean is_there
      = !is_made_up (studio) && g_file_test (path, G_FILE_TEST_IS_REGULAR);
  g_ptr_array_add (figure->inputs,
                   is_there ? g_steal_pointer (&path) : g_strdup (""));
}

static void
add_panels (const Studio *studio, GPtrArray *figures, const char *place,
            GError **error)
{
  char *served = sf_figure_panels (studio->data, "served_frac", 100);
  char *cover = sf_figure_panels (studio->data, "cover_days", 1);
  if (served) {
    Figure *f = new_figure (
        figures, "shortage",
        g_strdup_printf (_ ("Served share of demand, %s"), place));
    give_table (studio, f, "shortage.tsv", served, error);
    give_table (studio, f, "marks.tsv", sf_figure_marks (studio->data), error);
  }
  if (cover) {
    Figure *f = new_figure (
        figures, "cover",
        g_strdup_printf (_ ("Days that the stock lasts, %s"), place));
    give_table (studio, f, "cover.tsv", cover, error);
    give_table (studio, f, "marks.tsv", sf_figure_marks (studio->data), error);
  }
}

static void
add_timeline (const Studio *studio, GPtrArray *figures, const char *place,
              GError **error)
{
  const char *what = NULL;
  char *table = sf_figure_timeline (studio->data, &what);
  if (!table)
    return;
  Figure *f = new_figure (
      figures, "timeline",
      g_strdup_printf (_ ("%s: demand served in %s, and what happened"), what,
                       place));
  give_table (studio, f, "timeline.tsv", table, error);
  give_table (studio, f, "events.tsv", sf_figure_events (studio->data), error);
  give_table (studio, f, "periods.tsv", sf_figure_periods (studio->data),
              error);
}

static void
add_arrivals (const Studio *studio, GPtrArray *figures, GError **error)
{
  char *table = sf_figure_arrivals (studio->data, _ ("others"));
  if (!table)
    return;
  Figure *f = new_figure (figures, "arrivals",
                          g_strdup (_ ("Trucks entering by corridor")));
  give_table (studio, f, "arrivals.tsv", table, error);
  give_table (studio, f, "totals.tsv", sf_figure_totals (studio->data), error);
}

static void
add_map (const Studio *studio, GPtrArray *figures, GError **error)
{
  char *links = sf_figure_links (studio->data);
  if (!links)
    return;
  g_autofree char *countries
      = g_build_filename (studio->plots, "outlines", "countries.tsv", NULL);
  Figure *f = new_figure (
      figures, "map", g_strdup (_ ("Loaded trucks and losses on the roads")));
  give_table (studio, f, "links.tsv", links, error);
  give_table (studio, f, "nodes.tsv", sf_figure_nodes (studio->data, countries),
              error);
  give_outline (studio, f, "west-africa.tsv");
  give_outline (studio, f, "west-africa-land.tsv");
  give_outline (studio, f, "countries.tsv");
}

/* Every figure that there is data for, its tables written. */
static GPtrArray *
collect (const Studio *studio, GError **error)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (free_figure);
  g_autoptr (GError) problem = NULL;
  const char *place
      = sf_figure_title (studio->data, "nodes", studio->data->capital);
  add_panels (studio, figures, place, &problem);
  add_timeline (studio, figures, place, &problem);
  add_arrivals (studio, figures, &problem);
  add_map (studio, figures, &problem);
  if (!problem)
    return g_steal_pointer (&figures);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* ---- Drawing ------------------------------------------------------------ */

static GSubprocess *
start_gnuplot (const Studio *studio, const Figure *figure, const char *out,
               GError **error)
{
  g_autofree char *script_name = g_strconcat (figure->script, ".gp", NULL);
  g_autofree char *script = g_build_filename (studio->plots, script_name, NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, studio->gnuplot);
  g_ptr_array_add (argv, (char *)"-d"); /* not the user's own settings */
  g_ptr_array_add (argv, (char *)"-c");
  g_ptr_array_add (argv, script);
  for (guint i = 0; i < figure->inputs->len; i++)
    g_ptr_array_add (argv, figure->inputs->pdata[i]);
  g_ptr_array_add (argv, (char *)out);
  g_ptr_array_add (argv, figure->title);
  g_ptr_array_add (argv, studio->note);
  g_ptr_array_add (argv, studio->words);
  g_assert (argv->len <= 4 + ARGS_MAX);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  return g_subprocess_launcher_spawnv (launcher,
                                       (const char *const *)argv->pdata, error);
}

/* What gnuplot said, without the folder of the script, which is long; to be
 * freed. */
static char *
reason (const Studio *studio, const char *said)
{
  g_autofree char *folder = g_strconcat (studio->plots, "/", NULL);
  g_autoptr (GString) text = g_string_new (said ? said : "");
  g_string_replace (text, folder, "", 0);
  g_strstrip (text->str);
  return sf_text_safe (*text->str ? text->str : _ ("it gave no reason"), -1);
}

static void
set_late (const char *name, GError **error)
{
  g_set_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_LATE,
               _ ("gnuplot did not finish %s in %u s and was ended. If this "
                  "machine is slow, allow it more with "
                  "SHORTFALL_FIGURE_SECONDS=600 and draw again; if not, see "
                  "whether gnuplot works by itself"),
               name, (guint)(limit_us () / G_USEC_PER_SEC));
}

/* Waits for gnuplot; what it said is quoted when it failed. */
static gboolean
finish_gnuplot (const Studio *studio, GSubprocess *process, const char *name,
                const char *out, GError **error)
{
  g_autofree char *said = NULL;
  g_autoptr (GError) problem = NULL;
  if (!listen_to (process, studio->until_us, &said, &problem)) {
    if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      set_late (name, error);
    else
      g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (g_subprocess_get_if_signaled (process)) {
    g_set_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_STOPPED,
                 _ ("gnuplot was stopped while it drew %s"), name);
    return FALSE;
  }
  GStatBuf info;
  if (g_subprocess_get_successful (process) && g_stat (out, &info) == 0
      && info.st_size > 0)
    return TRUE;
  g_autofree char *quoted = reason (studio, said);
  g_set_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_FAILED,
               _ ("gnuplot failed to draw %s: %s"), name, quoted);
  return FALSE;
}

/* A figure in one form. It is drawn under another name, so that what has the
 * figure's name is always whole. */
typedef struct {
  char *partial, *path;
  GSubprocess *process;
} Sheet;

static gboolean
begin_sheet (const Studio *studio, const Figure *figure, const char *ending,
             Sheet *sheet, GError **error)
{
  g_autofree char *name = g_strconcat (figure->name, ".", ending, NULL);
  g_autofree char *partial
      = g_strconcat (".", figure->name, ".partial.", ending, NULL);
  sheet->path = g_build_filename (studio->figures, name, NULL);
  sheet->partial = g_build_filename (studio->figures, partial, NULL);
  sheet->process = start_gnuplot (studio, figure, sheet->partial, error);
  return sheet->process != NULL;
}

static gboolean
end_sheet (const Studio *studio, Sheet *sheet, const char *name, GError **error)
{
  gboolean is_fine
      = sheet->process
        && finish_gnuplot (studio, sheet->process, name, sheet->partial, error);
  if (is_fine && g_rename (sheet->partial, sheet->path) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _ ("cannot write %s: %s"), sheet->path, g_strerror (errno));
    is_fine = FALSE;
  }
  if (!is_fine && sheet->partial)
    g_unlink (sheet->partial);
  g_clear_object (&sheet->process);
  g_free (sheet->partial);
  g_free (sheet->path);
  return is_fine;
}

static void
stay (G_GNUC_UNUSED int signal)
{
}

/* Both forms of a figure at the same time. Ctrl-C ends gnuplot, and not us, who
 * have tables to bring home. */
static gboolean
draw (Studio *studio, const Figure *figure, GError **error)
{
  static const char *const endings[] = { "svg", "png" };
  Sheet sheets[G_N_ELEMENTS (endings)] = { { NULL, NULL, NULL } };
  g_autoptr (GError) problem = NULL;
  const struct sigaction staying = { .sa_handler = stay };
  struct sigaction before;
  sigaction (SIGINT, &staying, &before);
  studio->until_us = g_get_monotonic_time () + limit_us ();
  for (gsize i = 0; i < G_N_ELEMENTS (endings) && !problem; i++)
    begin_sheet (studio, figure, endings[i], &sheets[i], &problem);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (end_sheet (studio, &sheets[i], figure->name, problem ? NULL : &problem))
      studio->n_drawn++;
  sigaction (SIGINT, &before, NULL);
  if (!problem)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- All ---------------------------------------------------------------- */

static void
clear_studio (Studio *studio)
{
  sf_figure_data_free (studio->data);
  g_free (studio->plots);
  g_free (studio->gnuplot);
  g_free (studio->figures);
  g_free (studio->tables);
  g_free (studio->note);
  g_free (studio->words);
}

static gboolean
write_words (Studio *studio, GError **error)
{
  g_autofree char *countries
      = g_build_filename (studio->plots, "outlines", "countries.tsv", NULL);
  g_autofree char *text = sf_figure_words (countries);
  studio->words = text ? g_build_filename (studio->tables, "words.gp", NULL)
                       : g_strdup ("");
  return !text || sf_file_write (studio->words, text, strlen (text), error);
}

/* Scripts, gnuplot, two whole paths: it runs what a name after < or | says. */
static gboolean
set_up (Studio *studio, const char *figures, GError **error)
{
  studio->plots = find_plots (error);
  studio->gnuplot = studio->plots ? find_gnuplot (error) : NULL;
  if (!studio->gnuplot)
    return FALSE;
  studio->figures = g_canonicalize_filename (figures, NULL);
  studio->tables = g_build_filename (studio->figures, "data", NULL);
  if (g_mkdir_with_parents (studio->tables, 0777) == 0)
    return write_words (studio, error);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("cannot make the folder %s: %s"), studio->tables,
               g_strerror (errno));
  return FALSE;
}

/* A figure that fails does not hold up the others; the first error stays. With
 * no room to write, say, the next would do no better. */
static gboolean
draw_each (Studio *studio, GPtrArray *figures, GError **error)
{
  GError *first = NULL;
  guint n_late = 0;
  gboolean is_hopeless = FALSE;
  for (guint i = 0; i < figures->len && !is_hopeless; i++) {
    g_autoptr (GError) problem = NULL;
    if (draw (studio, figures->pdata[i], &problem))
      continue;
    if (g_error_matches (problem, SF_PLOT_ERROR, SF_PLOT_ERROR_LATE))
      n_late++;
    is_hopeless
        = problem->domain != SF_PLOT_ERROR || n_late == LATE_MAX
          || g_error_matches (problem, SF_PLOT_ERROR, SF_PLOT_ERROR_STOPPED);
    if (!first)
      first = g_steal_pointer (&problem);
  }
  if (first)
    g_propagate_error (error, first);
  return !first;
}

static gboolean
draw_all (Studio *studio, const char *folder, const char *place, GError **error)
{
  studio->data = sf_figure_data_new (folder, error);
  if (!studio->data || !set_up (studio, place, error))
    return FALSE;
  g_autofree char *id = sf_manifest_run_id (studio->data->manifest);
  studio->note = g_strdup_printf ("shortfall: %s", id);
  g_autoptr (GPtrArray) figures = collect (studio, error);
  return figures && draw_each (studio, figures, error);
}

gboolean
sf_figures_draw (const char *folder, const char *lang, guint *n_drawn,
                 GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_autofree char *figures = g_build_filename (folder, "figures", NULL);
  return sf_figures_draw_into (folder, figures, lang, n_drawn, error);
}

gboolean
sf_figures_draw_into (const char *folder, const char *figures, const char *lang,
                      guint *n_drawn, GError **error)
{
  g_return_val_if_fail (folder && figures, FALSE);
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_speak (lang ? lang : "en");
  Studio studio = { NULL };
  gboolean is_fine = draw_all (&studio, folder, figures, error);
  if (is_fine && n_drawn)
    *n_drawn = studio.n_drawn;
  clear_studio (&studio);
  return is_fine;
}

static gboolean
draw_one (Studio *studio, const SfFigure *given, const char *folder,
          GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (free_figure);
  g_autofree char *table = g_strconcat (given->name, ".tsv", NULL);
  if (!set_up (studio, folder, error))
    return FALSE;
  Figure *figure = new_figure (figures, given->name, g_strdup (given->title));
  figure->script = given->script;
  give_table (studio, figure, table, g_strdup (given->table), &problem);
  if (!problem)
    return draw (studio, figure, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
sf_figure_draw (const SfFigure *figure, const char *folder, GError **error)
{
  g_return_val_if_fail (figure && figure->table && folder, FALSE);
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_speak (figure->lang ? figure->lang : "en");
  Studio studio = { .note = g_strdup (figure->note) };
  gboolean is_fine = draw_one (&studio, figure, folder, error);
  clear_studio (&studio);
  return is_fine;
}

char *
sf_figures_gnuplot_version (void)
{
  g_autofree char *program = find_gnuplot (NULL);
  g_autofree char *said = NULL;
  const char *argv[] = { program, "--version", NULL };
  g_autoptr (GSubprocess) process
      = program ? g_subprocess_newv (argv,
                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                         | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                     NULL)
                : NULL;
  if (!process
      || !listen_to (process, g_get_monotonic_time () + limit_us (), &said,
                     NULL)
      || !g_str_has_prefix (said, "gnuplot "))
    return NULL;
  return g_strdup (g_strstrip (said + strlen ("gnuplot ")));
}
