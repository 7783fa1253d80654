# words.gp - the words drawn by the figures, by language.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wants lang ("en" or "fr", anything else is English). Titles, notes and
# labels of the data come from the caller in its own language.

months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
word_median = "median"
word_half = "half of runs (25–75 %)"
word_wide = "nine in ten runs (5–95 %)"
word_served = "% of demand served:"
word_cover = "days of cover:"
word_arrived = "trucks arriving per week"
word_lost = "trucks lost per week"
word_bars = "bars: mean of runs; whiskers: nine in ten runs (5–95 %)"
word_flow = "trucks per day"
word_losses = "trucks lost"
word_km = "km"
word_noflow = "none"
word_outlines = "outlines: Natural Earth"
word_interval = "mean difference and its confidence interval; grey: not distinguishable from 0"

if (lang eq "fr") {
  months = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc."
  word_median = "médiane"
  word_half = "la moitié des simulations (25–75 %)"
  word_wide = "neuf sur dix (5–95 %)"
  word_served = "% de la demande servie :"
  word_cover = "jours de couverture :"
  word_arrived = "camions arrivés par semaine"
  word_lost = "camions perdus par semaine"
  word_bars = "barres : moyenne des simulations ; traits : neuf sur dix"
  word_flow = "camions par jour"
  word_losses = "camions perdus"
  word_noflow = "aucun"
  word_outlines = "tracés : Natural Earth"
  word_interval = "différence moyenne et son intervalle de confiance ; gris : on ne peut la distinguer de 0"
}
