# style.gp - the look of every figure: paper, letters, colours, corner note.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A figure script sets these, then loads this file:
#   out     file to write; .png is a picture 1600 px wide, all else is SVG
#   note    one line for the lower corner (source and run id), may be empty
#   title   the figure's title
#   words   file of words in another language, "" for English
#   width, height   size of the paper in units; one unit is one SVG pixel
#
# Text from tables and arguments is drawn as it is and never evaluated: every
# label with such a text says noenhanced, except what is bold. SVG knows bold
# in enhanced text only, so bold text goes through bold.gp, which escapes it.
# The tables are TSV: a header line, no quoting, so no TAB, newline, '"' or
# backslash in a text. A cell may be empty or NaN (NaN also breaks a line).

set encoding utf8
set datafile separator tab
set datafile columnheaders

is_png = strlen (out) > 4 && out[strlen (out) - 3:*] eq ".png"
if (is_png) {
  scale = 1600.0 / width
  set terminal pngcairo enhanced size 1600, int (height * scale) \
    font "Arial,11" fontscale scale linewidth scale \
    pointscale scale rounded background "#ffffff"
} else {
  set terminal svg enhanced size width, height dynamic \
    font "Arial,14" linewidth 1 rounded background "#ffffff"
}
set output out

# Sizes of letters: fonts are named by part, never by number. A cairo point
# is larger than an SVG pixel, hence two rows.
font_title = is_png ? "Arial:Bold,14" : "Arial:Bold,18"
font_strong = is_png ? "Arial:Bold,11" : "Arial:Bold,14"
font_label = is_png ? "Arial,10.5" : "Arial,13.5"
font_small = is_png ? "Arial,9.5" : "Arial,12"

# The size of points, which SVG draws larger.
dot = is_png ? 1.2 : 0.7

# Where a label goes that is not to be drawn: off every axis. gnuplot 5.4 dies
# of a set of labels without a single defined point, so NaN will not do.
nowhere = -1e12

# Paper coordinates: units from the left and from the top, as a reader counts.
px(u) = u / (width + 0.0)
py(u) = 1 - u / (height + 0.0)

# Okabe and Ito's colours, which stay apart for the colour-blind. Hue 1..8;
# the lightest one is darkened so that its tints can be seen on paper.
array hues[8] = [ 0xd55e00, 0x0072b2, 0x009e73, 0xcc79a7, \
                  0xe69f00, 0x56b4e9, 0xc9b600, 0x8c8c8c ]
hue(k) = hues[((int (k) - 1) % 8) + 1]
part(c, shift, f) = \
  (int (255.5 - f * (255 - ((int (c) >> shift) & 255))) & 255) << shift
tint(c, f) = part(c, 16, f) + part(c, 8, f) + part(c, 0, f)
wide_tint(k) = tint(hue(k), 0.28)
half_tint(k) = tint(hue(k), 0.62)

ink = 0x1a1a1a
faint = 0x6b6b6b
pale = 0xdddddd

set border 3 lc rgb faint lw 0.8
set tics nomirror out scale 0.5 textcolor rgb ink
set grid back lc rgb pale lw 0.7 dt solid
set style fill solid 1.0 noborder
set key off

load dir."words.gp"
set decimalsign word_decimal

# Paragraphs of the page: title above, note below. They are labels of the
# first plot; a figure of several plots does `unset label` after it.
plain = title
load dir."bold.gp"
set label bold at screen px(20), screen py(26) left enhanced \
  font font_title textcolor rgb ink
set label note at screen px(width - 16), screen py(height - 14) right \
  noenhanced font font_small textcolor rgb faint
