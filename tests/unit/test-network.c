/* test-network.c - links, ways, flows and files of networks. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/network/closures.h"
#include "sim/network/exchange.h"
#include "sim/network/flow.h"
#include "sim/network/reliability.h"
#include "sim/scenario/reader.h"
#include "tests/unit/network-fixture.h"

/* PyomoGallery's example, numbers as lengths and as capacities: start is n0,
 * b n1, c n2, d n3, end n4. */
static const FixtureLink example[] = {
  { 0, 1, 10, 10, TRUE }, { 0, 2, 2, 70, TRUE }, { 2, 1, 2, 30, TRUE },
  { 1, 4, 1, 100, TRUE }, { 2, 3, 7, 40, TRUE }, { 3, 4, 8, 50, TRUE },
};

/* n0 to n3 over n1 and n2, which are joined. */
static const FixtureLink bridge[] = {
  { 0, 1, 1, 0, FALSE }, { 0, 2, 1, 0, FALSE }, { 1, 2, 1, 0, FALSE },
  { 1, 3, 1, 0, FALSE }, { 2, 3, 1, 0, FALSE },
};

static void
test_link_hours (void)
{
  SfLinkSpec link = { .km = 200,
                      .speed_kmh = 50,
                      .wet_speed_frac = 0.5,
                      .control_h_per_100km = 0.5,
                      .border_h = 12 };
  g_assert_cmpfloat_with_epsilon (sf_link_h (&link, 24, FALSE), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (sf_link_h (&link, 24, TRUE), 9, 1e-12);
  /* Rests stretch the driving, not the checkpoints. */
  g_assert_cmpfloat_with_epsilon (sf_link_h (&link, 12, FALSE), 9, 1e-12);
  link.border = TRUE;
  g_assert_cmpfloat_with_epsilon (sf_link_h (&link, 24, FALSE), 17, 1e-12);
}

static void
test_arcs (void)
{
  g_autoptr (SfScenario) s = fixture_new (5, example, 6);
  SfArc forth = sf_arc_new (2, FALSE), back = sf_arc_new (2, TRUE);
  g_assert_cmpint (sf_arc_from (s, forth), ==, 2);
  g_assert_cmpint (sf_arc_to (s, forth), ==, 1);
  g_assert_cmpint (sf_arc_from (s, back), ==, 1);
  g_assert_cmpint (sf_arc_to (s, back), ==, 2);
  g_assert_cmpuint (sf_arc_link (forth), ==, 2);
  g_assert_cmpuint (sf_arc_link (back), ==, 2);
}

static void
test_bad_end (void)
{
  g_autoptr (SfScenario) s = fixture_new (2, example, 1);
  g_autoptr (GError) error = NULL;
  s->links[0].to = 7;
  g_assert_null (sf_network_new (s, &error));
  g_assert_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_FORMAT);
}

static void
test_paths (void)
{
  g_autoptr (SfScenario) s = fixture_new (5, example, 6);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GArray) paths
      = sf_network_paths (n, 0, 4, 9, SF_WEIGHT_KM, NULL, NULL);
  g_assert_cmpuint (paths->len, ==, 3);
  const double lengths[] = { 5, 11, 17 };
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (g_array_index (paths, SfPath, i).length, ==, lengths[i]);
  const SfPath *first = &g_array_index (paths, SfPath, 0);
  g_assert_cmpuint (first->n_arcs, ==, 3);
  g_assert_cmpint (first->arcs[0], ==, sf_arc_new (1, FALSE));
  g_assert_cmpint (first->arcs[2], ==, sf_arc_new (3, FALSE));
}

static void
test_no_path (void)
{
  g_autoptr (SfScenario) s = fixture_new (5, example, 6);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GError) error = NULL;
  /* Against one-way links. */
  g_autoptr (GArray) none
      = sf_network_paths (n, 4, 0, 3, SF_WEIGHT_KM, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GArray) here
      = sf_network_paths (n, 2, 2, 3, SF_WEIGHT_KM, NULL, &error);
  g_assert_cmpuint (here->len, ==, 1);
  g_assert_cmpuint (g_array_index (here, SfPath, 0).n_arcs, ==, 0);
  g_autoptr (GArray) from = fixture_nodes (4, -1);
  SfPath path;
  g_assert_true (
      sf_network_nearest (n, from, 0, SF_WEIGHT_KM, NULL, &path, &error));
  g_assert_true (isinf (path.length));
  sf_path_clear (&path);
}

/* n0 - n1 -> n2 - n3 is left one way only; n4 hangs on a closed link. */
static void
test_parts (void)
{
  static const FixtureLink links[] = {
    { 0, 1, 1, 0, FALSE },
    { 1, 2, 1, 0, TRUE },
    { 3, 2, 1, 0, FALSE },
    { 3, 4, 1, 0, FALSE },
  };
  g_autoptr (SfScenario) s = fixture_new (5, links, 4);
  s->links[3].closed = TRUE;
  g_auto (SfParts) parts = sf_parts_find (s);
  for (gint from = 0; from < 5; from++)
    for (gint to = 0; to < 5; to++) {
      gboolean is_part = (from < 2) == (to < 2) && (from < 4) == (to < 4);
      gboolean is_onward = from < 2 && to >= 2 && to < 4;
      g_assert_cmpint (sf_parts_lead (&parts, from, to), ==,
                       is_part || is_onward);
    }
}

/* The library's first reason reaches the user, and the next call works. */
static void
test_library_error (void)
{
  g_autoptr (SfScenario) s = fixture_new (5, example, 6);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GError) error = NULL;
  s->links[1].km = -1;
  g_assert_null (sf_network_paths (n, 0, 4, 3, SF_WEIGHT_KM, NULL, &error));
  g_assert_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_LIBRARY);
  g_assert_nonnull (strstr (error->message, "shortest ways: "));
  g_assert_nonnull (strstr (error->message, "negative"));
  s->links[1].km = 2;
  g_autoptr (GArray) paths
      = sf_network_paths (n, 0, 4, 3, SF_WEIGHT_KM, NULL, NULL);
  g_assert_cmpuint (paths->len, ==, 3);
}

static double
worst (SfNetwork *n, SfService service, guint most, const char *links)
{
  g_autoptr (GArray) from = fixture_nodes (0, -1);
  g_autoptr (GString) names = g_string_new (NULL);
  SfClosures c;
  g_assert_true (
      sf_network_closures (n, from, 4, service, NULL, most, &c, NULL));
  for (guint i = 0; i < c.links->len; i++)
    g_string_append_printf (names, "%u", g_array_index (c.links, guint, i));
  if (links)
    g_assert_cmpstr (names->str, ==, links);
  double value = c.value;
  sf_closures_clear (&c);
  return value;
}

static void
test_shortest_path_interdiction (void)
{
  g_autoptr (SfScenario) s = fixture_new (5, example, 6);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_assert_cmpfloat (worst (n, SF_SERVICE_KM, 0, ""), ==, 5);
  g_assert_cmpfloat (worst (n, SF_SERVICE_KM, 1, "3"), ==, 17);
  g_assert_true (isinf (worst (n, SF_SERVICE_KM, 2, NULL)));
}

static void
test_max_flow_interdiction (void)
{
  g_autoptr (SfScenario) s = fixture_new (5, example, 6);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_assert_cmpfloat (worst (n, SF_SERVICE_CAPACITY, 0, ""), ==, 80);
  g_assert_cmpfloat (worst (n, SF_SERVICE_CAPACITY, 1, "1"), ==, 10);
  g_assert_cmpfloat (worst (n, SF_SERVICE_CAPACITY, 2, NULL), ==, 0);
}

/* A chain of 30 rungs of 4 parallel links: too many sets to look at. */
static void
test_too_many_closures (void)
{
  FixtureLink links[120];
  for (gint i = 0; i < 120; i++)
    links[i] = (FixtureLink){ i / 4, i / 4 + 1, 1 + i % 4, 0, FALSE };
  g_autoptr (SfScenario) s = fixture_new (31, links, 120);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GArray) from = fixture_nodes (0, -1);
  g_autoptr (GError) error = NULL;
  SfClosures c;
  g_assert_false (
      sf_network_closures (n, from, 30, SF_SERVICE_KM, NULL, 5, &c, &error));
  g_assert_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_TOO_LARGE);
}

static void
test_unlimited_flow (void)
{
  g_autoptr (SfScenario) s = fixture_new (4, bridge, 5);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GArray) from = fixture_nodes (0, -1);
  SfFlow flow;
  g_assert_true (sf_network_flow (n, from, 3, NULL, &flow, NULL));
  g_assert_true (flow.is_unlimited);
  sf_flow_clear (&flow);
  s->links[3].capacity_trucks_per_day = 4;
  s->links[4].capacity_trucks_per_day = 3.5;
  g_assert_true (sf_network_flow (n, from, 3, NULL, &flow, NULL));
  g_assert_false (flow.is_unlimited);
  g_assert_cmpfloat (flow.trucks_per_day, ==, 7.5);
  g_assert_cmpuint (flow.cut->len, ==, 2);
  sf_flow_clear (&flow);
}

/* Two triangles that share n2. */
static void
test_bridges (void)
{
  const FixtureLink links[] = {
    { 0, 1, 1, 0, FALSE }, { 1, 2, 1, 0, TRUE },  { 2, 0, 1, 0, FALSE },
    { 2, 3, 1, 0, FALSE }, { 3, 4, 1, 0, FALSE },
  };
  g_autoptr (SfScenario) s = fixture_new (5, links, 5);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  SfSinglePoints points;
  g_assert_true (sf_network_bridges (n, NULL, &points, NULL));
  g_assert_cmpuint (points.links->len, ==, 2);
  g_assert_cmpuint (g_array_index (points.links, guint, 0), ==, 3);
  g_assert_cmpuint (points.nodes->len, ==, 2);
  g_assert_cmpint (g_array_index (points.nodes, gint, 0), ==, 2);
  sf_single_points_clear (&points);
}

static void
test_bridge_reliability (void)
{
  g_autoptr (SfScenario) s = fixture_new (4, bridge, 5);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GArray) from = fixture_nodes (0, -1);
  const double ps[] = { 0, 0.5, 0.8, 0.9, 0.95, 0.99, 1 };
  for (guint i = 0; i < G_N_ELEMENTS (ps); i++) {
    double p = ps[i];
    SfReliability r;
    g_assert_true (sf_network_reliability (n, from, 3, NULL, 1 - p, &r, NULL));
    double expected
        = 2 * p * p + 2 * pow (p, 3) - 5 * pow (p, 4) + 2 * pow (p, 5);
    g_assert_cmpfloat_with_epsilon (r.prob, expected, 1e-14);
  }
}

/* A grid of 7 by 7 is no road network: refused, and soon. */
static void
test_reliability_too_large (void)
{
  FixtureLink links[2 * 9 * 9];
  guint n_links = 0;
  for (gint x = 0; x < 9; x++)
    for (gint y = 0; y < 9; y++) {
      if (x < 8)
        links[n_links++] = (FixtureLink){ 9 * x + y, 9 * x + y + 9, 1, 0, 0 };
      if (y < 8)
        links[n_links++] = (FixtureLink){ 9 * x + y, 9 * x + y + 1, 1, 0, 0 };
    }
  g_autoptr (SfScenario) s = fixture_new (81, links, n_links);
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (GArray) from = fixture_nodes (0, -1);
  g_autoptr (GError) error = NULL;
  SfReliability r;
  g_assert_false (sf_network_reliability (n, from, 80, NULL, 0.1, &r, &error));
  g_assert_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_TOO_LARGE);
}

/* ---- Files -------------------------------------------------------------- */

/* A network with texts that files like to break. */
static SfScenario *
awkward (void)
{
  SfScenario *s = fixture_new (4, bridge, 5);
  s->nodes[0].title = "S\xC3\xA9gou, \"the\" <port> & more\nsecond line";
  s->nodes[0].kind = SF_NODE_PORT;
  s->nodes[0].country = "ML";
  s->nodes[0].lat_deg = 13.4317;
  s->nodes[0].lon_deg = -6.2157;
  s->nodes[1].lat_deg = 0.1 + 0.2;
  s->nodes[1].lon_deg = 1.0 / 3;
  s->nodes[1].title = "=1+2";
  s->nodes[3].kind = SF_NODE_CAPITAL;
  s->links[0].km = 1.0 / 3;
  s->links[0].road = "N1; east";
  s->links[1].border = TRUE;
  s->links[1].border_h = 12;
  s->links[2].one_way = s->links[2].closed = TRUE;
  s->links[3].surface = 2;
  s->links[3].fail_prob = 0.25;
  return s;
}

/* A document of an import as records, without a file. */
static SfScenario *
from_document (SfJsonDoc *doc)
{
  g_autofree char *path = NULL;
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);
  gint file = g_file_open_tmp ("sf-network-XXXXXX.json", &path, NULL);
  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_close (file, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  const SfModelInfo *const none[] = { NULL };
  SfScenario *s = sf_scenario_read (path, NULL, none, mistakes);
  g_autofree char *list = sf_mistakes_format (mistakes);
  g_assert_cmpstr (list, ==, "");
  g_assert_cmpint (g_unlink (path), ==, 0);
  return s;
}

typedef enum { AS_CSV, AS_GEOJSON, AS_GRAPHML } Format;

/* Writes a scenario; for CSV the links, then the nodes in *second. */
static char *
write_as (const SfScenario *s, Format format, char **second)
{
  *second = NULL;
  if (format == AS_GEOJSON)
    return sf_geojson_write (s);
  if (format == AS_GRAPHML)
    return sf_graphml_write (s, NULL);
  g_autoptr (SfGrid) nodes = sf_grid_of (s, "nodes");
  g_autoptr (SfGrid) links = sf_grid_of (s, "links");
  *second = sf_grid_to_csv (nodes);
  return sf_grid_to_csv (links);
}

static SfScenario *
read_as (const char *text, const char *second, Format format)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfGrid) nodes = sf_grid_new ();
  g_autoptr (SfGrid) links = sf_grid_new ();
  if (format == AS_GEOJSON) {
    g_assert_true (
        sf_geojson_read (text, strlen (text), "x", nodes, links, mistakes));
  } else if (format == AS_GRAPHML) {
    g_assert_true (sf_graphml_read (text, strlen (text), nodes, links, NULL));
  } else {
    sf_grid_free (nodes);
    sf_grid_free (links);
    nodes = sf_grid_from_csv (second, strlen (second), "x", mistakes);
    links = sf_grid_from_csv (text, strlen (text), "x", mistakes);
  }
  g_autoptr (SfJsonDoc) doc
      = sf_grids_to_scenario (nodes, links, "x", NULL, mistakes);
  g_autofree char *list = sf_mistakes_format (mistakes);
  g_assert_cmpstr (list, ==, "");
  return from_document (doc);
}

static void
test_round_trip (gconstpointer data)
{
  Format format = (Format)GPOINTER_TO_INT (data);
  g_autoptr (SfScenario) before = awkward ();
  g_autofree char *second = NULL, *second_again = NULL;
  g_autofree char *text = write_as (before, format, &second);
  g_autoptr (SfScenario) after = read_as (text, second, format);
  g_autofree char *again = write_as (after, format, &second_again);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (second_again, ==, second);
  g_assert_cmpstr (after->nodes[0].title, ==, before->nodes[0].title);
  g_assert_cmpstr (after->nodes[1].title, ==, "=1+2");
  g_assert_cmpint (after->capital, ==, 3);
  g_assert_true (after->links[2].one_way && after->links[2].closed);
  g_assert_false (after->links[1].one_way);
  g_assert_cmpint (after->links[3].surface, ==, 2);
  g_assert_cmpfloat_with_epsilon (after->links[0].km, 1.0 / 3, 1e-15);
  g_assert_true (isnan (after->nodes[2].lat_deg));
}

/* What a planner types in a spreadsheet: names, semicolons, no ids. */
static void
test_csv_from_elsewhere (void)
{
  const char *text = "\xEF\xBB\xBF"
                     "from;to;km;toll\r\n"
                     "Bobo Dioulasso;Sikasso;170;x\r\n"
                     "Sikasso;Bobo Dioulasso;180;\r\n\r\n"
                     "Bobo Dioulasso;Sikasso;175.5;\r\n";
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfGrid) nodes = sf_grid_new ();
  g_autoptr (SfGrid) links
      = sf_grid_from_csv (text, strlen (text), "x", mistakes);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SfJsonDoc) doc
      = sf_grids_to_scenario (nodes, links, "x", skipped, mistakes);
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 0);
  g_assert_cmpuint (skipped->len, ==, 1);
  g_assert_cmpstr (skipped->pdata[0], ==, "toll");
  g_autoptr (SfScenario) s = from_document (doc);
  g_assert_cmpuint (s->n_nodes, ==, 2);
  g_assert_cmpuint (s->n_links, ==, 3);
  g_assert_cmpstr (s->nodes[0].id, ==, "Bobo-Dioulasso");
  g_assert_cmpstr (s->nodes[0].title, ==, "Bobo Dioulasso");
  g_assert_cmpstr (s->links[2].id, ==, "Bobo-Dioulasso-Sikasso-2");
  g_assert_cmpfloat (s->links[2].km, ==, 175.5);
}

static void
test_csv_mistakes (void)
{
  const char *text = "id,from,to,km,closed,mode\n"
                     "a,x,y,12 miles,false,road\n"
                     "b,x,y,,perhaps,boat\n"
                     "a,x,y,3,,\n";
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfGrid) nodes = sf_grid_new ();
  g_autoptr (SfGrid) links
      = sf_grid_from_csv (text, strlen (text), "x", mistakes);
  g_assert_null (sf_grids_to_scenario (nodes, links, "x", NULL, mistakes));
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 5);
  g_assert_cmpint (sf_mistakes_get (mistakes, 0)->line, ==, 2);
  g_assert_cmpint (sf_mistakes_get (mistakes, 4)->line, ==, 4);
  const char *wide = "id,km\na,1,2\n";
  g_assert_null (sf_grid_from_csv (wide, strlen (wide), "x", mistakes));
}

static void
test_not_graphml (void)
{
  const char *const bad[] = { "", "<graphml", "{}", "<graphml></graphml>" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (SfGrid) nodes = sf_grid_new ();
    g_autoptr (SfGrid) links = sf_grid_new ();
    g_autoptr (GError) error = NULL;
    g_assert_false (
        sf_graphml_read (bad[i], strlen (bad[i]), nodes, links, &error));
    g_assert_true (error && error->domain == SF_NETWORK_ERROR);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, TEST) g_test_add_func ("/network/" PATH, TEST)
  ADD ("link/hours-add-driving-controls-and-frontier", test_link_hours);
  ADD ("link/arcs-know-their-ends", test_arcs);
  ADD ("graph/link-to-nowhere-is-refused", test_bad_end);
  ADD ("graph/ways-come-shortest-first", test_paths);
  ADD ("graph/no-way-is-no-error", test_no_path);
  ADD ("parts-lead-on-but-not-back", test_parts);
  ADD ("graph/library-errors-are-told-once", test_library_error);
  ADD ("closures/t1-shortest-path", test_shortest_path_interdiction);
  ADD ("closures/t3-max-flow", test_max_flow_interdiction);
  ADD ("closures/too-many-are-refused", test_too_many_closures);
  ADD ("flow/no-stated-capacity-is-no-limit", test_unlimited_flow);
  ADD ("flow/bridges-and-articulation-points", test_bridges);
  ADD ("reliability/t7-bridge", test_bridge_reliability);
  ADD ("reliability/too-large-is-refused", test_reliability_too_large);
  ADD ("files/csv-from-elsewhere", test_csv_from_elsewhere);
  ADD ("files/csv-mistakes-name-their-line", test_csv_mistakes);
  ADD ("files/not-graphml", test_not_graphml);
#define TRIP(PATH, FORMAT)                                                     \
  g_test_add_data_func ("/network/files/" PATH, GINT_TO_POINTER (FORMAT),      \
                        test_round_trip)
  TRIP ("csv-comes-back-the-same", AS_CSV);
  TRIP ("geojson-comes-back-the-same", AS_GEOJSON);
  TRIP ("graphml-comes-back-the-same", AS_GRAPHML);
  return g_test_run ();
}
