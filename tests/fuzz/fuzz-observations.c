/* fuzz-observations.c - can any file hurt who reads what was seen? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is refused says why. What is read has parts that belong to its rows, is
 * bound to the book of a run or says why not, and scored. How it is run stands
 * in replay.h.
 */
#include <math.h>
#include <string.h>

#include "sim/observe/observations.h"
#include "tests/fuzz/replay.h"

#define DAYS 20

/* A run of 20 days in which everything goes up and down. */
static SfBook *
make_book (void)
{
  SfBook *book = sf_book_new (DAYS);

  sf_book_add_series (book, "city", "petrol", "", "open_frac");
  sf_book_add_series (book, "city", "petrol", "household", "served_frac");
  sf_book_add_series (book, "", "", "", "trucks_count");
  sf_book_add_metric (book, "lost_count", "raid", "", "", "");
  sf_book_add_metric (book, "person_days_without", "city", "petrol",
                      "household", "");
  sf_book_add_metric (book, "lost_count", "", "", "", "2030-01");
  return book;
}

static void
score (const SfObservations *o, const SfBook *book)
{
  guint n = sf_observations_n_parts (o);
  g_autofree double *values = g_new0 (double, n + 1);
  g_autofree SfPartScore *scores = g_new0 (SfPartScore, n + 1);
  g_autofree void *memory = g_malloc0 (sf_record_size (book));
  SfRecord record = sf_record_view (book, memory);

  for (guint i = 0; i < DAYS * sf_book_n_series (book); i++)
    record.curves[i] = (float)(i * 7 % 11) / 10;
  record.metrics[0] = 3;
  record.metrics[1] = NAN;
  record.head[SF_HEAD_STATUS] = SF_RECORD_DONE;
  sf_observations_values (o, &record, values);
  for (guint i = 0; i < n; i++) {
    double distance = sf_observations_distance (o, i, values[i], 0, 3);

    sf_observations_score (o, i, &values[i], 1, n, &scores[i]);
    g_assert_true (isnan (distance) || (distance >= 0 && distance <= 3));
  }
  for (guint i = 0; i < sf_observations_n_rows (o); i++) {
    const SfObservationRow *row = sf_observations_row (o, i);

    g_assert_true (row->first_part + row->n_parts <= n);
    sf_observations_row_hit (o, i, scores + row->first_part);
    sf_observations_row_covered (o, i, scores + row->first_part);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfBook) book = make_book ();
  g_autofree char *path = fuzz_write ("observations.json", data, size);
  g_autofree char *list = NULL;
  SfObservations *o = sf_observations_read (path, mistakes);

  g_assert_true ((o == NULL) == (sf_mistakes_count (mistakes) > 0));
  if (o != NULL) {
    SfDate start = sf_observations_day0 (o) - 2;

    if (sf_observations_bind (o, book, start, mistakes))
      score (o, book);
    else
      g_assert_cmpuint (sf_mistakes_count (mistakes), >, 0);
    g_assert_true (sf_observations_bind (o, book, start, NULL));
    score (o, book);
  }
  list = sf_mistakes_format (mistakes);
  g_assert_true (g_utf8_validate (list, -1, NULL));
  sf_observations_free (o);
  return 0;
}
