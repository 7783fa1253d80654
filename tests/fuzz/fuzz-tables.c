/* fuzz-tables.c - can any table or map hurt who builds a network? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is cut into files (see replay.h): nodes.csv, links.geojson,
 * x.graphml. They are read as `network --import` and `new` do it. What is
 * refused says why. What is made is a scenario that reads, and its network
 * written as CSV, GeoJSON and GraphML reads again.
 */
#include <string.h>

#include "sim/cli/cmd.h"
#include "sim/intake/city.h"
#include "tests/fuzz/replay.h"

#define FILES_MAX 4

static void
check_list (SfMistakes *mistakes)
{
  g_autofree char *list = NULL;

  sf_mistakes_sort (mistakes);
  list = sf_mistakes_format (mistakes);
  g_assert_true (g_utf8_validate (list, -1, NULL));
}

static void
check_written (const SfScenario *s)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SfGrid) nodes = sf_grid_new (), links = sf_grid_new ();
  g_autoptr (SfGrid) more = sf_grid_new (), others = sf_grid_new ();
  g_autoptr (SfGrid) grid = sf_grid_of (s, "links");
  g_autofree char *csv = sf_grid_to_csv (grid);
  g_autofree char *map = sf_geojson_write (s);
  g_autofree char *graph = sf_graphml_write (s, &error);
  SfGrid *again = sf_grid_from_csv (csv, strlen (csv), "csv", mistakes);

  g_assert_nonnull (again);
  g_assert_cmpuint (again->rows->len, ==, s->n_links);
  sf_grid_free (again);
  if (!sf_geojson_read (map, strlen (map), "map", nodes, links, mistakes))
    g_error ("%s", sf_mistakes_format (mistakes));
  g_assert_cmpuint (nodes->rows->len, ==, s->n_nodes);
  g_assert_cmpuint (links->rows->len, ==, s->n_links);
  g_assert_no_error (error);
  sf_graphml_read (graph, strlen (graph), more, others, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (others->rows->len, ==, s->n_links);
}

/* TRUE when the document reads as a scenario. */
static gboolean
read_made (SfJsonDoc *doc, gboolean must_be_good)
{
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);
  g_autofree char *path = fuzz_write ("made.json", text, strlen (text));
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);

  check_list (mistakes);
  g_assert_true ((s == NULL) == (sf_mistakes_count (mistakes) > 0));
  if (s == NULL)
    return FALSE;
  check_written (s);
  sf_scenario_free (s);
  return TRUE;
}

typedef struct {
  SfIntake *in;
  char *paths[FILES_MAX + 1];
  guint n;
} Files;

static void
take_file (const char *name, const char *text, gsize length, gpointer data)
{
  static const char *const kinds[] = { ".csv", ".geojson", ".graphml" };
  Files *files = data;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (files->n < FILES_MAX && g_str_has_suffix (name, kinds[i])) {
      /* The same few names always, since names of files are interned. */
      g_autofree char *file = g_strdup_printf ("%u%s", files->n, kinds[i]);

      files->paths[files->n++] = fuzz_write (file, text, length);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in = sf_intake_new (mistakes);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) assumed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SfJsonDoc) doc = NULL;
  SfCityWish wish = { .name = "fuzz", .title = "Fuzz", .days = 30 };
  Files files = { in, { NULL }, 0 };
  gboolean is_fine = TRUE;

  fuzz_cut (data, size, take_file, &files);
  for (guint i = 0; i < files.n; i++)
    is_fine = sf_intake_read (in, files.paths[i]) && is_fine;
  is_fine = sf_intake_finish (in) && is_fine;
  sf_intake_cite (in);
  doc = sf_grids_to_scenario (in->nodes, in->links, "fuzz", skipped, mistakes);
  if (doc == NULL || !is_fine)
    g_assert_cmpuint (sf_mistakes_count (mistakes), >, 0);
  check_list (mistakes);
  if (doc != NULL && is_fine) {
    read_made (doc, FALSE);
    wish.start = 20000;
    if (in->supply != NULL && sf_city_add (in, doc, &wish, assumed))
      read_made (doc, FALSE);
    check_list (mistakes);
  }
  for (guint i = 0; i < files.n; i++)
    g_free (files.paths[i]);
  return 0;
}
