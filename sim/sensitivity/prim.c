/* prim.c - where the runs of interest lie. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/prim.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_sort.h>

/* The rows inside the present box. */
typedef struct {
  const SfBoxRows *rows;
  guint n, n_interest;
  gsize *order; /* k times sample.n: the first n of each, by ascending value */
  double peel_frac;
} Inside;

/* Something that could be peeled off, or has been. */
typedef struct {
  guint column;
  SfLimit limit;       /* of the column, afterwards */
  guint n, n_interest; /* rows that go */
  double gain;
} Peel;

static double
value (const SfBoxRows *rows, gsize row, guint c)
{
  return rows->sample.x[row * rows->sample.k + c];
}

/* ---- Peels --------------------------------------------------------------- */

/* Gain of density per row lost. */
static void
consider (const Inside *in, Peel *peel, Peel *best)
{
  if (peel->n == 0 || peel->n >= in->n)
    return;
  double before = (double)in->n_interest / in->n;
  double after
      = (double)(in->n_interest - peel->n_interest) / (in->n - peel->n);
  peel->gain = (after - before) / peel->n;
  if (peel->gain > best->gain)
    *best = *peel;
}

/* The rows of a column from one end on: place 0 is the outermost. */
typedef struct {
  const SfBoxRows *rows;
  const gsize *first;
  gssize step;
  guint column;
} End;

static gsize
end_row (const End *end, guint place)
{
  return end->first[end->step * (gssize)place];
}

static double
end_value (const End *end, guint place)
{
  return value (end->rows, end_row (end, place), end->column);
}

/* How many of n > want rows go: about `want`, but equal values stay together
 * and at least one value goes. */
static guint
count_end (const End *end, guint n, guint want)
{
  guint cut = want;
  double outermost = end_value (end, 0);
  if (end_value (end, cut) == outermost)
    while (cut < n && end_value (end, cut) == outermost)
      cut++;
  else
    while (end_value (end, cut - 1) == end_value (end, cut))
      cut--;
  return cut;
}

static void
consider_end (const Inside *in, const SfBox *box, guint c, gboolean is_high,
              Peel *best)
{
  guint want = MAX (1, (guint)(in->peel_frac * in->n));
  if (want >= in->n)
    return;
  const gsize *order = in->order + (gsize)c * in->rows->sample.n;
  End end
      = { in->rows, is_high ? order + in->n - 1 : order, is_high ? -1 : 1, c };
  guint cut = count_end (&end, in->n, want);
  if (cut >= in->n)
    return;
  Peel peel = { c, box->limits[c], cut, 0, 0 };
  for (guint i = 0; i < cut; i++)
    peel.n_interest += in->rows->is_of_interest[end_row (&end, i)];
  *(is_high ? &peel.limit.high : &peel.limit.low) = end_value (&end, cut);
  consider (in, &peel, best);
}

static void
consider_categories (const Inside *in, const SfBox *box, guint c, Peel *best)
{
  const gsize *order = in->order + (gsize)c * in->rows->sample.n;
  for (guint i = 0, next; i < in->n; i = next) {
    guint category = (guint)value (in->rows, order[i], c);
    Peel peel = { c, box->limits[c], 0, 0, 0 };
    for (next = i; next < in->n && value (in->rows, order[next], c) == category;
         next++)
      peel.n_interest += in->rows->is_of_interest[order[next]];
    peel.n = next - i;
    peel.limit.categories &= ~((guint64)1 << category);
    consider (in, &peel, best);
  }
}

static Peel
find_peel (const Inside *in, const SfBox *box)
{
  Peel best = { .gain = -INFINITY };
  for (guint c = 0; c < box->k; c++)
    if (sf_sample_column (&in->rows->sample, c) == SF_COLUMN_CATEGORY)
      consider_categories (in, box, c, &best);
    else {
      consider_end (in, box, c, FALSE, &best);
      consider_end (in, box, c, TRUE, &best);
    }
  return best;
}

/* Keeps the rows of `box` in the ordered lists. */
static void
shrink (Inside *in, const SfBox *box)
{
  const SfSample *sample = &in->rows->sample;
  g_autofree gboolean *is_in = g_new0 (gboolean, sample->n);
  for (guint i = 0; i < in->n; i++)
    is_in[in->order[i]] = sf_box_holds (box, sample, (guint)in->order[i]);
  for (guint c = 0; c < sample->k; c++) {
    gsize *order = in->order + (gsize)c * sample->n;
    guint kept = 0;
    for (guint i = 0; i < in->n; i++)
      if (is_in[order[i]])
        order[kept++] = order[i];
  }
  in->n = box->n;
  in->n_interest = box->n_interest;
}

static void
peel_all (SfPrim *prim)
{
  const SfSample *sample = &prim->rows.sample;
  guint n = sample->n, k = sample->k;
  g_autofree gsize *order = g_new (gsize, (gsize)n * k + 1);
  g_autoptr (GPtrArray) boxes = g_ptr_array_new (); /* SfBox */
  for (guint c = 0; c < k && n > 0; c++)
    gsl_sort_index (order + (gsize)c * n, sample->x + c, k, n);
  Inside in = { &prim->rows, n, prim->rows.n_interest, order,
                prim->options.peel_frac };
  SfBox *box = sf_box_new (k);
  sf_box_measure (box, &prim->rows);
  g_ptr_array_add (boxes, box);
  while (in.n_interest < in.n) {
    Peel peel = find_peel (&in, box);
    if (peel.gain < 0 || in.n - peel.n < prim->options.mass_min_frac * n)
      break;
    box = sf_box_copy (box);
    box->limits[peel.column] = peel.limit;
    sf_box_measure (box, &prim->rows);
    g_ptr_array_add (boxes, box);
    shrink (&in, box);
  }
  prim->n_boxes = boxes->len;
  prim->boxes = (SfBox **)g_ptr_array_steal (boxes, NULL);
}

/* ---- Rows ---------------------------------------------------------------- */

/* Copies those of n rows that `part` names. */
static SfPrim *
copy_rows (const SfSample *sample, const double *y, const guint *part, guint n,
           const SfPrimOptions *options)
{
  guint k = sample->k;
  double *x = g_new (double, (gsize)n *k + 1);
  SfPrim *prim = g_new0 (SfPrim, 1);
  prim->options = *options;
  prim->rows.is_of_interest = g_new (gboolean, n + 1);
  for (guint i = 0; i < n; i++) {
    memcpy (x + (gsize)i * k, sample->x + (gsize)part[i] * k, k * sizeof *x);
    prim->rows.is_of_interest[i] = y[part[i]] != 0;
    prim->rows.n_interest += y[part[i]] != 0;
  }
  prim->rows.sample
      = (SfSample){ n, k, x,
                    sample->columns ? g_memdup2 (sample->columns,
                                                 k * sizeof *sample->columns)
                                    : NULL };
  return prim;
}

static gboolean
has_good_categories (const SfSample *sample)
{
  for (guint c = 0; c < sample->k; c++)
    for (guint r = 0; r < sample->n; r++) {
      double x = sample->x[(gsize)r * sample->k + c];
      if (sf_sample_column (sample, c) == SF_COLUMN_CATEGORY
          && !(x >= 0 && x < SF_CATEGORIES_MAX && x == floor (x)))
        return FALSE;
    }
  return TRUE;
}

SfPrim *
sf_prim_new (const SfSample *sample, const double *y,
             const SfPrimOptions *options)
{
  g_return_val_if_fail (sample != NULL && sample->k > 0, NULL);
  g_return_val_if_fail (y != NULL || sample->n == 0, NULL);
  g_return_val_if_fail (options != NULL && options->peel_frac > 0, NULL);
  g_return_val_if_fail (has_good_categories (sample), NULL);
  g_autofree guint *part = g_new (guint, sample->n + 1);
  guint n = 0;
  for (guint r = 0; r < sample->n; r++)
    if (!isnan (y[r]))
      part[n++] = r;
  SfPrim *prim = copy_rows (sample, y, part, n, options);
  prim->n_failed = sample->n - n;
  peel_all (prim);
  return prim;
}

SfPrim *
sf_prim_new_part (const SfPrim *prim, const guint *part, guint n)
{
  g_return_val_if_fail (prim != NULL && (part != NULL || n == 0), NULL);
  const SfBoxRows *rows = &prim->rows;
  g_autofree double *y = g_new (double, rows->sample.n + 1);
  for (guint r = 0; r < rows->sample.n; r++)
    y[r] = rows->is_of_interest[r];
  SfPrim *new = copy_rows (&rows->sample, y, part, n, &prim->options);
  peel_all (new);
  return new;
}

SfPrim *
sf_prim_new_outside (const SfPrim *prim, const SfBox *box)
{
  g_return_val_if_fail (prim != NULL && box != NULL, NULL);
  const SfSample *sample = &prim->rows.sample;
  g_autofree guint *part = g_new (guint, sample->n + 1);
  guint n = 0;
  for (guint r = 0; r < sample->n; r++)
    if (!sf_box_holds (box, sample, r))
      part[n++] = r;
  return sf_prim_new_part (prim, part, n);
}

/* ---- Pasting ------------------------------------------------------------- */

/* The box with one side of a factor opened so far that about `want` rows more
 * are inside, or a category; NULL when there is nothing to be had. */
static SfBox *
open_end (const SfPrim *prim, const SfBox *box, guint c, gboolean is_high)
{
  const SfBoxRows *rows = &prim->rows;
  guint n = 0, want = MAX (1, (guint)(prim->options.peel_frac * box->n));
  g_autoptr (SfBox) open = sf_box_copy (box);
  double *end = is_high ? &open->limits[c].high : &open->limits[c].low;
  double was = *end;
  if (isinf (was))
    return NULL;
  *end = is_high ? INFINITY : -INFINITY;
  g_autofree double *beyond = g_new (double, rows->sample.n);
  for (guint r = 0; r < rows->sample.n; r++) {
    double x = value (rows, r, c);
    if ((is_high ? x > was : x < was) && sf_box_holds (open, &rows->sample, r))
      beyond[n++] = x;
  }
  gsl_sort (beyond, 1, n);
  /* When the last row beyond comes in, the limit goes. */
  if (n > want) {
    double next = is_high ? beyond[want - 1] : beyond[n - want];
    if (next != beyond[is_high ? n - 1 : 0])
      *end = next;
  }
  sf_box_measure (open, rows);
  return g_steal_pointer (&open);
}

static SfBox *
open_category (const SfPrim *prim, const SfBox *box, guint c, guint category)
{
  guint64 bit = (guint64)1 << category;
  if (box->limits[c].categories & bit)
    return NULL;
  g_autoptr (SfBox) open = sf_box_copy (box);
  open->limits[c].categories |= bit;
  sf_box_measure (open, &prim->rows);
  return open->n > box->n ? g_steal_pointer (&open) : NULL;
}

/* Keeps the denser of two boxes; `open` may be NULL. */
static void
take_denser (SfBox **best, SfBox *open)
{
  if (open && (!*best || open->density_frac > (*best)->density_frac)) {
    sf_box_free (*best);
    *best = open;
  } else {
    sf_box_free (open);
  }
}

static SfBox *
find_paste (const SfPrim *prim, const SfBox *box)
{
  SfBox *best = NULL;
  for (guint c = 0; c < box->k; c++)
    if (sf_sample_column (&prim->rows.sample, c) == SF_COLUMN_CATEGORY)
      for (guint i = 0; i < SF_CATEGORIES_MAX; i++)
        take_denser (&best, open_category (prim, box, c, i));
    else
      for (int is_high = 0; is_high < 2; is_high++)
        take_denser (&best, open_end (prim, box, c, is_high));
  return best;
}

SfBox *
sf_prim_paste (const SfPrim *prim, const SfBox *box)
{
  g_return_val_if_fail (prim != NULL && box != NULL, NULL);
  SfBox *pasted = sf_box_copy (box);
  for (;;) {
    SfBox *next = find_paste (prim, pasted);
    if (!next || !(next->density_frac >= pasted->density_frac)) {
      sf_box_free (next);
      return pasted;
    }
    sf_box_free (pasted);
    pasted = next;
  }
}

void
sf_prim_free (SfPrim *prim)
{
  if (!prim)
    return;
  for (guint b = 0; b < prim->n_boxes; b++)
    sf_box_free (prim->boxes[b]);
  g_free (prim->boxes);
  g_free (prim->rows.is_of_interest);
  g_free ((gpointer)prim->rows.sample.x);
  g_free ((gpointer)prim->rows.sample.columns);
  g_free (prim);
}
