# legend.gp - what the line and the bands mean, in one line of the head.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wants legend_y (units from the top), legend_unit (the axis' words). Drawn in
# grey, since every panel has a hue of its own. Letters are taken as 7.5 units
# wide, on the safe side.

at = 20
set label legend_unit at screen px(at), screen py(legend_y) left noenhanced \
  font font_label textcolor rgb ink
at = at + 7.5 * strlen (legend_unit) + 16
set arrow from screen px(at), screen py(legend_y) \
  to screen px(at + 30), screen py(legend_y) nohead lw 2 lc rgb ink
set label word_median at screen px(at + 37), screen py(legend_y) left \
  noenhanced font font_label textcolor rgb ink
at = at + 7.5 * strlen (word_median) + 60
set object rectangle from screen px(at), screen py(legend_y + 6) \
  to screen px(at + 30), screen py(legend_y - 6) fc rgb 0x9a9a9a \
  fs solid noborder
set label word_half at screen px(at + 37), screen py(legend_y) left \
  noenhanced font font_label textcolor rgb ink
at = at + 7.5 * strlen (word_half) + 60
set object rectangle from screen px(at), screen py(legend_y + 6) \
  to screen px(at + 30), screen py(legend_y - 6) fc rgb 0xd4d4d4 \
  fs solid noborder
set label word_wide at screen px(at + 37), screen py(legend_y) left \
  noenhanced font font_label textcolor rgb ink
