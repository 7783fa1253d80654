# dates.gp - a time axis with dates a person would write.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wants t_first and t_last (seconds, as strptime gives them) and date_labels
# (0: tics only, for panels above others). Sets the range and the tics of x:
# weeks, half months, months, quarters or years, whichever fits; the year
# stands below the first date and below every first date of a year.

day_s = 86400.0
span_days = (t_last - t_first) / day_s
step_months = span_days <= 430 ? 1 : span_days <= 1200 ? 3 : 12

day_name(day, month) = (day == 1 ? word_day_one : sprintf ("%d", day)) \
  ." ".word (word_months, month)

set xrange [t_first : t_last]
set xtics () font font_label
year_shown = 0
if (span_days <= 50) {
  # Weeks begin on Monday; tm_wday counts from Sunday.
  t = t_first + ((8 - int (tm_wday (t_first))) % 7) * day_s
  while (t <= t_last) {
    s = day_name (int (tm_mday (t)), int (tm_mon (t)) + 1)
    if (tm_year (t) != year_shown) {
      year_shown = tm_year (t)
      s = s.sprintf ("\n%d", year_shown)
    }
    if (!date_labels) { s = "" }
    set xtics add (s t)
    t = t + 7 * day_s
  }
} else {
  y = int (tm_year (t_first))
  m = 0
  t = t_first
  while (t <= t_last) {
    do for [d = 1 : (span_days <= 130 ? 15 : 1) : 14] {
      t = strptime ("%Y-%m-%d", sprintf ("%d-%02d-%02d", y, m + 1, d))
      if (t >= t_first && t <= t_last) {
        s = day_name (d, m + 1)
        if (y != year_shown) {
          year_shown = y
          s = s.sprintf ("\n%d", y)
        }
        if (!date_labels) { s = "" }
        set xtics add (s t)
      }
    }
    m = m + step_months
    y = y + m / 12
    m = m % 12
  }
}
