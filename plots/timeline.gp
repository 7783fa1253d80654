# timeline.gp - what happened, on the curve: service, periods and dated flags.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/timeline.gp TABLE EVENTS PERIODS OUT TITLE NOTE WORDS
#
# TABLE    date (YYYY-MM-DD), p05, p25, p50, p75, p95 in per cent of demand
# EVENTS   date, kind (attack, supply, policy, strike, anything else), label,
#          row (1.. from below), side (right or left of its day); "" for none.
#          Whoever makes the table keeps the labels of a row apart: a letter
#          is at most 7 units wide, the time axis 920 units long. A stem that
#          crosses a label of another row passes behind it.
# PERIODS  from, to (dates, both included), kind, label, row (1.. from below;
#          a label may be longer than its bar); "" for none

dir = ARG0[1 : strlen (ARG0) - strlen ("timeline.gp")]
table = ARG1; events = ARG2; periods = ARG3
out = ARG4; title = ARG5; note = ARG6; words = ARG7

set datafile separator tab
set datafile columnheaders
has_events = strlen (events) > 0
has_periods = strlen (periods) > 0
E_max = 0
B_max = 0
if (has_events) { stats events using (column ("row")) nooutput name "E" }
if (has_periods) { stats periods using (column ("row")) nooutput name "B" }
# An empty loop of a plot still looks into its file, so there must be one.
$no_rows << EOD
date	from	to	kind	label	row	side
2000-01-01	2000-01-01	2000-01-01	-	-	1	right
EOD
if (!has_events) { events = "$no_rows" }
if (!has_periods) { periods = "$no_rows" }

# One axis holds all: 0 to 100 is per cent; bars and flags stand above it.
# One per cent is 3.2 units of paper, so a row of 21 units is 6.6 per cent.
main_height = 320.0
row_height = 21.0
head = 86
rows = B_max + E_max + (B_max > 0 ? 0.4 : 0) + (E_max > 0 ? 0.4 : 0)
width = 1000
height = head + main_height + rows * row_height + 84
load dir."style.gp"

percent(u) = u * 100 / main_height
bar_y(row) = 100 + percent(row_height * (row - 0.25))
flag_y(row) = 100 + percent(row_height * (B_max + (B_max > 0 ? 0.8 : 0.4) \
  + row - 0.5))
when(name) = strptime ("%Y-%m-%d", strcol (name))
stats table using (when("date")) nooutput name "T"
t_first = T_min
t_last = T_max
date_labels = 1
load dir."dates.gp"

kind_hue(kind) = kind eq "attack" ? 1 : kind eq "policy" ? 2 \
  : kind eq "supply" ? 3 : kind eq "truce" ? 3 : kind eq "strike" ? 5 : 8
kind_color(kind) = hue(kind_hue(kind))
inside(t) = t >= t_first && t <= t_last
overlaps(x) = when("from") <= t_last && when("to") >= t_first
within(t) = t < t_first ? t_first : t > t_last ? t_last : t

legend_y = 55
legend_unit = word_served
load dir."legend.gp"

set lmargin at screen px(52)
set rmargin at screen px(width - 28)
set tmargin at screen py(head)
set bmargin at screen py(height - 84)
set yrange [0 : 100 + percent(rows * row_height)]
set ytics 0, 25, 100 font font_label
set style textbox opaque noborder margins 0.4, 0.2 fc rgb 0xffffff
set border 1
set arrow from graph 0, first 0 to graph 0, first 100 nohead lc rgb faint \
  lw 0.8

end_s = 86400
plot for [i = 1 : has_periods] periods using (within(when("from"))):(50): \
    (within(when("from"))):(within(when("to") + end_s)):(0): \
    (bar_y(column ("row")) - percent(8)): \
    (tint(kind_color(strcol ("kind")), 0.10)) \
    with boxxyerror fc rgb variable, \
  table using (when("date")):(column ("p05")):(column ("p95")) \
    with filledcurves fc rgb wide_tint(8), \
  table using (when("date")):(column ("p25")):(column ("p75")) \
    with filledcurves fc rgb half_tint(8), \
  for [i = 1 : has_events] events \
    using (inside(when("date")) ? when("date") : NaN):(0):(0): \
    (flag_y(column ("row"))):(tint(kind_color(strcol ("kind")), 0.7)) \
    with vectors nohead lw 0.9 lc rgb variable, \
  table using (when("date")):(column ("p50")) with lines lw 2.2 lc rgb ink, \
  for [i = 1 : has_periods] periods using (within(when("from"))): \
    (bar_y(column ("row"))):(within(when("from"))): \
    (within(when("to") + end_s)): \
    (bar_y(column ("row")) - percent(8)):(bar_y(column ("row")) + percent(8)): \
    (tint(kind_color(strcol ("kind")), 0.4)) \
    with boxxyerror fc rgb variable, \
  for [i = 1 : has_periods] periods \
    using (overlaps(0) ? within(when("from")) : nowhere): \
    (bar_y(column ("row"))):(strcol ("label")) with labels left noenhanced \
    offset 0.4, 0 font font_small textcolor rgb ink, \
  for [i = 1 : has_events] events \
    using (inside(when("date")) ? when("date") : NaN): \
    (flag_y(column ("row"))):(kind_color(strcol ("kind"))) \
    with points pt 7 ps 0.7 * dot lc rgb variable, \
  for [i = 1 : has_events] events \
    using (inside(when("date")) && strcol ("side") ne "left" \
    ? when("date") : nowhere):(flag_y(column ("row"))):(strcol ("label")) \
    with labels left noenhanced boxed offset 0.8, 0 font font_label \
    textcolor rgb ink, \
  for [i = 1 : has_events] events \
    using (inside(when("date")) && strcol ("side") eq "left" \
    ? when("date") : nowhere):(flag_y(column ("row"))):(strcol ("label")) \
    with labels right noenhanced boxed offset -0.8, 0 font font_label \
    textcolor rgb ink
