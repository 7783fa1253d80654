/* bench-pending.c - nanoseconds a hold. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hold takes the first of N pending events and schedules it again; the step
 * "hold + reschedule" moves another pending event as well, as a re-routing
 * does. Delays come from a table, so random numbers are not in the figure.
 * Printed are the median of 5 rounds and the best, in nanoseconds a step. Exit
 * status 1 when --check is given and a median is above its target; the targets
 * suppose gcc -O2 and a machine with nothing else to do.
 */
#include "sim/turns/pending.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLE (1u << 16)
#define ROUNDS 5
#define HOLDS 1000000u

typedef struct {
  const char *name;
  gboolean whole;      /* delays of 1 to 10 days, else exponential */
  gboolean reschedule; /* a second event is moved at each step */
  guint n;
  double target_ns;
} Case;

static const Case cases[] = {
  { "hold, exponential", FALSE, FALSE, 1000, 25 },
  { "hold, exponential", FALSE, FALSE, 100000, 60 },
  { "hold, whole days", TRUE, FALSE, 1000, 25 },
  { "hold, whole days", TRUE, FALSE, 100000, 60 },
  { "hold + reschedule, exponential", FALSE, TRUE, 1000, 50 },
  { "hold + reschedule, exponential", FALSE, TRUE, 100000, 130 },
  { "hold + reschedule, whole days", TRUE, TRUE, 1000, 50 },
  { "hold + reschedule, whole days", TRUE, TRUE, 100000, 130 },
};

typedef struct {
  SfTick *delays;  /* TABLE of them */
  guint32 *others; /* TABLE of indices below n */
  SfEventHandle *handles;
  guint32 next;
} Work;

static void
work_begin (Work *work, const Case *c)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  work->delays = g_new (SfTick, TABLE);
  work->others = g_new (guint32, TABLE);
  work->handles = g_new (SfEventHandle, c->n);
  work->next = 0;
  for (guint i = 0; i < TABLE; i++) {
    double u = g_rand_double (rand);

    work->delays[i] = c->whole ? SF_TICKS_PER_DAY * (1 + (SfTick)(10 * u))
                               : (SfTick)(-1e6 * log1p (-u));
    work->others[i] = (guint32)g_rand_int_range (rand, 0, (gint32)c->n);
  }
}

static void
work_end (Work *work)
{
  g_free (work->delays);
  g_free (work->others);
  g_free (work->handles);
}

/* Two loops, so that neither pays for the other's test. */
static void
run_holds (SfPending *set, Work *work, guint holds)
{
  SfTick now;
  SfEvent event;

  for (guint i = 0; i < holds; i++) {
    sf_pending_pop (set, &now, NULL, &event);
    sf_pending_push (set, now + work->delays[work->next++ % TABLE], 0, &event);
  }
}

static void
run_moves (SfPending *set, Work *work, guint holds)
{
  SfTick now;
  SfEvent event;

  for (guint i = 0; i < holds; i++) {
    guint32 at = work->next++ % TABLE;
    guint32 other = work->others[at];

    sf_pending_pop (set, &now, NULL, &event);
    work->handles[event.subject]
        = sf_pending_push (set, now + work->delays[at], 0, &event);
    sf_pending_reschedule (set, &work->handles[other],
                           now + work->delays[(at * 7 + 1) % TABLE], 0);
  }
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Nanoseconds a step, sorted, of ROUNDS rounds. */
static void
measure (const Case *c, double *ns)
{
  g_autoptr (SfPending) set = sf_pending_new (c->n);
  void (*run) (SfPending *, Work *, guint)
      = c->reschedule ? run_moves : run_holds;
  Work work;

  work_begin (&work, c);
  for (guint32 i = 0; i < c->n; i++) {
    SfEvent event = { .subject = i };

    work.handles[i]
        = sf_pending_push (set, work.delays[work.next++ % TABLE], 0, &event);
  }
  run (set, &work, 3 * c->n);
  for (guint i = 0; i < ROUNDS; i++) {
    gint64 begin = g_get_monotonic_time ();

    run (set, &work, HOLDS);
    ns[i] = (double)(g_get_monotonic_time () - begin) * 1e3 / HOLDS;
  }
  qsort (ns, ROUNDS, sizeof ns[0], compare);
  work_end (&work);
}

int
main (int argc, char **argv)
{
  gboolean check = argc > 1 && strcmp (argv[1], "--check") == 0;
  gboolean is_good = TRUE;

  printf ("%-32s %8s %8s %8s %8s\n", "step", "N", "median", "best", "target");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double ns[ROUNDS], median;

    measure (&cases[i], ns);
    median = ns[ROUNDS / 2];
    is_good = is_good && median <= cases[i].target_ns;
    printf ("%-32s %8u %8.1f %8.1f %8.0f\n", cases[i].name, cases[i].n, median,
            ns[0], cases[i].target_ns);
  }
  return check && !is_good ? EXIT_FAILURE : EXIT_SUCCESS;
}
