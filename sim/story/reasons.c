/* reasons.c - why a turning point came, in numbers of that replication. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/story/story-private.h"

/* What differs by less than this share from ordinary is no reason. */
#define WORTH 0.1
/* Corridors told of, those that changed most. */
#define CORRIDORS 2

static char *
number (double value)
{
  return sf_lang_number (value, fabs (value) < 9.5 ? 1 : 0);
}

static char *
percent (double share)
{
  return sf_lang_number (100 * share, 0);
}

/* The first day of those on end, up to `day`, on which a curve is at or above a
 * limit. */
static guint
since (const float *curve, guint day, double limit)
{
  while (day > 0 && (double)curve[day - 1] >= limit)
    day--;
  return day;
}

/* ---- What came in ------------------------------------------------------------ */

static void
arrivals (const SfTelling *t, SfTurn *turn, gboolean is_bad)
{
  const SfScenario *s = t->story->scenario;
  const SfCommodity *c = &s->commodities[turn->commodity];
  const char *unit = sf_unit_name (c->unit);
  g_autofree char *measure = g_strconcat ("received_", unit, NULL);
  const float *received
      = sf_telling_curve (t, s->nodes[s->capital].id, c->id, measure);
  if (!received || turn->day == 0)
    return;
  guint n = MIN (is_bad ? SF_STORY_FORTNIGHT : SF_STORY_WEEK, turn->day);
  double recent = sf_telling_recent (received, turn->day - 1, n);
  double usual = sf_telling_usual (t, received);
  if (!(usual > 0)
      || (is_bad ? recent > (1 - WORTH) * usual : recent < WORTH * usual))
    return;
  g_autofree char *now = number (recent);
  g_autofree char *before = number (usual);
  g_autofree char *share = percent (recent / usual);
  sf_telling_reason (
      turn, SF_REASON_ARRIVALS, recent,
      g_strdup_printf (
          sf_lang_plural (
              "In the %u day before, %s %s came in a day: %s %% of "
              "the %s of ordinary days.",
              "In the %u days before, %s %s came in a day: %s %% of "
              "the %s of ordinary days.",
              n),
          n, now, unit, share, before));
}

/* Day of the last convoy that set out at a gate (NULL: at any) before the end
 * of a day, or -1. */
static gint
last_convoy (const SfTelling *t, const char *gate, guint day)
{
  gint last = -1;
  for (guint i = 0; i < sf_log_count (t->story->log); i++) {
    const SfLogEntry *e = sf_log_get (t->story->log, i);
    guint on = e->tick < 0 ? 0 : (guint)(e->tick / SF_TICKS_PER_DAY);
    if (on <= day && strcmp (e->kind, "convoy") == 0
        && (!gate || strcmp (e->place, gate) == 0))
      last = (gint)on;
  }
  return last;
}

/* How many trucks a day fewer (or more) than on ordinary days. */
static double
change (const SfTelling *t, const float *entered, guint day)
{
  return sf_telling_recent (entered, day, SF_STORY_WEEK)
         - sf_telling_usual (t, entered);
}

static char *
corridor_text (const SfTelling *t, const SfStoryGate *g, guint day)
{
  g_autofree char *now
      = number (sf_telling_recent (g->entered, day, SF_STORY_WEEK));
  g_autofree char *usual = number (sf_telling_usual (t, g->entered));
  gint last = last_convoy (t, g->id, day);
  if (last < 0)
    return g_strdup_printf (
        _ ("By %s came %s trucks a day in the last week, %s on ordinary days."),
        g->title, now, usual);
  return g_strdup_printf (_ ("By %s came %s trucks a day in the last week, %s "
                             "on ordinary days; the "
                             "last convoy set out there on day %d."),
                          g->title, now, usual, last);
}

/* The corridors that changed most, in the direction that counts. */
static void
corridors (const SfTelling *t, SfTurn *turn, gboolean is_bad)
{
  gboolean *is_told = g_new0 (gboolean, t->n_gates + 1);
  for (guint k = 0; k < CORRIDORS; k++) {
    gint most = -1;
    double size = 0;
    for (guint g = 0; g < t->n_gates; g++) {
      double by = change (t, t->gates[g].entered, turn->day);
      by = is_bad ? -by : by;
      if (is_told[g] || !(by > size)
          || by < WORTH * sf_telling_usual (t, t->gates[g].entered))
        continue;
      most = (gint)g;
      size = by;
    }
    if (most < 0 || size < 1)
      break;
    is_told[most] = TRUE;
    sf_telling_reason (
        turn, SF_REASON_CORRIDOR,
        sf_telling_recent (t->gates[most].entered, turn->day, SF_STORY_WEEK),
        corridor_text (t, &t->gates[most], turn->day));
  }
  g_free (is_told);
}

static void
entered (const SfTelling *t, SfTurn *turn)
{
  guint end = MIN (turn->day + 1 + SF_STORY_WEEK, t->days);
  if (turn->day < 1 || turn->day + 1 >= end)
    return;
  double before
      = sf_telling_recent (t->entered, turn->day - 1, SF_STORY_FORTNIGHT);
  double after = sf_telling_mean (t->entered, turn->day + 1, end);
  if (!(fabs (after - before) > WORTH * before) || before + after < 1)
    return;
  g_autofree char *from = number (before);
  g_autofree char *to = number (after);
  sf_telling_reason (
      turn, SF_REASON_ENTERED, after,
      g_strdup_printf (_ ("Trucks that enter go from %s a day in "
                          "the two weeks before to %s a day in "
                          "the week after."),
                       from, to));
}

static void
convoys (const SfTelling *t, SfTurn *turn)
{
  gint last = last_convoy (t, NULL, turn->day);
  if (last < 0 || turn->day - (guint)last < SF_STORY_GAP)
    return;
  guint days = turn->day - (guint)last;
  sf_telling_reason (
      turn, SF_REASON_CONVOY, days,
      g_strdup_printf (sf_lang_plural ("No convoy has set out for %u day.",
                                       "No convoy has set out for %u days.",
                                       days),
                       days));
}

/* ---- What holds trucks back ---------------------------------------------------- */

static void
waiting (const SfTelling *t, SfTurn *turn)
{
  const SfStoryGate *most = NULL;
  double sum = (double)t->waiting[turn->day];
  double usual = sf_telling_usual (t, t->waiting);
  if (sum < SF_STORY_TRUCKS || sum < 2 * usual)
    return;
  for (guint g = 0; g < t->n_gates; g++)
    if (t->gates[g].waiting
        && (!most || t->gates[g].waiting[turn->day] > most->waiting[turn->day]))
      most = &t->gates[g];
  g_autofree char *all = sf_lang_number (sum, 0);
  g_autofree char *there = sf_lang_number ((double)most->waiting[turn->day], 0);
  g_autofree char *before = sf_lang_number (usual, 0);
  sf_telling_reason (
      turn, SF_REASON_WAITING, sum,
      g_strdup_printf (
          _ ("%s trucks wait at the frontier (%s on ordinary days), "
             "%s of them on the way to %s."),
          all, before, there, most->title));
}

static void
willing (const SfTelling *t, SfTurn *turn)
{
  const float *share
      = sf_telling_gauge (t, "driver/willingness", "willing_frac");
  if (!share || turn->day == 0)
    return;
  /* Of an event the day after counts: it has been heard by then. */
  double usual = sf_telling_usual (t, share), now = (double)share[turn->day];
  if (!(now < (1 - WORTH) * usual))
    return;
  g_autofree char *text = percent (now);
  g_autofree char *before = percent (usual);
  sf_telling_reason (
      turn, SF_REASON_WILLING, now,
      g_strdup_printf (
          _ ("Of 100 drivers %s would go on without an escort (%s on "
             "ordinary days), over all corridors."),
          text, before));
}

static void
losses (const SfTelling *t, SfTurn *turn)
{
  double lost = 0, came = 0, late = 0;
  for (guint day = t->usual_days; day <= turn->day; day++) {
    lost += (double)t->lost[day];
    came += (double)t->entered[day];
    if (turn->day - day < SF_STORY_FORTNIGHT)
      late += (double)t->lost[day];
  }
  if (lost < 1 || came < 1)
    return;
  g_autofree char *all = sf_lang_number (lost, 0);
  g_autofree char *of = sf_lang_number (came, 0);
  g_autofree char *share = sf_lang_number (100 * lost / came, 1);
  g_autofree char *last = sf_lang_number (late, 0);
  sf_telling_reason (
      turn, SF_REASON_LOSSES, lost,
      g_strdup_printf (
          sf_lang_plural ("%s truck was lost since day %u, against %s that "
                          "entered (%s %%); %s in the last two weeks.",
                          "%s trucks were lost since day %u, against %s that "
                          "entered (%s %%); %s of them in the last two weeks.",
                          (guint64)lost),
          all, t->usual_days, of, share, last));
}

static void
strike (const SfTelling *t, SfTurn *turn)
{
  const float *share = sf_telling_gauge (t, "driver/strike", "striking_frac");
  if (!share || turn->kind == SF_TURN_STRIKE || !(share[turn->day] > 0))
    return;
  g_autofree char *text = percent ((double)share[turn->day]);
  sf_telling_reason (
      turn, SF_REASON_STRIKE, (double)share[turn->day],
      g_strdup_printf (_ ("%s %% of the drivers are on strike."), text));
}

/* Roads that are closed: entries of a road close it and open it in turn. */
static void
closed_roads (const SfTelling *t, SfTurn *turn)
{
  const SfScenario *s = t->story->scenario;
  guint n = 0;
  for (guint l = 0; l < s->n_links; l++) {
    gboolean is_closed = FALSE;
    for (guint i = 0; i < sf_log_count (t->story->log); i++) {
      const SfLogEntry *e = sf_log_get (t->story->log, i);
      if (e->tick <= (gint64)(turn->day + 1) * SF_TICKS_PER_DAY
          && strcmp (e->kind, "road") == 0
          && strcmp (e->place, s->links[l].id) == 0)
        is_closed = !is_closed;
    }
    n += is_closed && !s->links[l].closed;
  }
  if (n > 0)
    sf_telling_reason (
        turn, SF_REASON_CLOSED, n,
        g_strdup_printf (sf_lang_plural ("%u stretch of road is closed.",
                                         "%u stretches of road are closed.", n),
                         n));
}

static void
customs (const SfTelling *t, SfTurn *turn)
{
  const SfScenario *s = t->story->scenario;
  for (guint q = 0; q < s->n_queues; q++) {
    const SfQueueSpec *k = &s->queues[q];
    const float *length = sf_telling_curve (t, k->id, "", "length_count");
    if (!length)
      continue;
    double now = (double)length[turn->day],
           usual = sf_telling_usual (t, length);
    if (!(now >= SF_STORY_TRUCKS) || !(now > 2 * usual))
      continue;
    g_autofree char *trucks = sf_lang_number (now, 0);
    g_autofree char *before = sf_lang_number (usual, 0);
    sf_telling_reason (
        turn, SF_REASON_CUSTOMS, now,
        g_strdup_printf (_ ("%s: %s trucks are in the queue (%s on ordinary "
                            "days)."),
                         sf_telling_title (k->title, k->id), trucks, before));
  }
}

/* ---- In the city ---------------------------------------------------------------- */

static void
hoarding (const SfTelling *t, SfTurn *turn)
{
  const SfScenario *s = t->story->scenario;
  const float *alarm = sf_telling_gauge (t, "market/hoarding", "alarm_frac");
  const float *sold
      = sf_telling_curve (t, s->nodes[s->capital].id,
                          s->commodities[turn->commodity].id, "purchase_frac");
  guint before = turn->day > 0 ? turn->day - 1 : 0;
  double sales = sold ? sf_telling_recent (sold, before, SF_STORY_WEEK) : NAN;
  if (sales > 1 + WORTH) {
    g_autofree char *times = sf_lang_number (sales, 1);
    sf_telling_reason (
        turn, SF_REASON_SALES, sales,
        g_strdup_printf (_ ("In the week before, stations sold %s times the "
                            "usual: people fill up."),
                         times));
  }
  if (!alarm || !((double)alarm[turn->day] > WORTH))
    return;
  g_autofree char *level = percent ((double)alarm[turn->day]);
  sf_telling_reason (
      turn, SF_REASON_ALARM, (double)alarm[turn->day],
      g_strdup_printf (
          _ ("Alarm among the people is at %s %%, and was above 10 "
             "%% since day %u: they fill up what they can."),
          level, since (alarm, turn->day, WORTH)));
}

static void
share_served (const SfTelling *t, SfTurn *turn)
{
  const SfScenario *s = t->story->scenario;
  const float *served
      = sf_telling_curve (t, s->nodes[s->capital].id,
                          s->commodities[turn->commodity].id, "served_frac");
  if (!served)
    return;
  g_autofree char *share = percent ((double)served[turn->day]);
  sf_telling_reason (
      turn, SF_REASON_SHARE, (double)served[turn->day],
      g_strdup_printf (_ ("On that day %s %% of what is wanted is "
                          "served, from what depots and homes "
                          "still hold."),
                       share));
}

/* ---- Which go with what ---------------------------------------------------------- */

static void
why_worse (const SfTelling *t, SfTurn *turn)
{
  if (turn->kind == SF_TURN_DRY || turn->kind == SF_TURN_GONE)
    share_served (t, turn);
  arrivals (t, turn, TRUE);
  corridors (t, turn, TRUE);
  convoys (t, turn);
  closed_roads (t, turn);
  waiting (t, turn);
  willing (t, turn);
  strike (t, turn);
  losses (t, turn);
  customs (t, turn);
  hoarding (t, turn);
}

void
sf_reasons_add (const SfTelling *t, SfTurn *turn)
{
  switch (turn->kind) {
  case SF_TURN_SHORT:
  case SF_TURN_GONE:
  case SF_TURN_DRY:
  case SF_TURN_WORST:
    why_worse (t, turn);
    break;
  case SF_TURN_WET:
  case SF_TURN_RECOVERY:
    arrivals (t, turn, FALSE);
    corridors (t, turn, FALSE);
    waiting (t, turn);
    break;
  case SF_TURN_EVENT:
  case SF_TURN_LOSSES:
  case SF_TURN_STRIKE:
    entered (t, turn);
    willing (t, turn);
    break;
  case SF_TURN_CONVOY:
  case SF_TURN_NO_CONVOY:
  case SF_TURN_QUEUE:
    corridors (t, turn, TRUE);
    waiting (t, turn);
    willing (t, turn);
    strike (t, turn);
    break;
  case SF_TURN_N:
    break;
  }
}
