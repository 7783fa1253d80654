# rank.gp - the means of scenarios, best first, and who was eliminated.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/rank.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  row (1, 2, ... from the top), name (of the scenario), state (0: the
#        best, 1: in contention, 2: eliminated or not selected), low, mean,
#        high (interval of the mean), n (replications)

dir = ARG0[1 : strlen (ARG0) - strlen ("rank.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5

set datafile separator tab
set datafile columnheaders
stats table using (column ("row")) nooutput name "R"
stats table using (column ("low")) nooutput name "L"
stats table using (column ("high")) nooutput name "H"
stats table using (strlen (strcol ("name"))) nooutput name "N"
rows = int (R_max)
row_height = 26
head = 92
width = 1000
height = head + rows * row_height + 62
load dir."style.gp"
load dir."scale.gp"

set label word_ranking at screen px(20), screen py(52) left noenhanced \
  font font_label textcolor rgb ink

# Names stand in the left margin; a letter is at most 7.4 units wide.
left = 40 + 7.4 * (N_max < 44 ? N_max : 44)
set lmargin at screen px(left)
set rmargin at screen px(width - 80)
set tmargin at screen py(head - 16)
set bmargin at screen py(head - 16 + rows * row_height + 8)
set border 1
unset ytics
set yrange [rows + 0.5 : 0.5]
span = H_max > L_min ? H_max - L_min : 1.0
low = L_min - 0.04 * span
high = H_max + 0.04 * span
set xrange [low : high]
set xtics nice(span / 6) font font_label

is(want, name) = column ("state") == want ? column (name) : NaN
plot table using (low):(column ("row")):(strcol ("name")) with labels right \
    noenhanced offset -1, 0 font font_label textcolor rgb ink, \
  "" using (high):(column ("row")):(strcol ("n")) with labels left \
    noenhanced offset 1, 0 font font_small textcolor rgb ink, \
  "" using (is(2, "mean")):(column ("row")):(is(2, "low")):(is(2, "high")) \
    with xerrorbars pt 7 ps 0.8 * dot lw 2 lc rgb 0xa8a8a8, \
  "" using (is(1, "mean")):(column ("row")):(is(1, "low")):(is(1, "high")) \
    with xerrorbars pt 7 ps 0.8 * dot lw 2 lc rgb ink, \
  "" using (is(0, "mean")):(column ("row")):(is(0, "low")):(is(0, "high")) \
    with xerrorbars pt 7 ps 1.2 * dot lw 3 lc rgb hue(2)
