/* book.c - the catalogue of what is recorded. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record is one block: head, metrics, ledger, curves, message, in this
 * order, so that everything stays on its natural boundary without padding.
 */
#include "sim/observe/book.h"

#include <string.h>

#include "sim/base/text.h"
#include "sim/observe/stats.h"

typedef struct {
  char *id, *unit;
} Commodity;

struct SfBook {
  guint days;
  GArray *series;      /* SfSeries */
  GArray *metrics;     /* SfMetric */
  GArray *commodities; /* Commodity */
};

const char *const sf_ledger_names[SF_LEDGER_N] = {
  [SF_LEDGER_INITIAL] = "initial",   [SF_LEDGER_LOADED] = "loaded",
  [SF_LEDGER_CONSUMED] = "consumed", [SF_LEDGER_LOST] = "lost",
  [SF_LEDGER_SEIZED] = "seized",     [SF_LEDGER_LEAKED] = "leaked",
  [SF_LEDGER_IN_STOCK] = "in_stock", [SF_LEDGER_IN_TRANSIT] = "in_transit",
  [SF_LEDGER_HOARDED] = "hoarded",
};

static char *
text (const char *given)
{
  return g_strdup (given ? given : "");
}

static gboolean
same (const char *kept, const char *asked)
{
  return strcmp (kept, asked ? asked : "") == 0;
}

static void
clear_series (gpointer data)
{
  SfSeries *s = data;
  g_free (s->place);
  g_free (s->commodity);
  g_free (s->class);
  g_free (s->measure);
}

static void
clear_metric (gpointer data)
{
  SfMetric *m = data;
  g_free (m->metric);
  g_free (m->place);
  g_free (m->commodity);
  g_free (m->class);
  g_free (m->period);
}

static void
clear_commodity (gpointer data)
{
  Commodity *c = data;
  g_free (c->id);
  g_free (c->unit);
}

SfBook *
sf_book_new (guint days)
{
  SfBook *book = g_new0 (SfBook, 1);
  book->days = days;
  book->series = g_array_new (FALSE, FALSE, sizeof (SfSeries));
  g_array_set_clear_func (book->series, clear_series);
  book->metrics = g_array_new (FALSE, FALSE, sizeof (SfMetric));
  g_array_set_clear_func (book->metrics, clear_metric);
  book->commodities = g_array_new (FALSE, FALSE, sizeof (Commodity));
  g_array_set_clear_func (book->commodities, clear_commodity);
  return book;
}

void
sf_book_free (SfBook *book)
{
  if (!book)
    return;
  g_array_unref (book->series);
  g_array_unref (book->metrics);
  g_array_unref (book->commodities);
  g_free (book);
}

guint
sf_book_add_series (SfBook *book, const char *place, const char *commodity,
                    const char *class, const char *measure)
{
  SfSeries s = { text (place), text (commodity), text (class), text (measure) };
  g_array_append_val (book->series, s);
  return book->series->len - 1;
}

guint
sf_book_add_metric (SfBook *book, const char *metric, const char *place,
                    const char *commodity, const char *class,
                    const char *period)
{
  SfMetric m = { text (metric), text (place), text (commodity), text (class),
                 text (period) };
  g_array_append_val (book->metrics, m);
  return book->metrics->len - 1;
}

guint
sf_book_add_commodity (SfBook *book, const char *id, const char *unit)
{
  Commodity c = { text (id), text (unit) };
  g_array_append_val (book->commodities, c);
  return book->commodities->len - 1;
}

guint
sf_book_days (const SfBook *book)
{
  return book->days;
}

guint
sf_book_n_series (const SfBook *book)
{
  return book->series->len;
}

guint
sf_book_n_metrics (const SfBook *book)
{
  return book->metrics->len;
}

guint
sf_book_n_commodities (const SfBook *book)
{
  return book->commodities->len;
}

const SfSeries *
sf_book_series (const SfBook *book, guint i)
{
  g_return_val_if_fail (i < book->series->len, NULL);
  return &g_array_index (book->series, SfSeries, i);
}

const SfMetric *
sf_book_metric (const SfBook *book, guint i)
{
  g_return_val_if_fail (i < book->metrics->len, NULL);
  return &g_array_index (book->metrics, SfMetric, i);
}

const char *
sf_book_commodity (const SfBook *book, guint i)
{
  g_return_val_if_fail (i < book->commodities->len, NULL);
  return g_array_index (book->commodities, Commodity, i).id;
}

const char *
sf_book_unit (const SfBook *book, guint i)
{
  g_return_val_if_fail (i < book->commodities->len, NULL);
  return g_array_index (book->commodities, Commodity, i).unit;
}

gint
sf_book_find_series (const SfBook *book, const char *place,
                     const char *commodity, const char *class,
                     const char *measure)
{
  for (guint i = 0; i < book->series->len; i++) {
    const SfSeries *s = &g_array_index (book->series, SfSeries, i);
    if (same (s->measure, measure) && same (s->place, place)
        && same (s->commodity, commodity) && same (s->class, class))
      return (gint)i;
  }
  return -1;
}

gint
sf_book_find_metric (const SfBook *book, const char *metric, const char *place,
                     const char *commodity, const char *class,
                     const char *period)
{
  for (guint i = 0; i < book->metrics->len; i++) {
    const SfMetric *m = &g_array_index (book->metrics, SfMetric, i);
    if (same (m->metric, metric) && same (m->place, place)
        && same (m->commodity, commodity) && same (m->class, class)
        && same (m->period, period))
      return (gint)i;
  }
  return -1;
}

/* ---- Names ---------------------------------------------------------------- */

gint
sf_book_find_named (const SfBook *book, const char *name)
{
  g_auto (GStrv) part = g_strsplit (name, "/", 5);
  guint n = g_strv_length (part);
  if (n < 2 || n > 4)
    return -1;
  return sf_book_find_series (book, part[0], n > 2 ? part[1] : "",
                              n > 3 ? part[2] : "", part[n - 1]);
}

static gboolean
is_month (const char *text)
{
  return strlen (text) == 7 && text[4] == '-' && g_ascii_isdigit (text[0]);
}

gint
sf_book_find_named_metric (const SfBook *book, const char *name)
{
  g_auto (GStrv) part = g_strsplit (name, "/", 6);
  guint n = g_strv_length (part);
  const char *period = n > 2 && is_month (part[n - 1]) ? part[--n] : "";
  if (n < 2 || n > 4)
    return -1;
  return sf_book_find_metric (book, part[n - 1], part[0], n > 2 ? part[1] : "",
                              n > 3 ? part[2] : "", period);
}

/* What is told of every class apart, so that classes add up. */
static gboolean
adds_up (const char *metric)
{
  return strcmp (metric, "person_days_without") == 0
         || g_str_has_prefix (metric, "unmet_");
}

GArray *
sf_book_find_sum (const SfBook *book, const char *name)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  gint one = sf_book_find_named_metric (book, name);
  if (one >= 0) {
    g_array_append_val (found, one);
    return g_steal_pointer (&found);
  }
  g_auto (GStrv) part = g_strsplit (name, "/", 5);
  guint n = g_strv_length (part);
  if (n < 2 || n > 3 || !adds_up (part[n - 1]))
    return NULL;
  for (guint i = 0; i < book->metrics->len; i++) {
    const SfMetric *m = &g_array_index (book->metrics, SfMetric, i);
    if (*m->class && same (m->metric, part[n - 1])
        && (!*part[0] || same (m->place, part[0]))
        && (n < 3 || same (m->commodity, part[1])))
      g_array_append_val (found, i);
  }
  return found->len > 0 ? g_steal_pointer (&found) : NULL;
}

static char *
join (const char *place, const char *commodity, const char *class,
      const char *last)
{
  GString *name = g_string_new (place);
  if (*commodity)
    g_string_append_printf (name, "/%s", commodity);
  if (*class)
    g_string_append_printf (name, "/%s", class);
  g_string_append_printf (name, "/%s", last);
  return g_string_free (name, FALSE);
}

char *
sf_book_series_name (const SfBook *book, guint series)
{
  const SfSeries *s = sf_book_series (book, series);
  return join (s->place, s->commodity, s->class, s->measure);
}

char *
sf_book_metric_name (const SfBook *book, guint metric)
{
  const SfMetric *m = sf_book_metric (book, metric);
  char *name = join (m->place, m->commodity, m->class, m->metric);
  if (!*m->period)
    return name;
  g_autofree char *whole = name;
  return g_strconcat (whole, "/", m->period, NULL);
}

/* The nearest of `n` names. */
static char *
nearest (const SfBook *book, const char *name, guint n,
         char *(*name_of) (const SfBook *book, guint i))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, name_of (book, i));
  return g_strdup (
      sf_text_nearest (name, (const char *const *)names->pdata, names->len));
}

char *
sf_book_nearest_series (const SfBook *book, const char *name)
{
  return nearest (book, name, book->series->len, sf_book_series_name);
}

char *
sf_book_nearest_metric (const SfBook *book, const char *name)
{
  return nearest (book, name, book->metrics->len, sf_book_metric_name);
}

/* ---- Records -------------------------------------------------------------- */

static gsize
n_ledger (const SfBook *book)
{
  return (gsize)book->commodities->len * SF_LEDGER_N;
}

gsize
sf_record_size (const SfBook *book)
{
  gsize curves = (gsize)book->series->len * book->days * sizeof (float);
  return SF_HEAD_N * sizeof (gint64) + book->metrics->len * sizeof (double)
         + n_ledger (book) * sizeof (double) + (curves + 7) / 8 * 8
         + SF_RECORD_MESSAGE;
}

SfRecord
sf_record_view (const SfBook *book, gpointer memory)
{
  SfRecord record;
  record.head = memory;
  record.metrics = (double *)(record.head + SF_HEAD_N);
  record.ledger = record.metrics + book->metrics->len;
  record.curves = (float *)(record.ledger + n_ledger (book));
  record.message = (char *)memory + sf_record_size (book) - SF_RECORD_MESSAGE;
  return record;
}

double
sf_ledger_imbalance (const SfBook *book, const SfRecord *record)
{
  double worst = 0;
  for (guint c = 0; c < book->commodities->len; c++) {
    double share = sf_imbalance_frac (record->ledger + (gsize)c * SF_LEDGER_N);
    /* Not "share > worst": a NAN or a sum out of nothing has to show. */
    if (!(share <= worst))
      worst = share;
  }
  return worst;
}
