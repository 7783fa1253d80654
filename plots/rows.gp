# rows.gp - a figure with one line of text and marks for each factor.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Loaded by sobol.gp, pawn.gp and prim-box.gp. Wants table (with a column label),
# rows (how many places there are), head (units above the axes), foot (units
# below) and right (units beside). Sets the size of the paper to the number of
# rows, loads style.gp and lays out the axes. A long label keeps its end, where
# the names of parameters differ: cut() shortens it.
#
# Place k of a row, 1 at the top, is y = k; the y axis runs down.

row_height = rows > 30 ? 24 : 34
label_max = 46
longest = 0
set datafile separator tab
set datafile columnheaders
stats table using (longest = strlen (strcol ("label")) > longest \
  ? strlen (strcol ("label")) : longest, 1) nooutput
longest = longest > label_max ? label_max : longest < 10 ? 10 : longest
left = 30 + 8.2 * longest
width = 1000
height = head + rows * row_height + foot
load dir."style.gp"
load dir."scale.gp"

cut(s) = strlen (s) > label_max ? "…".s[strlen (s) - label_max + 2 : *] : s

set lmargin at screen px(left)
set rmargin at screen px(width - right)
set tmargin at screen py(head)
set bmargin at screen py(head + rows * row_height)
set yrange [rows + 0.5 : 0.5]
set border 1
set grid noytics
set xtics font font_label
set ytics scale 0 noenhanced font font_label

# Names the marks in one line of the head, from key_at on: a patch or a line,
# then the words. Loaded by name: load dir."key.gp".
key_at = 20
key_y = 52
