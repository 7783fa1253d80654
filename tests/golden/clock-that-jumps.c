/* clock-that-jumps.c - a wall clock that somebody sets all the time. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded before the C library (LD_PRELOAD): at every question the time of day
 * is another day's, up to three days before or after. The monotonic clock goes
 * on as it should.
 */
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define DAY_S 86400

int
clock_gettime (clockid_t which, struct timespec *t)
{
  static int n;
  int code = (int)syscall (SYS_clock_gettime, which, t);

  if (code == 0 && which == CLOCK_REALTIME)
    t->tv_sec += (++n * 5 % 7 - 3) * DAY_S;
  return code;
}

int
gettimeofday (struct timeval *t, void *zone)
{
  struct timespec now;
  int code = clock_gettime (CLOCK_REALTIME, &now);

  (void)zone;
  t->tv_sec = now.tv_sec;
  t->tv_usec = now.tv_nsec / 1000;
  return code;
}

time_t
time (time_t *where)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (where != NULL)
    *where = now.tv_sec;
  return now.tv_sec;
}
