/* test-intake.c - tables and maps that a planner has. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/intake/geometry.h"
#include "sim/intake/intake.h"

/* A grid from CSV text without mistakes. */
static SfGrid *
grid_of (const char *text)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfGrid *grid = sf_grid_from_csv (text, strlen (text), "x.csv", mistakes);
  g_autofree char *list = sf_mistakes_format (mistakes);
  g_assert_cmpstr (list, ==, "");
  return grid;
}

/* ---- Numbers ------------------------------------------------------------- */

static void
test_decimal_comma (void)
{
  static const struct {
    const char *text;
    double value; /* below 0: refused */
  } cases[] = {
    { "12,5", 12.5 },
    { "1 234,5", 1234.5 },
    { "7", 7 },
    { "1\xE2\x80\xAF"
      "234,5",
      1234.5 },
    { "1.234", -1 },
    { "1.234,5", -1 },
    { "12,5,1", -1 },
    { "0x10", -1 },
    { "nan", -1 },
    { "inf", -1 },
    { "1e999", -1 },
    { "12 m", -1 },
    { "1 2", -1 },
    { "12.5", 12.5 },
  };
  g_autoptr (GString) text = g_string_new ("a;b\n0,5;x\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (text, "%s;x\n", cases[i].text);
  g_autoptr (SfGrid) grid = grid_of (text->str);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value = -1;
    g_assert_cmpint (sf_grid_number (grid, (guint)i + 1, "a", &value), ==,
                     cases[i].value >= 0);
    g_assert_cmpfloat (value, ==, cases[i].value);
  }
}

/* In a file with commas between fields a comma in a number is doubtful. */
static void
test_decimal_point (void)
{
  g_autoptr (SfGrid) grid = grid_of ("a,b\n\"12,5\",1.234\n");
  double value = -1;
  g_assert_false (sf_grid_number (grid, 0, "a", &value));
  g_assert_true (sf_grid_number (grid, 0, "b", &value));
  g_assert_cmpfloat (value, ==, 1.234);
  g_assert_false (sf_grid_number (grid, 0, "c", &value));
}

static void
test_separators (void)
{
  static const char *const texts[]
      = { "id;km\r\na;1,5\r\n", "\xEF\xBB\xBFid\tkm\na\t1,5\n",
          "sep=;\r\nid;km\r\na;1,5", "id,km\r\na,1.5\r\n\r\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (SfGrid) grid = grid_of (texts[i]);
    double km = 0;
    g_assert_cmpuint (grid->rows->len, ==, 1);
    g_assert_true (sf_grid_number (grid, 0, "km", &km));
    g_assert_cmpfloat (km, ==, 1.5);
  }
}

/* ---- The globe ------------------------------------------------------------ */

static void
test_distance (void)
{
  /* A quarter of a great circle, a degree of latitude, and Dakar to Bamako
   * (some 1,045 km by any table of distances). */
  SfPosition pole = { 0, 90 }, zero = { 0, 0 }, north = { 0, 1 };
  SfPosition dakar = { -17.44, 14.69 }, bamako = { -8.0, 12.65 };
  g_assert_cmpfloat_with_epsilon (sf_distance_km (zero, pole), 10007.557,
                                  0.001);
  g_assert_cmpfloat_with_epsilon (sf_distance_km (zero, north), 111.1951,
                                  0.0001);
  g_assert_cmpfloat_with_epsilon (sf_distance_km (dakar, bamako), 1045, 5);
  g_assert_cmpfloat (sf_distance_km (dakar, dakar), ==, 0);
}

static void
test_line (void)
{
  static const char *const bad[] = { "",
                                     "POINT (1 2)",
                                     "LINESTRING EMPTY",
                                     "LINESTRING (1 2)",
                                     "LINESTRING (1 2, 3)",
                                     "LINESTRING (1 2, 3 4",
                                     "LINESTRING (1 2, 200 4)",
                                     "LINESTRING (1 nan, 3 4)" };
  SfPosition a, b;
  double km = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sf_line_read (bad[i], &a, &b, &km));
  g_assert_true (
      sf_line_read ("LineString Z(0 0 5, 0 1 7, 0 2 9)", &a, &b, &km));
  g_assert_cmpfloat (b.lat_deg, ==, 2);
  g_assert_cmpfloat_with_epsilon (km, 2 * 111.1951, 0.001);
}

/* ---- Joining -------------------------------------------------------------- */

/* An intake with these tables, finished. */
static SfIntake *
finished (const char *nodes, const char *links, SfMistakes *mistakes)
{
  SfIntake *in = sf_intake_new (mistakes);
  in->nodes = nodes ? grid_of (nodes) : NULL;
  in->links = grid_of (links);
  sf_intake_finish (in);
  return in;
}

static void
test_joins (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  /* Two towns 0.6 km apart: the nearer one is meant. Across the date line two
   * ends are 0.2 km apart, on either side of it. */
  g_autoptr (SfIntake) in
      = finished ("id,lon_deg,lat_deg\na,0,10\nb,0,10.0054\n",
                  "id,geometry\n"
                  "one,\"LINESTRING (0 10.0030, 1 10)\"\n"
                  "two,\"LINESTRING (1.0001 10, 2 70)\"\n"
                  "three,\"LINESTRING (2.001 70, 179.999 10)\"\n"
                  "four,\"LINESTRING (5 5, 6 6)\"\n",
                  mistakes);
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 0);
  g_assert_cmpstr (sf_grid_get (in->links, 0, "from"), ==, "b");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "to"), ==, "place-1");
  g_assert_cmpstr (sf_grid_get (in->links, 1, "from"), ==, "place-1");
  g_assert_cmpstr (sf_grid_get (in->links, 1, "to"), ==, "place-2");
  g_assert_cmpstr (sf_grid_get (in->links, 2, "from"), ==, "place-2");
  g_assert_cmpuint (in->nodes->rows->len, ==, 2 + 5);
}

/* The nearest place within the distance, as if all had been measured. */
static void
test_joins_find_the_nearest (void)
{
  g_autoptr (GString) nodes = g_string_new ("id,lon_deg,lat_deg\n");
  g_autoptr (GString) links = g_string_new ("id,geometry\n");
  g_autoptr (GRand) luck = g_rand_new_with_seed (20251003);
  SfPosition places[200], ends[50];
  for (guint i = 0; i < 200; i++) {
    places[i] = (SfPosition){ g_rand_double_range (luck, 0, 0.1),
                              g_rand_double_range (luck, 59.95, 60.05) };
    g_string_append_printf (nodes, "n%u,%.6f,%.6f\n", i, places[i].lon_deg,
                            places[i].lat_deg);
  }
  for (guint i = 0; i < 50; i++) {
    ends[i] = (SfPosition){ g_rand_double_range (luck, 0, 0.1),
                            g_rand_double_range (luck, 59.95, 60.05) };
    g_string_append_printf (links, "l%u,\"LINESTRING (%.6f %.6f, %u 1)\"\n", i,
                            ends[i].lon_deg, ends[i].lat_deg, i);
  }
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in = finished (nodes->str, links->str, mistakes);
  guint n_joined = 0;
  for (guint i = 0; i < 50; i++) {
    g_autofree char *best = NULL;
    double least_km = SF_INTAKE_JOIN_KM;
    for (guint k = 0; k < 200; k++)
      if (sf_distance_km (ends[i], places[k]) < least_km - 1e-3) {
        least_km = sf_distance_km (ends[i], places[k]);
        g_free (best);
        best = g_strdup_printf ("n%u", k);
      }
    if (!best)
      continue;
    n_joined++;
    g_assert_cmpstr (sf_grid_get (in->links, i, "from"), ==, best);
  }
  g_assert_cmpuint (n_joined, >, 20);
}

/* ---- GMNS ----------------------------------------------------------------- */

static void
test_gmns (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in = sf_intake_new (mistakes);
  in->nodes = grid_of ("node_id,name,x_coord,y_coord,node_type\n"
                       "1,North,2,10,Port\n2,South,2,9,traffic_signal\n");
  in->links = grid_of ("link_id,from_node_id,to_node_id,length,free_speed,"
                       "directed,lanes,capacity,facility_type\n"
                       "7,1,2,10,60,1,2,1000,dirt track\n");
  in->config = grid_of ("long_length,speed\nmile,mph\n");
  g_assert_true (sf_intake_finish (in));
  g_assert_cmpstr (sf_grid_get (in->nodes, 0, "kind"), ==, "port");
  g_assert_null (sf_grid_get (in->nodes, 1, "kind"));
  g_assert_cmpstr (sf_grid_get (in->nodes, 0, "lon_deg"), ==, "2");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "id"), ==, "7");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "km"), ==, "16.09344");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "speed_kmh"), ==, "96.56064");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "one_way"), ==, "1");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "surface"), ==, "unpaved");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "capacity_trucks_per_day"), ==,
                   "24000");
  g_assert_cmpuint (in->remarks->len, ==, 2); /* kinds, capacities */
}

/* Our own names win, and nothing is assumed where nothing is missing. */
static void
test_own_names (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in
      = finished ("id,lon_deg,lat_deg\na,0,0\nb,0,1\n",
                  "id,from,to,km,speed_kmh\nx,a,b,120,50\n", mistakes);
  g_assert_cmpuint (in->remarks->len, ==, 0);
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 0);
  g_assert_cmpstr (sf_grid_get (in->links, 0, "km"), ==, "120");
}

static void
test_straight_lines (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfIntake) in = finished ("id,lon_deg,lat_deg\na,0,0\nb,0,1\n",
                                      "id,from,to\nx,a,b\n", mistakes);
  g_assert_cmpstr (sf_grid_get (in->links, 0, "km"), ==, "144.6");
  g_assert_cmpstr (sf_grid_get (in->links, 0, "confidence"), ==, "assumed");
  g_assert_cmpuint (in->remarks->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, TEST) g_test_add_func ("/intake/" PATH, TEST)
  ADD ("numbers/a-decimal-comma-is-read-and-doubt-refused", test_decimal_comma);
  ADD ("numbers/a-comma-among-commas-is-refused", test_decimal_point);
  ADD ("tables/separators-of-spreadsheets", test_separators);
  ADD ("globe/distances-are-great-circles", test_distance);
  ADD ("globe/lines-are-lines", test_line);
  ADD ("joins/ends-meet-at-places", test_joins);
  ADD ("joins/the-nearest-place-wins", test_joins_find_the_nearest);
  ADD ("gmns/names-and-units", test_gmns);
  ADD ("gmns/own-names-need-nothing", test_own_names);
  ADD ("lengths/of-straight-lines-are-assumed", test_straight_lines);
  return g_test_run ();
}
