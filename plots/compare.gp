# compare.gp - by how much scenarios differ from a reference, measure by measure.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/compare.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  panel (1, 2, ... from the top, rows of a panel together), label (the
#        panel's name, with unit), row (1, 2, ... from the top), name (of the
#        scenario), low, estimate, high (of the difference; empty or NaN: no
#        interval), is_distinct (1: the interval does not hold 0)

dir = ARG0[1 : strlen (ARG0) - strlen ("compare.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5

set datafile separator tab
set datafile columnheaders
stats table using (column ("panel")) nooutput name "P"
stats table using (column ("row")) nooutput name "R"
stats table using (strlen (strcol ("name"))) nooutput name "N"
panels = int (P_max)
rows = int (R_max)
row_height = 22
panel_height = rows * row_height + 8
panel_gap = 62
head = 76
width = 1000
height = head + panels * (panel_height + panel_gap) + 16
load dir."style.gp"
load dir."scale.gp"

# Names stand in the left margin; a letter is at most 7.4 units wide.
left = 40 + 7.4 * (N_max < 44 ? N_max : 44)
array labels[panels]
array lows[panels]
array highs[panels]
smaller(a, b) = b < a ? b : a
larger(a, b) = b > a ? b : a
do for [k = 1 : panels] {
  lows[k] = 0
  highs[k] = 0
  stats table using (column ("panel") == k ? (labels[k] = strcol ("label"), \
    lows[k] = smaller(lows[k], column ("low")), \
    highs[k] = larger(highs[k], column ("high")), 1) : NaN) nooutput
}
set label word_difference at screen px(20), screen py(52) left noenhanced \
  font font_label textcolor rgb ink

in(k, want, name) = column ("panel") == k && column ("is_distinct") == want \
  ? column (name) : NaN
set lmargin at screen px(left)
set rmargin at screen px(width - 28)
set border 1
unset ytics
set yrange [rows + 0.5 : 0.5]
set multiplot
do for [k = 1 : panels] {
  span = highs[k] - lows[k] > 0 ? highs[k] - lows[k] : 1.0
  set xrange [lows[k] - 0.04 * span : highs[k] + 0.04 * span]
  set xtics nice(span / 6) font font_label
  top = head + 24 + (k - 1) * (panel_height + panel_gap)
  set tmargin at screen py(top)
  set bmargin at screen py(top + panel_height)
  plain = labels[k]
  load dir."bold.gp"
  set label 90 bold enhanced at screen px(20), screen py(top - 12) left \
    font font_strong textcolor rgb ink
  set arrow 90 from first 0, graph 0 to first 0, graph 1 nohead lw 1.4 \
    lc rgb faint
  plot table using (column ("panel") == k ? lows[k] - 0.04 * span : nowhere): \
      (column ("row")):(strcol ("name")) with labels right noenhanced \
      offset -1, 0 font font_label textcolor rgb ink, \
    "" using (in(k, 0, "estimate")):(column ("row")): \
      (in(k, 0, "low")):(in(k, 0, "high")) with xerrorbars pt 7 \
      ps 0.8 * dot lw 2 lc rgb 0xa8a8a8, \
    "" using (in(k, 1, "estimate")):(column ("row")): \
      (in(k, 1, "low")):(in(k, 1, "high")) with xerrorbars pt 7 \
      ps 0.8 * dot lw 2 lc rgb hue(2)
  unset label
}
unset multiplot
