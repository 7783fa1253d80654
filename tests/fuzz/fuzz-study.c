/* fuzz-study.c - can any file hurt the study reader? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The study stands beside a scenario, road.json, and a lever, lever.json. What
 * is refused says why. What is read has a design whose points have values
 * within their ranges; frozen and read again it is the same study; and a small
 * one is planned into a store. How it is run stands in replay.h.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "sim/cli/cmd.h"
#include "sim/study/study.h"
#include "tests/fuzz/replay.h"

/* Larger designs are only counted. */
#define POINTS_MAX 2000
#define FACTORS_MAX 50

static void
write_beside (void)
{
  static gboolean is_written;
  g_autofree char *text = NULL;
  g_autofree char *road = NULL, *lever = NULL;
  const char *pull = "{\"links\": {\"forest-road\": {\"km\": 100}}}";
  gsize length;

  if (is_written)
    return;
  g_assert_true (g_file_get_contents (FUZZ_SCENARIOS "/lessons/1-road.json",
                                      &text, &length, NULL));
  road = fuzz_write ("road.json", text, length);
  lever = fuzz_write ("lever.json", pull, strlen (pull));
  is_written = TRUE;
}

static SfStudy *
read_study (const char *path, gboolean must_be_good)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *list = NULL;
  SfStudy *study = sf_study_read (path, sf_cmd_models (), mistakes);

  list = sf_mistakes_format (mistakes);
  if (must_be_good && study == NULL)
    g_error ("what was frozen does not read back: %s", list);
  g_assert_true ((study == NULL) == (sf_mistakes_count (mistakes) > 0));
  g_assert_true (g_utf8_validate (list, -1, NULL));
  return study;
}

static void
check_frozen (const SfStudy *study)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = fuzz_path ("frozen");
  g_autofree char *path = fuzz_path ("frozen/study.json");
  g_autofree char *before = sf_study_hash (study), *after = NULL;
  SfStudy *again;

  fuzz_remove (folder);
  sf_study_freeze (study, folder, &error);
  g_assert_no_error (error);
  again = read_study (path, TRUE);
  after = sf_study_hash (again);
  g_assert_cmpstr (before, ==, after);
  sf_study_free (again);
}

static void
check_points (const SfStudy *study)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfDesign) design = sf_design_new (&study->design, &error);
  g_autofree double *u = g_new0 (double, study->n_factors + 1);
  g_autofree double *values = g_new0 (double, study->n_factors + 1);

  g_assert_no_error (error);
  for (guint64 i = 0; i < sf_design_count (design); i += 1 + i / 4) {
    sf_study_point (study, design, i, u, values);
    for (guint k = 0; k < study->n_factors; k++)
      if (study->factors[k].kind == SF_FACTOR_NUMBER)
        g_assert_true (values[k] >= study->factors[k].low
                       && values[k] <= study->factors[k].high);
    sf_study_allows (study, values);
  }
}

static void
check_plan (const SfStudy *study)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fuzz_path ("store.sqlite");
  SfStoreShape shape = sf_study_shape (study);
  SfStoreCounts counts;
  guint64 n_dropped = 0;
  SfStore *store;

  g_remove (path);
  store = sf_store_new (path, &shape, FALSE, &error);
  g_assert_no_error (error);
  if (sf_study_plan (study, store, &n_dropped, &error)) {
    g_assert_true (sf_store_publish (store, &error));
    g_assert_true (sf_store_count (store, &counts, &error));
  } else {
    g_assert_nonnull (error);
  }
  sf_store_free (store);
  g_free ((gpointer)shape.factors);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = fuzz_write ("study.json", data, size);
  guint64 n_points = 0;
  SfStudy *study;

  write_beside ();
  study = read_study (path, FALSE);
  if (study == NULL)
    return 0;
  g_assert_true (sf_design_count_points (&study->design, &n_points, NULL));
  if (n_points <= POINTS_MAX && study->n_factors <= FACTORS_MAX) {
    check_points (study);
    check_frozen (study);
    if (n_points <= 20)
      check_plan (study);
  }
  sf_study_free (study);
  return 0;
}
