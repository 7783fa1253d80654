/* test-store.c - the database of a sweep keeps what it was given. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/store-fixture.h"

/* ---- Shape ------------------------------------------------------------------- */

static void
same_columns (const SfStoreColumn *a, const SfStoreColumn *b, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_assert_cmpstr (a[i].name, ==, b[i].name);
    g_assert_cmpstr (a[i].title, ==, b[i].title);
    g_assert_cmpstr (a[i].unit, ==, b[i].unit ? b[i].unit : "");
    g_assert_cmpstr (a[i].kind, ==, b[i].kind);
    g_assert_cmpstr (a[i].detail, ==, b[i].detail);
    g_assert_true ((a[i].levels == NULL) == (b[i].levels == NULL));
    for (guint k = 0; b[i].levels && (k == 0 || b[i].levels[k - 1]); k++)
      g_assert_cmpstr (a[i].levels[k], ==, b[i].levels[k]);
  }
}

static void
test_shape_comes_back (Fixture *f, gconstpointer data)
{
  reopen (f, FALSE);
  const SfStoreShape *s = sf_store_shape (f->store);
  g_assert_cmpuint (s->n_factors, ==, N_FACTORS);
  g_assert_cmpuint (s->n_outcomes, ==, G_N_ELEMENTS (outcomes));
  same_columns (s->factors, factors, s->n_factors);
  same_columns (s->outcomes, outcomes, s->n_outcomes);
  g_assert_cmpfloat (s->factors[0].high, ==, 1e300);
  g_assert_true (isnan (s->factors[1].low));
  g_assert_cmpuint (s->n_series, ==, 2);
  g_assert_cmpstr (s->series[1], ==, "o'curve");
  g_assert_cmpuint (s->days, ==, DAYS);
  g_assert_cmpuint (s->replications, ==, REPS);
}

static void
test_points_come_back (Fixture *f, gconstpointer data)
{
  double values[N_FACTORS];
  SfStoreTask task = { .values = values };
  reopen (f, FALSE);
  for (guint p = 0; p < POINTS; p++) {
    g_assert_true (sf_store_task (f->store, p, &task, NULL));
    g_assert_cmpuint (sf_store_point_row (f->store, p), ==, p + 100);
    for (guint i = 0; i < N_FACTORS; i++)
      g_assert_cmpfloat (values[i], ==, value_of (p, i));
  }
  g_assert_false (sf_store_task (f->store, POINTS, &task, NULL));
}

/* A column too many names is said, not crashed upon. */
static void
test_names_that_collide_are_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const SfStoreColumn same[] = { { .name = "a", .kind = "number" },
                                 { .name = "A", .kind = "number" } };
  g_autofree char *path = g_build_filename (f->folder, "other", NULL);
  SfStoreShape shape = shape_of (1);
  shape.factors = same;
  shape.n_factors = 2;
  g_assert_null (sf_store_new (path, &shape, FALSE, &error));
  g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_two_thousand_factors (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "wide", NULL);
  g_autofree SfStoreColumn *many = g_new0 (SfStoreColumn, 2100);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  SfStoreShape shape = shape_of (1);
  shape.factors = many;
  for (guint i = 0; i < 2100; i++) {
    g_ptr_array_add (names, g_strdup_printf ("f%u", i));
    many[i] = (SfStoreColumn){ .name = names->pdata[i], .kind = "number" };
  }
  shape.n_factors = 1000;
  g_autoptr (SfStore) s = sf_store_new (path, &shape, FALSE, &error);
  g_assert_no_error (error);
  g_clear_pointer (&s, sf_store_free);
  shape.n_factors = 2100; /* more columns than SQLite has */
  g_assert_null (sf_store_new (path, &shape, FALSE, &error));
  g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED);
}

/* ---- Rows ------------------------------------------------------------------- */

static void
test_rows_come_back (Fixture *f, gconstpointer data)
{
  double values[2];
  float series[2 * DAYS];
  g_autofree char *message = NULL, *second = NULL;
  SfStoreRow row;
  put (f->store, 1, 2, SF_STORE_DONE);
  put (f->store, 2, 0, SF_STORE_CRASHED);
  commit (f->store);
  reopen (f, FALSE);
  g_assert_true (
      sf_store_get (f->store, 1, 2, &row, values, series, &message, NULL));
  g_assert_cmpint (row.state, ==, SF_STORE_DONE);
  g_assert_cmpuint (row.fingerprint, ==, G_MAXUINT64 - 1);
  g_assert_cmpfloat (values[0], ==, 1 + 0.1 * 2);
  g_assert_true (isnan (values[1]));
  g_assert_cmpfloat (series[3], ==, 1);
  g_assert_cmpfloat (series[5], ==, 0.1F);
  g_assert_true (
      sf_store_get (f->store, 2, 0, &row, values, series, &second, NULL));
  g_assert_cmpint (row.state, ==, SF_STORE_CRASHED);
  g_assert_cmpstr (second, ==, "it's \"bad\"");
  g_assert_null (row.series);
  g_assert_true (isnan (values[0]));
  g_autofree char *third = NULL;
  g_assert_false (
      sf_store_get (f->store, 0, 0, &row, values, series, &third, NULL));
  ASKED (f->path, "SELECT typeof(\"first day\") FROM outcome", "null");
  ASKED (f->path, "SELECT \"who\"\"s\" FROM tidy WHERE point = 2", "été");
}

static void
test_what_is_not_committed_is_lost (Fixture *f, gconstpointer data)
{
  put (f->store, 0, 0, SF_STORE_DONE);
  commit (f->store);
  put (f->store, 1, 0, SF_STORE_DONE);
  reopen (f, TRUE);
  SfStoreCounts counts;
  g_assert_true (sf_store_count (f->store, &counts, NULL));
  g_assert_cmpuint (counts.states[SF_STORE_DONE], ==, 1);
  g_assert_cmpuint (counts.planned, ==, POINTS * REPS);
}

static void
test_a_done_row_stays (Fixture *f, gconstpointer data)
{
  put (f->store, 0, 0, SF_STORE_DONE);
  SfStoreRow other = { .state = SF_STORE_DONE,
                       .fingerprint = 5,
                       .outcomes = (const double[]){ 99, 99 } };
  g_assert_true (sf_store_put (f->store, &other, NULL));
  put (f->store, 0, 0, SF_STORE_FAILED);
  commit (f->store);
  ASKED (f->path, "SELECT state || attempt FROM run", "done1");
  ASKED (f->path, "SELECT \"group\" FROM outcome", "0.0");
  ASKED (f->path, "SELECT COUNT(*) FROM run", "1");
}

static void
test_a_failed_row_is_replaced_and_counted (Fixture *f, gconstpointer data)
{
  put (f->store, 0, 0, SF_STORE_FAILED);
  put (f->store, 0, 0, SF_STORE_TIMEOUT);
  put (f->store, 0, 0, SF_STORE_DONE);
  commit (f->store);
  ASKED (f->path, "SELECT state || attempt || ifnull(message, '-') FROM run",
         "done3-");
  ASKED (f->path, "SELECT COUNT(*) FROM outcome", "1");
}

static gboolean
sum_rows (const SfStoreRow *row, const double *values, gpointer data)
{
  double *sum = data;
  g_assert_cmpfloat (values[0], ==, value_of (row->point, 0));
  g_assert_true (row->series != NULL);
  sum[0] += row->outcomes[0];
  sum[1] = sum[1] * 100 + 10 * row->point + row->rep;
  return TRUE;
}

static void
test_each_row_in_order (Fixture *f, gconstpointer data)
{
  double sum[2] = { 0 };
  put (f->store, 4, 0, SF_STORE_DONE);
  put (f->store, 1, 2, SF_STORE_DONE);
  put (f->store, 1, 1, SF_STORE_DONE);
  commit (f->store);
  g_assert_true (sf_store_each (f->store, TRUE, sum_rows, sum, NULL));
  g_assert_cmpfloat (sum[1], ==, 111240);
}

static void
add_cause (const char *state, const char *message, guint64 n, gpointer data)
{
  g_string_append_printf (data, "%s %s %u; ", state, message, (guint)n);
}

static void
test_causes_most_frequent_first (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) all = g_string_new (NULL);
  put (f->store, 0, 0, SF_STORE_TIMEOUT);
  put (f->store, 1, 0, SF_STORE_CRASHED);
  put (f->store, 2, 0, SF_STORE_CRASHED);
  put (f->store, 3, 0, SF_STORE_DONE);
  commit (f->store);
  g_assert_true (sf_store_causes (f->store, 5, add_cause, all, NULL));
  g_assert_cmpstr (all->str, ==,
                   "crashed it's \"bad\" 2; timeout it's \"bad\" 1; ");
}

/* ---- What is to be done ------------------------------------------------------ */

/* The tasks of a walk as "point/rep ...", taken `max` at a time. */
static char *
walk (SfStore *s, SfStoreWalk *w, guint max)
{
  GString *all = g_string_new (NULL);
  double values[POINTS * REPS][N_FACTORS];
  SfStoreTask tasks[POINTS * REPS];
  guint n;
  w->point = -1;
  for (guint i = 0; i < POINTS * REPS; i++)
    tasks[i].values = values[i];
  while ((n = sf_store_next (s, w, tasks, max, NULL)) > 0)
    for (guint i = 0; i < n; i++) {
      g_assert_cmpfloat (tasks[i].values[1], ==, value_of (tasks[i].point, 1));
      g_string_append_printf (all, "%u/%u ", tasks[i].point, tasks[i].rep);
    }
  return g_string_free (all, FALSE);
}

static void
test_walk_is_replication_by_replication (Fixture *f, gconstpointer data)
{
  for (guint max = 1; max <= POINTS * REPS; max++) {
    SfStoreWalk w = { .n_shards = 1 };
    g_autofree char *all = walk (f->store, &w, max);
    g_assert_cmpstr (all, ==,
                     "0/0 1/0 2/0 3/0 4/0 0/1 1/1 2/1 3/1 4/1 0/2 1/2 2/2 3/2 "
                     "4/2 ");
  }
}

static void
test_shards_share_all_runs (Fixture *f, gconstpointer data)
{
  for (guint n = 1; n <= POINTS * REPS + 2; n++) {
    guint total = 0;
    g_autoptr (GHashTable) seen
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < n; i++) {
      SfStoreWalk w = { .shard = i, .n_shards = n };
      g_autofree char *all = walk (f->store, &w, 4);
      g_auto (GStrv) parts = g_strsplit (g_strchomp (all), " ", -1);
      for (char **p = parts; *p && **p; p++, total++)
        g_assert_true (g_hash_table_add (seen, g_strdup (*p)));
    }
    g_assert_cmpuint (total, ==, POINTS * REPS);
  }
}

static void
test_walk_leaves_out_what_has_a_row (Fixture *f, gconstpointer data)
{
  for (guint p = 0; p < POINTS; p++)
    for (guint r = 0; r < REPS; r++)
      put (f->store, p, r, p == 3 ? SF_STORE_FAILED : SF_STORE_DONE);
  SfStoreWalk w = { .n_shards = 1 };
  g_autofree char *none = walk (f->store, &w, 4);
  g_assert_cmpstr (none, ==, "");
  SfStoreWalk again = { .n_shards = 1, .retries = TRUE };
  g_autofree char *bad = walk (f->store, &again, 4);
  g_assert_cmpstr (bad, ==, "3/0 3/1 3/2 ");
}

static void
test_replications_are_raised_only (Fixture *f, gconstpointer data)
{
  g_assert_true (sf_store_set_replications (f->store, 2, NULL));
  reopen (f, TRUE);
  g_assert_cmpuint (sf_store_shape (f->store)->replications, ==, REPS);
  g_assert_true (sf_store_set_replications (f->store, 4, NULL));
  reopen (f, TRUE);
  g_assert_cmpuint (sf_store_shape (f->store)->replications, ==, 4);
}

static void
test_facts_are_replaced (Fixture *f, gconstpointer data)
{
  g_assert_true (sf_store_set_fact (f->store, "a'b", "1", NULL));
  g_assert_true (sf_store_set_fact (f->store, "a'b", "2", NULL));
  reopen (f, FALSE);
  g_autofree char *fact = sf_store_fact (f->store, "a'b");
  g_assert_cmpstr (fact, ==, "2");
  g_assert_null (sf_store_fact (f->store, "none"));
}

/* ---- Shards ------------------------------------------------------------------- */

static void
test_merge_twice_is_merge_once (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "sh'ard", NULL);
  guint64 n;
  g_autoptr (GError) error = NULL;
  SfStore *shard = make (path, TRUE, "iii");
  put (shard, 0, 0, SF_STORE_DONE);
  put (shard, 1, 0, SF_STORE_DONE);
  put (shard, 2, 0, SF_STORE_FAILED);
  put (shard, 4, 0, SF_STORE_FAILED);
  commit (shard);
  sf_store_free (shard);
  put (f->store, 0, 0, SF_STORE_FAILED); /* done in the shard */
  put (f->store, 2, 0, SF_STORE_DONE);   /* not done in the shard */
  put (f->store, 4, 0, SF_STORE_CRASHED);
  g_assert_true (sf_store_merge (f->store, path, &n, &error));
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (sf_store_merge (f->store, path, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  ASKED (f->path,
         "SELECT group_concat(point || state || attempt) FROM run ORDER BY"
         " point",
         "0done2,1done1,2done1,4crashed1");
  ASKED (f->path, "SELECT COUNT(*) FROM outcome", "3");
  ASKED (f->path, "SELECT COUNT(*) FROM series", "3");
}

static void
test_merge_of_other_inputs_is_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "shard", NULL);
  guint64 n = 7;
  g_autoptr (GError) error = NULL;
  SfStore *shard = make (path, TRUE, "jjj");
  put (shard, 0, 0, SF_STORE_DONE);
  commit (shard);
  sf_store_free (shard);
  g_assert_false (sf_store_merge (f->store, path, &n, &error));
  g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER);
  g_assert_nonnull (strstr (error->message, "iii"));
  g_assert_nonnull (strstr (error->message, "jjj"));
  ASKED (f->path, "SELECT COUNT(*) FROM run", "0");
}

static void
test_merge_brings_the_replications (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "shard", NULL);
  guint64 n;
  SfStore *shard = make (path, TRUE, "iii");
  g_assert_true (sf_store_set_replications (shard, 5, NULL));
  put (shard, 0, 4, SF_STORE_DONE);
  commit (shard);
  sf_store_free (shard);
  g_assert_true (sf_store_merge (f->store, path, &n, NULL));
  reopen (f, FALSE);
  g_assert_cmpuint (sf_store_shape (f->store)->replications, ==, 5);
}

static void
test_rows_of_the_base_count_as_done (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "shard", NULL);
  put (f->store, 0, 0, SF_STORE_DONE);
  put (f->store, 2, 0, SF_STORE_FAILED);
  commit (f->store);
  g_autoptr (SfStore) shard = make (path, TRUE, "iii");
  put (shard, 1, 0, SF_STORE_DONE);
  g_autoptr (GError) error = NULL;
  commit (shard);
  sf_store_beside (shard, f->path, &error);
  g_assert_no_error (error);
  SfStoreWalk w = { .n_shards = 3 };
  g_autofree char *all = walk (shard, &w, 2);
  g_assert_cmpstr (all, ==, "3/0 1/1 4/1 2/2 ");
  SfStoreWalk again = { .shard = 2, .n_shards = 3, .retries = TRUE };
  g_autofree char *bad = walk (shard, &again, 2);
  g_assert_cmpstr (bad, ==, "2/0 0/1 3/1 1/2 4/2 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("shape-comes-back", test_shape_comes_back);
  TEST ("points-come-back", test_points_come_back);
  TEST ("names-that-collide-are-refused", test_names_that_collide_are_refused);
  TEST ("two-thousand-factors", test_two_thousand_factors);
  TEST ("rows-come-back", test_rows_come_back);
  TEST ("what-is-not-committed-is-lost", test_what_is_not_committed_is_lost);
  TEST ("a-done-row-stays", test_a_done_row_stays);
  TEST ("a-failed-row-is-replaced-and-counted",
        test_a_failed_row_is_replaced_and_counted);
  TEST ("each-row-in-order", test_each_row_in_order);
  TEST ("causes-most-frequent-first", test_causes_most_frequent_first);
  TEST ("walk-is-replication-by-replication",
        test_walk_is_replication_by_replication);
  TEST ("shards-share-all-runs", test_shards_share_all_runs);
  TEST ("walk-leaves-out-what-has-a-row", test_walk_leaves_out_what_has_a_row);
  TEST ("replications-are-raised-only", test_replications_are_raised_only);
  TEST ("merge-twice-is-merge-once", test_merge_twice_is_merge_once);
  TEST ("merge-of-other-inputs-is-refused",
        test_merge_of_other_inputs_is_refused);
  TEST ("merge-brings-the-replications", test_merge_brings_the_replications);
  TEST ("rows-of-the-base-count-as-done", test_rows_of_the_base_count_as_done);
  TEST ("facts-are-replaced", test_facts_are_replaced);
  return g_test_run ();
}
