# sobol.gp - shares of the variance: first order and total, by factor.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gnuplot -c plots/sobol.gp TABLE OUT TITLE NOTE WORDS
#
# TABLE  label (the factor's name), is_dummy (1 for a factor that no model
#        reads, else 0), first, first_low, first_high, total, total_low,
#        total_high: indices and their 95 % intervals. Drawn in the order of the
#        table, from the top; NaN or empty is not drawn
# TITLE and what follows may be left out.

dir = ARG0[1 : strlen (ARG0) - strlen ("sobol.gp")]
table = ARG1; out = ARG2; title = ARG3; note = ARG4; words = ARG5
load dir."words.gp"
if (title eq "") { title = word_sobol_title }

set datafile separator tab
set datafile columnheaders
rows = 0
x_max = 0
x_min = 0
has_dummy = 0
top(name) = column (name) > x_max ? column (name) : x_max
stats table using (rows = rows + 1, x_max = top("first_high"), \
  x_max = top("total_high"), x_min = column ("first_low") < x_min \
  ? column ("first_low") : x_min, has_dummy = column ("is_dummy") > 0 \
  ? 1 : has_dummy, 1) nooutput
head = 76
foot = 92
right = 28
load dir."rows.gp"

x_max = x_max > 1 ? x_max * 1.02 : x_max > 0 ? x_max * 1.06 : 1.0
x_min = x_min * 1.06 < -x_max ? -x_max : x_min * 1.06
set xrange [x_min : x_max]
set xtics nice((x_max - x_min) / 6)
set xlabel word_sobol_axis offset 0, 0.4 font font_label textcolor rgb ink

tone_first = hue(2)
tone_total = tint(hue(2), 0.38)
dummy_first = hue(8)
dummy_total = tint(hue(8), 0.45)
key_kind = "bar"; key_color = tone_first; key_words = word_first
load dir."key.gp"
key_color = tone_total; key_words = word_total
load dir."key.gp"
if (has_dummy) {
  key_color = dummy_first; key_words = word_dummy_factor
  load dir."key.gp"
}
key_kind = "line"; key_color = ink; key_words = word_interval
load dir."key.gp"

y(k) = column (0) + 1 + k
tone(plain_tone, dummy_tone) \
  = column ("is_dummy") > 0 ? dummy_tone : plain_tone
set arrow from 0, 0.5 to 0, rows + 0.5 nohead lw 0.8 lc rgb faint front
plot table using (column ("first")):(y(-0.19)):(0):(column ("first")): \
    (y(-0.36)):(y(-0.02)):(tone(tone_first, dummy_first)): \
    ytic(cut(strcol ("label"))) \
    with boxxyerror fc rgb variable, \
  table using (column ("total")):(y(0.19)):(0):(column ("total")): \
    (y(0.02)):(y(0.36)):(tone(tone_total, dummy_total)) \
    with boxxyerror fc rgb variable, \
  table using (column ("first_low")):(y(-0.19)): \
    (column ("first_high") - column ("first_low")):(0) \
    with vectors nohead lw 1.4 lc rgb ink, \
  table using (column ("total_low")):(y(0.19)): \
    (column ("total_high") - column ("total_low")):(0) \
    with vectors nohead lw 1.4 lc rgb ink
