/* test-explore.c - what the page asks for, and who may ask. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/explore/door.h"
#include "sim/explore/state.h"

#define TOKEN "0123456789abcdef0123456789abcdef"
#define PORT 4711u

static SfExploreState *
read_state (const char *text)
{
  g_autoptr (GError) error = NULL;
  SfExploreState *state = sf_explore_state_parse (text, &error);
  g_assert_no_error (error);
  return state;
}

static void
refused (const char *text, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (sf_explore_state_parse (text, &error));
  g_assert_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, word));
}

static void
nothing_is_the_scenario_itself (void)
{
  g_autoptr (SfExploreState) s = read_state ("");
  g_assert_cmpuint (s->n, ==, 100);
  g_assert_false (s->has_b || s->has_seed);
  g_assert_null (s->sides[0].file);
  g_assert_cmpuint (s->sides[0].sets->len + s->sides[0].levers->len, ==, 0);
}

static void
all_parts_are_read (void)
{
  g_autoptr (SfExploreState) s = read_state (
      "a=x.json&al=lever-p.json&al=lever-q.json&as=/models/a%20b/c=-1.5e-3"
      "&b=&bs=/links/x=7&n=20&seed=18446744073709551615&rep=3&side=b&lang=fr"
      "&day=33&show=cover_days&who=hospital&&");
  g_assert_cmpstr (s->sides[0].file, ==, "x.json");
  g_assert_cmpuint (s->sides[0].levers->len, ==, 2);
  const SfExploreSet *set = s->sides[0].sets->pdata[0];
  g_assert_cmpstr (set->pointer, ==, "/models/a b/c");
  g_assert_cmpfloat (set->value, ==, -1.5e-3);
  g_assert_true (s->has_b && s->has_seed);
  g_assert_null (s->sides[1].file);
  g_assert_cmpuint (s->sides[1].sets->len, ==, 1);
  g_assert_cmpuint (s->n, ==, 20);
  g_assert_cmpuint (s->seed, ==, G_MAXUINT64);
  g_assert_cmpuint (s->replication, ==, 3);
  g_assert_cmpuint (s->told, ==, 1);
  g_assert_cmpstr (s->lang, ==, "fr");
  g_assert_cmpstr (s->who, ==, "hospital");
}

static void
bad_parts_are_refused (void)
{
  refused ("n=1", "from 2 to 1000");
  refused ("n=1001", "from 2 to 1000");
  refused ("seed=-1", "-1");
  refused ("what=1", "what");
  refused ("side=b", "b");
  refused ("side=c", "neither");
  refused ("lang=tlh", "tlh");
  refused ("as=/x=nan", "nan");
  refused ("as=/x=1e999", "1e999");
  refused ("as=/x=0x10", "0x10");
  refused ("as=/x=", "number");
  refused ("as=x=1", "/POINTER=NUMBER");
  refused ("as=/x", "/POINTER=NUMBER");
  refused ("as=/x=%zz", "encoded");
  refused ("as=/x=%ff", "encoded");
}

static void
names_lead_nowhere_else (void)
{
  refused ("a=../x.json", "file");
  refused ("a=..%2Fx.json", "file");
  refused ("a=/etc/x.json", "file");
  refused ("a=x%5Cy.json", "file");
  refused ("al=.json", "file");
  refused ("bl=x.txt", "file");
}

static void
too_much_is_refused (void)
{
  g_autoptr (GString) sets = g_string_new ("n=2");
  for (guint i = 0; i <= SF_EXPLORE_SET_MAX; i++)
    g_string_append_printf (sets, "&as=/x/%u=1", i);
  refused (sets->str, "too many");
  g_autoptr (GString) parts = g_string_new ("");
  for (guint i = 0; i < 2000; i++)
    g_string_append (parts, "&n=2");
  refused (parts->str, "too many");
}

static void
the_last_value_counts (void)
{
  g_autoptr (SfExploreState) s = read_state ("as=/x=1&as=/x=2");
  g_assert_cmpuint (s->sides[0].sets->len, ==, 1);
  g_assert_cmpfloat (((SfExploreSet *)s->sides[0].sets->pdata[0])->value, ==,
                     2);
}

static void
equal_sides_have_equal_keys (void)
{
  g_autoptr (SfExploreState) s
      = read_state ("as=/x=1&as=/y=2.50&b=&bs=/y=2.5&bs=/x=1.0&day=3");
  g_autofree char *a = sf_explore_state_key (s, 0);
  g_autofree char *b = sf_explore_state_key (s, 1);
  g_assert_cmpstr (a, ==, b);
  g_autoptr (SfExploreState) looked
      = read_state ("as=/x=1&as=/y=2.5&who=hospital&lang=fr");
  g_autofree char *d = sf_explore_state_key (looked, 0);
  g_assert_cmpstr (a, ==, d);
  g_autoptr (SfExploreState) other = read_state ("as=/x=1&as=/y=2");
  g_autofree char *c = sf_explore_state_key (other, 0);
  g_assert_cmpstr (a, !=, c);
}

/* ---- The door ---------------------------------------------------------------- */

static guint
judge (SfExploreRequest request)
{
  SfExploreVerdict v = sf_explore_guard (&request, TOKEN, PORT, NULL);
  g_assert_true ((v.status == 200) == (v.message == NULL));
  return v.status;
}

#define GOOD                                                                   \
  {                                                                            \
    .method = "GET", .path = "/" TOKEN "/words", .host = "127.0.0.1:4711",     \
    .content_bytes = -1                                                        \
  }

static void
a_good_request_is_let_in (void)
{
  const char *route = NULL;
  SfExploreRequest r = GOOD;
  g_assert_cmpuint (sf_explore_guard (&r, TOKEN, PORT, &route).status, ==, 200);
  g_assert_cmpstr (route, ==, "/words");
  r.host = "LocalHost:4711";
  r.origin = "http://localhost:4711";
  r.method = "POST";
  r.content_bytes = SF_EXPLORE_BODY_MAX;
  g_assert_cmpuint (judge (r), ==, 200);
}

static void
strangers_stay_outside (void)
{
  const char *const hosts[]
      = { "example.org",     "127.0.0.1", "127.0.0.1:4712",
          "127.0.0.1:47110", "localhost", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++) {
    SfExploreRequest r = GOOD;
    r.host = hosts[i];
    g_assert_cmpuint (judge (r), ==, 403);
  }
  const char *const origins[] = { "null", "http://example.org",
                                  "https://127.0.0.1:4711", "127.0.0.1:4711" };
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++) {
    SfExploreRequest r = GOOD;
    r.origin = origins[i];
    g_assert_cmpuint (judge (r), ==, 403);
  }
  SfExploreRequest r = GOOD;
  r.host = NULL;
  g_assert_cmpuint (judge (r), ==, 403);
  SfExploreRequest form = GOOD;
  form.method = "POST";
  form.site = "cross-site";
  g_assert_cmpuint (judge (form), ==, 403);
}

static void
only_the_token_opens (void)
{
  const char *const paths[] = { "/",
                                "",
                                "/words",
                                "/0123456789abcdef0123456789abcdee/words",
                                "/0123456789abcdef0123456789abcde/words",
                                "/" TOKEN "0/words",
                                "//" TOKEN "/words" };
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    SfExploreRequest r = GOOD;
    r.path = paths[i];
    g_assert_cmpuint (judge (r), ==, 403);
  }
  g_assert_true (sf_explore_token_is (TOKEN, TOKEN, 32));
  g_assert_false (sf_explore_token_is (TOKEN, TOKEN, 31));
  g_assert_false (sf_explore_token_is (TOKEN, "", 0));
}

static void
methods_and_sizes_are_limited (void)
{
  SfExploreRequest r = GOOD;
  r.method = "PUT";
  g_assert_cmpuint (judge (r), ==, 405);
  SfExploreRequest large = GOOD;
  large.method = "POST";
  large.content_bytes = SF_EXPLORE_BODY_MAX + 1;
  g_assert_cmpuint (judge (large), ==, 413);
}

static void
tokens_differ (void)
{
  g_autofree char *a = sf_explore_token_new (NULL);
  g_autofree char *b = sf_explore_token_new (NULL);
  g_assert_cmpuint (strlen (a), ==, SF_EXPLORE_TOKEN_LENGTH);
  g_assert_cmpuint (strspn (a, "0123456789abcdef"), ==,
                    SF_EXPLORE_TOKEN_LENGTH);
  g_assert_cmpstr (a, !=, b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explore/state/nothing-is-the-scenario-itself",
                   nothing_is_the_scenario_itself);
  g_test_add_func ("/explore/state/all-parts-are-read", all_parts_are_read);
  g_test_add_func ("/explore/state/bad-parts-are-refused",
                   bad_parts_are_refused);
  g_test_add_func ("/explore/state/names-lead-nowhere-else",
                   names_lead_nowhere_else);
  g_test_add_func ("/explore/state/too-much-is-refused", too_much_is_refused);
  g_test_add_func ("/explore/state/the-last-value-counts",
                   the_last_value_counts);
  g_test_add_func ("/explore/state/equal-sides-have-equal-keys",
                   equal_sides_have_equal_keys);
  g_test_add_func ("/explore/door/a-good-request-is-let-in",
                   a_good_request_is_let_in);
  g_test_add_func ("/explore/door/strangers-stay-outside",
                   strangers_stay_outside);
  g_test_add_func ("/explore/door/only-the-token-opens", only_the_token_opens);
  g_test_add_func ("/explore/door/methods-and-sizes-are-limited",
                   methods_and_sizes_are_limited);
  g_test_add_func ("/explore/door/tokens-differ", tokens_differ);
  return g_test_run ();
}
