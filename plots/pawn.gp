# pawn.gp - how far each factor moves the distribution, against chance.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/pawn.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  label (the factor's name), median, median_low, median_high: median
#        distance of Kolmogorov and Smirnov over the slices, and its 95 %
#        interval; dummy_high: what dummies exceed once in forty. Drawn in the
#        order of the table, from the top; NaN or empty is not drawn
# TITLE and what follows may be left out.

dir = ARG0[1 : strlen (ARG0) - strlen ("pawn.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5
load dir."words.gp"
if (title eq "") { title = word_pawn_title }

set datafile separator tab
set datafile columnheaders
rows = 0
x_max = 0
top(name) = column (name) > x_max ? column (name) : x_max
stats table using (rows = rows + 1, x_max = top("median_high"), \
  x_max = top("dummy_high"), 1) nooutput
head = 76
foot = 92
right = 28
load dir."rows.gp"

x_max = x_max > 0 ? x_max * 1.06 : 1.0
x_max = x_max > 1 ? 1.0 : x_max
set xrange [0 : x_max]
set xtics nice(x_max / 6)
set xlabel word_pawn_axis offset 0, 0.4 font font_label textcolor rgb ink

key_kind = "dot"; key_color = hue(2); key_words = word_median_slice
load dir."key.gp"
key_kind = "line"; key_color = ink; key_words = word_interval
load dir."key.gp"
key_kind = "bar"; key_color = pale; key_words = word_chance
load dir."key.gp"

y(k) = column (0) + 1 + k
plot table using (column ("dummy_high")):(y(0)):(0):(column ("dummy_high")): \
    (y(-0.5)):(y(0.5)):ytic(cut(strcol ("label"))) \
    with boxxyerror fc rgb pale, \
  table using (column ("dummy_high")):(y(-0.5)):(0):(1) \
    with vectors nohead lw 1.4 dt 2 lc rgb faint, \
  table using (column ("median_low")):(y(0)): \
    (column ("median_high") - column ("median_low")):(0) \
    with vectors nohead lw 1.4 lc rgb ink, \
  table using (column ("median")):(y(0)) with points pt 7 ps 1.2 * dot \
    lc rgb hue(2)
