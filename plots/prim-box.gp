# prim-box.gp - the limits of a box, factor by factor.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/prim-box.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  row (1, 2, ... from the top), label (the factor's name), low_frac and
#        high_frac (where the box begins and ends, of the factor's range, 0 to
#        1), limits (in words, such as "0.27 to 0.74"), trust (in words, such as
#        "p 0.001, 9 of 10"). Only factors with a limit. A factor of which
#        several categories are inside has a line for each, with the same row;
#        label, limits and trust are then drawn from the first one
# TITLE and what follows may be left out.

dir = ARG0[1 : strlen (ARG0) - strlen ("prim-box.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5
load dir."words.gp"
if (title eq "") { title = word_box_title }

set datafile separator tab
set datafile columnheaders
stats table using (column ("row")) nooutput name "R"
rows = int (R_max)
# Only the first line of a row bears text.
array limits[rows]
array trusts[rows]
do for [k = 1 : rows] {
  limits[k] = ""
  stats table using (column ("row") == k && limits[k] eq "" \
    ? (limits[k] = strcol ("limits"), trusts[k] = strcol ("trust"), 1) : NaN) \
    nooutput
}
head = 92
foot = 92
right = 420
load dir."rows.gp"

set xrange [0 : 1]
set xtics 0, 0.25
set xlabel word_range_axis offset 0, 0.4 font font_label textcolor rgb ink
key_kind = "bar"; key_color = hue(1); key_words = word_in_box
load dir."key.gp"
key_color = pale; key_words = word_whole_range
load dir."key.gp"
set label word_limits at screen px(width - right + 16), screen py(head - 9) \
  left noenhanced font font_small textcolor rgb faint
set label word_trust at screen px(width - right + 178), screen py(head - 9) \
  left noenhanced font font_small textcolor rgb faint

# Many categories have more words than there is room for; the table has all.
short(s) = strlen (s) > 22 ? s[1 : 21]."…" : s
do for [k = 1 : rows] {
  set label short(limits[k]) at screen px(width - right + 16), first k left \
    noenhanced font font_label textcolor rgb ink
  set label trusts[k] at screen px(width - right + 178), first k left \
    noenhanced font font_label textcolor rgb ink
}
plot table using (0.5):(column ("row")):(0):(1):(column ("row") - 0.3): \
    (column ("row") + 0.3):ytic(cut(strcol ("label"))) \
    with boxxyerror fc rgb pale, \
  table using (0.5):(column ("row")):(column ("low_frac")): \
    (column ("high_frac")):(column ("row") - 0.3):(column ("row") + 0.3) \
    with boxxyerror fc rgb hue(1)
