# words.gp - the words drawn by the figures.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wants words: a file that puts words of another language in the place of these
# (as FOLDER/figures/data/words.gp of a French run), or "" for English. Titles,
# notes and labels of the data come from the caller in the reader's language.
# What is said here stands in sim/lang/figure-words.c too, for translation.

word_months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
word_day_one = "1"
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
word_difference = "mean difference and its confidence interval; grey: not distinguishable from 0"
word_sobol_title = "Shares of the variance"
word_sobol_axis = "share of the variance of the outcome"
word_first = "alone (first order)"
word_total = "with all others (total)"
word_dummy_factor = "read by no model"
word_interval = "95 % interval"
word_pawn_title = "How far each factor moves the distribution"
word_pawn_axis = "distance between distributions (0 to 1)"
word_median_slice = "median over slices"
word_chance = "chance: not told from a factor that does nothing"
word_morris_title = "Elementary effects"
word_mu_star = "mean size of the effect over the factor's range, µ*"
word_sigma = "spread of effects σ; dashed: σ / µ*"
word_trajectory_title = "Boxes on the way of peeling"
word_coverage = "coverage: share of the runs of interest that are in the box"
word_density = "density: share of the box's runs that are of interest"
word_restricted = "factors limited"
word_box_title = "Limits of the box"
word_range_axis = "share of the factor's range"
word_in_box = "in the box"
word_whole_range = "whole range"
word_limits = "limits"
word_trust = "quasi-p; found again in"
word_ranking = "Mean with its interval. Coloured: the best; black: still in contention; grey: dropped. On the right: replications."
word_west = "%g° W"
word_east = "%g° E"
word_north = "%g° N"
word_south = "%g° S"

# The decimal sign of axes, and the column of outlines/countries.tsv.
word_decimal = "."
word_names = "name"

if (strlen (words) > 0) { load words }
