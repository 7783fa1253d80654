# cover.gp - for how many days the stock would last, day by day.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/cover.gp TABLE MARKS OUT TITLE NOTE WORDS
#
# TABLE  panel (1, 2, ... from the top, rows of a panel together), label (the
#        panel's name), hue (1..8), date (YYYY-MM-DD), p05, p25, p50, p75, p95
#        in days
# MARKS  date, label: days marked by a vertical line, few; "" for none

dir = ARG0[1 : strlen (ARG0) - strlen ("cover.gp")]
table = ARG1; marks = ARG2; out = ARG3; title = ARG4; note = ARG5; words = ARG6
y_top = 0
unit = "cover"
load dir."panels.gp"
