/* outlook.c - how long what the city has lasts. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/page/outlook.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/html/html.h"

/* A rounding in the table must not move a quantile by a day. */
#define SLACK_FRAC 1e-9

/* Classes of a headline. */
#define CLASSES_MOST 3u

/* ---- Reading ------------------------------------------------------------ */

static void
clear_outlook (gpointer pointer)
{
  SfOutlook *o = pointer;
  g_free (o->commodity);
  g_free (o->class);
}

/* Takes the day into account by the end of which `prob` of the runs are out. */
static void
take_day (SfOutlook *o, const SfPageSource *s, double day, double prob)
{
  double lasted_days
      = day - (s->shortage_days - 1.0) - (double)(s->shock - s->start);
  if (isnan (o->earliest) && prob > 0)
    o->earliest = lasted_days;
  if (isnan (o->p05) && prob >= 0.05 - SLACK_FRAC)
    o->p05 = lasted_days;
  if (isnan (o->p50) && prob >= 0.5 - SLACK_FRAC)
    o->p50 = lasted_days;
  if (isnan (o->p95) && prob >= 0.95 - SLACK_FRAC)
    o->p95 = lasted_days;
  o->prob = MAX (o->prob, prob);
}

GArray *
sf_outlooks_read (const SfPageSource *source)
{
  g_autoptr (SfPageTable) t
      = sf_page_table_read (source->folder, "run-outs.csv");
  if (!t || t->rows->len == 0)
    return NULL;
  GArray *all = g_array_new (FALSE, TRUE, sizeof (SfOutlook));
  g_array_set_clear_func (all, clear_outlook);
  SfOutlook *last = NULL;
  for (guint r = 0; r < t->rows->len; r++) {
    const char *commodity = sf_page_cell (t, r, "commodity");
    const char *class = sf_page_cell (t, r, "class");
    double day = sf_page_cell_number (t, r, "day");
    double prob = sf_page_cell_number (t, r, "run_out_prob");
    if (isnan (day) || isnan (prob))
      continue;
    if (!last || strcmp (last->commodity, commodity) != 0
        || strcmp (last->class, class) != 0) {
      const SfOutlook begun
          = { g_strdup (commodity), g_strdup (class), NAN, NAN, NAN, NAN, 0 };
      g_array_append_val (all, begun);
      last = &g_array_index (all, SfOutlook, all->len - 1);
    }
    take_day (last, source, day, prob);
  }
  return all;
}

const SfOutlook *
sf_outlooks_find (const GArray *outlooks, const char *commodity,
                  const char *class)
{
  for (guint i = 0; outlooks && i < outlooks->len; i++) {
    const SfOutlook *o = &g_array_index (outlooks, SfOutlook, i);
    if (strcmp (o->commodity, commodity) == 0 && strcmp (o->class, class) == 0)
      return o;
  }
  return NULL;
}

static gboolean
same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

gboolean
sf_outlook_equals (const SfOutlook *a, const SfOutlook *b)
{
  return same (a->p05, b->p05) && same (a->p50, b->p50) && same (a->p95, b->p95)
         && same (a->earliest, b->earliest) && same (a->prob, b->prob);
}

/* ---- In words ----------------------------------------------------------- */

static char *
whole (double days)
{
  return sf_lang_number (days, 0);
}

/* Every run runs out, or nineteen in twenty do. */
static char *
certain_sentence (const SfOutlook *o, const char *day)
{
  g_autofree char *low = whole (o->p05), *high = whole (o->p95);
  g_autofree char *middle = whole (o->p50);
  if (o->p05 == o->p95)
    return g_strdup_printf (
        sf_lang_plural ("lasts %s day in nearly all runs, until %s",
                        "lasts %s days in nearly all runs, until %s",
                        (guint64)MAX (o->p50, 0)),
        middle, day);
  return g_strdup_printf (
      _ ("lasts %s to %s days; half of the runs reach day %s (%s)"), low, high,
      middle, day);
}

char *
sf_outlook_sentence (const SfOutlook *o, const SfPageSource *s)
{
  g_autofree char *end = sf_lang_date (s->end);
  g_autofree char *share = sf_html_percent (o->prob);
  g_autofree char *others = sf_html_percent (1 - o->prob);
  if (!(o->prob > 0))
    return g_strdup_printf (_ ("no shortage in any run up to %s"), end);
  if (isnan (o->p50)) {
    g_autofree char *first = whole (o->earliest);
    g_autofree char *day
        = sf_lang_date (s->shock + (SfDate)floor (o->earliest));
    return g_strdup_printf (
        _ ("short in %s of the runs, on day %s (%s) at the earliest; no "
           "shortage in the others up to %s"),
        share, first, day, end);
  }
  g_autofree char *middle_day
      = sf_lang_date (s->shock + (SfDate)floor (o->p50));
  if (!isnan (o->p95))
    return certain_sentence (o, middle_day);
  g_autofree char *low = whole (o->p05), *middle = whole (o->p50);
  return g_strdup_printf (
      _ ("lasts %s days or more; half of the runs reach day "
         "%s (%s); %s of the runs see no shortage up to "
         "%s"),
      low, middle, middle_day, others, end);
}

char *
sf_outlook_cell (const SfOutlook *o)
{
  if (!(o->prob > 0))
    return g_strdup ("");
  if (isnan (o->p50)) {
    g_autofree char *first = whole (o->earliest);
    return g_strdup_printf (_ ("%s or more"), first);
  }
  g_autofree char *low = whole (o->p05), *middle = whole (o->p50);
  if (isnan (o->p95))
    return g_strdup_printf (_ ("%s (%s or more)"), middle, low);
  return sf_html_band (o->p50, o->p05, o->p95, 1);
}

/* ---- For whom ----------------------------------------------------------- */

char **
sf_outlook_classes (const SfPageSource *source)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const SfJson *all
      = source->scenario ? sf_json_member (source->scenario, "classes") : NULL;
  double first = INFINITY;
  guint n = 0;
  for (const SfJson *c = all ? sf_json_first (all) : NULL; c;
       c = sf_json_next (c)) {
    if (strstr (sf_json_key (c), "hospital"))
      first = -INFINITY;
    first = fmin (first, sf_page_number (c, "priority"));
  }
  for (const SfJson *c = all ? sf_json_first (all) : NULL;
       c && n < CLASSES_MOST; c = sf_json_next (c)) {
    const char *id = sf_json_key (c);
    if (isinf (first) ? strstr (id, "hospital") != NULL
                      : sf_page_number (c, "priority") <= first) {
      g_strv_builder_add (names, id);
      n++;
    }
  }
  return g_strv_builder_end (names);
}
