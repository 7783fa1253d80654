/* book.h - what is recorded, and the record of one replication. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A book is the catalogue: daily series (a curve per place, commodity, class
 * and measure), metrics (one number per replication) and commodities of the
 * ledger. A record holds the numbers of one replication in that shape, in one
 * block of memory without pointers, so that a worker process can fill it in
 * memory it shares. The name of a measure carries its unit.
 */
#pragma once

#include <glib.h>

/* Levels are taken at noon, flows are sums over the calendar day. */
typedef struct {
  char *place, *commodity, *class, *measure; /* "" where it does not apply */
} SfSeries;

/* NAN stands for "did not happen" (censored), never for a failure. */
typedef struct {
  char *metric, *place, *commodity, *class, *period; /* "" where none */
} SfMetric;

/* Accounts of the ledger, per commodity, in its unit.
 * loaded + initial = consumed + lost + seized + leaked + in_stock
 *                    + in_transit + hoarded */
typedef enum {
  SF_LEDGER_INITIAL,
  SF_LEDGER_LOADED, /* at sources outside the stocks of the scenario, less
                         what came back */
  SF_LEDGER_CONSUMED,
  SF_LEDGER_LOST, /* destroyed in attacks */
  SF_LEDGER_SEIZED,
  SF_LEDGER_LEAKED,   /* left the system otherwise */
  SF_LEDGER_IN_STOCK, /* depots, stations, and households up to their target */
  SF_LEDGER_IN_TRANSIT,
  SF_LEDGER_HOARDED, /* household stock above its target */
  SF_LEDGER_N,
} SfLedgerAccount;

extern const char *const sf_ledger_names[SF_LEDGER_N];

typedef struct SfBook SfBook;

SfBook *sf_book_new (guint days);
void sf_book_free (SfBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfBook, sf_book_free)

/* Add an entry; returns its index. NULL means "". */
guint sf_book_add_series (SfBook *book, const char *place,
                          const char *commodity, const char *class,
                          const char *measure);
guint sf_book_add_metric (SfBook *book, const char *metric, const char *place,
                          const char *commodity, const char *class,
                          const char *period);
guint sf_book_add_commodity (SfBook *book, const char *id, const char *unit);

guint sf_book_days (const SfBook *book);
guint sf_book_n_series (const SfBook *book);
guint sf_book_n_metrics (const SfBook *book);
guint sf_book_n_commodities (const SfBook *book);
const SfSeries *sf_book_series (const SfBook *book, guint i);
const SfMetric *sf_book_metric (const SfBook *book, guint i);
const char *sf_book_commodity (const SfBook *book, guint i);
const char *sf_book_unit (const SfBook *book, guint i);
/* Index of a series, or -1. */
gint sf_book_find_series (const SfBook *book, const char *place,
                          const char *commodity, const char *class,
                          const char *measure);
gint sf_book_find_metric (const SfBook *book, const char *metric,
                          const char *place, const char *commodity,
                          const char *class, const char *period);

/* Index of a series by one text, or -1: "PLACE/MEASURE",
 * "PLACE/COMMODITY/MEASURE", "PLACE/COMMODITY/CLASS/MEASURE"; "/MEASURE" for
 * the country. A model's gauge has the model's id as its place. */
gint sf_book_find_named (const SfBook *book, const char *name);
/* The same for a metric of the whole run, or with a month at the end:
 * "/lost_count/2025-09". */
gint sf_book_find_named_metric (const SfBook *book, const char *name);
/* The metrics whose sum a name is: the one that it names; or, for amounts of
 * which the book has no such metric, all that it leaves open. So
 * "bamako/petrol/person_days_without" sums over classes, "bamako/..." over
 * commodities too and "/..." over places as well. Only person_days_without and
 * unmet_ add up. guint; NULL when the book has none. Owned by the caller. */
GArray *sf_book_find_sum (const SfBook *book, const char *name);
/* The name of a metric as above, to be freed; and the one most like a text. */
char *sf_book_metric_name (const SfBook *book, guint metric);
char *sf_book_nearest_metric (const SfBook *book, const char *name);
/* The name of a series as above, to be freed. */
char *sf_book_series_name (const SfBook *book, guint series);
/* The series whose name is most like a text, to be freed; NULL: none is. */
char *sf_book_nearest_series (const SfBook *book, const char *name);

/* Status of a replication's record. */
typedef enum {
  SF_RECORD_EMPTY, /* not run, or its worker died */
  SF_RECORD_DONE,
  SF_RECORD_FAILED, /* message says why */
} SfRecordStatus;

/* A view of a record in memory that someone else owns. Curves are floats,
 * series after series, one value a day. */
typedef struct SfRecord {
  gint64 *head;    /* status, fingerprint, events, ties: see below */
  char *message;   /* SF_RECORD_MESSAGE bytes */
  double *metrics; /* n_metrics */
  double *ledger;  /* n_commodities * SF_LEDGER_N */
  float *curves;   /* n_series * days */
} SfRecord;

enum {
  SF_HEAD_STATUS,
  SF_HEAD_FINGERPRINT,
  SF_HEAD_EVENTS,
  SF_HEAD_TIES,
  SF_HEAD_N
};
#define SF_RECORD_MESSAGE 256

/* Bytes of a record, a multiple of 8; and the view of such a block. */
gsize sf_record_size (const SfBook *book);
SfRecord sf_record_view (const SfBook *book, gpointer memory);

/* The largest of |loaded + initial - the rest| / (loaded + initial) over the
 * commodities. */
double sf_ledger_imbalance (const SfBook *book, const SfRecord *record);

/* ---- The story of one replication ------------------------------------- */

typedef struct {
  gint64 tick;
  const char *kind; /* static text */
  char *place;      /* id of a node, link or gate */
  double trucks;    /* NAN: does not apply */
  char *text;       /* one sentence part */
} SfLogEntry;

typedef struct SfLog SfLog;
/* In English, for files; or in the language in use, for people. */
SfLog *sf_log_new (void);
SfLog *sf_log_new_for_people (void);
void sf_log_free (SfLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLog, sf_log_free)
/* An English text as this log has it. */
const char *sf_log_text (const SfLog *log, const char *english)
    G_GNUC_FORMAT (2);
/* Takes text. */
void sf_log_add (SfLog *log, gint64 tick, const char *kind, const char *place,
                 double trucks, char *text);
guint sf_log_count (const SfLog *log);
const SfLogEntry *sf_log_get (const SfLog *log, guint i);

/* Roads day by day, for a map that moves: at noon of each day the loaded
 * trucks that have entered every hop since the start, and which links are
 * closed (one byte a link). Copies both. */
void sf_log_add_day (SfLog *log, const double *passed, guint n_hops,
                     const guint8 *is_closed, guint n_links);
/* Days added, and what was added on one of them; borrowed. */
guint sf_log_days (const SfLog *log);
const double *sf_log_passed (const SfLog *log, guint day);
const guint8 *sf_log_closed (const SfLog *log, guint day);
