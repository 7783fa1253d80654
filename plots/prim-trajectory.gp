# prim-trajectory.gp - the way of peeling: coverage against density.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/prim-trajectory.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  box (its number), coverage_frac, density_frac, restricted_count (factors
#        with a limit), in the order of peeling; is_chosen (1 for the box that
#        is marked, else 0); is_named (1 for a box whose number is written, else
#        0: a few, since points lie close)
# TITLE and what follows may be left out.

dir = ARG0[1 : strlen (ARG0) - strlen ("prim-trajectory.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5
load dir."words.gp"
if (title eq "") { title = word_trajectory_title }

width = 860
height = 660
load dir."style.gp"
load dir."scale.gp"
stats table using (column ("restricted_count")) nooutput name "K"
colours = int (K_max) > 2 ? int (K_max) + 1 : 3

set lmargin at screen px(72)
set rmargin at screen px(width - 150)
set tmargin at screen py(84)
set bmargin at screen py(height - 104)
set xrange [0 : 1.02]
set yrange [0 : 1.02]
set xtics 0, 0.2 font font_label
set ytics 0, 0.2 font font_label
set xlabel word_coverage offset 0, 0.4 font font_label textcolor rgb ink
set label word_density at screen px(20), screen py(60) left noenhanced \
  font font_label textcolor rgb ink
set label word_restricted at screen px(width - 124), screen py(60) left \
  noenhanced font font_label textcolor rgb ink

# From pale to deep, so that the order shows in grey too.
set palette defined (0 "#e8d87a", 0.35 "#56b4a0", 0.7 "#2a6d9e", 1 "#2b1a5a")
set cbrange [-0.5 : colours - 0.5]
set palette maxcolors colours
set colorbox user origin screen px(width - 122), screen py(height - 104) \
  size screen 18.0 / width, screen (height - 188.0) / height
set cbtics 0, (colours > 12 ? nice(colours / 6.0) : 1) scale 0 font font_label

plot table using (column ("coverage_frac")):(column ("density_frac")) \
    with lines lw 1 lc rgb pale, \
  table using (column ("coverage_frac")):(column ("density_frac")): \
    (column ("restricted_count")) with points pt 7 ps 1.1 * dot lc palette, \
  table using (column ("is_chosen") > 0 ? column ("coverage_frac") : nowhere): \
    (column ("density_frac")) with points pt 6 ps 2.4 * dot lw 2 \
    lc rgb hue(1), \
  table using (column ("is_named") > 0 ? column ("coverage_frac") : nowhere): \
    (column ("density_frac")):(sprintf ("%d", int (column ("box")))) \
    with labels left offset 0.9, 0.5 noenhanced \
    font font_small textcolor rgb ink
