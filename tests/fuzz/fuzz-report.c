/* fuzz-report.c - can any result folder hurt who makes a page of it? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is cut into files of a result folder (see replay.h): manifest.json,
 * its tables, figures/data/x.tsv, figures/x.svg; those of compare/ and
 * sensitivity/ are the folders beside it. Page, workbook and map are made of
 * it, or refused in words. The page is UTF-8 with the one script that is ours,
 * whatever names and figures say.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "sim/page/page.h"
#include "sim/share/map.h"
#include "sim/share/workbook.h"
#include "tests/fuzz/replay.h"

static void
take_file (const char *name, const char *text, gsize length, gpointer data)
{
  g_autofree char *inside = g_build_filename ("results", name, NULL);

  g_free (fuzz_write (inside, text, length));
}

static void
check_error (gboolean is_fine, GError **error)
{
  g_assert_true (is_fine == (*error == NULL));
  g_clear_error (error);
}

static void
check_page (const char *html)
{
  g_autofree char *low = g_ascii_strdown (html, -1);
  const char *first = strstr (low, "<script");

  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "<script"));
  g_assert_null (strstr (low, " onload="));
  g_assert_null (strstr (low, "<iframe"));
  g_assert_null (strstr (low, "<a href=\"javascript"));
}

static void
make_page (const char *folder)
{
  g_autofree char *compare = g_build_filename (folder, "compare", NULL);
  g_autofree char *sensitivity = g_build_filename (folder, "sensitivity", NULL);
  const char *const analyses[] = { sensitivity, NULL };
  GError *error = NULL;
  const SfPageRequest requests[]
      = { { folder, NULL, NULL, NULL }, { folder, NULL, compare, analyses } };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    SfPageSource *source = sf_page_source_new (&requests[i], &error);

    check_error (source != NULL, &error);
    if (source != NULL) {
      g_autofree char *html = sf_page_html (source);

      check_page (html);
    }
    sf_page_source_free (source);
  }
}

static void
make_others (const char *folder)
{
  g_autofree char *path = fuzz_path ("out.xlsx");
  const SfWorkbookAsk ask = { folder, NULL, TRUE, TRUE };
  GError *error = NULL;
  guint n_sheets = 0;
  SfMap *map;

  check_error (sf_workbook_write (&ask, path, &n_sheets, &error), &error);
  map = sf_map_new (folder, &error);
  check_error (map != NULL, &error);
  if (map != NULL) {
    g_free (sf_map_csv (map->links, TRUE));
    g_autofree char *geojson
        = sf_geojson_write_grids (map->scenario, map->nodes, map->links);
    g_autofree char *graph = sf_graphml_write_grids (map->scenario, map->nodes,
                                                     map->links, &error);

    check_error (graph != NULL, &error);
    g_assert_true (g_utf8_validate (geojson, -1, NULL));
  }
  sf_map_free (map);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *folder = fuzz_path ("results");

  fuzz_remove (folder);
  g_mkdir (folder, 0700);
  fuzz_cut (data, size, take_file, NULL);
  make_page (folder);
  make_others (folder);
  return 0;
}
