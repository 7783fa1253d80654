/* test-line.c - servers with one line before them. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/random.h"
#include "sim/turns/line.h"

/* The same line, one second at a time: as slow as it is plain. */
typedef struct {
  SfTick at, end; /* end: 0 until he starts */
  double service_frac;
  gboolean is_done;
} Customer;

typedef struct {
  Customer *customers;
  guint n;
  guint busy, waiting, served, waited;
  SfTick wait, system;
} Slow;

static void
slow_second (Slow *s, SfTick now, const SfService *service)
{
  for (guint i = 0; i < s->n; i++) {
    Customer *c = &s->customers[i];
    if (c->end == 0 || c->is_done || c->end > now)
      continue;
    c->is_done = TRUE;
    s->busy--;
    s->served++;
    s->system += now - c->at;
  }
  for (guint i = 0; i < s->n && s->busy < service->servers; i++) {
    Customer *c = &s->customers[i];
    if (c->end != 0)
      continue;
    c->end = now + sf_ticks_from_h (c->service_frac * service->service_h);
    s->busy++;
    s->waiting--;
    s->waited += now > c->at;
    s->wait += now - c->at;
  }
}

static void
compare (SfLine *line, const Slow *s, SfTick now)
{
  SfTick unfinished = 0;
  for (guint i = 0; i < s->n; i++)
    unfinished += s->customers[i].is_done ? 0 : now - s->customers[i].at;
  g_assert_cmpuint (sf_line_busy (line), ==, s->busy);
  g_assert_cmpuint (sf_line_waiting (line), ==, s->waiting);
  g_assert_cmpuint (line->served, ==, s->served);
  g_assert_cmpuint (line->waited, ==, s->waited);
  g_assert_cmpint (line->wait_ticks, ==, s->wait);
  g_assert_cmpint (line->system_ticks, ==, s->system);
  g_assert_cmpint (sf_line_unfinished (line, now), ==, unfinished);
}

/* Customers come at random; with `changes`, servers come and go and work at
 * another pace. Services last at least a second, so that none ends as it
 * begins. */
static void
run (SfLine *line, guint64 seed, gboolean changes)
{
  SfStream r;
  Slow slow = { .customers = g_new0 (Customer, 4000) };
  SfService service = { 3, 0.05 };
  sf_line_reset (line);
  sf_stream_init (&r, seed, "line", 0, 0);
  for (SfTick now = 1; now < 20000; now++) {
    if (changes && sf_stream_chance (&r, 0.001)) {
      sf_line_settle (line, now - 1);
      service.servers = 1 + sf_stream_index (&r, 6);
      service.service_h = sf_stream_uniform_between (&r, 0.02, 0.1);
      sf_line_plan_again (line, now, &service);
    }
    guint come = sf_stream_chance (&r, 0.015) ? 1 + sf_stream_index (&r, 3) : 0;
    sf_line_settle (line, now);
    for (guint i = 0; i < come; i++) {
      double frac = 0.05 + sf_stream_exponential (&r, 1);
      slow.customers[slow.n++] = (Customer){ .at = now, .service_frac = frac };
      slow.waiting++;
      sf_line_join (line, (gint32)slow.n, frac, now, &service);
    }
    slow_second (&slow, now, &service);
    sf_line_settle (line, now);
    if (now % 7 == 0)
      compare (line, &slow, now);
  }
  g_assert_cmpuint (slow.waited, >, 20);
  g_free (slow.customers);
}

static void
test_slow (void)
{
  SfLine line = { 0 };
  for (guint64 seed = 0; seed < 3; seed++)
    run (&line, seed, FALSE);
  sf_line_clear (&line);
}

static void
test_changes (void)
{
  SfLine line = { 0 };
  for (guint64 seed = 3; seed < 6; seed++)
    run (&line, seed, TRUE);
  sf_line_clear (&line);
}

static void
test_last (void)
{
  SfLine line = { 0 };
  SfService one = { 1, 1 };
  SfTick last[3] = { 0, 7, 0 };
  sf_line_join (&line, 0, 1, 0, &one);
  sf_line_join (&line, 2, 1, 0, &one);
  g_assert_cmpint (sf_line_join (&line, 0, 0.5, 0, &one), ==, 2.5 * 3600);
  sf_line_last (&line, last, G_N_ELEMENTS (last));
  g_assert_cmpint (last[0], ==, 2.5 * 3600);
  g_assert_cmpint (last[1], ==, 7);
  g_assert_cmpint (last[2], ==, 2 * 3600);
  sf_line_clear (&line);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line/agrees-with-one-second-at-a-time", test_slow);
  g_test_add_func ("/line/agrees-when-servers-come-and-go", test_changes);
  g_test_add_func ("/line/knows-when-a-group-is-done", test_last);
  return g_test_run ();
}
