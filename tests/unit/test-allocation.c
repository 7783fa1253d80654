/* test-allocation.c - what every rule of allocation keeps to. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each model of kind allocation/ is asked a thousand times for random claims.
 * All of them hand out what there is and no more, and nobody gets more than he
 * wants. What else holds depends on the rule: see the table of traits. The
 * answers for particular claims are in tests/theory.
 */
#include "sim/engine/model.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"
#include "sim/cli/cmd.h"

#define CASES 1000
#define CLAIMS_MAX 12
#define NEAR 1e-9

typedef struct {
  SfClaim claims[CLAIMS_MAX];
  guint n;
  double supply, all;
} Case;

typedef enum {
  SAME_ORDER = 1 << 0, /* who wants more gets no less, and loses no less */
  RISES = 1 << 1,      /* more supply takes from nobody */
  IS_DUAL = 1 << 2,    /* splits what is missing as it splits what is there */
  RANKS = 1 << 3,      /* nobody gets anything before those more urgent */
} Traits;

static const struct {
  const char *name;
  guint traits;
} known[] = {
  { "allocation/proportional", SAME_ORDER | RISES | IS_DUAL },
  { "allocation/priority", RISES | RANKS },
  { "allocation/equal-awards", SAME_ORDER | RISES },
  { "allocation/equal-losses", SAME_ORDER | RISES },
  { "allocation/talmud", SAME_ORDER | RISES | IS_DUAL },
  { "allocation/lottery", RISES },
};

/* Some claims are nothing, some are alike, and some are a million times
 * others; the supply is at times nothing, just enough or too much. */
static void
draw_case (Case *c, guint which)
{
  SfStream s;
  sf_stream_init (&s, 20, "allocation", which, 0);
  c->n = 1 + sf_stream_index (&s, CLAIMS_MAX);
  c->all = 0;
  for (guint i = 0; i < c->n; i++) {
    double wanted = sf_stream_lognormal (&s, 100, which % 5 == 0 ? 5 : 1);
    if (sf_stream_chance (&s, 0.1))
      wanted = 0;
    else if (sf_stream_chance (&s, 0.2) && i > 0)
      wanted = c->claims[i - 1].wanted;
    c->claims[i] = (SfClaim){ wanted, 1 + sf_stream_index (&s, 4) };
    c->all += wanted;
  }
  double share[] = { 0, 1, 2, 0.5, sf_stream_uniform (&s) };
  guint kind = sf_stream_index (&s, 20);
  c->supply = c->all * share[MIN (kind, 4)];
}

static void
split (const SfModelInfo *info, const Case *c, double supply, double *award)
{
  g_autofree void *self = g_malloc0 (info->size);
  const SfModel *model = (const SfModel *)info;
  for (guint i = 0; i < c->n; i++)
    award[i] = NAN;
  model->allocate (self, c->claims, c->n, supply, award);
}

static void
check_sum (const Case *c, const double *award)
{
  double sum = 0;
  for (guint i = 0; i < c->n; i++) {
    g_assert_cmpfloat (award[i], >=, 0);
    g_assert_cmpfloat (award[i], <=, c->claims[i].wanted);
    sum += award[i];
  }
  g_assert_cmpfloat (fabs (sum - MIN (c->supply, c->all)), <=, NEAR * c->all);
}

static void
check_order (const Case *c, const double *award)
{
  for (guint i = 0; i < c->n; i++)
    for (guint k = 0; k < c->n; k++) {
      double more = c->claims[i].wanted - c->claims[k].wanted;
      if (more < 0)
        continue;
      double got = award[i] - award[k];
      g_assert_cmpfloat (got, >=, -NEAR * c->all);
      g_assert_cmpfloat (got, <=, more + NEAR * c->all);
    }
}

static void
check_rises (const SfModelInfo *info, const Case *c, const double *award)
{
  double richer[CLAIMS_MAX];
  split (info, c, c->supply * 1.1, richer);
  for (guint i = 0; i < c->n; i++)
    g_assert_cmpfloat (richer[i], >=, award[i] - NEAR * c->all);
}

static void
check_dual (const SfModelInfo *info, const Case *c, const double *award)
{
  double other[CLAIMS_MAX];
  split (info, c, MAX (c->all - c->supply, 0), other);
  for (guint i = 0; i < c->n; i++)
    g_assert_cmpfloat (fabs (award[i] + other[i] - c->claims[i].wanted), <=,
                       NEAR * c->all);
}

/* Equals share in proportion. */
static void
check_ranks (const Case *c, const double *award)
{
  for (guint i = 0; i < c->n; i++)
    for (guint k = 0; k < c->n; k++) {
      const SfClaim *a = &c->claims[i], *b = &c->claims[k];
      if (a->priority < b->priority && award[k] > NEAR * c->all)
        g_assert_cmpfloat (award[i], >=, a->wanted - NEAR * c->all);
      if (a->priority == b->priority)
        g_assert_cmpfloat (fabs (award[i] * b->wanted - award[k] * a->wanted),
                           <=, NEAR * c->all * c->all);
    }
}

static void
test_rule (gconstpointer data)
{
  const SfModelInfo *info = data;
  guint traits = G_MAXUINT;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, info->name) == 0)
      traits = known[i].traits;
  if (traits == G_MAXUINT)
    g_error ("%s: say in test-allocation.c what it keeps to", info->name);
  for (guint which = 0; which < CASES; which++) {
    Case c;
    double award[CLAIMS_MAX];
    draw_case (&c, which);
    split (info, &c, c.supply, award);
    check_sum (&c, award);
    if (traits & SAME_ORDER)
      check_order (&c, award);
    if (traits & RISES)
      check_rises (info, &c, award);
    if (traits & IS_DUAL && c.supply <= c.all)
      check_dual (info, &c, award);
    if (traits & RANKS)
      check_ranks (&c, award);
  }
}

static const SfModelInfo *
rule (const char *name)
{
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    if (strcmp ((*m)->name, name) == 0)
      return *m;
  g_error ("%s: there is no such model", name);
}

/* Equal losses split what is missing as equal awards split what is there. */
static void
test_duals (void)
{
  for (guint which = 0; which < CASES; which++) {
    Case c;
    double award[CLAIMS_MAX], loss[CLAIMS_MAX];
    draw_case (&c, which);
    if (c.supply > c.all)
      continue;
    split (rule ("allocation/equal-awards"), &c, c.supply, award);
    split (rule ("allocation/equal-losses"), &c, MAX (c.all - c.supply, 0),
           loss);
    for (guint i = 0; i < c.n; i++)
      g_assert_cmpfloat (fabs (award[i] + loss[i] - c.claims[i].wanted), <=,
                         NEAR * c.all);
  }
}

/* Of two, each concedes what he does not want, and they halve the rest
 * (Aumann and Maschler 1985); any two of many divide what they got in the same
 * way. */
static void
test_contested (void)
{
  for (guint which = 0; which < CASES; which++) {
    Case c, two = { .n = 2 };
    double award[CLAIMS_MAX], half[CLAIMS_MAX];
    draw_case (&c, which);
    split (rule ("allocation/talmud"), &c, MIN (c.supply, c.all), award);
    for (guint i = 0; i + 1 < c.n; i++) {
      double a = c.claims[i].wanted, b = c.claims[i + 1].wanted;
      double both = MIN (award[i] + award[i + 1], a + b);
      double to_a = MAX (both - b, 0), to_b = MAX (both - a, 0);
      double contested = both - to_a - to_b;
      g_assert_cmpfloat (fabs (award[i] - to_a - contested / 2), <=,
                         NEAR * c.all);
      two.claims[0] = c.claims[i];
      two.claims[1] = c.claims[i + 1];
      split (rule ("allocation/talmud"), &two, both, half);
      g_assert_cmpfloat (fabs (half[0] - award[i]), <=, NEAR * c.all);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++) {
    if (!g_str_has_prefix ((*m)->name, "allocation/"))
      continue;
    g_autofree char *path
        = g_strdup_printf ("/%s/keeps-to-its-rule", (*m)->name);
    g_test_add_data_func (path, *m, test_rule);
  }
  g_test_add_func ("/allocation/losses-and-awards-are-duals", test_duals);
  g_test_add_func ("/allocation/talmud-divides-the-contested", test_contested);
  return g_test_run ();
}
