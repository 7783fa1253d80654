/* line.h - servers with one line before them. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First come, first served by c servers, all alike. Since nobody overtakes, a
 * customer's turn is known when he comes: he starts when the first server is
 * free that nobody before him takes. So nothing has to happen in between: the
 * books are brought up to a moment when somebody looks. A change of the number
 * of servers, or of the length of services, gives those who have not started
 * their turns anew; the services they drew stay theirs.
 *
 * It draws nothing and knows no clock: times are given to it, and must not go
 * back. Waits and numbers are what queueing theory says; the tests compare.
 */
#pragma once

#include "sim/base/units.h"

/* A customer. */
typedef struct {
  SfTick at, start, end; /* came, starts, is done */
  double service_frac;   /* length of his service, of the mean */
  gint32 who;            /* the caller's, >= 0; several may share it */
} SfTurn;

/* Zero bytes are an empty line. */
typedef struct {
  SfTurn *turns; /* [0, n_busy): who is being served, in no order;
                    [first, n): who waits, in order */
  guint n_busy, first, n, room;
  SfTick *servers; /* heap: when each will be free; servers that nobody has
                      used are not in it */
  guint n_servers, servers_room;
  /* Books, as of the last sf_line_settle(): customers done, those who started
   * later than they came, waits of those who started, and times from coming to
   * being done of those who are done. */
  guint served, waited;
  SfTick wait_ticks, system_ticks;
} SfLine;

/* The servers, at some time. */
typedef struct {
  guint servers; /* 1 or more */
  double service_h;
} SfService;

/* Empties a line and its books; what it has allocated it keeps. */
void sf_line_reset (SfLine *line);
/* Frees what it has allocated; the struct is the caller's. */
void sf_line_clear (SfLine *line);

/* Moves the books on to `now`: who has started or is done by then. Looks at all
 * who have come or were served since the last time. */
void sf_line_settle (SfLine *line, SfTick now);

/* A customer comes; the line need not be settled. Returns when he will be done.
 */
SfTick sf_line_join (SfLine *line, gint32 who, double service_frac, SfTick now,
                     const SfService *service);

/* The servers are others from `now` on; the line is settled with the old ones.
 * Those who are being served are served on; of servers that go, the first to
 * be free do. */
void sf_line_plan_again (SfLine *line, SfTick now, const SfService *service);

/* For each `who` below n that is in the line or served: when the last of his
 * customers will be done. Others are left alone. */
void sf_line_last (const SfLine *line, SfTick *last, guint n);

/* Numbers of the settled line. */
static inline guint
sf_line_waiting (const SfLine *line)
{
  return line->n - line->first;
}

static inline guint
sf_line_busy (const SfLine *line)
{
  return line->n_busy;
}

/* Time spent here by those who are not done at `now`. */
SfTick sf_line_unfinished (const SfLine *line, SfTick now);
