# arrivals.gp - trucks per week by corridor: arriving above, lost below.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/arrivals.gp TABLE TOTALS OUT TITLE NOTE WORDS
#
# TABLE   week (its Monday, YYYY-MM-DD), label (the corridor's name), hue (1..8,
#         also the corridor's place in the stack from below, without gaps),
#         arrived_count, arrived_base_count, lost_count, lost_base_count; a
#         base is the sum of the corridors below
# TOTALS  week, arrived_p05, arrived_p95, lost_p05, lost_p95: of the week's
#         sum over the corridors; "" for none

dir = ARG0[1 : strlen (ARG0) - strlen ("arrivals.gp")]
table = ARG1; totals = ARG2; out = ARG3; title = ARG4; note = ARG5; words = ARG6

width = 1000
height = 668
load dir."style.gp"
load dir."scale.gp"

day = 86400.0
has_totals = strlen (totals) > 0
when(name) = strptime ("%Y-%m-%d", strcol (name))
stats table using (when("week")) nooutput name "T"
stats table using (column ("hue")) nooutput name "C"
stats table using (column ("arrived_base_count") + column ("arrived_count")) \
  nooutput name "A"
stats table using (column ("lost_base_count") + column ("lost_count")) \
  nooutput name "L"
if (has_totals) {
  stats totals using (column ("arrived_p95")) nooutput name "AT"
  stats totals using (column ("lost_p95")) nooutput name "LT"
  A_max = AT_max > A_max ? AT_max : A_max
  L_max = LT_max > L_max ? LT_max : L_max
}
# An empty loop of a plot still looks into its file, so there must be one.
$no_rows << EOD
week	arrived_p05	arrived_p95	lost_p05	lost_p95
2000-01-01	0	0	0	0
EOD
if (!has_totals) { totals = "$no_rows" }
corridors = int (C_max)
array names[corridors]
do for [k = 1 : corridors] {
  names[k] = ""
  stats table using \
    (column ("hue") == k ? (names[k] = strcol ("label"), 1) : NaN) nooutput
}
t_first = T_min - 2 * day
t_last = T_max + 8 * day
date_labels = 0
load dir."dates.gp"

set label word_bars at screen px(20), screen py(52) left noenhanced \
  font font_label textcolor rgb ink

# The key is a list beside the bars, in the order of the stack.
do for [k = 1 : corridors] {
  key_y = 116 + (corridors - k) * 22
  set object rectangle from screen px(788), screen py(key_y + 7) \
    to screen px(802), screen py(key_y - 7) fc rgb hue(k) fs solid noborder
  set label names[k] at screen px(810), screen py(key_y) left noenhanced \
    font font_label textcolor rgb ink
}

set lmargin at screen px(64)
set rmargin at screen px(770)
set multiplot
set tmargin at screen py(104)
set bmargin at screen py(390)
y_max = A_max > 0 ? A_max * 1.05 : 1.0
set yrange [0 : y_max]
set ytics 0, nice(y_max / 5) font font_label
plain = word_arrived
load dir."bold.gp"
set label 90 bold enhanced at graph 0, graph 1 offset 0, 0.8 left \
  font font_strong textcolor rgb ink
plot table using (when("week") + 3.5 * day):(0): \
    (when("week") + 0.4 * day):(when("week") + 6.6 * day): \
    (column ("arrived_base_count")): \
    (column ("arrived_base_count") + column ("arrived_count")): \
    (hue(column ("hue"))) with boxxyerror fc rgb variable, \
  for [i = 1 : has_totals] totals \
    using (column ("arrived_p95") > 0 ? when("week") + 3.5 * day : NaN): \
    (column ("arrived_p05")):(0): \
    (column ("arrived_p95") - column ("arrived_p05")) \
    with vectors nohead lw 1.4 lc rgb ink

unset label
unset object
date_labels = 1
load dir."dates.gp"
set tmargin at screen py(440)
set bmargin at screen py(584)
y_max = L_max > 0 ? L_max * 1.05 : 1.0
set yrange [0 : y_max]
set ytics 0, nice(y_max / 3) font font_label
plain = word_lost
load dir."bold.gp"
set label 90 bold enhanced at graph 0, graph 1 offset 0, 0.8 left \
  font font_strong textcolor rgb ink
plot table using (when("week") + 3.5 * day):(0): \
    (when("week") + 0.4 * day):(when("week") + 6.6 * day): \
    (column ("lost_base_count")): \
    (column ("lost_base_count") + column ("lost_count")): \
    (hue(column ("hue"))) with boxxyerror fc rgb variable, \
  for [i = 1 : has_totals] totals \
    using (column ("lost_p95") > 0 ? when("week") + 3.5 * day : NaN): \
    (column ("lost_p05")):(0):(column ("lost_p95") - column ("lost_p05")) \
    with vectors nohead lw 1.4 lc rgb ink
unset multiplot
