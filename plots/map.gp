# map.gp - flow and losses on the roads, over coasts and national borders.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/map.gp LINKS NODES OUTLINES LAND COUNTRIES \
#   OUT TITLE NOTE WORDS
#
# LINKS      from_lat_deg, from_lon_deg, to_lat_deg, to_lon_deg, trucks_per_day,
#            lost_count (trucks over the whole run)
# NODES      title, lat_deg, lon_deg, kind (capital, city, port, border, other),
#            label_side (right, left, above, below; none: a dot only).
#            Whoever makes the table chooses sides so that names keep apart
# OUTLINES   lon_deg, lat_deg, sides (1 coast, 2 border), lines with a blank
#            line between, as in plots/outlines/west-africa.tsv; "" for none
# LAND       lon_deg, lat_deg, closed rings to fill; "" for none
# COUNTRIES  name, name_fr, lon_deg, lat_deg; "" for none
#
# The picture shows all links and nodes of the tables and a margin. A degree of
# longitude is drawn cos(middle latitude) times as long as one of latitude.

dir = ARG0[1 : strlen (ARG0) - strlen ("map.gp")]
links = ARG1; nodes = ARG2; outlines = ARG3; land = ARG4; countries = ARG5
out = ARG6; title = ARG7; note = ARG8; words = ARG9

set datafile separator tab
set datafile columnheaders
set angles degrees
least(a, b) = a < b ? a : b
most(a, b) = a > b ? a : b
stats links using (least(column ("from_lon_deg"), column ("to_lon_deg"))) \
  nooutput name "W"
stats links using (most(column ("from_lon_deg"), column ("to_lon_deg"))) \
  nooutput name "E"
stats links using (least(column ("from_lat_deg"), column ("to_lat_deg"))) \
  nooutput name "S"
stats links using (most(column ("from_lat_deg"), column ("to_lat_deg"))) \
  nooutput name "N"
stats nodes using (column ("lon_deg")) nooutput name "X"
stats nodes using (column ("lat_deg")) nooutput name "Y"
stats links using (column ("trucks_per_day")) nooutput name "F"
stats links using (column ("lost_count")) nooutput name "L"

# The first capital of the table.
capital = 0
capital_title = ""
stats nodes using (strcol ("kind") eq "capital" && !capital ? (capital = 1, \
  capital_title = strcol ("title"), capital_side = strcol ("label_side"), \
  capital_lon = column ("lon_deg"), capital_lat = column ("lat_deg"), 1) \
  : NaN) nooutput

west = least(W_min, X_min)
east = most(E_max, X_max)
south = least(S_min, Y_min)
north = most(N_max, Y_max)
margin = 0.045 * most(most(east - west, north - south), 0.1)
west = west - margin
east = east + margin
south = south - margin
north = north + margin
squeeze = cos ((south + north) / 2)

# The paper is 1000 wide; a slim region gets more land at its sides.
shape = (north - south) / ((east - west) * squeeze)
more_lon = shape > 0.85 ? (shape / 0.85 - 1) * (east - west) / 2 : 0
more_lat = shape < 0.45 ? (0.45 / shape - 1) * (north - south) / 2 : 0
west = west - more_lon
east = east + more_lon
south = south - more_lat
north = north + more_lat
shape = (north - south) / ((east - west) * squeeze)

width = 1000
map_width = 930.0
map_height = map_width * shape
head = 48
height = head + map_height + 122
load dir."style.gp"
load dir."scale.gp"

deg_per_unit = (east - west) / map_width
km_per_unit = deg_per_unit * squeeze * 111.2
set xrange [west : east]
set yrange [south : north]
set lmargin at screen px(46)
set rmargin at screen px(46 + map_width)
set tmargin at screen py(head)
set bmargin at screen py(head + map_height)

# Graticule: a round step, named at the left and below.
step = most(nice((east - west) / 6), 0.1)
lon_name(x) = x == 0 ? "0°" \
  : sprintf (x < 0 ? word_west : word_east, abs (x))
lat_name(y) = y == 0 ? "0°" \
  : sprintf (y < 0 ? word_south : word_north, abs (y))
set xtics () scale 0 offset 0, 0.3 font font_small textcolor rgb faint
set ytics () scale 0 offset 0.5, 0 rotate by 90 center font font_small \
  textcolor rgb faint
do for [i = ceil (west / step) : floor (east / step)] {
  set xtics add (lon_name(i * step) i * step)
}
do for [i = ceil (south / step) : floor (north / step)] {
  set ytics add (lat_name(i * step) i * step)
}
unset grid
set samples 2
set border 15 lc rgb faint lw 0.8

has_lines = strlen (outlines) > 0
has_land = strlen (land) > 0
has_names = strlen (countries) > 0
# An empty loop of a plot still looks into its file, so there must be one.
$no_lines << EOD
lon_deg	lat_deg	sides	name	name_fr
0	0	1	-	-
EOD
if (!has_lines) { outlines = "$no_lines" }
if (!has_land) { land = "$no_lines" }
if (!has_names) { countries = "$no_lines" }
set object rectangle from graph 0, 0 to graph 1, 1 behind \
  fc rgb (has_land ? 0xe4edf3 : 0xffffff) fs solid noborder

# Widths by class of trucks per day: the bounds are 1/20, 1/5 and 1/2 of the
# largest flow, made round.
flow_ink = 0x0072b2
loss_ink = 0xd55e00
top = most(F_max, 1e-6)
array bounds[5] = [ 0, nice(top / 20), nice(top / 5), nice(top / 2), 1e30 ]
array widths[4] = [ 1.6, 3.2, 5.2, 8.0 ]
in_class(i) = column ("trucks_per_day") > 0 \
  && column ("trucks_per_day") >= bounds[i] \
  && column ("trucks_per_day") < bounds[i + 1]
class_name(i) = i == 1 ? sprintf ("< %g", bounds[2]) \
  : i == 4 ? sprintf ("≥ %g", bounds[4]) \
  : sprintf ("%g–%g", bounds[i], bounds[i + 1])

# Area by trucks lost; the largest circle has a radius of 26 units.
lost_top = most(L_max, 1e-6)
radius(n) = 26 * sqrt (n / lost_top)

# Legend, below the map.
legend_y = head + map_height + 62
at = 46
set label word_flow at screen px(at), screen py(legend_y) left enhanced \
  font font_strong textcolor rgb ink
at = at + 9.2 * strlen (word_flow) + 8
set arrow from screen px(at), screen py(legend_y) to screen px(at + 28), \
  screen py(legend_y) nohead lw 0.9 lc rgb 0x808080
set label word_noflow at screen px(at + 34), screen py(legend_y) left \
  noenhanced font font_label textcolor rgb ink
at = at + 52 + 7.5 * strlen (word_noflow)
do for [i = 1 : (F_max > 0 ? 4 : 0)] {
  set arrow from screen px(at), screen py(legend_y) to screen px(at + 28), \
    screen py(legend_y) nohead lw widths[i] lc rgb flow_ink
  set label class_name(i) at screen px(at + 36), screen py(legend_y) left \
    noenhanced font font_label textcolor rgb ink
  at = at + 87
}
if (L_max > 0) {
  at = at + 10
  set label word_losses at screen px(at), screen py(legend_y) left \
    enhanced font font_strong textcolor rgb ink
  at = at + 9.2 * strlen (word_losses) + 10
  do for [f in "20 5 1.25"] {
    sample = nice(lost_top / f)
    sample = sample > lost_top ? lost_top : sample
    r = radius(sample)
    at = at + r
    set object circle at screen px(at), screen py(legend_y) \
      size first r * deg_per_unit fc rgb loss_ink \
      fs transparent solid 0.5 border lc rgb loss_ink
    set label sprintf ("%g", sample) at screen px(at + r + 5), \
      screen py(legend_y) left noenhanced font font_label textcolor rgb ink
    at = at + r + 36
  }
}

# Scale bar: round kilometres, near a tenth of the map's width.
bar_km = nice(map_width * km_per_unit / 10)
bar_end = 46 + bar_km / km_per_unit
set arrow from screen px(46), screen py(height - 14) \
  to screen px(bar_end), screen py(height - 14) \
  heads size screen 0.004, 90 lw 1.4 lc rgb ink
set label sprintf ("%g %s", bar_km, word_km) \
  .(has_lines ? "     ".word_outlines : "") \
  at screen px(bar_end + 8), screen py(height - 14) left noenhanced \
  font font_small textcolor rgb ink

# The capital's name is bold, so it is escaped like a title.
if (capital && capital_side ne "none") {
  plain = capital_title
  load dir."bold.gp"
  move_x = capital_side eq "right" ? 1.2 : capital_side eq "left" ? -1.2 : 0
  move_y = capital_side eq "above" ? 1 : capital_side eq "below" ? -1 : 0
  set label 80 bold at first capital_lon, capital_lat offset move_x, move_y \
    enhanced front font font_strong textcolor rgb ink
  if (move_x > 0) { set label 80 left }
  if (move_x < 0) { set label 80 right }
  if (move_x == 0) { set label 80 center }
}

dlon(x) = column ("to_lon_deg") - column ("from_lon_deg")
dlat(x) = column ("to_lat_deg") - column ("from_lat_deg")
mid(a, b) = (column (a) + column (b)) / 2
name_column = word_names
inside(x, y) = x > west + margin && x < east - margin \
  && y > south + margin / 2 && y < north - margin / 2
is_side(side) = strcol ("label_side") eq side \
  && strcol ("kind") ne "capital" ? column ("lon_deg") : nowhere
is_kind(kind) = strcol ("kind") eq kind ? column ("lon_deg") : NaN
is_other(x) = strcol ("kind") ne "port" && strcol ("kind") ne "border" \
  && strcol ("kind") ne "capital" ? column ("lon_deg") : nowhere

plot for [i = 1 : has_land] land using "lon_deg":"lat_deg" \
    with filledcurves closed fc rgb 0xffffff, \
  for [i = ceil (west / step) : floor (east / step)] "+" \
    using (i * step):(south):(0):(north - south) with vectors nohead \
    lw 0.6 lc rgb 0xe6e6e6, \
  for [i = ceil (south / step) : floor (north / step)] "+" \
    using (west):(i * step):(east - west):(0) with vectors nohead \
    lw 0.6 lc rgb 0xe6e6e6, \
  for [i = 1 : has_lines] outlines using "lon_deg": \
    (column ("sides") == 2 ? column ("lat_deg") : NaN) with lines \
    lw 2.4 lc rgb 0xe0d8cc, \
  for [i = 1 : has_lines] outlines using "lon_deg": \
    (column ("sides") == 1 ? column ("lat_deg") : NaN) with lines \
    lw 1 lc rgb 0x7d93a3, \
  for [i = 1 : has_names] countries using \
    (inside(column ("lon_deg"), column ("lat_deg")) \
    ? column ("lon_deg") : nowhere): \
    "lat_deg":(strcol (name_column)) with labels center noenhanced \
    font font_label textcolor rgb 0x9a8f80, \
  links using "from_lon_deg":"from_lat_deg":(dlon(0)):(dlat(0)) \
    with vectors nohead lw 0.9 lc rgb 0x808080, \
  for [c = 1 : 4] links using (in_class(c) ? column ("from_lon_deg") : NaN): \
    "from_lat_deg":(dlon(0)):(dlat(0)) with vectors nohead lw widths[c] \
    lc rgb flow_ink, \
  links using (column ("lost_count") > 0 \
    ? mid("from_lon_deg", "to_lon_deg") : NaN): \
    (mid("from_lat_deg", "to_lat_deg")): \
    (radius(column ("lost_count")) * deg_per_unit) with circles \
    fc rgb loss_ink fs transparent solid 0.5 border lc rgb loss_ink, \
  nodes using (is_other(0)):"lat_deg" with points pt 7 ps 0.55 * dot \
    lc rgb ink, \
  nodes using (is_kind("border")):"lat_deg" with points pt 13 ps 0.9 * dot \
    lc rgb ink, \
  nodes using (is_kind("port")):"lat_deg" with points pt 5 \
    ps 0.8 * dot lc rgb ink, \
  nodes using (is_kind("capital")):"lat_deg" with points pt 7 ps 1.5 * dot \
    lc rgb ink, \
  nodes using (is_side("right")):"lat_deg": \
    (strcol ("title")) with labels left noenhanced offset 0.9, 0 \
    font font_label textcolor rgb ink, \
  nodes using (is_side("left")):"lat_deg": \
    (strcol ("title")) with labels right noenhanced offset -0.9, 0 \
    font font_label textcolor rgb ink, \
  nodes using (is_side("above")):"lat_deg": \
    (strcol ("title")) with labels center noenhanced offset 0, 0.8 \
    font font_label textcolor rgb ink, \
  nodes using (is_side("below")):"lat_deg": \
    (strcol ("title")) with labels center noenhanced offset 0, -0.8 \
    font font_label textcolor rgb ink
