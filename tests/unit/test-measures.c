/* test-measures.c - measures of service against curves worked out by hand. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/measures.h"

#include <math.h>
#include <string.h>

#include "sim/observe/sheet.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-6)

static SfServiceRule
rule (guint shock, guint days)
{
  return (SfServiceRule){ shock, days, 0.5, 0.8, 2 };
}

/* ---- One curve ---------------------------------------------------------- */

/* A dip by hand: short on days 3 to 6, between the limits on 7, well again on
 * 8 (a flicker), on 9 not, from 10 on for good. */
static const float dip[]
    = { 1, 1, 1, 0.4f, 0.2f, 0, 0.4f, 0.6f, 0.9f, 0.7f, 1, 0.8f };

static void
test_a_dip (void)
{
  SfServiceRule r = rule (0, G_N_ELEMENTS (dip));
  double out[SF_SERVICE_N], days;
  sf_service_measures (dip, &r, out);
  NEAR (out[SF_SERVICE_SURVIVE], 3);
  NEAR (out[SF_SERVICE_RECOVER], 7); /* day 10 is the first of two */
  /* 0.6 + 0.8 + 1 + 0.6 + 0.4 + 0.1 + 0.3 + 0 + 0.2 */
  NEAR (out[SF_SERVICE_LOSS_DAYS], 4);
  NEAR (out[SF_SERVICE_LOSS], 4.0 / 12);
  /* Days 3 to 9: 3.2 of 7. */
  NEAR (out[SF_SERVICE_WORST], 3.2 / 7);
  NEAR (sf_service_shortage (dip, &r, &days), 3);
  NEAR (days, 4);
}

static void
test_days_before_the_shock_do_not_count (void)
{
  /* From day 5 on: short on 5 and 6, at once. */
  SfServiceRule r = rule (5, G_N_ELEMENTS (dip));
  double out[SF_SERVICE_N];
  sf_service_measures (dip, &r, out);
  NEAR (out[SF_SERVICE_SURVIVE], 0);
  NEAR (out[SF_SERVICE_RECOVER], 5);
  NEAR (out[SF_SERVICE_LOSS_DAYS], 2.6);
  NEAR (out[SF_SERVICE_LOSS], 2.6 / 7);
  NEAR (out[SF_SERVICE_WORST], 4.4 / 7);
  /* From day 6 on a single short day is left, which is no shortage. */
  r.shock = 6;
  sf_service_measures (dip, &r, out);
  g_assert_true (isnan (out[SF_SERVICE_SURVIVE]));
  g_assert_true (isnan (out[SF_SERVICE_RECOVER]));
  NEAR (out[SF_SERVICE_LOSS_DAYS], 1.6);
  NEAR (out[SF_SERVICE_WORST], 4.4 / 6); /* six days are all there are */
  r.shock = 2;
  sf_service_measures (dip, &r, out);
  NEAR (out[SF_SERVICE_SURVIVE], 1); /* counted from the shock */
}

static void
test_what_did_not_happen_is_missing (void)
{
  const float fine[] = { 1, 1, 0.4f, 1, 1 };
  const float fallen[] = { 1, 1, 0, 0, 0.9f };
  double out[SF_SERVICE_N], days;
  SfServiceRule r = rule (0, 5);
  sf_service_measures (fine, &r, out);
  g_assert_true (isnan (out[SF_SERVICE_SURVIVE]));
  g_assert_true (isnan (out[SF_SERVICE_RECOVER]));
  NEAR (out[SF_SERVICE_LOSS_DAYS], 0.6);
  /* One good day at the end is not yet a recovery: censored, and neither the
   * length of the run nor the days left. */
  sf_service_measures (fallen, &r, out);
  NEAR (out[SF_SERVICE_SURVIVE], 2);
  g_assert_true (isnan (out[SF_SERVICE_RECOVER]));
  g_assert_true (isnan (sf_service_shortage (fine, &r, &days)));
  NEAR (days, 0);
  /* A run that was cut short before the shock. */
  r.shock = 5;
  sf_service_measures (fallen, &r, out);
  for (guint i = 0; i < SF_SERVICE_N; i++)
    g_assert_true (isnan (out[i]));
}

static void
test_a_shortage_can_last_to_the_end (void)
{
  const float out_of_stock[] = { 1, 0, 1, 0, 0 };
  double days;
  SfServiceRule r = rule (0, 5);
  NEAR (sf_service_shortage (out_of_stock, &r, &days), 3);
  NEAR (days, 2);
  r.need_days = 1;
  NEAR (sf_service_shortage (out_of_stock, &r, &days), 1);
  NEAR (days, 3);
}

/* 0.9 as a float is less than 0.9. */
static void
test_a_limit_is_met_by_itself (void)
{
  const float curve[] = { 0, 0, 0.9f, 0.9f };
  SfServiceRule r = { 0, 4, 0.1, 0.9, 2 };
  double out[SF_SERVICE_N];
  sf_service_measures (curve, &r, out);
  NEAR (out[SF_SERVICE_RECOVER], 2);
  sf_service_measures (curve + 2, &(SfServiceRule){ 0, 2, 0.9, 0.9, 2 }, out);
  g_assert_true (isnan (out[SF_SERVICE_SURVIVE]));
}

/* ---- Places ------------------------------------------------------------- */

static void
test_gini (void)
{
  const double same[] = { 0.3, 0.3, 0.3 }, one[] = { 0, 0, 0, 1 };
  const double some[] = { 0.2, 0.6, 1 }, none[] = { 0, 0 };
  NEAR (sf_gini (same, 3), 0);
  NEAR (sf_gini (one, 4), 0.75);
  /* Distances 0.4, 0.8, 0.4; over 3 times the sum 1.8. */
  NEAR (sf_gini (some, 3), 1.6 / 5.4);
  NEAR (sf_gini (some, 1), 0);
  g_assert_true (isnan (sf_gini (none, 2)));
  g_assert_true (isnan (sf_gini (NULL, 0)));
}

/* ---- A sheet ------------------------------------------------------------ */

/* Two places with oil; the first is the capital and has two classes. */
typedef struct {
  SfScenario scenario;
  SfNodeSpec nodes[2];
  SfCommodity oil;
  SfMarketSpec markets[2];
  SfClassSpec classes[2];
  SfDemandSpec demands[3];
  SfBook *book;
  SfSheet *sheet;
  gpointer memory;
  SfRecord record;
} Made;

static Made *
make (void)
{
  Made *made = g_new0 (Made, 1);
  SfScenario *s = &made->scenario;
  made->nodes[0].id = "c";
  made->nodes[1].id = "t";
  made->oil = (SfCommodity){ .id = "oil", .unit = SF_UNIT_M3 };
  made->markets[1].node = 1;
  made->classes[0].id = "home";
  made->classes[1].id = "hospital";
  made->demands[0].persons_count = 1000;
  made->demands[1].class = 1;
  made->demands[2].node = 1;
  s->nodes = made->nodes;
  s->commodities = &made->oil;
  s->markets = made->markets;
  s->classes = made->classes;
  s->demands = made->demands;
  s->n_nodes = s->n_markets = s->n_classes = 2;
  s->n_commodities = 1;
  s->n_demands = 3;
  g_assert_true (sf_date_parse ("2030-01-01", &s->start));
  s->end = s->start + (SfDate)G_N_ELEMENTS (dip) - 1;
  s->shock = s->start + 2;
  s->shortage_frac = 0.5;
  s->recovery_frac = 0.8;
  s->shortage_days = 2;
  made->book = sf_book_new (sf_scenario_days (s));
  made->sheet = sf_sheet_new (made->book, s, NULL, 0);
  made->memory = g_malloc0 (sf_record_size (made->book));
  made->record = sf_record_view (made->book, made->memory);
  return made;
}

static void
made_free (Made *made)
{
  sf_sheet_free (made->sheet);
  sf_book_free (made->book);
  g_free (made->memory);
  g_free (made);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Made, made_free)

static void
put_curve (Made *made, const char *place, const char *class, const float *curve)
{
  gint i = sf_book_find_series (made->book, place, "oil", class, "served_frac");
  g_assert_cmpint (i, >=, 0);
  memcpy (made->record.curves + (gsize)i * G_N_ELEMENTS (dip), curve,
          sizeof dip);
}

static double
metric (const Made *made, const char *name, const char *place,
        const char *class)
{
  gint i = sf_book_find_metric (made->book, name, place, "oil", class, "");
  g_assert_cmpint (i, >=, 0);
  return made->record.metrics[i];
}

static void
test_a_sheet_puts_them_where_they_belong (void)
{
  const float well[G_N_ELEMENTS (dip)]
      = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5f };
  const double unmet[] = { 30, 0, 20 }, wanted[] = { 60, 20, 40 };
  const double person_days[] = { 4000, 0, 0 };
  g_autoptr (Made) made = make ();
  put_curve (made, "c", "", dip);
  put_curve (made, "c", "home", dip);
  put_curve (made, "c", "hospital", well);
  put_curve (made, "t", "", well);
  SfTotals totals = { unmet, wanted, person_days };
  sf_sheet_finish (made->sheet, &totals, &made->record);
  /* The shock is on day 2; the shortage begins on day 3 of the run. */
  NEAR (metric (made, "shortage_start_day", "c", ""), 3);
  NEAR (metric (made, "time_to_survive_days", "c", ""), 1);
  NEAR (metric (made, "time_to_recover_days", "c", "home"), 7);
  NEAR (metric (made, "resilience_loss_frac_days", "c", "home"), 4);
  NEAR (metric (made, "resilience_loss_frac", "c", ""), 0.4);
  NEAR (metric (made, "worst_served_frac", "t", ""), 6.5 / 7);
  g_assert_true (
      isnan (metric (made, "time_to_survive_days", "c", "hospital")));
  NEAR (metric (made, "resilience_loss_frac_days", "c", "hospital"), 0.5);
  NEAR (metric (made, "unmet_m3", "c", "home"), 30);
  NEAR (metric (made, "person_days_without", "c", "home"), 4000);
  g_assert_cmpint (sf_book_find_metric (made->book, "person_days_without", "c",
                                        "oil", "hospital", ""),
                   ==, -1);
  /* 50 of 80 served in the one, half in the other. */
  NEAR (metric (made, "served_frac", "c", ""), 0.625);
  NEAR (metric (made, "served_gini_frac", "", ""), 0.125 / (2 * 1.125));
}

/* One place alone cannot be treated unlike another. */
static void
test_no_gini_of_one_place (void)
{
  g_autoptr (Made) made = make ();
  made->scenario.n_markets = 1;
  g_autoptr (SfBook) book = sf_book_new (3);
  SfSheet *sheet = sf_sheet_new (book, &made->scenario, NULL, 0);
  g_assert_cmpint (
      sf_book_find_metric (book, "served_gini_frac", "", "oil", "", ""), ==,
      -1);
  sf_sheet_free (sheet);
}

static void
test_the_shock_is_the_first_day_unless_said (void)
{
  g_autoptr (Made) made = make ();
  g_assert_cmpuint (sf_scenario_shock_day (&made->scenario), ==, 2);
  made->scenario.shock = SF_PARAM_NO_DATE;
  g_assert_cmpuint (sf_scenario_shock_day (&made->scenario), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measures/a-dip", test_a_dip);
  g_test_add_func ("/measures/days-before-the-shock-do-not-count",
                   test_days_before_the_shock_do_not_count);
  g_test_add_func ("/measures/what-did-not-happen-is-missing",
                   test_what_did_not_happen_is_missing);
  g_test_add_func ("/measures/a-shortage-can-last-to-the-end",
                   test_a_shortage_can_last_to_the_end);
  g_test_add_func ("/measures/a-limit-is-met-by-itself",
                   test_a_limit_is_met_by_itself);
  g_test_add_func ("/measures/gini", test_gini);
  g_test_add_func ("/sheet/puts-them-where-they-belong",
                   test_a_sheet_puts_them_where_they_belong);
  g_test_add_func ("/sheet/no-gini-of-one-place", test_no_gini_of_one_place);
  g_test_add_func ("/sheet/the-shock-is-the-first-day-unless-said",
                   test_the_shock_is_the_first_day_unless_said);
  return g_test_run ();
}
