# panels.gp - stacked panels over one time axis: median and bands of a measure.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Loaded by shortage.gp and cover.gp, which set y_top (a number, or 0 for the
# data's own) and unit ("served" or "cover"). Arguments and columns: see there.

stats table using (column ("panel")) nooutput name "P"
panels = int (P_max)
width = 1000
panel_height = panels > 4 ? 100 : panels > 1 ? 150 : 330
panel_gap = 34
head = 84 + (strlen (marks) > 0 ? 18 : 0)
height = head + panels * (panel_height + panel_gap) + 72
load dir."style.gp"

when(name) = strptime ("%Y-%m-%d", strcol (name))
stats table using (when("date")) nooutput name "T"
t_first = T_min
t_last = T_max
array labels[panels]
array tones[panels]
array tops[panels]
do for [k = 1 : panels] {
  tops[k] = 0
  stats table using (column ("panel") == k ? (labels[k] = strcol ("label"), \
    tones[k] = column ("hue"), tops[k] = column ("p95") > tops[k] \
    ? column ("p95") : tops[k], 1) : NaN) nooutput
}
date_labels = 0
load dir."dates.gp"

legend_y = 55
legend_unit = unit eq "served" ? word_served : word_cover
load dir."legend.gp"

set lmargin at screen px(56)
set rmargin at screen px(width - 28)
load dir."scale.gp"
# Days of the first four fifths are named to the right, later ones to the left.
early(t, want) = t >= t_first && t <= t_last \
  && (t < t_first + 0.8 * (t_last - t_first)) == want ? t : nowhere
in(k, name) = column ("panel") == k ? column (name) : NaN
has_marks = strlen (marks) > 0
# An empty loop of a plot still looks into its file, so there must be one.
$no_rows << EOD
date	label
2000-01-01	-
EOD
if (!has_marks) { marks = "$no_rows" }
# The names of the marked days stand above the first panel only.
set multiplot
do for [k = 1 : panels] {
  tone = tones[k]
  y_max = y_top > 0 ? y_top : tops[k] > 0 ? tops[k] * 1.05 : 1.0
  set yrange [0 : y_max]
  roomy = panel_height > 120
  y_step = y_top > 0 ? y_top / (roomy ? 4 : 2.0) : nice(y_max / (roomy ? 5 : 3))
  set ytics 0, y_step font font_label
  top = head + panel_gap - 6 + (k - 1) * (panel_height + panel_gap)
  set tmargin at screen py(top)
  set bmargin at screen py(top + panel_height)
  plain = labels[k]
  load dir."bold.gp"
  set label 90 bold enhanced at graph 0, graph 1 offset 0, 0.7 left \
    font font_strong textcolor rgb ink
  if (k == panels) {
    date_labels = 1
    load dir."dates.gp"
  }
  plot table using (when("date")):(in(k, "p05")):(in(k, "p95")) \
      with filledcurves fc rgb wide_tint(tone), \
    "" using (when("date")):(in(k, "p25")):(in(k, "p75")) \
      with filledcurves fc rgb half_tint(tone), \
    for [i = 1 : has_marks] marks using (when("date")):(0.0):(0.0):(y_max) \
      with vectors nohead lw 1.2 dt 2 lc rgb faint, \
    table using (when("date")):(in(k, "p50")) with lines lw 2 lc rgb ink, \
    for [i = 1 : has_marks && k == 1] marks \
      using (early(when("date"), 1)):(y_max):(strcol ("label")) \
      with labels left noenhanced offset 0, 2 font font_small \
      textcolor rgb ink, \
    for [i = 1 : has_marks && k == 1] marks \
      using (early(when("date"), 0)):(y_max):(strcol ("label")) \
      with labels right noenhanced offset 0, 2 font font_small \
      textcolor rgb ink
  if (k == 1) {
    unset label
    unset object
    unset arrow
  }
}
unset multiplot
