/* store-fixture.h - a store that is made for a test. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stores are made in a folder of their own from a shape with names and words
 * that SQL, JSON and shells would trip over.
 */
#pragma once

#include "sim/store/store.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "tests/unit/place.h"

static const char *const words[]
    = { "plain", "it's", "a\"b", "", "a, b; DROP TABLE run", "été", NULL };
static const char *const two_words[] = { "", "x", NULL };
static const char *const curves[] = { "kessa/fuel/served_frac", "o'curve" };
static const SfStoreColumn factors[] = {
  { .name = "select",
    .title = "A 'word' of SQL",
    .unit = "days",
    .kind = "number",
    .detail = "{\"a\": [1]}",
    .low = -1,
    .high = 1e300 },
  { .name = "who\"s",
    .kind = "category",
    .levels = words,
    .low = NAN,
    .high = NAN },
  { .name = "rowid", .unit = "", .kind = "lever", .low = 0, .high = 1 },
  { .name = "blank",
    .kind = "category",
    .levels = two_words,
    .low = NAN,
    .high = NAN },
};
static const SfStoreColumn outcomes[] = {
  { .name = "group", .title = "%s%n", .unit = "t", .kind = "number" },
  { .name = "first day", .unit = "", .kind = "event" },
};
#define N_FACTORS G_N_ELEMENTS (factors)
#define DAYS 3
#define POINTS 5
#define REPS 3

typedef struct {
  char *folder, *path;
  SfStore *store;
} Fixture;

static inline SfStoreShape
shape_of (guint replications)
{
  return (SfStoreShape){ .factors = factors,
                         .outcomes = outcomes,
                         .n_factors = N_FACTORS,
                         .n_outcomes = G_N_ELEMENTS (outcomes),
                         .series = curves,
                         .n_series = G_N_ELEMENTS (curves),
                         .days = DAYS,
                         .replications = replications };
}

static inline double
value_of (guint point, guint factor)
{
  switch (factor) {
  case 0:
    return 0.1 * point - 0.3;
  case 1:
    return (point + 3) % 6;
  default:
    return point % 2;
  }
}

/* A store of POINTS points, published, at folder/NAME. */
static inline SfStore *
make (const char *path, gboolean is_shard, const char *inputs)
{
  g_autoptr (GError) error = NULL;
  SfStoreShape shape = shape_of (REPS);
  SfStore *s = sf_store_new (path, &shape, is_shard, &error);
  g_assert_no_error (error);
  for (guint p = 0; p < POINTS; p++) {
    double values[N_FACTORS];
    for (guint f = 0; f < N_FACTORS; f++)
      values[f] = value_of (p, f);
    sf_store_add_point (s, p + 100, p / 2, values, &error);
    g_assert_no_error (error);
  }
  sf_store_set_fact (s, "version", "1", &error);
  sf_store_set_fact (s, "models_sha256", "mmm", &error);
  sf_store_set_fact (s, "inputs_sha256", inputs, &error);
  g_assert_no_error (error);
  sf_store_publish (s, &error);
  g_assert_no_error (error);
  return s;
}

static inline SfStore *
open_again (const char *path, gboolean is_writer)
{
  g_autoptr (GError) error = NULL;
  SfStore *s = sf_store_open (path, is_writer, &error);
  g_assert_no_error (error);
  return s;
}

static inline void
set_up (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  f->folder = place_new ();
  f->path = g_build_filename (f->folder, "it's a \"store\".sqlite", NULL);
  f->store = make (f->path, FALSE, "iii");
}

static inline void
tear_down (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  sf_store_free (f->store);
  place_remove (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static inline void
reopen (Fixture *f, gboolean is_writer)
{
  g_clear_pointer (&f->store, sf_store_free);
  f->store = open_again (f->path, is_writer);
}

/* What a done run of a point gives; the second outcome may not happen. */
static inline void
put (SfStore *s, guint point, guint rep, SfStoreState state)
{
  g_autoptr (GError) error = NULL;
  const double values[] = { point + 0.1 * rep, point % 2 ? NAN : 1.0 / 3 };
  const float series[] = { 1, 2, 3, (float)point, 5, 0.1F };
  SfStoreRow row = { .point = point,
                     .rep = rep,
                     .state = state,
                     .fingerprint = G_MAXUINT64 - point,
                     .events = 17,
                     .wall_s = 2,
                     .cpu_s = 1,
                     .worker = "host:1",
                     .message = state == SF_STORE_DONE ? "" : "it's \"bad\"",
                     .outcomes = values,
                     .series = series };
  sf_store_put (s, &row, &error);
  g_assert_no_error (error);
}

static inline void
commit (SfStore *s)
{
  g_autoptr (GError) error = NULL;
  sf_store_commit (s, &error);
  g_assert_no_error (error);
}

/* The first cell of the answer to a question; to be freed. */
static inline char *
ask (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *q = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &q, NULL), ==, SQLITE_OK);
  char *answer = NULL;
  if (sqlite3_step (q) == SQLITE_ROW)
    answer = g_strdup ((const char *)sqlite3_column_text (q, 0));
  sqlite3_finalize (q);
  sqlite3_close (db);
  return answer;
}

#define ASKED(PATH, SQL, ANSWER)                                               \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autofree char *asked_ = ask (PATH, SQL);                                 \
    g_assert_cmpstr (asked_, ==, ANSWER);                                      \
  }                                                                            \
  G_STMT_END

#define TEST(NAME, FUNCTION)                                                   \
  g_test_add ("/store/" NAME, Fixture, NULL, set_up, FUNCTION, tear_down)
