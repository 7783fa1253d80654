# key.gp - one entry of a legend in the head: a patch and its meaning.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wants key_at and key_y (units), key_color, key_kind ("bar", "line", "dot") and
# key_words; moves key_at behind the words. Letters are taken as 6.9 units wide.

if (key_kind eq "bar") {
  set object rectangle from screen px(key_at), screen py(key_y + 6) \
    to screen px(key_at + 22), screen py(key_y - 6) fc rgb key_color \
    fs solid noborder
}
if (key_kind eq "line") {
  set arrow from screen px(key_at), screen py(key_y) \
    to screen px(key_at + 22), screen py(key_y) nohead lw 1.4 lc rgb key_color
}
if (key_kind eq "dot") {
  set label "" at screen px(key_at + 11), screen py(key_y) \
    point pt 7 ps dot lc rgb key_color
}
set label key_words at screen px(key_at + 29), screen py(key_y) left \
  noenhanced font font_label textcolor rgb ink
key_at = key_at + 29 + 6.9 * strlen (key_words) + 26
