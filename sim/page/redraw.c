/* redraw.c - figures of other folders, drawn anew for a page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/page/redraw.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/page/sensitivity.h"
#include "sim/report/figure-data.h"
#include "sim/report/figures.h"
#include "sim/report/manifest.h"

#define ENDING ".tsv"

/* Letters that fit beside a figure. */
#define LABEL_MOST 46

static char *
note_of (const SfJson *manifest)
{
  return g_strdup_printf ("%s v%s %.8s seed %s",
                          sf_page_text (manifest, "name"),
                          sf_page_text (manifest, "version"),
                          sf_page_text (manifest, "inputs_sha256"),
                          sf_page_text (manifest, "seed"));
}

/* ---- Sensitivity ------------------------------------------------------------- */

/* A label of a figure, in whatever language, in the language in use; one that
 * is too long for a figure stays. */
static char *
label_of (const SfJson *manifest, const char *label)
{
  const SfJson *factor = sf_page_factor (manifest, label);
  g_autofree char *name
      = factor ? sf_page_factor_name (factor, sf_json_key (factor))
               : g_strdup (_ (label));
  return g_utf8_strlen (name, -1) <= LABEL_MOST ? g_steal_pointer (&name)
                                                : g_strdup (label);
}

/* A table whose first column are labels. */
static char *
labelled_table (const char *text, const SfJson *manifest)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] && *lines[i]; i++) {
    const char *rest = lines[i] + strcspn (lines[i], "\t");
    g_autofree char *label = g_strndup (lines[i], (gsize)(rest - lines[i]));
    g_autofree char *shown
        = i > 0 ? label_of (manifest, label) : g_strdup (label);
    g_string_append_printf (out, "%s%s\n", shown, rest);
  }
  return g_string_free (out, FALSE);
}

/* The limits of a box in words: those of the table, in the language in use.
 * Rows of the table are numbered as limits of the box are. */
static char *
box_table (const SfPageTable *t, const SfJson *manifest, const SfJson *box)
{
  const SfJson *limits = sf_json_member (box, "limits");
  GString *out
      = g_string_new ("row\tlabel\tlow_frac\thigh_frac\tlimits\ttrust\n");
  for (guint r = 0; r < t->rows->len; r++) {
    double row = sf_page_cell_number (t, r, "row");
    const SfJson *l = limits ? sf_json_first (limits) : NULL;
    for (guint i = 1; l && i < row; i++)
      l = sf_json_next (l);
    g_autofree char *where = l ? sf_page_limit (l) : NULL;
    g_autofree char *trust
        = l ? g_strdup_printf (
              _ ("p %s, %u of %d"),
              sf_lang_real ("%.2g", sf_page_number (l, "quasi_p")).text,
              (guint)sf_page_number (l, "repeat_coverage_count"),
              (int)sf_page_number (box, "halves_count"))
            : NULL;
    sf_figure_put_number (out, row, '\t');
    g_autofree char *label = label_of (manifest, sf_page_cell (t, r, "label"));
    sf_figure_put_text (out, label, '\t');
    sf_figure_put_number (out, sf_page_cell_number (t, r, "low_frac"), '\t');
    sf_figure_put_number (out, sf_page_cell_number (t, r, "high_frac"), '\t');
    sf_figure_put_text (out, where ? where : "", '\t');
    sf_figure_put_text (out, trust ? trust : "", '\n');
  }
  return g_string_free (out, FALSE);
}

/* The table NAME.tsv of a folder, as it is to be drawn; NULL: not at all. */
static char *
table_of (const char *data, const char *name, const SfJson *manifest)
{
  g_autofree char *path = g_build_filename (data, name, NULL);
  g_autofree char *text = NULL;
  const SfJson *box = sf_json_member (manifest, "box");
  if (box && g_str_has_suffix (name, "-prim-box" ENDING)) {
    g_autoptr (SfPageTable) t = sf_page_table_read (data, name);
    return t ? box_table (t, manifest, box) : NULL;
  }
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_str_has_prefix (text, "label\t") ? labelled_table (text, manifest)
                                            : g_steal_pointer (&text);
}

/* "pawn" of "person_days-pawn.tsv", with "person_days"; NULL: another file. */
static const char *
script_of (const char *file, char **outcome)
{
  static const char *const scripts[]
      = { "morris", "sobol", "pawn", "prim-box", "prim-trajectory" };
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autofree char *ending = g_strconcat ("-", scripts[i], ENDING, NULL);
    if (g_str_has_suffix (file, ending)) {
      *outcome = g_strndup (file, strlen (file) - strlen (ending));
      return scripts[i];
    }
  }
  return NULL;
}

static gboolean
redraw_one (const char *data, const char *file, const SfJson *manifest,
            const char *into, GError **error)
{
  g_autofree char *outcome = NULL;
  const char *script = script_of (file, &outcome);
  const SfJson *box = sf_json_member (manifest, "box");
  g_autofree char *table = script ? table_of (data, file, manifest) : NULL;
  if (!table)
    return TRUE;
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (ENDING));
  g_autofree char *note = note_of (manifest);
  g_autofree char *title = box && g_str_has_prefix (script, "prim")
                               ? sf_page_box_title (manifest, box)
                               : sf_page_outcome_title (manifest, outcome);
  const SfFigure figure = { .script = script,
                            .name = name,
                            .table = table,
                            .title = title,
                            .note = note,
                            .lang = sf_lang_code () };
  return sf_figure_draw (&figure, into, error);
}

static gboolean
redraw_sensitivity (const SfPageSource *s, guint i, const char *folder,
                    GError **error)
{
  g_autoptr (SfJsonDoc) manifest = sf_manifest_read (s->sensitivity[i], error);
  if (!manifest)
    return FALSE;
  g_autofree char *data
      = g_build_filename (s->sensitivity[i], "figures", "data", NULL);
  g_autofree char *name = g_strdup_printf ("sensitivity-%u", i + 1);
  g_autofree char *into = g_build_filename (folder, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
  for (const char *file = dir ? g_dir_read_name (dir) : NULL; file;
       file = g_dir_read_name (dir))
    if (!redraw_one (data, file, sf_json_root (manifest), into, error))
      return FALSE;
  return TRUE;
}

/* ---- Levers ------------------------------------------------------------------- */

static gboolean
redraw_compare (const SfPageSource *s, const char *folder, GError **error)
{
  g_autoptr (SfJsonDoc) manifest = sf_manifest_read (s->compare, error);
  if (!manifest)
    return FALSE;
  g_autofree char *table = sf_page_levers_table (s);
  if (!table)
    return TRUE;
  const SfJson *root = sf_json_root (manifest);
  g_autofree char *note = g_strdup_printf ("shortfall: v%s seed %s",
                                           sf_page_text (root, "version"),
                                           sf_page_text (root, "seed"));
  g_autofree char *into = g_build_filename (folder, "compare", NULL);
  const SfFigure figure = { .script = "compare",
                            .name = "compare",
                            .table = table,
                            .title = _ ("Changes by lever, with intervals"),
                            .note = note,
                            .lang = sf_lang_code () };
  return sf_figure_draw (&figure, into, error);
}

gboolean
sf_page_redraw (SfPageSource *s, const char *folder, GError **error)
{
  g_return_val_if_fail (s && folder, FALSE);
  if (s->compare && !redraw_compare (s, folder, error))
    return FALSE;
  for (guint i = 0; s->sensitivity && s->sensitivity[i]; i++)
    if (!redraw_sensitivity (s, i, folder, error))
      return FALSE;
  g_free (s->redrawn);
  s->redrawn = g_strdup (folder);
  return TRUE;
}
