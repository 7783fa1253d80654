/* test-due.c - who is due, in order of time. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The oracle is a list that is sorted by time and in which everything is moved
 * by hand. Those of one time may come in any order, so what is taken is looked
 * for among them.
 */
#include "sim/base/random.h"
#include "sim/turns/due.h"

/* Both at once; the first due is the first of the list. */
typedef struct {
  SfDues heap;
  GArray *list; /* SfDue */
  gint32 ticket;
  guint ties, taken, most;
} Pair;

static SfDue *
entry (const Pair *p, guint i)
{
  return &g_array_index (p->list, SfDue, i);
}

static void
add (Pair *p, SfTick when, gint32 who)
{
  SfDue due = { when, who, ++p->ticket };
  guint i = 0;
  while (i < p->list->len && entry (p, i)->when <= when)
    i++;
  p->ties += i > 0 && entry (p, i - 1)->when == when;
  g_array_insert_val (p->list, i, due);
  sf_dues_add (&p->heap, due);
  p->most = MAX (p->most, p->list->len);
}

/* Takes one from both; FALSE when none is due. */
static gboolean
take (Pair *p, SfTick now)
{
  const SfDue unwritten = { -7, -7, -7 };
  SfDue due = unwritten;
  guint i = 0;
  gboolean is_due = p->list->len > 0 && entry (p, 0)->when <= now;
  gboolean is_taken = sf_dues_take (&p->heap, now, &due);
  g_assert_cmpint (is_taken, ==, is_due);
  g_assert_cmpint (due.when, ==, is_due ? entry (p, 0)->when : unwritten.when);
  if (is_due) {
    while (i < p->list->len && entry (p, i)->ticket != due.ticket)
      i++;
    g_assert_cmpuint (i, <, p->list->len);
    g_assert_cmpint (entry (p, i)->when, ==, due.when);
    g_assert_cmpint (entry (p, i)->who, ==, due.who);
    g_array_remove_index (p->list, i);
    p->taken++;
  } else {
    g_assert_cmpint (due.who, ==, unwritten.who);
    g_assert_cmpint (due.ticket, ==, unwritten.ticket);
  }
  g_assert_cmpuint (p->heap.n, ==, p->list->len);
  return is_due;
}

static void
take_all (Pair *p, SfTick now)
{
  while (take (p, now))
    continue;
}

static void
pair_clear (Pair *p)
{
  sf_dues_clear (&p->heap);
  g_assert_null (p->heap.due);
  g_assert_cmpuint (p->heap.n, ==, 0);
  g_array_free (p->list, TRUE);
}

/* Some come and go at each moment; a small `range` of delays makes ties, and
 * delays of 0 are due at once. The set grows and shrinks in waves. */
static void
run (guint64 seed, guint range)
{
  Pair p = { .list = g_array_new (FALSE, FALSE, sizeof (SfDue)) };
  SfStream r;
  sf_stream_init (&r, seed, "dues", 0, 0);
  for (SfTick now = 0; now < 6000; now++) {
    guint come = now / 1500 % 2 == 0 ? sf_stream_index (&r, 3) : 0;
    for (guint i = 0; i < come; i++)
      add (&p, now + sf_stream_index (&r, range),
           (gint32)sf_stream_index (&r, 50));
    if (sf_stream_chance (&r, 0.3)) /* some are left for later */
      for (guint i = sf_stream_index (&r, 4); i > 0; i--)
        take (&p, now);
    else if (sf_stream_chance (&r, 0.5))
      take_all (&p, now);
  }
  take_all (&p, SF_TICK_NEVER);
  g_assert_cmpuint (p.taken, ==, (guint)p.ticket);
  g_assert_cmpuint (p.taken, >, 2000);
  g_assert_cmpuint (p.ties, >, range > 1000 ? 0 : 200);
  g_assert_cmpuint (p.most, >, range > 1000 ? 500 : 3);
  pair_clear (&p);
}

static void
test_list (void)
{
  const guint ranges[] = { 4, 60, 5000 };
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint64 seed = 0; seed < 4; seed++)
      run (seed, ranges[i]);
}

/* All orders in which eight can come, among them those with equal times. */
static void
test_orders (void)
{
  Pair p = { .list = g_array_new (FALSE, FALSE, sizeof (SfDue)) };
  const SfTick times[] = { 1, 2, 2, 3, 4, 4, 4, 5 };
  guint order[] = { 0, 1, 2, 3, 4, 5, 6, 7 }, count[8] = { 0 }, i = 0, n = 1;
  for (guint k = 0; k < 8; k++)
    add (&p, times[order[k]], (gint32)k);
  take_all (&p, 5);
  while (i < 8) { /* the algorithm of Heap */
    if (count[i] >= i) {
      count[i++] = 0;
      continue;
    }
    guint other = i % 2 == 0 ? 0 : count[i], kept = order[other];
    order[other] = order[i];
    order[i] = kept;
    count[i]++;
    i = 0;
    n++;
    for (guint k = 0; k < 8; k++)
      add (&p, times[order[k]], (gint32)k);
    take_all (&p, 3);
    g_assert_cmpuint (p.list->len, ==, 4);
    take_all (&p, 5);
  }
  g_assert_cmpuint (n, ==, 40320);
  pair_clear (&p);
}

static void
test_due (void)
{
  SfDues dues = { 0 };
  SfDue due;
  g_assert_false (sf_dues_take (&dues, SF_TICK_NEVER, &due));
  sf_dues_add (&dues, (SfDue){ 10, 3, 4 });
  g_assert_false (sf_dues_take (&dues, 9, &due));
  g_assert_true (sf_dues_take (&dues, 10, &due));
  g_assert_cmpint (due.when, ==, 10);
  g_assert_cmpint (due.who, ==, 3);
  g_assert_cmpint (due.ticket, ==, 4);
  g_assert_false (sf_dues_take (&dues, 10, &due));
  sf_dues_clear (&dues);
}

static void
test_reset (void)
{
  Pair p = { .list = g_array_new (FALSE, FALSE, sizeof (SfDue)) };
  for (gint32 round = 0; round < 5; round++) {
    for (gint32 i = 0; i < 100; i++)
      add (&p, i * 37 % 100, i);
    for (guint i = 0; i < 30; i++)
      g_assert_true (take (&p, 99));
    const SfDue *kept = p.heap.due;
    guint room = p.heap.room;
    g_array_set_size (p.list, 0);
    sf_dues_reset (&p.heap);
    g_assert_true (p.heap.due == kept);
    g_assert_cmpuint (p.heap.room, ==, room);
    g_assert_false (take (&p, SF_TICK_NEVER));
  }
  pair_clear (&p);
  sf_dues_add (&p.heap, (SfDue){ 1, 1, 1 }); /* it may be used again */
  g_assert_cmpuint (p.heap.n, ==, 1);
  sf_dues_clear (&p.heap);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/due/agrees-with-a-sorted-list", test_list);
  g_test_add_func ("/due/any-order-of-coming", test_orders);
  g_test_add_func ("/due/is-due-at-its-time-and-not-before", test_due);
  g_test_add_func ("/due/a-reset-empties-and-keeps-the-room", test_reset);
  return g_test_run ();
}
