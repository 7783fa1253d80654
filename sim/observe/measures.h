/* measures.h - how well service held up, in single numbers. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A curve of service has one value a day: the share of what was wanted that
 * was served, 0 to 1, a number on every day. The measures look at it from the
 * day of the shock on. NAN stands for "did not happen within the run"
 * (censored): the length of the run is never put in its place, since it would
 * pass for a result.
 *
 * Time to survive and time to recover: Simchi-Levi et al., "Identifying risks
 * and mitigating disruptions in the automotive supply chain", Interfaces 45
 * (2015), doi 10.1287/inte.2015.0804; here as observed in a run, not as the
 * optimum of a linear programme. Resilience loss: Bruneau et al., "A framework
 * to quantitatively assess and enhance the seismic resilience of communities",
 * Earthquake Spectra 19 (2003); divided by the period: Cimellaro, Reinhorn &
 * Bruneau, "Framework for analytical quantification of disaster resilience",
 * Engineering Structures 32 (2010).
 */
#pragma once

#include <glib.h>

/* What counts as a shortage and as its end, and from when. Two thresholds, so
 * that a flicker between them is neither. */
typedef struct {
  guint shock;          /* day of the run, from 0; earlier days do not count */
  guint days;           /* of the run */
  double shortage_frac; /* a day is short when service is below it */
  double recovery_frac; /* and well when service is at or above it */
  guint need_days;      /* on end, to make a shortage or a recovery; >= 1 */
} SfServiceRule;

/* Measures of one curve. All are NAN when the shock lies behind the run. */
typedef enum {
  SF_SERVICE_SURVIVE,   /* days from the shock to the first day of the first
                           shortage, 0 when it is short on that very day; NAN:
                           there was none */
  SF_SERVICE_RECOVER,   /* days from the first day of that shortage to the
                           first day of its recovery; NAN: there was no
                           shortage, or it was not over when the run ended */
  SF_SERVICE_LOSS_DAYS, /* sum of 1 - service over the days from the shock to
                           the end of the run: the area above the curve, in
                           days of full service */
  SF_SERVICE_LOSS,      /* the same divided by these days: 0 (no loss) to 1 */
  SF_SERVICE_WORST,     /* depth: least mean of service over
                           SF_SERVICE_WORST_DAYS days on end, or over all days
                           when there are fewer */
  SF_SERVICE_N,
} SfServiceMeasure;

#define SF_SERVICE_WORST_DAYS 7u

/* What the metrics are called in tables, in the order above. */
extern const char *const sf_service_names[SF_SERVICE_N];

/* First day of the first shortage from the shock on, as a day of the run; NAN:
 * there is none. *short_days gets the days of all shortages together. A run of
 * short days that began before the shock counts from the shock. */
double sf_service_shortage (const float *served, const SfServiceRule *rule,
                            double *short_days);

/* Fills out[SF_SERVICE_N]. Linear in the days. */
void sf_service_measures (const float *served, const SfServiceRule *rule,
                          double *out);

/* Gini coefficient of n values >= 0, each counting alike: the mean distance of
 * two of them (each also with itself) over twice their mean. 0: all are equal;
 * (n - 1) / n: one has everything. NAN when n is 0 or all are 0. Quadratic in
 * n. */
double sf_gini (const double *values, guint n);
