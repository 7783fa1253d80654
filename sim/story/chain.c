/* chain.c - why the city ran short in one replication. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/story/chain.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/story/story-private.h"

struct SfChain {
  GArray *turns; /* SfTurn */
  guint usual_days;
};

/* ---- Numbers of the record -------------------------------------------------- */

const float *
sf_telling_curve (const SfTelling *t, const char *place, const char *commodity,
                  const char *measure)
{
  gint i = sf_book_find_series (t->story->book, place, commodity, "", measure);
  return i < 0 ? NULL : t->story->record->curves + (gsize)i * t->days;
}

const float *
sf_telling_gauge (const SfTelling *t, const char *model, const char *gauge)
{
  const SfScenario *s = t->story->scenario;
  for (guint i = 0; i < s->n_models; i++) {
    const float *curve
        = s->models[i].is_on && strcmp (s->models[i].info->name, model) == 0
              ? sf_telling_curve (t, s->models[i].id, "", gauge)
              : NULL;
    if (curve)
      return curve;
  }
  return NULL;
}

double
sf_telling_mean (const float *curve, guint first, guint end)
{
  double sum = 0;
  guint n = 0;
  for (guint day = first; day < end; day++)
    if (!isnan (curve[day])) {
      sum += (double)curve[day];
      n++;
    }
  return n > 0 ? sum / n : NAN;
}

double
sf_telling_usual (const SfTelling *t, const float *curve)
{
  return sf_telling_mean (curve, 0, t->usual_days);
}

double
sf_telling_recent (const float *curve, guint day, guint n)
{
  return sf_telling_mean (curve, day + 1 > n ? day + 1 - n : 0, day + 1);
}

const char *
sf_telling_title (const char *title, const char *id)
{
  return title && *title ? _ (title) : id;
}

/* ---- Making ----------------------------------------------------------------- */

static void
clear_reason (gpointer data)
{
  g_free (((SfReason *)data)->text);
}

static void
clear_turn (gpointer data)
{
  SfTurn *turn = data;
  g_free (turn->title);
  g_array_unref (turn->reasons);
}

SfTurn *
sf_telling_turn (SfTelling *t, SfTurnKind kind, guint day, gint commodity,
                 double value)
{
  SfTurn turn = { .day = day,
                  .kind = kind,
                  .commodity = commodity,
                  .value = value,
                  .reasons = g_array_new (FALSE, FALSE, sizeof (SfReason)) };
  g_array_set_clear_func (turn.reasons, clear_reason);
  g_array_append_val (t->turns, turn);
  return &g_array_index (t->turns, SfTurn, t->turns->len - 1);
}

void
sf_telling_reason (SfTurn *turn, SfReasonKind kind, double value, char *text)
{
  SfReason reason = { kind, value, text };
  g_array_append_val (turn->reasons, reason);
}

/* The day of the first entry that an event row made; `days` when there is
 * none. */
static guint
first_event (const SfTelling *t)
{
  for (guint i = 0; i < sf_log_count (t->story->log); i++) {
    const SfLogEntry *e = sf_log_get (t->story->log, i);
    if (strcmp (e->kind, "event") == 0 && e->tick >= SF_TICKS_PER_DAY)
      return (guint)(e->tick / SF_TICKS_PER_DAY);
  }
  return t->days;
}

static void
find_usual (SfTelling *t)
{
  guint shock = sf_scenario_shock_day (t->story->scenario);
  t->usual_days = shock > 0 ? shock : first_event (t);
  if (t->usual_days < 3 || t->usual_days >= t->days)
    t->usual_days = SF_STORY_FORTNIGHT;
  t->usual_days = MIN (t->usual_days, t->days);
}

/* Gates are the nodes at which trucks were counted in. */
static void
find_gates (SfTelling *t)
{
  const SfScenario *s = t->story->scenario;
  t->gates = g_new0 (SfStoryGate, s->n_nodes + 1);
  for (guint i = 0; i < s->n_nodes; i++) {
    const char *id = s->nodes[i].id;
    const float *entered = sf_telling_curve (t, id, "", "entered_count");
    if (entered)
      t->gates[t->n_gates++] = (SfStoryGate){
        .id = id,
        .title = sf_telling_title (s->nodes[i].title, id),
        .entered = entered,
        .waiting = sf_telling_curve (t, id, "", "waiting_count"),
        .lost = sf_telling_curve (t, id, "", "lost_count"),
      };
  }
  for (guint g = 0; g < t->n_gates; g++)
    for (guint day = 0; day < t->days; day++) {
      t->entered[day] += t->gates[g].entered[day];
      t->waiting[day] += t->gates[g].waiting ? t->gates[g].waiting[day] : 0;
      t->lost[day] += t->gates[g].lost ? t->gates[g].lost[day] : 0;
    }
}

static int
by_day (gconstpointer a, gconstpointer b)
{
  const SfTurn *x = a, *y = b;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return (x->commodity > y->commodity) - (x->commodity < y->commodity);
}

/* A reason is told once a day, though it holds for several turning points. */
static void
tell_once (GArray *turns, guint i)
{
  SfTurn *turn = &g_array_index (turns, SfTurn, i);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint k = 0; k < i; k++) {
    const SfTurn *other = &g_array_index (turns, SfTurn, k);
    for (guint r = 0; other->day == turn->day && r < other->reasons->len; r++)
      g_hash_table_add (told, g_array_index (other->reasons, SfReason, r).text);
  }
  for (guint r = turn->reasons->len; r-- > 0;)
    if (g_hash_table_contains (told,
                               g_array_index (turn->reasons, SfReason, r).text))
      g_array_remove_index (turn->reasons, r);
}

SfChain *
sf_chain_new (const SfStory *story)
{
  SfTelling t = { .story = story, .days = sf_book_days (story->book) };
  t.turns = g_array_new (FALSE, FALSE, sizeof (SfTurn));
  g_array_set_clear_func (t.turns, clear_turn);
  t.entered = g_new0 (float, 3 * (gsize)t.days + 1);
  t.waiting = t.entered + t.days;
  t.lost = t.waiting + t.days;
  find_usual (&t);
  find_gates (&t);
  sf_turns_of_roads (&t);
  if (story->scenario->capital >= 0)
    sf_turns_of_goods (&t);
  g_array_sort (t.turns, by_day);
  for (guint i = 0; i < t.turns->len; i++) {
    sf_reasons_add (&t, &g_array_index (t.turns, SfTurn, i));
    tell_once (t.turns, i);
  }
  g_free (t.gates);
  g_free (t.entered);
  SfChain *chain = g_new0 (SfChain, 1);
  chain->turns = t.turns;
  chain->usual_days = t.usual_days;
  return chain;
}

void
sf_chain_free (SfChain *chain)
{
  if (!chain)
    return;
  g_array_unref (chain->turns);
  g_free (chain);
}

guint
sf_chain_count (const SfChain *chain)
{
  return chain->turns->len;
}

const SfTurn *
sf_chain_get (const SfChain *chain, guint i)
{
  g_return_val_if_fail (i < chain->turns->len, NULL);
  return &g_array_index (chain->turns, SfTurn, i);
}

char *
sf_chain_usual (const SfChain *chain)
{
  return g_strdup_printf (_ ("Ordinary days are those before day %u."),
                          chain->usual_days);
}

/* ---- As text ---------------------------------------------------------------- */

char *
sf_chain_when (const SfStory *story, guint day)
{
  g_autofree char *date = sf_lang_date (story->scenario->start + (SfDate)day);
  return g_strdup_printf (_ ("Day %u, %s"), day, date);
}

char *
sf_chain_text (const SfChain *chain, const SfStory *story)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < chain->turns->len; i++) {
    const SfTurn *turn = sf_chain_get (chain, i);
    if (i == 0 || turn->day != sf_chain_get (chain, i - 1)->day) {
      g_autofree char *when = sf_chain_when (story, turn->day);
      g_string_append_printf (out, "%s%s\n", i ? "\n" : "", when);
    }
    g_string_append_printf (out, "  %s\n", turn->title);
    for (guint k = 0; k < turn->reasons->len; k++)
      g_string_append_printf (out, "    - %s\n",
                              g_array_index (turn->reasons, SfReason, k).text);
  }
  g_autofree char *usual = sf_chain_usual (chain);
  if (chain->turns->len == 0)
    g_string_append_printf (
        out, "%s\n", _ ("Nothing turned: the city was served as usual."));
  else
    g_string_append_printf (out, "\n%s\n", usual);
  return g_string_free (out, FALSE);
}
