/* figure-events.c - dated events as flags and bars that keep apart. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/report/figure-data.h"

/* Paper of the scripts, in their units. */
#define AXIS_UNITS 920.0
#define LETTER_UNITS 7.0
#define GAP_UNITS 14.0
#define ROWS_MAX 24u

#define MARKS_MAX 4u

/* An event with a label, on the axis of time. */
typedef struct {
  const char *label, *kind;
  SfDate from, to; /* both included; to < from: it is a moment */
  double x, width; /* of its day and of its label, in units */
} Event;

/* The words of a figure for the kinds of events that models answer. */
static const char *
figure_kind (const char *kind, const char *label)
{
  static const struct {
    const char *part, *word;
  } words[] = {
    { "attack", "attack" },  { "ambush", "attack" },  { "ban", "attack" },
    { "truce", "truce" },    { "strike", "strike" },  { "escort", "supply" },
    { "convoy", "supply" },  { "supply", "supply" },  { "grant", "supply" },
    { "reserve", "supply" }, { "airlift", "supply" },
  };
  g_autofree char *low = g_utf8_strdown (label, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (kind, words[i].part) || strstr (low, words[i].part))
      return words[i].word;
  return "policy";
}

static int
by_date (gconstpointer a, gconstpointer b)
{
  const Event *first = a, *second = b;
  return (first->from > second->from) - (first->from < second->from);
}

/* Events with a label that touch the run, by date. */
static GArray *
labelled (const SfFigureData *data)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));
  const SfJson *all = sf_json_member (data->scenario, "events");
  SfDate end = data->start + (SfDate)data->days - 1;
  for (const SfJson *e = all ? sf_json_first (all) : NULL; e;
       e = sf_json_next (e)) {
    Event event = { .label = sf_figure_text (e, "label") };
    if (!*event.label
        || !sf_date_parse (sf_figure_text (e, "date"), &event.from))
      continue;
    double days = sf_figure_number (e, "duration_days");
    event.to
        = event.from - 1 + (days > 0 && days < 36500 ? (SfDate)ceil (days) : 0);
    if (event.from > end || MAX (event.to, event.from) < data->start)
      continue;
    event.kind = figure_kind (sf_figure_text (e, "kind"), event.label);
    event.x
        = AXIS_UNITS * MAX (event.from - data->start, 0) / MAX (data->days, 1u);
    event.width
        = LETTER_UNITS * (double)g_utf8_strlen (event.label, -1) + GAP_UNITS;
    g_array_append_val (events, event);
  }
  g_array_sort (events, by_date);
  return events;
}

/* ---- Rows --------------------------------------------------------------- */

/* A stretch of a row that is taken. */
typedef struct {
  double from, to;
  guint row;
} Taken;

/* The lowest row, from 1, with room from `from` to `to`, which it takes. */
static guint
find_row (GArray *taken, double from, double to)
{
  guint row = 1;
  for (guint i = 0; i < taken->len && row < ROWS_MAX;) {
    const Taken *t = &g_array_index (taken, Taken, i);
    if (t->row == row && t->from < to && from < t->to) {
      row++;
      i = 0;
    } else {
      i++;
    }
  }
  Taken mine = { from, to, row };
  g_array_append_val (taken, mine);
  return row;
}

static gboolean
is_period (const Event *e)
{
  return e->to > e->from;
}

char *
sf_figure_events (const SfFigureData *data)
{
  g_autoptr (GArray) events = labelled (data);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  GString *out = g_string_new ("date\tkind\tlabel\trow\tside\n");
  guint n = 0;
  for (guint i = 0; i < events->len; i++) {
    const Event *e = &g_array_index (events, Event, i);
    if (is_period (e) || e->from < data->start)
      continue;
    gboolean is_right = e->x + e->width <= AXIS_UNITS;
    double from = is_right ? e->x - GAP_UNITS / 2 : e->x - e->width;
    guint row = find_row (taken, from, from + e->width + GAP_UNITS / 2);
    sf_figure_put_date (out, e->from, '\t');
    sf_figure_put_text (out, e->kind, '\t');
    sf_figure_put_text (out, e->label, '\t');
    g_string_append_printf (out, "%u\t%s\n", row, is_right ? "right" : "left");
    n++;
  }
  return g_string_free (out, n == 0);
}

char *
sf_figure_periods (const SfFigureData *data)
{
  g_autoptr (GArray) events = labelled (data);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  GString *out = g_string_new ("from\tto\tkind\tlabel\trow\n");
  guint n = 0;
  for (guint i = 0; i < events->len; i++) {
    const Event *e = &g_array_index (events, Event, i);
    if (!is_period (e))
      continue;
    double end = AXIS_UNITS * (e->to + 1 - data->start) / data->days;
    guint row = find_row (taken, e->x, MAX (end + 4, e->x + e->width));
    sf_figure_put_date (out, e->from, '\t');
    sf_figure_put_date (out, e->to, '\t');
    sf_figure_put_text (out, e->kind, '\t');
    sf_figure_put_text (out, e->label, '\t');
    g_string_append_printf (out, "%u\n", row);
    n++;
  }
  return g_string_free (out, n == 0);
}

char *
sf_figure_marks (const SfFigureData *data)
{
  g_autoptr (GArray) events = labelled (data);
  GString *out = g_string_new ("date\tlabel\n");
  double free_from = 0;
  guint n = 0;
  for (guint i = 0; i < events->len && n < MARKS_MAX; i++) {
    const Event *e = &g_array_index (events, Event, i);
    /* Single attacks are many, and the timeline has them; the announcement
     * that began it all is a period or lasts for good. */
    gboolean is_attack = strcmp (e->kind, "attack") == 0 && n > 0;
    /* The names of later days stand to the left of them (see panels.gp). */
    gboolean is_right = e->x <= 0.8 * AXIS_UNITS;
    if (is_attack || e->from < data->start
        || (is_right ? e->x : e->x - e->width) < free_from)
      continue;
    sf_figure_put_date (out, e->from, '\t');
    sf_figure_put_text (out, e->label, '\n');
    free_from = is_right ? e->x + e->width : e->x + GAP_UNITS;
    n++;
  }
  return g_string_free (out, n == 0);
}
