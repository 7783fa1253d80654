/* measure-choice.c - which numbers a command looks at, and what they are called. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/measure-choice.h"

#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

#define PERSON_DAYS "person_days_without"

/* ---- Sets ------------------------------------------------------------------ */

static void
add_of (GPtrArray *names, const SfScenario *s, const SfMarketSpec *market,
        const char *metric)
{
  g_ptr_array_add (names, g_strconcat (s->nodes[market->node].id, "/",
                                       s->commodities[market->commodity].id,
                                       "/", metric, NULL));
}

/* One metric of every market of the capital, or of its fuels only. The metric
 * may end in an underscore, which the unit then follows. */
static void
add_capital (GPtrArray *names, const SfScenario *s, const char *metric,
             gboolean is_fuel_only)
{
  for (guint m = 0; m < s->n_markets; m++) {
    const SfCommodity *c = &s->commodities[s->markets[m].commodity];
    if (s->markets[m].node != s->capital
        || (is_fuel_only && c->kind != SF_CARGO_FUEL))
      continue;
    g_autofree char *whole = g_strconcat (
        metric, g_str_has_suffix (metric, "_") ? sf_unit_name (c->unit) : "",
        NULL);
    add_of (names, s, &s->markets[m], whole);
  }
}

GPtrArray *
sf_measures_to_compare (const SfScenario *s)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  add_capital (names, s, PERSON_DAYS, FALSE);
  add_capital (names, s, "shortage_days_count", TRUE);
  add_capital (names, s, "unmet_", TRUE);
  g_ptr_array_add (names, g_strdup ("/lost_count"));
  g_ptr_array_add (names, g_strdup ("/cost_xof"));
  return names;
}

GPtrArray *
sf_measures_to_settle (const SfScenario *s, const SfBook *book)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  add_capital (names, s, PERSON_DAYS, TRUE);
  if (names->len == 0)
    add_capital (names, s, PERSON_DAYS, FALSE);
  for (guint i = names->len; i-- > 0;) {
    g_autoptr (GArray) found = sf_book_find_sum (book, names->pdata[i]);
    if (!found)
      g_ptr_array_remove_index (names, i);
  }
  g_ptr_array_add (names, g_strdup ("/lost_count"));
  return names;
}

SfExit
sf_measure_unknown (const SfInvocation *invocation, const SfBook *book,
                    const char *name)
{
  g_autofree char *near = sf_book_nearest_metric (book, name);
  g_autofree char *safe = sf_text_safe (name, -1);
  if (near)
    return sf_cmd_usage (invocation,
                         _ ("there is no measure \"%s\"; did you mean \"%s\"?"),
                         safe, near);
  return sf_cmd_usage (
      invocation,
      _ ("there is no measure \"%s\"; metrics.csv of a run lists "
         "them: PLACE/COMMODITY/CLASS/METRIC, /METRIC for the "
         "country"),
      safe);
}

/* ---- Words ----------------------------------------------------------------- */

static const struct {
  const char *metric, *title;
} words[] = {
  { PERSON_DAYS, N_ ("Person-days without") },
  { "shortage_days_count", N_ ("Days of shortage") },
  { "unmet_m3", N_ ("Demand not met (m3)") },
  { "unmet_t", N_ ("Demand not met (t)") },
  { "served_frac", N_ ("Share of demand served") },
  { "shortage_start_day", N_ ("Day on which shortage begins") },
  { "time_to_survive_days", N_ ("Days until shortage") },
  { "time_to_recover_days", N_ ("Days until recovery") },
  { "lost_count", N_ ("Trucks lost") },
  { "cost_xof", N_ ("Cost of levers (XOF)") },
};

static const char *
in_words (const char *metric)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (metric, words[i].metric) == 0)
      return _ (words[i].title);
  return metric;
}

/* The title of a record, or its id. */
static const char *
title_of (const SfScenario *s, const char *collection, const char *id)
{
  gint i = sf_scenario_find (s, collection, id);
  const char *title = NULL;
  if (i >= 0)
    title = strcmp (collection, "nodes") == 0         ? s->nodes[i].title
            : strcmp (collection, "commodities") == 0 ? s->commodities[i].title
                                                      : s->classes[i].title;
  return title && *title ? _ (title) : id;
}

static gboolean
is_counted (const char *metric)
{
  return strcmp (metric, PERSON_DAYS) == 0
         || g_str_has_suffix (metric, "_count")
         || g_str_has_suffix (metric, "_days");
}

SfMeasureLabel
sf_measure_label (const SfScenario *s, const char *name)
{
  static const char *const collections[]
      = { "nodes", "commodities", "classes", NULL };
  g_auto (GStrv) part = g_strsplit (name, "/", -1);
  guint n = g_strv_length (part);
  g_return_val_if_fail (n >= 2, (SfMeasureLabel){ NULL });
  const char *period
      = n > 2 && g_ascii_isdigit (part[n - 1][0]) ? part[--n] : NULL;
  const char *metric = part[n - 1];
  GString *title = g_string_new (in_words (metric));
  const char *before = _ (": ");
  for (guint i = MIN (n - 1, 3); i-- > 0;) /* hospitals, diesel, Bamako */
    if (*part[i]) {
      g_string_append_printf (title, "%s%s", before,
                              title_of (s, collections[i], part[i]));
      before = ", ";
    }
  if (period)
    g_string_append_printf (title, ", %s", period);
  return (SfMeasureLabel){ g_string_free (title, FALSE), is_counted (metric),
                           strcmp (metric, PERSON_DAYS) == 0 };
}

void
sf_measure_label_clear (SfMeasureLabel *label)
{
  g_clear_pointer (&label->title, g_free);
}
