/* test-units.c - are times and dates counted right? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/units.h"

#include <math.h>

static SfDate
day (const char *text)
{
  SfDate date = 0;

  g_assert_true (sf_date_parse (text, &date));
  return date;
}

/* Every day of three centuries, against a calendar kept by counting. */
static void
test_round_trip (void)
{
  static const int lengths[]
      = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  SfDate expected = day ("1900-01-01");
  int weekday = 0; /* a Monday */

  for (int y = 1900; y <= 2199; y++) {
    gboolean is_leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

    for (int m = 1; m <= 12; m++)
      for (int d = 1; d <= lengths[m - 1] + (m == 2 && is_leap); d++) {
        char text[SF_DATE_SIZE], again[SF_DATE_SIZE];

        g_snprintf (text, sizeof text, "%04d-%02d-%02d", y, m, d);
        g_assert_cmpint (day (text), ==, expected);
        g_assert_cmpstr (sf_date_format (again, expected), ==, text);
        g_assert_cmpint (sf_date_month (expected), ==, m);
        g_assert_cmpint (sf_date_weekday (expected), ==, weekday);
        weekday = (weekday + 1) % 7;
        expected++;
      }
  }
}

static void
test_epoch (void)
{
  g_assert_cmpint (day ("1970-01-01"), ==, 0);
  g_assert_cmpint (day ("1969-12-31"), ==, -1);
  g_assert_cmpint (day ("2000-03-01"), ==, 11017);
  g_assert_cmpint (sf_date_weekday (day ("2025-09-03")), ==, 2);
}

static void
test_refused (void)
{
  static const char *const texts[] = { "",
                                       "2025-02-29",
                                       "1900-02-29",
                                       "2025-02-30",
                                       "2025-04-31",
                                       "2025-13-01",
                                       "2025-00-10",
                                       "2025-01-00",
                                       "2025-01-32",
                                       "1899-12-31",
                                       "2200-01-01",
                                       "2025-1-01",
                                       "2025-01-1",
                                       "25-01-01",
                                       "2025/01/01",
                                       "2025-01-01 ",
                                       " 2025-01-01",
                                       "2025-01-01T00:00",
                                       "20250101",
                                       "2025-O1-01",
                                       "-025-01-01",
                                       "today" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    SfDate date = 4711;

    g_assert_false (sf_date_parse (texts[i], &date));
    g_assert_cmpint (date, ==, 4711);
  }
  day ("2024-02-29");
  day ("2000-02-29");
}

static void
test_rounding (void)
{
  g_assert_cmpint (sf_ticks_from_h (1), ==, 3600);
  g_assert_cmpint (sf_ticks_from_days (1), ==, 86400);
  g_assert_cmpint (sf_ticks_from_h (1.4 / 3600), ==, 1);
  g_assert_cmpint (sf_ticks_from_h (1.5 / 3600), ==, 2);
  g_assert_cmpint (sf_ticks_from_h (0.4 / 3600), ==, 0);
  g_assert_cmpint (sf_ticks_from_s (2.5), ==, 2); /* to the even one */
  g_assert_cmpint (sf_ticks_from_s (3.5), ==, 4);
  g_assert_cmpint (sf_ticks_from_s (0.49999999999999994), ==, 0);
  g_assert_cmpint (sf_ticks_from_days (1.0 / 3), ==, 28800);
}

static void
test_rounding_far (void)
{
  g_assert_cmpint (sf_ticks_from_h (0), ==, 0);
  g_assert_cmpint (sf_ticks_from_h (-5), ==, 0);
  g_assert_cmpint (sf_ticks_from_days (-INFINITY), ==, 0);
  g_assert_cmpint (sf_ticks_from_h (NAN), ==, 0);
  g_assert_cmpint (sf_ticks_from_h (INFINITY), ==, SF_TICK_NEVER);
  g_assert_cmpint (sf_ticks_from_days (1e300), ==, SF_TICK_NEVER);
  /* Later than any run, and still room to add a delay without overflow. */
  g_assert_cmpint (SF_TICK_NEVER, >, sf_ticks_from_days (36500) * 1000);
  g_assert_cmpint (SF_TICK_NEVER + SF_TICK_NEVER, >, SF_TICK_NEVER);
}

static void
test_back (void)
{
  for (int i = 0; i < 100000; i += 7) {
    SfTick ticks = (SfTick)i * 31;

    g_assert_cmpint (sf_ticks_from_h (sf_ticks_to_h (ticks)), ==, ticks);
    g_assert_cmpint (sf_ticks_from_days (sf_ticks_to_days (ticks)), ==, ticks);
  }
}

static void
test_suffixes (void)
{
  static const char *const known[]
      = { "travel_h",        "depot_days",     "km",
          "speed_kmh",       "capacity_m3",    "capacity_t",
          "price_xof_per_l", "fail_prob",      "loss_frac",
          "trucks_count",    "blocks_per_day", "lat_deg" };
  static const char *const others[]
      = { "", "speed", "days_open", "_per_", "blocks_per_", "weight" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (sf_unit_is_known_suffix (known[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (sf_unit_is_known_suffix (others[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/units/every day of 300 years goes there and back",
                   test_round_trip);
  g_test_add_func ("/units/days are counted from 1970", test_epoch);
  g_test_add_func ("/units/what is no day is refused", test_refused);
  g_test_add_func ("/units/delays are rounded to the second", test_rounding);
  g_test_add_func ("/units/delays stay on the clock", test_rounding_far);
  g_test_add_func ("/units/ticks go there and back", test_back);
  g_test_add_func ("/units/names say their unit", test_suffixes);
  return g_test_run ();
}
