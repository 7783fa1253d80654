/* test-pending.c - do events come out in order? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The oracle is the plainest thing that can be right: an array, sorted by
 * (tick, priority, order of scheduling), in which everything is moved by hand.
 */
#include "sim/turns/pending.h"

#include <string.h>

typedef struct {
  SfTick when;
  guint8 priority;
  guint64 order;
  SfEventHandle handle;
  SfEvent event;
} Entry;

/* Both at once: each operation is done to the set and to the array, and the
 * answers are compared. */
typedef struct {
  SfPending *set;
  GArray *sorted; /* of Entry; the first event is the last entry */
  GArray *stale;  /* of SfEventHandle */
  GRand *rand;
  guint64 order;
  guint64 ties;
  SfTick last;
  gint tick_range; /* delays are below this: small means many ties */
} Pair;

static gboolean
comes_before (const Entry *a, const Entry *b)
{
  if (a->when != b->when)
    return a->when < b->when;
  if (a->priority != b->priority)
    return a->priority < b->priority;
  return a->order < b->order;
}

static void
insert (Pair *pair, const Entry *entry)
{
  guint low = 0, high = pair->sorted->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (comes_before (entry, &g_array_index (pair->sorted, Entry, middle)))
      low = middle + 1;
    else
      high = middle;
  }
  g_array_insert_vals (pair->sorted, low, entry, 1);
}

static void
pair_begin (Pair *pair, guint seed, gint tick_range)
{
  *pair = (Pair){
    .set = sf_pending_new (0),
    .sorted = g_array_new (FALSE, FALSE, sizeof (Entry)),
    .stale = g_array_new (FALSE, FALSE, sizeof (SfEventHandle)),
    .rand = g_rand_new_with_seed (seed),
    .last = -1,
    .tick_range = tick_range,
  };
}

static void
pair_end (Pair *pair)
{
  sf_pending_free (pair->set);
  g_array_unref (pair->sorted);
  g_array_unref (pair->stale);
  g_rand_free (pair->rand);
}

static SfTick
later (Pair *pair)
{
  return MAX (pair->last, 0)
         + g_rand_int_range (pair->rand, 0, pair->tick_range);
}

static guint8
any_priority (Pair *pair)
{
  return (guint8)(g_rand_boolean (pair->rand)
                      ? 128
                      : g_rand_int_range (pair->rand, 0, 256));
}

static Entry *
any_entry (Pair *pair, guint *place)
{
  *place = (guint)g_rand_int_range (pair->rand, 0, (gint32)pair->sorted->len);
  return &g_array_index (pair->sorted, Entry, *place);
}

static void
pair_push (Pair *pair)
{
  Entry entry = { .when = later (pair),
                  .priority = any_priority (pair),
                  .order = ++pair->order };

  entry.event.type = (guint16)g_rand_int (pair->rand);
  entry.event.extra = (guint16)g_rand_int (pair->rand);
  entry.event.subject = g_rand_int (pair->rand);
  entry.event.object = g_rand_int (pair->rand);
  entry.event.payload = (gint64)pair->order;
  entry.handle
      = sf_pending_push (pair->set, entry.when, entry.priority, &entry.event);
  g_assert_cmpuint (entry.handle, !=, SF_EVENT_NONE);
  insert (pair, &entry);
}

static void
assert_same_event (const SfEvent *a, const SfEvent *b)
{
  g_assert_cmpuint (a->type, ==, b->type);
  g_assert_cmpuint (a->extra, ==, b->extra);
  g_assert_cmpuint (a->subject, ==, b->subject);
  g_assert_cmpuint (a->object, ==, b->object);
  g_assert_cmpint (a->payload, ==, b->payload);
}

static void
pair_pop (Pair *pair)
{
  SfTick when = -7;
  guint8 priority = 77;
  SfEvent event = { 0 };
  const Entry *first;

  if (pair->sorted->len == 0) {
    g_assert_false (sf_pending_pop (pair->set, &when, &priority, &event));
    g_assert_cmpint (when, ==, -7);
    g_assert_cmpuint (priority, ==, 77);
    return;
  }
  first = &g_array_index (pair->sorted, Entry, pair->sorted->len - 1);
  g_assert_true (sf_pending_pop (pair->set, &when, &priority, &event));
  g_assert_cmpint (when, ==, first->when);
  g_assert_cmpuint (priority, ==, first->priority);
  assert_same_event (&event, &first->event);
  pair->ties += when == pair->last;
  pair->last = when;
  g_array_append_val (pair->stale, first->handle);
  g_array_set_size (pair->sorted, pair->sorted->len - 1);
}

static void
pair_cancel (Pair *pair)
{
  guint place;
  SfEventHandle handle;

  if (pair->sorted->len == 0)
    return;
  handle = any_entry (pair, &place)->handle;
  g_assert_true (sf_pending_cancel (pair->set, handle));
  g_assert_false (sf_pending_cancel (pair->set, handle));
  g_array_append_val (pair->stale, handle);
  g_array_remove_index (pair->sorted, place);
}

static void
pair_reschedule (Pair *pair)
{
  guint place;
  Entry entry;
  SfEventHandle before;

  if (pair->sorted->len == 0)
    return;
  entry = *any_entry (pair, &place);
  g_array_remove_index (pair->sorted, place);
  before = entry.handle;
  entry.when = later (pair);
  entry.priority = any_priority (pair);
  entry.order = ++pair->order;
  g_assert_true (sf_pending_reschedule (pair->set, &entry.handle, entry.when,
                                        entry.priority));
  g_assert_cmpuint (entry.handle, !=, before);
  g_array_append_val (pair->stale, before);
  insert (pair, &entry);
}

/* Looks without changing anything: at the head, at one live and at one stale
 * event. */
static void
pair_look (Pair *pair)
{
  SfTick when = -7;
  guint n = pair->sorted->len, place;

  g_assert_cmpuint (sf_pending_count (pair->set), ==, n);
  g_assert_cmpuint (sf_pending_ties (pair->set), ==, pair->ties);
  g_assert_cmpint (sf_pending_peek (pair->set, &when), ==, n > 0);
  if (n > 0) {
    const Entry *entry = any_entry (pair, &place);

    g_assert_cmpint (when, ==, g_array_index (pair->sorted, Entry, n - 1).when);
    g_assert_true (sf_pending_is_live (pair->set, entry->handle));
    g_assert_cmpint (sf_pending_when (pair->set, entry->handle), ==,
                     entry->when);
  }
  if (pair->stale->len > 0) {
    gint32 i = g_rand_int_range (pair->rand, 0, (gint32)pair->stale->len);
    SfEventHandle handle = g_array_index (pair->stale, SfEventHandle, i);
    SfEventHandle copy = handle;

    g_assert_false (sf_pending_is_live (pair->set, handle));
    g_assert_false (sf_pending_cancel (pair->set, handle));
    g_assert_false (sf_pending_reschedule (pair->set, &copy, 5, 5));
    g_assert_cmpuint (copy, ==, handle);
    g_assert_cmpint (sf_pending_when (pair->set, handle), ==, SF_TICK_NEVER);
  }
}

/* Random operations; `pushes` of 100 are pushes, so the set grows above 40 and
 * shrinks below. */
static void
pair_run (Pair *pair, guint n, gint pushes)
{
  for (guint i = 0; i < n; i++) {
    gint dice = g_rand_int_range (pair->rand, 0, 100);

    if (dice < pushes)
      pair_push (pair);
    else if (dice < pushes + (100 - pushes) / 2)
      pair_pop (pair);
    else if (dice < pushes + (100 - pushes) * 2 / 3)
      pair_cancel (pair);
    else
      pair_reschedule (pair);
    if (dice % 3 == 0)
      pair_look (pair);
  }
}

static void
test_oracle (gconstpointer data)
{
  Pair pair;

  pair_begin (&pair, 4711, GPOINTER_TO_INT (data));
  for (guint round = 0; round < 4; round++) {
    pair_run (&pair, 30000, 55);
    pair_run (&pair, 10000, 40);
    pair_run (&pair, 30000, 25);
  }
  while (pair.sorted->len > 0)
    pair_pop (&pair);
  pair_pop (&pair);
  pair_look (&pair);
  pair_end (&pair);
}

static void
test_cleared (void)
{
  Pair pair;
  SfEventHandle fresh, again;
  g_autoptr (SfPending) other = sf_pending_new (100);
  SfEvent event = { .type = 1 };

  pair_begin (&pair, 4, 10);
  for (guint round = 0; round < 20; round++) {
    pair_run (&pair, 2000, round % 2 ? 70 : 30);
    sf_pending_clear (pair.set);
    g_array_set_size (pair.sorted, 0);
    g_array_set_size (pair.stale, 0);
    pair.ties = 0;
    pair.last = -1;
    pair_look (&pair);
  }
  fresh = sf_pending_push (other, 3, 0, &event);
  again = sf_pending_push (pair.set, 3, 0, &event);
  g_assert_cmpuint (fresh, ==, again);
  pair_end (&pair);
}

static void
test_ties (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  static const guint8 priorities[] = { 7, 0, 255, 7, 0, 128 };
  static const guint32 expected[] = { 1, 4, 0, 3, 5, 2 };
  SfEvent event = { 0 };

  for (guint32 i = 0; i < G_N_ELEMENTS (priorities); i++) {
    event.subject = i;
    sf_pending_push (set, 86400, priorities[i], &event);
  }
  for (guint32 i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_true (sf_pending_pop (set, NULL, NULL, &event));
    g_assert_cmpuint (event.subject, ==, expected[i]);
  }
  g_assert_cmpuint (sf_pending_ties (set), ==, 5);
}

static void
test_last_among_equals (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  SfEvent event = { .subject = 1 };
  SfEventHandle first = sf_pending_push (set, 10, 5, &event);

  event.subject = 2;
  sf_pending_push (set, 10, 5, &event);
  g_assert_true (sf_pending_reschedule (set, &first, 10, 5));
  g_assert_true (sf_pending_pop (set, NULL, NULL, &event));
  g_assert_cmpuint (event.subject, ==, 2);
  g_assert_true (sf_pending_is_live (set, first));
}

static void
test_reused_slot (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  SfEvent event = { .subject = 1 };
  SfEventHandle old = sf_pending_push (set, 10, 5, &event), young;

  g_assert_true (sf_pending_pop (set, NULL, NULL, &event));
  g_assert_false (sf_pending_is_live (set, old));
  young = sf_pending_push (set, 10, 5, &event);
  /* The low 24 bits: the slot really is the same. */
  g_assert_cmpuint (young & 0xffffff, ==, old & 0xffffff);
  g_assert_false (sf_pending_cancel (set, old));
  g_assert_true (sf_pending_is_live (set, young));
  g_assert_cmpuint (sf_pending_count (set), ==, 1);
}

/* Empty slots are found again, whichever way they became empty. */
static void
test_frugal (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  SfEventHandle handles[16] = { 0 };
  SfEvent event = { 0 };

  for (guint i = 0; i < 10000; i++) {
    guint at = (guint)g_rand_int_range (rand, 0, 16);

    if (g_rand_int_range (rand, 0, 3) == 0)
      sf_pending_pop (set, NULL, NULL, NULL);
    if (!sf_pending_cancel (set, handles[at])) {
      handles[at] = sf_pending_push (set, i % 50, 0, &event);
      g_assert_cmpuint (handles[at] & 0xffffff, <, 16);
    }
  }
}

static void
test_first_is_no_tie (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  SfEvent event = { 0 };

  for (guint round = 0; round < 2; round++) {
    sf_pending_push (set, 0, 0, &event);
    sf_pending_pop (set, NULL, NULL, NULL);
    g_assert_cmpuint (sf_pending_ties (set), ==, 0);
    sf_pending_clear (set);
  }
}

static void
test_made_up (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  SfEvent event = { 0 };
  SfEventHandle live = sf_pending_push (set, 1, 1, &event);

  g_assert_true (sf_pending_cancel (set, sf_pending_push (set, 2, 2, &event)));
  for (guint shift = 0; shift < 64; shift++) {
    SfEventHandle bits = (SfEventHandle)1 << shift;

    g_assert_false (sf_pending_is_live (set, live ^ bits));
    g_assert_false (sf_pending_is_live (set, ~(bits - 1)));
    g_assert_false (sf_pending_is_live (set, bits - 1));
  }
  g_assert_false (sf_pending_is_live (set, SF_EVENT_NONE));
  g_assert_false (sf_pending_is_live (set, G_MAXUINT64));
  g_assert_false (sf_pending_is_live (set, G_MAXUINT64 << 24 | 1));
}

static void
test_ends_of_time (void)
{
  g_autoptr (SfPending) set = sf_pending_new (0);
  SfEvent event = { 0 };
  SfTick when;
  guint8 priority;
  SfEventHandle never = sf_pending_push (set, SF_TICK_NEVER, 255, &event);

  sf_pending_push (set, 0, 0, &event);
  g_assert_cmpint (sf_pending_when (set, never), ==, SF_TICK_NEVER);
  g_assert_true (sf_pending_pop (set, &when, &priority, &event));
  g_assert_cmpint (when, ==, 0);
  g_assert_cmpuint (priority, ==, 0);
  g_assert_true (sf_pending_pop (set, &when, &priority, &event));
  g_assert_cmpint (when, ==, SF_TICK_NEVER);
  g_assert_cmpuint (priority, ==, 255);
}

static void
test_growth (void)
{
  g_autoptr (SfPending) set = sf_pending_new (3);
  const guint n = 100000;
  g_autofree SfEventHandle *handles = g_new (SfEventHandle, n);
  SfTick when, before = -1;

  for (guint i = 0; i < n; i++) {
    SfEvent event = { .subject = i, .payload = -(gint64)i };
    /* 7919 has no factor in common with n: every tick once. */
    handles[i] = sf_pending_push (set, (gint64)i * 7919 % n, 0, &event);
  }
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (sf_pending_when (set, handles[i]), ==,
                     (gint64)i * 7919 % n);
  }
  for (guint i = 0; i < n; i++) {
    SfEvent event;

    g_assert_true (sf_pending_pop (set, &when, NULL, &event));
    g_assert_cmpint (when, ==, ++before);
    g_assert_cmpint (when, ==, (gint64)event.subject * 7919 % n);
    g_assert_cmpint (event.payload, ==, -(gint64)event.subject);
  }
  g_assert_cmpuint (sf_pending_ties (set), ==, 0);
}

static void
test_full (void)
{
  SfEvent event = { 0 };
  g_autoptr (SfPending) set = NULL;

  if (!g_test_slow ()) {
    g_test_skip ("needs 800 MB; run with -m slow");
    return;
  }
  set = sf_pending_new (0);
  for (guint i = 0; i < SF_PENDING_MAX; i++)
    g_assert_cmpuint (sf_pending_push (set, 9, 9, &event), !=, SF_EVENT_NONE);
  g_assert_cmpuint (sf_pending_push (set, 1, 1, &event), ==, SF_EVENT_NONE);
  g_assert_cmpuint (sf_pending_count (set), ==, SF_PENDING_MAX);
  g_assert_true (sf_pending_pop (set, NULL, NULL, NULL));
  g_assert_cmpuint (sf_pending_push (set, 1, 1, &event), !=, SF_EVENT_NONE);
  g_assert_cmpuint (sf_pending_push (set, 1, 1, &event), ==, SF_EVENT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/turns/pending/" name, function)
  g_test_add_data_func ("/turns/pending/agrees-with-a-sorted-array",
                        GINT_TO_POINTER (1000000), test_oracle);
  g_test_add_data_func ("/turns/pending/agrees-when-nearly-all-times-tie",
                        GINT_TO_POINTER (3), test_oracle);
  g_test_add_data_func ("/turns/pending/agrees-when-all-times-tie",
                        GINT_TO_POINTER (1), test_oracle);
  ADD ("is-as-new-when-cleared", test_cleared);
  ADD ("breaks-ties-by-priority-then-order", test_ties);
  ADD ("rescheduled-goes-last-among-equals", test_last_among_equals);
  ADD ("old-handle-is-stale-in-a-reused-slot", test_reused_slot);
  ADD ("uses-empty-slots-again", test_frugal);
  ADD ("counts-no-tie-at-the-first-event", test_first_is_no_tie);
  ADD ("made-up-handles-are-not-live", test_made_up);
  ADD ("holds-the-first-and-the-last-tick", test_ends_of_time);
  ADD ("keeps-events-and-handles-while-growing", test_growth);
  ADD ("refuses-more-than-it-can-hold", test_full);
  return g_test_run ();
}
