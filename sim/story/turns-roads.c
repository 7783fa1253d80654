/* turns-roads.c - turning points on the way to the city. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/story/story-private.h"

/* Trucks lost on a day that are a turning point, and at most so many of such
 * days. */
#define LOST_LEAST 10
#define LOST_DAYS 8

static guint
day_of (const SfLogEntry *e)
{
  return e->tick < 0 ? 0 : (guint)(e->tick / SF_TICKS_PER_DAY);
}

/* ---- Events ----------------------------------------------------------------- */

/* Events that everyone hears of: announced, or given a label by the scenario.
 * Attacks are told by what was lost. */
static gboolean
is_public (const SfEventSpec *e)
{
  static const char kinds[] = "announce|truce|strike|close|open|alarm|recall";
  return strcmp (e->kind, "attack") != 0
         && (e->label || sf_param_choice (kinds, e->kind) >= 0);
}

/* Those of one day are told together, since a ban may be a row a corridor. */
static void
add_events (SfTelling *t)
{
  const SfScenario *s = t->story->scenario;
  guint last_day = G_MAXUINT, more = 0;
  for (guint i = 0; i < sf_log_count (t->story->log); i++) {
    const SfLogEntry *e = sf_log_get (t->story->log, i);
    gint row = strcmp (e->kind, "event") == 0
                   ? sf_scenario_find (s, "events", e->place)
                   : -1;
    if (row < 0 || !is_public (&s->events[row]) || day_of (e) >= t->days)
      continue; /* what ends with the run is on no day of it */
    if (day_of (e) == last_day) {
      more++;
      SfTurn *turn = &g_array_index (t->turns, SfTurn, t->turns->len - 1);
      turn->value = more;
      continue;
    }
    last_day = day_of (e);
    more = 0;
    SfTurn *turn = sf_telling_turn (t, SF_TURN_EVENT, last_day, -1, 0);
    turn->title = g_strconcat (e->text, ".", NULL);
  }
}

/* ---- Losses ----------------------------------------------------------------- */

/* The largest party of a kind that was attacked on a day; NULL: none. */
static const SfLogEntry *
largest_met (const SfTelling *t, const char *kind, guint day)
{
  const SfLogEntry *most = NULL;
  for (guint i = 0; i < sf_log_count (t->story->log); i++) {
    const SfLogEntry *e = sf_log_get (t->story->log, i);
    if (strcmp (e->kind, kind) == 0 && day_of (e) == day
        && (!most || e->trucks > most->trucks))
      most = e;
  }
  return most;
}

static char *
losses_title (const SfTelling *t, guint day)
{
  const SfScenario *s = t->story->scenario;
  const SfLogEntry *convoy = largest_met (t, "attack-convoy", day);
  g_autofree char *lost = sf_lang_number ((double)t->lost[day], 0);
  if (!convoy)
    return g_strdup_printf (_ ("%s trucks are lost to attacks in one day."),
                            lost);
  gint node = sf_scenario_find (s, "nodes", convoy->place);
  g_autofree char *trucks = sf_lang_number (convoy->trucks, 0);
  return g_strdup_printf (
      _ ("%s trucks are lost to attacks in one day; a convoy of %s is hit "
         "before %s."),
      lost, trucks,
      node < 0 ? convoy->place
               : sf_telling_title (s->nodes[node].title, s->nodes[node].id));
}

static void
add_losses (SfTelling *t)
{
  gboolean *is_told = g_new0 (gboolean, t->days + 1);
  for (guint k = 0; k < LOST_DAYS; k++) {
    guint worst = 0;
    for (guint day = 1; day < t->days; day++)
      if (is_told[worst] || (!is_told[day] && t->lost[day] > t->lost[worst]))
        worst = day;
    if (is_told[worst] || t->lost[worst] < LOST_LEAST)
      break;
    is_told[worst] = TRUE;
    SfTurn *turn = sf_telling_turn (t, SF_TURN_LOSSES, worst, -1,
                                    (double)t->lost[worst]);
    turn->title = losses_title (t, worst);
  }
  g_free (is_told);
}

/* ---- Convoys ---------------------------------------------------------------- */

static const char *
gate_title (const SfTelling *t, const char *id)
{
  for (guint g = 0; g < t->n_gates; g++)
    if (strcmp (t->gates[g].id, id) == 0)
      return t->gates[g].title;
  return id;
}

static gboolean
has_convoys (const SfScenario *s)
{
  for (guint i = 0; i < s->n_models; i++)
    if (s->models[i].is_on
        && g_str_has_prefix (s->models[i].info->name, "convoy/"))
      return TRUE;
  return FALSE;
}

static void
convoy_comes (SfTelling *t, const SfLogEntry *e, gint last)
{
  guint day = day_of (e);
  guint gap = last < 0 ? day : day - (guint)last;
  if (last >= 0 && gap < SF_STORY_GAP)
    return;
  g_autofree char *trucks = sf_lang_number (e->trucks, 0);
  g_autofree char *number = sf_lang_number (gap, 0);
  SfTurn *turn = sf_telling_turn (t, SF_TURN_CONVOY, day, -1, gap);
  turn->title
      = last < 0
            ? g_strdup_printf (_ ("The first convoy enters by %s, with %s "
                                  "trucks."),
                               gate_title (t, e->place), trucks)
            : g_strdup_printf (_ ("A convoy enters by %s, with %s trucks, the "
                                  "first in %s days."),
                               gate_title (t, e->place), trucks, number);
}

static void
convoys_stop (SfTelling *t, gint last, guint until)
{
  if (last < 0 || until < (guint)last + SF_STORY_GAP)
    return;
  guint gap = until - (guint)last;
  g_autofree char *number = sf_lang_number (gap, 0);
  SfTurn *turn
      = sf_telling_turn (t, SF_TURN_NO_CONVOY, (guint)last + 1, -1, gap);
  turn->title = g_strdup_printf (
      _ ("From now on no convoy sets out for %s days."), number);
}

static void
add_convoys (SfTelling *t)
{
  gint last = -1;
  if (!has_convoys (t->story->scenario))
    return;
  for (guint i = 0; i < sf_log_count (t->story->log); i++) {
    const SfLogEntry *e = sf_log_get (t->story->log, i);
    if (strcmp (e->kind, "convoy") != 0 || day_of (e) >= t->days)
      continue;
    convoys_stop (t, last, day_of (e));
    convoy_comes (t, e, last);
    last = (gint)day_of (e);
  }
  convoys_stop (t, last, t->days);
}

/* ---- The frontier ------------------------------------------------------------ */

/* The day on which most trucks wait, when that is far from ordinary. */
static void
add_queue (SfTelling *t)
{
  guint most = 0;
  for (guint day = 1; day < t->days; day++)
    if (t->waiting[day] > t->waiting[most])
      most = day;
  double waiting = t->days > 0 ? (double)t->waiting[most] : 0;
  if (waiting < SF_STORY_TRUCKS
      || waiting < 2 * sf_telling_usual (t, t->waiting))
    return;
  g_autofree char *number = sf_lang_number (waiting, 0);
  SfTurn *turn = sf_telling_turn (t, SF_TURN_QUEUE, most, -1, waiting);
  turn->title = g_strdup_printf (
      _ ("%s trucks wait at the frontier, the most of the whole time."),
      number);
}

/* Drivers strike: the first day of each time. */
static void
add_strikes (SfTelling *t)
{
  const float *striking
      = sf_telling_gauge (t, "driver/strike", "striking_frac");
  for (guint day = 0; striking && day < t->days; day++) {
    if (!(striking[day] > 0) || (day > 0 && striking[day - 1] > 0))
      continue;
    g_autofree char *share = sf_lang_number (100 * (double)striking[day], 0);
    SfTurn *turn
        = sf_telling_turn (t, SF_TURN_STRIKE, day, -1, (double)striking[day]);
    turn->title = g_strdup_printf (
        _ ("Drivers strike: %s %% of them, over all corridors."), share);
  }
}

void
sf_turns_of_roads (SfTelling *t)
{
  add_events (t);
  add_losses (t);
  add_convoys (t);
  add_queue (t);
  add_strikes (t);
}
