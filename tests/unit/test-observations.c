/* test-observations.c - what was seen, read, found and scored. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run is a book of twelve days with curves drawn by hand; it begins two
 * days before the observations' day 0.
 */
#include "sim/observe/observations.h"

#include <math.h>
#include <string.h>

#include "sim/observe/score.h"
#include "tests/unit/place.h"

#define DAYS 12
#define DAY0 "2030-01-03"

/* Day of the run:          0    1    2    3    4    5    6    7    8    9 ... */
static const float open_frac[DAYS]
    = { 1, 1, 1, 0.9F, 0.5F, 0.1F, 0.1F, 0.4F, 0.6F, 0.2F, 0.1F, 0.7F };
static const float trucks[DAYS] = { 8, 8, 8, 6, 4, 0, 1, 9, 9, 2, 0, 5 };

typedef struct {
  char *folder;
  SfMistakes *mistakes;
  SfBook *book;
  gpointer memory;
  SfRecord record;
  SfObservations *o;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = place_new ();
  f->mistakes = sf_mistakes_new ();
  f->book = sf_book_new (DAYS);
  sf_book_add_series (f->book, "city", "petrol", "", "open_frac");
  sf_book_add_series (f->book, "", "", "", "trucks_count");
  sf_book_add_series (f->book, "post", "", "", "trucks_count");
  sf_book_add_metric (f->book, "lost_count", "raid", "", "", "");
  f->memory = g_malloc0 (sf_record_size (f->book));
  f->record = sf_record_view (f->book, f->memory);
  memcpy (f->record.curves, open_frac, sizeof open_frac);
  memcpy (f->record.curves + DAYS, trucks, sizeof trucks);
  memcpy (f->record.curves + 2 * DAYS, trucks, sizeof trucks);
  f->record.metrics[0] = 7;
  f->record.head[SF_HEAD_STATUS] = SF_RECORD_DONE;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  place_remove (f->folder);
  g_free (f->folder);
  sf_mistakes_free (f->mistakes);
  sf_observations_free (f->o);
  sf_book_free (f->book);
  g_free (f->memory);
}

static SfObservations *
read_file (Fixture *f, const char *text)
{
  place_write (f->folder, "o.json", text);
  g_autofree char *path = g_build_filename (f->folder, "o.json", NULL);
  f->o = sf_observations_read (path, f->mistakes);
  return f->o;
}

static void
no_mistakes (Fixture *f)
{
  g_autofree char *text = sf_mistakes_format (f->mistakes);
  g_assert_cmpstr (text, ==, "");
}

/* Every line of `expected` ends a line of what is said, in this order. */
static void
expect_mistakes (Fixture *f, const char *expected)
{
  g_autofree char *text = sf_mistakes_format (f->mistakes);
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] && *lines[i]; i++) {
    const char *at = strstr (lines[i], ": /");
    if (!at)
      at = strstr (lines[i], ": ");
    g_string_append_printf (all, "%s\n", at + 2);
  }
  g_assert_cmpstr (all->str, ==, expected);
}

#define HEAD "{\"format\": 1, \"day0\": \"" DAY0 "\", \"rows\": {\n"
#define OPEN "\"series\": [\"city/petrol/open_frac\"]"

static SfObservations *
bind (Fixture *f, const char *text)
{
  SfDate day0;
  read_file (f, text);
  no_mistakes (f);
  g_assert_nonnull (f->o);
  g_assert_true (sf_date_parse (DAY0, &day0));
  sf_observations_bind (f->o, f->book, day0 - 2, f->mistakes);
  return f->o;
}

/* The value of the last part of a file of one row "r" with these parts. */
static double
value_of (Fixture *f, const char *parts)
{
  double values[9];
  g_autofree char *text
      = g_strconcat (HEAD "\"r\": {\"first_day\": 0, \"last_day\": 1, ",
                     "\"parts\": {", parts, "}}}}", NULL);
  g_clear_pointer (&f->o, sf_observations_free);
  bind (f, text);
  no_mistakes (f);
  sf_observations_values (f->o, &f->record, values);
  return values[sf_observations_n_parts (f->o) - 1];
}

/* ---- Reading ------------------------------------------------------------- */

static void
test_rows_and_parts (Fixture *f, gconstpointer data)
{
  bind (f,
        "{\"format\": 1, \"title\": \"t\", \"day0\": \"" DAY0 "\",\n"
        "\"sources\": {\"S\": {\"title\": \"s\"}}, \"rows\": {\n"
        "\"one\": {\"number\": \"1a\", \"title\": \"One\", \"note\": \"n\",\n"
        "  \"source\": \"S\", \"confidence\": \"reported\", \"parts\": {\n"
        "  \"a\": {" OPEN ", \"stat\": \"mean\", \"from_day\": 1,\n"
        "    \"to_day\": 4, \"min\": 0.2, \"max\": 0.6, \"value\": 0.4,\n"
        "    \"unit\": \"share\"},\n"
        "  \"b\": {" OPEN ", \"stat\": \"min\", \"from_day\": 3,\n"
        "    \"for_days\": 4, \"min\": 1, \"tolerance\": 5}}},\n"
        "\"two\": {\"is_order\": true, \"first_day\": -2,\n"
        "  \"last_day\": 9, \"parts\": {\"m\": {\n"
        "    \"metric\": \"raid/lost_count\", \"max\": 9,\n"
        "    \"tolerance\": 2}}}}}");
  no_mistakes (f);
  SfDate day0 = sf_observations_day0 (f->o);
  g_assert_cmpuint (sf_observations_n_rows (f->o), ==, 2);
  g_assert_cmpuint (sf_observations_n_parts (f->o), ==, 3);
  const SfObservationRow *row = sf_observations_row (f->o, 0);
  g_assert_cmpstr (row->id, ==, "one");
  g_assert_cmpstr (row->number, ==, "1a");
  g_assert_cmpstr (row->title, ==, "One");
  g_assert_cmpstr (row->source, ==, "S");
  g_assert_cmpstr (row->confidence, ==, "reported");
  g_assert_cmpstr (row->note, ==, "n");
  g_assert_false (row->is_order);
  g_assert_cmpint (row->first - day0, ==, 1);
  g_assert_cmpint (row->last - day0, ==, 6);
  g_assert_cmpuint (row->n_parts, ==, 2);
  row = sf_observations_row (f->o, 1);
  g_assert_cmpstr (row->number, ==, "two");
  g_assert_null (row->source);
  g_assert_true (row->is_order);
  g_assert_cmpint (row->first - day0, ==, -2);
  g_assert_cmpint (row->last - day0, ==, 9);
  g_assert_cmpuint (row->first_part, ==, 2);
  const SfObservationPart *part = sf_observations_part (f->o, 0);
  g_assert_cmpstr (part->unit, ==, "share");
  g_assert_cmpfloat (part->value, ==, 0.4);
  g_assert_cmpfloat_with_epsilon (part->tolerance, 0.2, 1e-15);
  part = sf_observations_part (f->o, 1);
  g_assert_true (isnan (part->max));
  g_assert_cmpfloat (part->tolerance, ==, 5);
  g_assert_cmpuint (sf_observations_part (f->o, 2)->row, ==, 1);
}

static void
test_all_mistakes_at_once (Fixture *f, gconstpointer data)
{
  g_assert_null (read_file (
      f, "{\"format\": 2, \"rowz\": 1, \"rows\": {\n"
         "\"a\": {\"source\": \"S\", \"parts\": {\n"
         "  \"p\": {\"stat\": \"first_belov\", " OPEN ", \"min\": 1,\n"
         "    \"tolerance\": 1, \"to_day\": 9},\n"
         "  \"q\": {\"stat\": \"first_below\", " OPEN ",\n"
         "    \"window_days\": 3, \"from_day\": 5, \"to_day\": 4,\n"
         "    \"min\": 3, \"max\": 2},\n"
         "  \"s\": {\"stat\": \"mean\", \"min\": 1, \"after\": \"a/qq\",\n"
         "    \"minus\": \"a/s\", \"to_day\": 1.5},\n"
         "  \"u\": {\"metric\": \"x/y\", \"stat\": \"mean\", \"to_day\": 3,\n"
         "    \"max\": {\"dist\": \"uniform\", \"min\": 0, \"max\": 1},\n"
         "    \"tolerance\": 0}}},\n"
         "\"b\": {\"parts\": {}}, \"c\": {\"parts\": {\"d\": {\n"
         "  \"stat\": \"sum\", \"series\": []}}}, \"e\": {}}}"));
  expect_mistakes (
      f,
      "\"day0\" is missing (the date that days are counted from, YYYY-MM-DD)\n"
      "/format: this program reads format 1\n"
      "/rowz: unknown key \"rowz\"; did you mean \"rows\"?\n"
      "/rows/a/source: source \"S\" is not listed under /sources\n"
      "/rows/a/parts/p/stat: \"first_belov\" is none of mean, min, max, sum, "
      "first_below, first_above, last_above, count_below, count_above, "
      "max_mean, first_mean_above, worst_centre, worst_mean, first_run_above, "
      "value; did you mean \"first_below\"?\n"
      "/rows/a/parts/q: \"limit\" is missing, which first_below needs\n"
      "/rows/a/parts/q/window_days: \"window_days\" means nothing to "
      "first_below\n"
      "/rows/a/parts/q/to_day: the last day is before the first, 5\n"
      "/rows/a/parts/q/max: the largest is less than \"min\"\n"
      "/rows/a/parts/s: \"series\" or \"metric\" is missing\n"
      "/rows/a/parts/s: \"tolerance\" is missing, which a single bound needs\n"
      "/rows/a/parts/s/after: \"a/qq\" is not an earlier ROW/PART; did you "
      "mean \"a/q\"?\n"
      "/rows/a/parts/s/minus: \"a/s\" is not an earlier ROW/PART; did you mean "
      "\"a/p\"?\n"
      "/rows/a/parts/s/to_day: expected a whole number of days\n"
      "/rows/a/parts/u/stat: a metric is a number already: \"value\"\n"
      "/rows/a/parts/u/max: an observation has no distribution; state a "
      "number\n"
      "/rows/a/parts/u/tolerance: expected more than 0\n"
      "/rows/b/parts: no part has \"min\" or \"max\": nothing could miss\n"
      "/rows/c: \"first_day\" and \"last_day\" are missing: no part says which "
      "days it is about\n"
      "/rows/c/parts: no part has \"min\" or \"max\": nothing could miss\n"
      "/rows/c/parts/d/series: expected a list of names of series\n"
      "/rows/e: \"parts\" is missing\n");
}

static void
test_references_must_be_days (Fixture *f, gconstpointer data)
{
  g_assert_null (read_file (
      f, HEAD "\"a\": {\"parts\": {\n"
              "  \"p\": {" OPEN ", \"stat\": \"mean\", \"to_day\": 3,\n"
              "    \"min\": 0, \"tolerance\": 1},\n"
              "  \"q\": {" OPEN ", \"stat\": \"first_above\", \"limit\": 1,\n"
              "    \"to_day\": 3, \"minus\": \"a/p\"},\n"
              "  \"r\": {" OPEN ", \"stat\": \"min\", \"after\": \"a/p\",\n"
              "    \"before\": \"a/q\", \"to_day\": 3, \"for_days\": 2}}}}}"));
  expect_mistakes (
      f, "/rows/a/parts/r/after: \"a/p\" is not a day\n"
         "/rows/a/parts/r/before: \"a/q\" is not a day\n"
         "/rows/a/parts/r/for_days: \"to_day\" or \"for_days\", not both\n");
}

/* ---- Binding -------------------------------------------------------------- */

static void
test_what_is_not_recorded (Fixture *f, gconstpointer data)
{
  SfDate day0;
  g_assert_true (sf_date_parse (DAY0, &day0));
  read_file (f, HEAD "\"a\": {\"parts\": {\n"
                     "  \"p\": {\"series\": [\"/trucks_count\",\n"
                     "    \"city/petrol/opn_frac\"], \"stat\": \"mean\",\n"
                     "    \"to_day\": 3, \"min\": 0, \"tolerance\": 1},\n"
                     "  \"m\": {\"metric\": \"raid/lst_count\"},\n"
                     "  \"q\": {" OPEN ", \"stat\": \"mean\",\n"
                     "    \"from_day\": 3, \"to_day\": 10},\n"
                     "  \"r\": {" OPEN ", \"stat\": \"mean\",\n"
                     "    \"from_day\": -3, \"to_day\": 1}}}}}");
  no_mistakes (f);
  g_assert_false (sf_observations_bind (f->o, f->book, day0 - 2, f->mistakes));
  expect_mistakes (
      f, "/rows/a/parts/p/series/1: no series \"city/petrol/opn_frac\" is "
         "recorded; did you mean \"city/petrol/open_frac\"?\n"
         "/rows/a/parts/m/metric: no metric \"raid/lst_count\" is recorded; "
         "did you mean \"raid/lost_count\"?\n"
         "/rows/a/parts/q: day 3 to 10 lies outside the run, which is day -2 "
         "to 9\n"
         "/rows/a/parts/r: day -3 to 1 lies outside the run, which is day -2 "
         "to 9\n");
  /* A run of another year is one mistake. */
  g_autoptr (SfMistakes) other = sf_mistakes_new ();
  g_assert_false (sf_observations_bind (f->o, f->book, day0 + 400, other));
  g_assert_cmpuint (sf_mistakes_count (other), ==, 1);
  g_assert_cmpstr (sf_mistakes_get (other, 0)->message, ==,
                   "these are observations of 2029-12-31 to 2030-01-13, and "
                   "the run is 2031-02-07 to 2031-02-18");
  /* Without anyone to tell, they are what never happens. */
  double values[4];
  g_assert_true (sf_observations_bind (f->o, f->book, day0 - 2, NULL));
  sf_observations_values (f->o, &f->record, values);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (isnan (values[i]));
}

/* ---- Values --------------------------------------------------------------- */

/* By hand: below 20 % on day 3, again 35 % on day 5, below 25 % on day 7. */
#define DRY                                                                    \
  "\"dry\": {" OPEN ", \"stat\": \"first_below\", \"limit\": 0.2,"             \
  " \"min\": 0, \"tolerance\": 1}"
#define NEVER                                                                  \
  "\"not\": {" OPEN ", \"stat\": \"first_below\", \"limit\": 0.05,"            \
  " \"min\": 0, \"tolerance\": 1}"
#define RELIEF                                                                 \
  "\"relief\": {" OPEN ", \"stat\": \"first_above\", \"limit\": 0.35,"         \
  " \"after\": \"r/dry\", \"for_days\": 3}"

static void
test_days_count_from_day_0 (Fixture *f, gconstpointer data)
{
  g_assert_cmpfloat (value_of (f, DRY), ==, 3);
  g_assert_cmpfloat (
      value_of (f, DRY ", \"x\": {" OPEN ", \"stat\": \"last_above\","
                       " \"limit\": 1, \"from_day\": -2, \"to_day\": 5}"),
      ==, 0);
}

static void
test_series_are_added_and_multiplied (Fixture *f, gconstpointer data)
{
  g_assert_cmpfloat (
      value_of (f, DRY ", \"x\": {\"series\": [\"/trucks_count\","
                       " \"post/trucks_count\"], \"stat\": \"sum\","
                       " \"factor\": 0.5, \"from_day\": 0, \"to_day\": 2}"),
      ==, 18);
  /* A day on which one of them has no value has none. */
  f->record.curves[DAYS + 3] = NAN;
  g_assert_cmpfloat (value_of (f,
                               DRY ", \"x\": {\"series\": [\"/trucks_count\","
                                   " \"post/trucks_count\"], \"stat\": \"sum\","
                                   " \"from_day\": 0, \"to_day\": 2}"),
                     ==, 24);
  g_assert_cmpfloat (value_of (f,
                               DRY ", \"x\": {\"metric\": \"raid/lost_count\","
                                   " \"factor\": 2}"),
                     ==, 14);
}

static void
test_a_part_can_follow_another (Fixture *f, gconstpointer data)
{
  g_assert_cmpfloat (value_of (f, DRY ", " RELIEF), ==, 5);
  g_assert_cmpfloat (value_of (f,
                               DRY ", " RELIEF ", \"x\": {" OPEN
                                   ", \"stat\": \"first_below\","
                                   " \"limit\": 0.25, \"after\": \"r/relief\","
                                   " \"minus\": \"r/relief\"}"),
                     ==, 2);
  g_assert_true (
      isnan (value_of (f, DRY ", \"x\": {" OPEN ", \"stat\": \"first_above\","
                              " \"limit\": 0.35, \"after\": \"r/dry\","
                              " \"for_days\": 2}")));
  /* The later of the two first days. */
  g_assert_cmpfloat (value_of (f, DRY ", \"x\": {" OPEN
                                      ", \"stat\": \"first_above\","
                                      " \"limit\": 0.35, \"after\": \"r/dry\","
                                      " \"from_day\": 6}"),
                     ==, 6);
}

static void
test_a_part_can_end_before_another (Fixture *f, gconstpointer data)
{
  g_assert_cmpfloat (value_of (f, DRY
                               ", \"x\": {" OPEN ", \"stat\": \"last_above\","
                               " \"limit\": 0.5, \"before\": \"r/dry\"}"),
                     ==, 2);
  /* What never happens ends nothing. */
  g_assert_cmpfloat (value_of (f, NEVER
                               ", \"x\": {" OPEN ", \"stat\": \"last_above\","
                               " \"limit\": 0.5, \"before\": \"r/not\"}"),
                     ==, 9);
  /* No day is left before it. */
  g_assert_true (
      isnan (value_of (f, DRY ", \"x\": {" OPEN ", \"stat\": \"min\","
                              " \"from_day\": 3, \"before\": \"r/dry\"}")));
}

static void
test_what_did_not_happen (Fixture *f, gconstpointer data)
{
  g_assert_true (isnan (value_of (f, NEVER)));
  g_assert_cmpfloat (value_of (f, DRY ", \"x\": {" OPEN
                                      ", \"stat\": \"first_below\","
                                      " \"limit\": 0.05, \"never\": 99,"
                                      " \"minus\": \"r/dry\"}"),
                     ==, 96);
  /* What depends on what did not happen did not happen either. */
  g_assert_true (
      isnan (value_of (f, NEVER ", \"x\": {" OPEN ", \"stat\": \"min\","
                                " \"after\": \"r/not\", \"never\": 99}")));
  g_assert_true (
      isnan (value_of (f, NEVER ", \"x\": {" OPEN ", \"stat\": \"min\","
                                " \"minus\": \"r/not\", \"never\": 99}")));
}

/* ---- Scores --------------------------------------------------------------- */

#define SCORED                                                                 \
  HEAD "\"r\": {\"first_day\": 0, \"last_day\": 4, \"parts\": {\n"             \
       "\"a\": {" OPEN ", \"stat\": \"mean\", \"to_day\": 4, \"min\": 10,\n"   \
       "  \"max\": 20, \"value\": 12},\n"                                      \
       "\"b\": {" OPEN ", \"stat\": \"mean\", \"to_day\": 4, \"max\": 5,\n"    \
       "  \"tolerance\": 2},\n"                                                \
       "\"h\": {" OPEN ", \"stat\": \"mean\", \"to_day\": 4},\n"               \
       "\"l\": {" OPEN ", \"stat\": \"mean\", \"to_day\": 4, \"min\": 5,\n"    \
       "  \"tolerance\": 2}}}}}"

static void
test_crps_of_a_known_sample (Fixture *f, gconstpointer data)
{
  /* Distances to 12: 6, 18, 2, mean 26 / 3. Of pairs: 4, 16, 12, each twice
   * among nine: 64 / 9, half of which is taken away. */
  const double values[] = { 18, 30, 14 };
  SfPartScore s;
  bind (f, SCORED);
  sf_observations_score (f->o, 0, values, 3, 1, &s);
  g_assert_cmpfloat_with_epsilon (s.crps, 26.0 / 3 - 64.0 / 18, 1e-12);
  g_assert_cmpfloat (s.p50, ==, 18);
  g_assert_cmpfloat_with_epsilon (s.p05, 14.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (s.p95, 28.8, 1e-12);
  g_assert_true (s.is_hit);
  g_assert_false (s.is_covered); /* 12 is below the band */
  sf_observations_score (f->o, 1, values, 3, 1, &s);
  g_assert_true (isnan (s.crps)); /* nothing was reported */
  g_assert_false (s.is_hit);
  g_assert_false (s.is_covered); /* the band lies above 5 */
}

/* Of the normal distribution with standard deviation 1 around what was seen
 * the score is (sqrt (2) - 1) / sqrt (pi), Gneiting & Raftery (2007), eq. 22;
 * its quantiles in place of a sample come near it. */
static void
test_crps_of_a_normal_ensemble (Fixture *f, gconstpointer data)
{
  enum { N = 4001 };
  g_autofree double *values = g_new (double, N);
  SfPartScore s;
  bind (f, SCORED);
  /* The inverse of the normal distribution by bisection of erfc(). */
  for (int i = 0; i < N; i++) {
    double p = (i + 0.5) / (double)N, low = -9, high = 9;
    for (int k = 0; k < 60; k++) {
      double mid = (low + high) / 2;
      *(erfc (-mid / sqrt (2)) / 2 < p ? &low : &high) = mid;
    }
    values[i] = 12 + low;
  }
  sf_observations_score (f->o, 0, values, N, 1, &s);
  g_assert_cmpfloat_with_epsilon (s.crps, (sqrt (2) - 1) / sqrt (G_PI), 1e-3);
  g_assert_true (s.is_hit);
  g_assert_true (s.is_covered);
}

static void
test_missing_is_later_than_everything (Fixture *f, gconstpointer data)
{
  /* Two columns of a table: the second is scored. */
  const double table[] = { 0, 11, 0, NAN, 0, 12, 0, NAN, 0, 13 };
  SfPartScore s;
  bind (f, SCORED);
  sf_observations_score (f->o, 0, table + 1, 5, 2, &s);
  g_assert_cmpuint (s.n, ==, 5);
  g_assert_cmpuint (s.n_missing, ==, 2);
  g_assert_cmpfloat (s.p50, ==, 13);
  g_assert_true (isinf (s.p95));
  g_assert_true (isnan (s.crps));
  g_assert_true (s.is_hit);
  g_assert_true (s.is_covered);
  sf_observations_score (f->o, 0, table + 1, 4, 2, &s);
  g_assert_true (isinf (s.p50)); /* between 12 and never */
  g_assert_false (s.is_hit);
  sf_observations_score (f->o, 0, table + 3, 1, 2, &s);
  g_assert_true (isinf (s.p05));
  g_assert_false (s.is_covered);
  /* "At least 5" is not hit by what never happens. */
  sf_observations_score (f->o, 3, table + 3, 1, 2, &s);
  g_assert_false (s.is_hit);
  g_assert_false (s.is_covered);
  sf_observations_score (f->o, 3, table + 1, 1, 2, &s);
  g_assert_true (s.is_hit);
  sf_observations_score (f->o, 0, NULL, 0, 1, &s);
  g_assert_true (isinf (s.p50));
  g_assert_false (s.is_hit);
}

static void
test_distance (Fixture *f, gconstpointer data)
{
  bind (f, SCORED);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, 20, 0, 3), ==, 0);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, 25, 0, 3), ==, 1);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, 0, 0, 3), ==, 2);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, -100, 0, 3), ==, 3);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, NAN, 0, 3), ==, 3);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, INFINITY, 0, 3), ==, 3);
  /* A margin of one tolerance leaves the middle of the bounds alone. */
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, 20, 1, 3), ==, 1);
  g_assert_cmpfloat (sf_observations_distance (f->o, 0, 15, 5, 3), ==, 0);
  g_assert_cmpfloat (sf_observations_distance (f->o, 1, -100, 0, 3), ==, 0);
  g_assert_cmpfloat (sf_observations_distance (f->o, 1, 6, 0, 3), ==, 0.5);
  g_assert_cmpfloat (sf_observations_distance (f->o, 2, NAN, 0, 3), ==, 0);
}

/* A run of n copies of the record. */
static SfScores *
score_copies (Fixture *f, guint n, gpointer *memory, SfDate from, SfDate until)
{
  gsize size = sf_record_size (f->book);
  *memory = g_malloc (n * size);
  for (guint i = 0; i < n; i++)
    memcpy ((char *)*memory + i * size, f->memory, size);
  SfScoredRun run = { f->book, *memory, size, n };
  return sf_scores_new (f->o, &run, from, until);
}

static void
test_rows_are_hit_by_all_their_parts (Fixture *f, gconstpointer data)
{
  bind (f, HEAD "\"a\": {\"parts\": {\"x\": {" OPEN
                ", \"stat\": \"first_below\",\n"
                "  \"limit\": 0.2, \"to_day\": 9, \"min\": 2, \"max\": 4},\n"
                "  \"y\": {" OPEN ", \"stat\": \"max\", \"to_day\": 3,\n"
                "  \"min\": 1, \"tolerance\": 1}}},\n"
                "\"b\": {\"number\": \"7\", \"parts\": {\"x\": {" OPEN ",\n"
                "  \"stat\": \"min\", \"to_day\": 2, \"min\": 0.4,\n"
                "  \"tolerance\": 1}, \"y\": {" OPEN ", \"stat\": \"max\",\n"
                "  \"to_day\": 3, \"max\": 0.5, \"tolerance\": 1}}},\n"
                "\"c\": {\"is_order\": true, \"parts\": {\"x\": {" OPEN ",\n"
                "  \"stat\": \"min\", \"from_day\": 1, \"to_day\": 2,\n"
                "  \"min\": 0, \"tolerance\": 1}}}}}");
  g_autofree gpointer memory = NULL, later = NULL;
  g_autoptr (SfScores) s = score_copies (f, 3, &memory, G_MININT32, G_MAXINT32);
  g_assert_cmpuint (s->n, ==, 3);
  g_assert_cmpuint (s->n_rows, ==, 3);
  g_assert_cmpuint (s->n_hit, ==, 2);
  g_assert_cmpuint (s->n_banded, ==, 2);
  g_assert_cmpuint (s->n_covered, ==, 1);
  g_assert_true (s->is_hit[0]);
  g_assert_false (s->is_hit[1]);
  g_autofree char *summary = sf_scores_summary (s);
  g_assert_cmpstr (summary, ==,
                   "hit 2 of 3 rows (67 %); the 90 % band covers 1 of 2 "
                   "(50 %)");
  /* Row a is about days 0 to 9: too late for what ends on day 3. */
  SfDate day0 = sf_observations_day0 (f->o);
  f->record.curves[3] = 0.3F;
  g_autoptr (SfScores) early = score_copies (f, 2, &later, day0, day0 + 3);
  g_assert_cmpuint (early->n_rows, ==, 2);
  g_assert_cmpuint (early->n_hit, ==, 1);
  g_assert_false (early->is_chosen[0]);
  g_autofree char *lost = sf_scores_lost (early, s);
  g_assert_cmpstr (lost, ==, "");
}

static void
test_failed_replications_are_left_out (Fixture *f, gconstpointer data)
{
  bind (f, HEAD "\"a\": {\"parts\": {\"x\": {" OPEN ",\n"
                "  \"stat\": \"min\", \"to_day\": 2, \"min\": 0.4,\n"
                "  \"tolerance\": 1}}}}}");
  g_autofree gpointer memory = NULL, none = NULL;
  gsize size = sf_record_size (f->book);
  g_autoptr (SfScores) all
      = score_copies (f, 2, &memory, G_MININT32, G_MAXINT32);
  SfRecord second = sf_record_view (f->book, (char *)memory + size);
  second.head[SF_HEAD_STATUS] = SF_RECORD_FAILED;
  for (guint day = 0; day < DAYS; day++)
    second.curves[day] = 0;
  SfScoredRun run = { f->book, memory, size, 2 };
  g_autoptr (SfScores) s = sf_scores_new (f->o, &run, G_MININT32, G_MAXINT32);
  g_assert_cmpuint (s->n, ==, 1);
  g_assert_cmpfloat_with_epsilon (s->parts[0].p05, 0.5, 1e-6);
  f->record.head[SF_HEAD_STATUS] = SF_RECORD_EMPTY;
  g_autoptr (SfScores) empty
      = score_copies (f, 2, &none, G_MININT32, G_MAXINT32);
  g_assert_cmpuint (empty->n, ==, 0);
  g_assert_cmpuint (empty->n_hit, ==, 0);
  g_autofree char *lost = sf_scores_lost (all, empty);
  g_assert_cmpstr (lost, ==, "a");
}

#define ADD(NAME, FUNCTION)                                                    \
  g_test_add ("/observations/" NAME, Fixture, NULL, set_up, FUNCTION, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rows-and-parts", test_rows_and_parts);
  ADD ("all-mistakes-at-once", test_all_mistakes_at_once);
  ADD ("references-must-be-days", test_references_must_be_days);
  ADD ("what-is-not-recorded", test_what_is_not_recorded);
  ADD ("days-count-from-day-0", test_days_count_from_day_0);
  ADD ("series-are-added-and-multiplied", test_series_are_added_and_multiplied);
  ADD ("a-part-can-follow-another", test_a_part_can_follow_another);
  ADD ("a-part-can-end-before-another", test_a_part_can_end_before_another);
  ADD ("what-did-not-happen", test_what_did_not_happen);
  ADD ("crps-of-a-known-sample", test_crps_of_a_known_sample);
  ADD ("crps-of-a-normal-ensemble", test_crps_of_a_normal_ensemble);
  ADD ("missing-is-later-than-everything",
       test_missing_is_later_than_everything);
  ADD ("distance", test_distance);
  ADD ("rows-are-hit-by-all-their-parts", test_rows_are_hit_by_all_their_parts);
  ADD ("failed-replications-are-left-out",
       test_failed_replications_are_left_out);
  return g_test_run ();
}
