# morris.gp - elementary effects: how large, and how uneven.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/morris.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  label (the factor's name), mu_star, mu_star_low, mu_star_high (95 %
#        interval), sigma, is_group (1 for a group of several factors, which has
#        no sigma: give 0; it is drawn hollow; else 0). Points bear the number
#        of their line in the table, and the list beside has the names; so sort
#        by mu_star, largest first. Numbers only: leave out what has none
# TITLE and what follows may be left out.
#
# The rays are those of Garcia Sanchez et al., Energy Build. 68 (2014): below
# sigma / mu_star = 0.1 an effect is almost linear, below 0.5 monotonic, below
# 1 almost monotonic.

dir = ARG0[1 : strlen (ARG0) - strlen ("morris.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5
load dir."words.gp"
if (title eq "") { title = word_morris_title }

set datafile separator tab
set datafile columnheaders
rows = 0
x_max = 0
y_max = 0
top(name, most) = column (name) > most ? column (name) : most
stats table using (rows = rows + 1, x_max = top("mu_star_high", x_max), \
  y_max = top("sigma", y_max), 1) nooutput
array names[rows]
k = 0
stats table using (k = k + 1, names[k] = strcol ("label"), 1) nooutput
width = 1000
list_top = 84
height = list_top + rows * 20 + 56
height = height < 560 ? 560 : height
load dir."style.gp"
load dir."scale.gp"

plot_right = 620
set lmargin at screen px(84)
set rmargin at screen px(plot_right)
set tmargin at screen py(76)
set bmargin at screen py(height - 96)
x_max = x_max > 0 ? x_max * 1.04 : 1.0
y_max = y_max > 0 ? y_max * 1.12 : 1.0
set xrange [0 : x_max]
set yrange [0 : y_max]
set xtics nice(x_max / 6) font font_label
set ytics nice(y_max / 6) font font_label
set xlabel word_mu_star offset 0, 0.4 font font_label textcolor rgb ink
set label word_sigma at screen px(20), screen py(56) left noenhanced \
  font font_label textcolor rgb ink

# Rays leave the picture at the right or at the top, and are named there.
array slopes[3] = [ 0.1, 0.5, 1.0 ]
do for [r = 1 : 3] {
  end_x = slopes[r] * x_max <= y_max ? x_max : y_max / slopes[r]
  set arrow from 0, 0 to end_x, slopes[r] * end_x nohead lw 0.9 dt 2 \
    lc rgb faint back
  is_side = slopes[r] * x_max <= y_max
  ray = sprintf ("%g", slopes[r])
  if (is_side) {
    set label ray at end_x, slopes[r] * end_x left offset 0.6, 0 noenhanced \
      font font_small textcolor rgb faint
  } else {
    set label ray at end_x, slopes[r] * end_x center offset 0, 0.6 noenhanced \
      font font_small textcolor rgb faint
  }
}

cut(s) = strlen (s) > 36 ? "…".s[strlen (s) - 34 : *] : s
do for [k = 1 : rows] {
  list_y = list_top + (k - 0.5) * 20
  set label sprintf ("%d", k) at screen px(plot_right + 62), screen py(list_y) \
    right noenhanced font font_label textcolor rgb hue(2)
  set label cut(names[k]) at screen px(plot_right + 72), screen py(list_y) \
    left noenhanced font font_label textcolor rgb ink
}

# Numbers stand to the right and to the left in turn, since neighbours in the
# table are often neighbours in the picture; at the origin there is no room.
line(k) = int (column (0)) + 1
number_y(side) = line(0) % 2 == side && (column ("mu_star") > 0.04 * x_max \
  || column ("sigma") > 0.04 * y_max) ? column ("sigma") : nowhere
kind_y(is_group) = column ("is_group") == is_group ? column ("sigma") : nowhere
plot table using (column ("mu_star_low")):(column ("sigma")): \
    (column ("mu_star_high") - column ("mu_star_low")):(0) \
    with vectors nohead lw 1.2 lc rgb half_tint(2), \
  table using (column ("mu_star")):(kind_y(0)) with points pt 7 ps 0.9 * dot \
    lc rgb hue(2), \
  table using (column ("mu_star")):(kind_y(1)) with points pt 6 ps dot lw 1.4 \
    lc rgb hue(2), \
  table using (column ("mu_star")):(number_y(1)):(sprintf ("%d", line(0))) \
    with labels left offset 0.6, 0.5 noenhanced font font_small \
    textcolor rgb ink, \
  table using (column ("mu_star")):(number_y(0)):(sprintf ("%d", line(0))) \
    with labels right offset -0.6, 0.5 noenhanced font font_small \
    textcolor rgb ink
