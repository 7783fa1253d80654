/* fit-search.c - evolution strategy with a covariance matrix. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit-search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_matrix.h>

#define VARIANCE_MIN 1e-20 /* of the longest axis */
#define SIGMA_FIRST 0.2    /* that of the uniform distribution is 0.29 */
#define SIGMA_MAX 0.5
/* Below, the search is over: no two places could be told apart (fit.h) by far,
 * and a little later sigma would be too small to divide by. */
#define SIGMA_MIN 1e-30

struct SfFitSearch {
  guint d, n, n_parents;
  double *weights; /* of the parents, best first; their sum is 1 */
  double mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu, chi;
  /* state */
  guint n_learned;
  double sigma;
  double *mean, *path_sigma, *path_c; /* d each */
  double *c;                          /* d x d, symmetric */
  double *axes, *lengths; /* eigenvectors in columns, roots of eigenvalues */
};

static void
choose_constants (SfFitSearch *s)
{
  double d = s->d, sum = 0, squares = 0;
  for (guint i = 0; i < s->n_parents; i++) {
    s->weights[i] = log (s->n_parents + 0.5) - log (i + 1.0);
    sum += s->weights[i];
  }
  for (guint i = 0; i < s->n_parents; i++) {
    s->weights[i] /= sum;
    squares += s->weights[i] * s->weights[i];
  }
  double mu = s->mu_eff = 1 / squares;
  s->c_sigma = (mu + 2) / (d + mu + 5);
  s->d_sigma = 1 + 2 * MAX (0, sqrt ((mu - 1) / (d + 1)) - 1) + s->c_sigma;
  s->c_c = (4 + mu / d) / (d + 4 + 2 * mu / d);
  s->c_1 = 2 / ((d + 1.3) * (d + 1.3) + mu);
  s->c_mu = MIN (1 - s->c_1, 2 * (mu - 2 + 1 / mu) / ((d + 2) * (d + 2) + mu));
  s->chi = sqrt (d) * (1 - 1 / (4 * d) + 1 / (21 * d * d));
}

SfFitSearch *
sf_fit_search_new (guint d, guint n)
{
  g_return_val_if_fail (d > 0 && n >= 4, NULL);
  SfFitSearch *s = g_new0 (SfFitSearch, 1);
  s->d = d;
  s->n = n;
  s->n_parents = n / 2;
  s->weights = g_new0 (double, s->n_parents);
  choose_constants (s);
  s->sigma = SIGMA_FIRST;
  s->mean = g_new0 (double, d);
  s->path_sigma = g_new0 (double, d);
  s->path_c = g_new0 (double, d);
  s->c = g_new0 (double, (gsize)d *d);
  s->axes = g_new0 (double, (gsize)d *d);
  s->lengths = g_new0 (double, d);
  for (guint i = 0; i < d; i++) {
    s->mean[i] = 0.5;
    s->c[i * d + i] = s->axes[i * d + i] = s->lengths[i] = 1;
  }
  return s;
}

void
sf_fit_search_free (SfFitSearch *s)
{
  if (!s)
    return;
  g_free (s->weights);
  g_free (s->mean);
  g_free (s->path_sigma);
  g_free (s->path_c);
  g_free (s->c);
  g_free (s->axes);
  g_free (s->lengths);
  g_free (s);
}

double
sf_fit_search_reflect (double x)
{
  x = fabs (fmod (x, 2));
  return x > 1 ? 2 - x : x;
}

void
sf_fit_search_propose (const SfFitSearch *s, SfStream *stream, double *place)
{
  guint d = s->d;
  memcpy (place, s->mean, d * sizeof *place);
  for (guint k = 0; k < d; k++) {
    double z = s->sigma * s->lengths[k] * sf_stream_normal (stream, 0, 1);
    for (guint i = 0; i < d; i++)
      place[i] += s->axes[i * d + k] * z;
  }
  for (guint i = 0; i < d; i++)
    place[i] = sf_fit_search_reflect (place[i]);
}

/* ---- Learning ------------------------------------------------------------ */

typedef struct {
  double distance;
  guint index;
} Ranked;

static int
by_distance (const void *a, const void *b)
{
  const Ranked *x = a, *y = b;
  if (x->distance != y->distance)
    return x->distance > y->distance ? 1 : -1;
  return (x->index > y->index) - (x->index < y->index);
}

static Ranked *
rank (const double *distances, guint n)
{
  Ranked *ranked = g_new (Ranked, n);
  for (guint i = 0; i < n; i++)
    ranked[i] = (Ranked){ distances[i], i };
  qsort (ranked, n, sizeof *ranked, by_distance);
  return ranked;
}

/* out = C^-1/2 step */
static void
whiten (const SfFitSearch *s, const double *step, double *out)
{
  guint d = s->d;
  memset (out, 0, d * sizeof *out);
  for (guint k = 0; k < d; k++) {
    double along = 0;
    for (guint i = 0; i < d; i++)
      along += s->axes[i * d + k] * step[i];
    along /= s->lengths[k];
    for (guint i = 0; i < d; i++)
      out[i] += s->axes[i * d + k] * along;
  }
}

static double
norm (const double *x, guint d)
{
  double sum = 0;
  for (guint i = 0; i < d; i++)
    sum += x[i] * x[i];
  return sqrt (sum);
}

/* Axes and their lengths from C. */
static void
decompose (SfFitSearch *s)
{
  guint d = s->d;
  gsl_matrix *c = gsl_matrix_alloc (d, d), *v = gsl_matrix_alloc (d, d);
  gsl_vector *values = gsl_vector_alloc (d);
  gsl_eigen_symmv_workspace *room = gsl_eigen_symmv_alloc (d);
  for (guint i = 0; i < d; i++)
    for (guint j = 0; j < d; j++)
      gsl_matrix_set (c, i, j, (s->c[i * d + j] + s->c[j * d + i]) / 2);
  gsl_eigen_symmv (c, values, v, room);
  double most = gsl_vector_max (values);
  for (guint k = 0; k < d; k++) {
    double value = MAX (gsl_vector_get (values, k), VARIANCE_MIN * most);
    s->lengths[k] = sqrt (value);
    for (guint i = 0; i < d; i++)
      s->axes[i * d + k] = gsl_matrix_get (v, i, k);
  }
  gsl_eigen_symmv_free (room);
  gsl_vector_free (values);
  gsl_matrix_free (v);
  gsl_matrix_free (c);
}

/* C from the path and from where the best lie, seen from the old mean. */
static void
learn_shape (SfFitSearch *s, const double *old, const double *places,
             const Ranked *ranked, double is_steady)
{
  guint d = s->d;
  double lost = (1 - is_steady) * s->c_c * (2 - s->c_c);
  double keep = 1 - s->c_1 - s->c_mu + s->c_1 * lost;
  for (guint i = 0; i < d; i++)
    for (guint j = 0; j < d; j++)
      s->c[i * d + j]
          = keep * s->c[i * d + j] + s->c_1 * s->path_c[i] * s->path_c[j];
  for (guint k = 0; k < s->n_parents; k++) {
    const double *x = places + (gsize)ranked[k].index * d;
    double w = s->c_mu * s->weights[k] / (s->sigma * s->sigma);
    for (guint i = 0; i < d; i++)
      for (guint j = 0; j < d; j++)
        s->c[i * d + j] += w * (x[i] - old[i]) * (x[j] - old[j]);
  }
}

static void
move_mean (SfFitSearch *s, const double *places, const Ranked *ranked)
{
  memset (s->mean, 0, s->d * sizeof *s->mean);
  for (guint k = 0; k < s->n_parents; k++)
    for (guint i = 0; i < s->d; i++)
      s->mean[i] += s->weights[k] * places[(gsize)ranked[k].index * s->d + i];
}

void
sf_fit_search_learn (SfFitSearch *s, const double *places,
                     const double *distances)
{
  guint d = s->d;
  if (s->sigma < SIGMA_MIN)
    return;
  g_autofree Ranked *ranked = rank (distances, s->n);
  g_autofree double *old = g_memdup2 (s->mean, d * sizeof *s->mean);
  g_autofree double *step = g_new (double, d), *white = g_new (double, d);
  move_mean (s, places, ranked);
  for (guint i = 0; i < d; i++)
    step[i] = (s->mean[i] - old[i]) / s->sigma;
  whiten (s, step, white);
  double a = s->c_sigma, b = sqrt (a * (2 - a) * s->mu_eff);
  for (guint i = 0; i < d; i++)
    s->path_sigma[i] = (1 - a) * s->path_sigma[i] + b * white[i];
  double length = norm (s->path_sigma, d);
  double usual = sqrt (-expm1 (2 * (s->n_learned + 1) * log1p (-a))) * s->chi;
  double is_steady = length < (1.4 + 2 / (d + 1.0)) * usual ? 1 : 0;
  a = s->c_c;
  b = is_steady * sqrt (a * (2 - a) * s->mu_eff);
  for (guint i = 0; i < d; i++)
    s->path_c[i] = (1 - a) * s->path_c[i] + b * step[i];
  learn_shape (s, old, places, ranked, is_steady);
  s->sigma *= exp (s->c_sigma / s->d_sigma * (length / s->chi - 1));
  s->sigma = MIN (s->sigma, SIGMA_MAX);
  s->n_learned++;
  decompose (s);
}
