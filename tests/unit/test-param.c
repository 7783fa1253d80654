/* test-param.c - do tables describe records? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/param.h"

#include <math.h>
#include <string.h>

typedef struct {
  double km, stock_amount, lat_deg;
  gboolean closed;
  const char *title;
  gint mode, node, from;
  GArray *links;
} Record;

static const SfParam params[] = {
  SF_PARAM_STRING (Record, title, "name"),
  SF_PARAM (Record, km, 12.5, 0, 100, "length"),
  SF_PARAM (Record, lat_deg, NAN, -90, 90, "latitude"),
  SF_PARAM_QTY (Record, "stock_{u}_at_hand", stock_amount, 3, "stock"),
  SF_PARAM_BOOL (Record, closed, 1, "not in use"),
  SF_PARAM_WORD (Record, mode, 0, "road|rail|river", 2, "how"),
  SF_PARAM_ID (Record, node, SF_PARAM_REQUIRED, "nodes", "where"),
  SF_PARAM_IDS (Record, links, "links", "which"),
  SF_PARAM_DAY (Record, from, 0, "first day"),
  SF_PARAM_END,
};

static void
test_defaults (void)
{
  Record r;

  memset (&r, 0x55, sizeof r);
  sf_param_set_defaults (params, &r);
  g_assert_cmpfloat (r.km, ==, 12.5);
  g_assert_cmpfloat (r.stock_amount, ==, 3);
  g_assert_true (isnan (r.lat_deg));
  g_assert_cmpint (r.closed, ==, TRUE);
  g_assert_null (r.title);
  g_assert_cmpint (r.mode, ==, 2);
  g_assert_cmpint (r.node, ==, -1);
  g_assert_null (r.links);
  g_assert_cmpint (r.from, ==, SF_PARAM_NO_DATE);
}

static void
test_count (void)
{
  static const SfParam none[] = { SF_PARAM_END };

  g_assert_cmpuint (sf_param_count (params), ==, 9);
  g_assert_cmpuint (sf_param_count (none), ==, 0);
  g_assert_cmpuint (sf_param_count (NULL), ==, 0);
}

static void
test_find (void)
{
  g_assert_true (sf_param_find (params, "km", NULL) == &params[1]);
  g_assert_true (sf_param_find (params, "km", "t") == &params[1]);
  g_assert_null (sf_param_find (params, "k", NULL));
  g_assert_null (sf_param_find (params, "kmh", NULL));
  g_assert_null (sf_param_find (params, "", NULL));
  g_assert_null (sf_param_find (NULL, "km", NULL));
}

static void
test_unit (void)
{
  g_autofree char *litres = sf_param_name (&params[3], "m3");
  g_autofree char *both = sf_param_name (&params[3], NULL);
  g_autofree char *plain = sf_param_name (&params[1], "m3");

  g_assert_cmpstr (litres, ==, "stock_m3_at_hand");
  g_assert_cmpstr (both, ==, "stock_m3|t_at_hand");
  g_assert_cmpstr (plain, ==, "km");
  g_assert_true (sf_param_find (params, "stock_m3_at_hand", "m3")
                 == &params[3]);
  g_assert_null (sf_param_find (params, "stock_t_at_hand", "m3"));
  g_assert_null (sf_param_find (params, "stock_m3_at_hand", NULL));
  g_assert_null (sf_param_find (params, "stock_{u}_at_hand", "m3"));
  g_assert_null (sf_param_find (params, "stock_m3|t_at_hand", NULL));
}

static void
test_choice (void)
{
  static const char words[] = "road|rail|river";

  g_assert_cmpint (sf_param_choice (words, "road"), ==, 0);
  g_assert_cmpint (sf_param_choice (words, "rail"), ==, 1);
  g_assert_cmpint (sf_param_choice (words, "river"), ==, 2);
  g_assert_cmpint (sf_param_choice (words, "roa"), ==, -1);
  g_assert_cmpint (sf_param_choice (words, "roads"), ==, -1);
  g_assert_cmpint (sf_param_choice (words, "road|rail"), ==, -1);
  g_assert_cmpint (sf_param_choice (words, ""), ==, -1);
  g_assert_cmpint (sf_param_choice ("", "road"), ==, -1);
  g_assert_cmpint (sf_param_choice (NULL, "road"), ==, -1);
}

static void
test_choice_word (void)
{
  static const char *const words[] = { "road", "rail", "river", NULL };

  for (int i = -1; i < 4; i++) {
    g_autofree char *word = sf_param_choice_word ("road|rail|river", i);

    g_assert_cmpstr (word, ==, i < 0 ? NULL : words[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/param/every member gets its default", test_defaults);
  g_test_add_func ("/param/the end row is not counted", test_count);
  g_test_add_func ("/param/rows are found by their whole name", test_find);
  g_test_add_func ("/param/amounts carry the unit of the commodity", test_unit);
  g_test_add_func ("/param/words have a place", test_choice);
  g_test_add_func ("/param/places have a word", test_choice_word);
  return g_test_run ();
}
