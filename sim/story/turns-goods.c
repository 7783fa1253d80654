/* turns-goods.c - turning points of what the capital has. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "sim/lang/lang.h"
#include "sim/story/story-private.h"

/* Stations are dry below the first share and sell again above the second, as
 * in the log; a stock is gone below so many days of use, and there again. */
#define DRY_FRAC 0.2
#define WET_FRAC 0.5
#define GONE_DAYS 1.0
#define BACK_DAYS 3.0

/* A curve with two limits: it turns when it is below the first for `need` days
 * on end, and turns back when it is at or above the second for as many. */
typedef struct {
  const float *curve;
  guint days, need;
  double low, high;
} Swing;

/* The next turn from `day` on, down or up; `days` when there is none. */
static guint
next_turn (const Swing *s, guint day, gboolean is_down)
{
  guint length = 0;
  for (; day < s->days; day++) {
    double value = (double)s->curve[day];
    gboolean is_so = is_down ? value < s->low : value >= s->high;
    length = is_so ? length + 1 : 0;
    if (length == s->need)
      return day + 1 - s->need;
  }
  return s->days;
}

static char *
percent (double share)
{
  return sf_lang_number (100 * share, 0);
}

/* A good's title within a sentence: "petrol", but "LPG". */
static char *
within (const char *title)
{
  gunichar first = g_utf8_get_char (title);
  const char *rest = g_utf8_next_char (title);
  char letter[8] = "";
  if (!first || g_unichar_isupper (g_utf8_get_char (rest)))
    return g_strdup (title);
  letter[g_unichar_to_utf8 (g_unichar_tolower (first), letter)] = '\0';
  return g_strconcat (letter, rest, NULL);
}

/* What people read of a turn of a good. */
static char *
title_of (SfTurnKind kind, const char *good, const char *city, double value)
{
  g_autofree char *share = percent (value);
  g_autofree char *cover = sf_lang_number (value, 1);
  g_autofree char *lower = within (good);
  switch (kind) {
  case SF_TURN_SHORT:
    return g_strdup_printf (_ ("%s runs short in %s: %s %% of what is wanted "
                               "is served."),
                            good, city, share);
  case SF_TURN_GONE:
    return g_strdup_printf (_ ("The stock of %s in %s is all but gone: %s days "
                               "of ordinary use are left."),
                            lower, city, cover);
  case SF_TURN_DRY:
    return g_strdup_printf (_ ("Most stations of %s are out of %s: %s %% of "
                               "them have any."),
                            city, lower, share);
  case SF_TURN_WORST:
    return g_strdup_printf (_ ("The worst day for %s in %s: %s %% of what is "
                               "wanted is served."),
                            lower, city, share);
  case SF_TURN_WET:
    return g_strdup_printf (_ ("The stations of %s have %s again: %s %% of "
                               "them."),
                            city, lower, share);
  default:
    return g_strdup_printf (_ ("%s recovers in %s: %s %% of what is wanted is "
                               "served again."),
                            good, city, share);
  }
}

static void
add (SfTelling *t, SfTurnKind kind, guint day, gint commodity,
     const float *curve)
{
  const SfScenario *s = t->story->scenario;
  const SfCommodity *c = &s->commodities[commodity];
  const SfNodeSpec *city = &s->nodes[s->capital];
  double value = (double)curve[day];
  SfTurn *turn = sf_telling_turn (t, kind, day, commodity, value);
  turn->title = title_of (kind, sf_telling_title (c->title, c->id),
                          sf_telling_title (city->title, city->id), value);
}

/* Down and up again and again, each as a turning point. */
static void
add_swings (SfTelling *t, const Swing *s, gint commodity, SfTurnKind down,
            SfTurnKind up)
{
  guint day = 0;
  while (day < s->days) {
    guint first = next_turn (s, day, TRUE);
    if (first >= s->days)
      return;
    add (t, down, first, commodity, s->curve);
    day = next_turn (s, first + 1, FALSE);
    if (day < s->days && up != SF_TURN_N)
      add (t, up, day, commodity, s->curve);
  }
}

/* Short, the worst day, recovery: between two recoveries once. */
static void
add_service (SfTelling *t, const float *served, gint commodity)
{
  const SfScenario *s = t->story->scenario;
  guint need = (guint)MAX (1, s->shortage_days);
  /* Short below what counts as recovered: no day is both. */
  double well = MAX (s->recovery_frac, 0.5);
  const Swing swing
      = { served, t->days, need, MIN (SF_STORY_FULL, well), well };
  guint day = 0;
  while (day < t->days) {
    guint first = next_turn (&swing, day, TRUE), worst = first;
    if (first >= t->days)
      return;
    day = next_turn (&swing, first + need, FALSE);
    for (guint k = first; k < day; k++)
      if (served[k] < served[worst])
        worst = k;
    /* A dip that is no shortage by the scenario's own rule is not told. */
    if (!((double)served[worst] < s->shortage_frac))
      continue;
    add (t, SF_TURN_SHORT, first, commodity, served);
    if (worst > first)
      add (t, SF_TURN_WORST, worst, commodity, served);
    if (day < t->days)
      add (t, SF_TURN_RECOVERY, day, commodity, served);
  }
}

static void
add_good (SfTelling *t, const SfMarketSpec *market)
{
  const SfScenario *s = t->story->scenario;
  const char *place = s->nodes[market->node].id;
  const char *good = s->commodities[market->commodity].id;
  const float *served = sf_telling_curve (t, place, good, "served_frac");
  const float *open = sf_telling_curve (t, place, good, "stations_open_frac");
  const float *cover = sf_telling_curve (t, place, good, "cover_days");
  const Swing stations = { open, t->days, 2, DRY_FRAC, WET_FRAC };
  const Swing stock = { cover, t->days, 2, GONE_DAYS, BACK_DAYS };
  if (served)
    add_service (t, served, market->commodity);
  if (open)
    add_swings (t, &stations, market->commodity, SF_TURN_DRY, SF_TURN_WET);
  if (cover)
    add_swings (t, &stock, market->commodity, SF_TURN_GONE, SF_TURN_N);
}

void
sf_turns_of_goods (SfTelling *t)
{
  const SfScenario *s = t->story->scenario;
  for (guint m = 0; m < s->n_markets; m++)
    if (s->markets[m].node == s->capital)
      add_good (t, &s->markets[m]);
}
