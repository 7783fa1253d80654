/* units.h - time and dates. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock is a whole number of seconds since the scenario's start: whole
 * numbers make a run repeat bit for bit on any machine. This is the only file
 * that converts between units; everywhere else a name says its unit and the
 * number is in that unit.
 */
#pragma once

#include <glib.h>
#include <math.h>

/* Seconds since the scenario's start. */
typedef gint64 SfTick;

#define SF_TICKS_PER_HOUR ((SfTick)3600)
#define SF_TICKS_PER_DAY ((SfTick)86400)

/* A time later than any run; "never". */
#define SF_TICK_NEVER (((SfTick)1 << 55) - 1)

/* Rounds a length of time to ticks, half a tick to the even one: the one
 * rounding of a drawn delay. Negative lengths give 0; lengths beyond the clock
 * give SF_TICK_NEVER. */
static inline SfTick
sf_ticks_from_s (double time_s)
{
  if (!(time_s > 0))
    return 0;
  if (time_s >= (double)SF_TICK_NEVER)
    return SF_TICK_NEVER;
  return llrint (time_s);
}

static inline SfTick
sf_ticks_from_h (double time_h)
{
  return sf_ticks_from_s (time_h * (double)SF_TICKS_PER_HOUR);
}

static inline SfTick
sf_ticks_from_days (double time_days)
{
  return sf_ticks_from_s (time_days * (double)SF_TICKS_PER_DAY);
}

/* Here, since the event loop converts all the time. */
static inline double
sf_ticks_to_h (SfTick ticks)
{
  return (double)ticks / (double)SF_TICKS_PER_HOUR;
}

static inline double
sf_ticks_to_days (SfTick ticks)
{
  return (double)ticks / (double)SF_TICKS_PER_DAY;
}

/* Calendar days, counted from 1970-01-01 (proleptic Gregorian calendar). */
typedef gint32 SfDate;

/* Reads "YYYY-MM-DD". FALSE when the text has another shape or names a day
 * that does not exist (30 February); then *date is left alone. Years 1900 to
 * 2199. */
gboolean sf_date_parse (const char *text, SfDate *date);

/* Writes "YYYY-MM-DD" into buffer, which holds SF_DATE_SIZE bytes. */
#define SF_DATE_SIZE 11
char *sf_date_format (char *buffer, SfDate date);

/* Month 1 to 12 and day of the week 0 (Monday) to 6. */
int sf_date_month (SfDate date);
int sf_date_weekday (SfDate date);

/* TRUE when a name ends in one of the unit suffixes that the house knows
 * (design: _h _days _km _kmh _m3 _t _xof _frac _prob _count ... and
 * unit_per_unit). */
gboolean sf_unit_is_known_suffix (const char *name);
