/* columns.c - what the columns of both tables mean. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/export/export-private.h"

static const char *const states[]
    = { "done", "failed", "crashed", "timeout", NULL };

/* ---- Texts ------------------------------------------------------------------ */

static const char *
keep (SfExportColumns *c, const char *text)
{
  return g_string_chunk_insert_const (c->texts, text ? text : "");
}

/* "#indicator+KIND+NAME+num"; an attribute begins with a letter. */
static const char *
tag_of (SfExportColumns *c, const char *kind, const char *name, const char *end)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *tag
      = g_strconcat ("#indicator+", kind, g_ascii_isalpha (*name) ? "+" : "+n",
                     lower, end, NULL);
  return keep (c, tag);
}

static void
append_value (GString *out, const SfJson *v)
{
  gboolean is_list = sf_json_kind (v) == SF_JSON_ARRAY;
  g_autofree char *json
      = sf_json_kind (v) == SF_JSON_STRING ? NULL : sf_json_print (v, FALSE);
  gboolean has_text = is_list && sf_json_first (v)
                      && sf_json_kind (sf_json_first (v)) == SF_JSON_STRING;
  if (!json)
    g_string_append (out, sf_json_string (v));
  else if (!has_text)
    g_string_append (out, json);
  else
    for (const SfJson *e = sf_json_first (v); e; e = sf_json_next (e)) {
      append_value (out, e);
      g_string_append (out, sf_json_next (e) ? ", " : "");
    }
}

/* What the study says of a column: "target /models/x/y; range [0,8]". */
static const char *
meaning_of (SfExportColumns *c, const char *start, const SfStoreColumn *column,
            const char *end)
{
  g_autoptr (SfMistakes) none = sf_mistakes_new ();
  const char *detail = column->detail;
  g_autoptr (SfJsonDoc) doc
      = detail ? sf_json_parse (detail, strlen (detail), "", none) : NULL;
  g_autoptr (GString) text = g_string_new (start);
  const SfJson *v = doc ? sf_json_first (sf_json_root (doc)) : NULL;
  for (; v; v = sf_json_next (v)) {
    if (strcmp (sf_json_key (v), "title") == 0
        || strcmp (sf_json_key (v), "unit") == 0)
      continue;
    g_string_append_printf (text, "; %s ", sf_json_key (v));
    append_value (text, v);
  }
  g_string_append (text, end);
  return keep (c, text->str);
}

/* ---- Columns ------------------------------------------------------------------ */

static SfExportColumns *
new_columns (void)
{
  SfExportColumns *c = g_new0 (SfExportColumns, 1);
  c->list = g_array_new (FALSE, FALSE, sizeof (SfExportColumn));
  c->texts = g_string_chunk_new (4096);
  return c;
}

void
sf_export_columns_free (SfExportColumns *c)
{
  if (!c)
    return;
  g_array_unref (c->list);
  g_string_chunk_free (c->texts);
  g_free (c);
}

static void
add_fixed (SfExportColumns *c, const SfExportColumn *columns, gsize n)
{
  g_array_append_vals (c->list, columns, (guint)n);
}

static void
add_factors (SfExportColumns *c, const SfStoreShape *shape)
{
  for (guint i = 0; i < shape->n_factors; i++) {
    const SfStoreColumn *f = &shape->factors[i];
    gboolean is_lever = strcmp (f->kind, "lever") == 0;
    SfExportColumn column = {
      .name = keep (c, f->name),
      .title = keep (c, f->title ? f->title : f->name),
      .meaning = meaning_of (c,
                             strcmp (f->kind, "dummy") == 0
                                 ? "factor that changes nothing"
                                 : "factor",
                             f, is_lever ? "; 0 is off, 1 is on" : ""),
      .tag = tag_of (c, "factor", f->name, f->levels ? "" : "+num"),
      .unit = keep (c, f->unit),
      .type = f->levels  ? SF_CELL_TEXT
              : is_lever ? SF_CELL_INTEGER
                         : SF_CELL_NUMBER,
      .is_needed = TRUE,
      .low = f->low,
      .high = f->high,
      .levels = f->levels,
    };
    g_array_append_val (c->list, column);
  }
}

/* One number of every outcome: itself, or a statistic of it. */
static SfExportColumn
outcome (SfExportColumns *c, const SfStoreColumn *o, const char *suffix,
         const char *start)
{
  g_autofree char *name = g_strconcat (o->name, suffix, NULL);
  g_autofree char *last = g_strconcat (suffix, "+num", NULL);
  if (*last == '_')
    *last = '+';
  gboolean may_lack = strcmp (o->kind, "event") == 0;
  return (SfExportColumn){
    .name = keep (c, name),
    .title = keep (c, o->title ? o->title : o->name),
    .meaning
    = meaning_of (c, start, o,
                  may_lack && !*suffix ? "; empty when it did not happen" : ""),
    .tag = tag_of (c, "outcome", o->name, last),
    .unit = keep (c, o->unit),
    .type = SF_CELL_NUMBER,
    .low = NAN,
    .high = NAN,
  };
}

static const SfExportColumn point_column
    = { "point",        "Point",  "number of the point, from 0",
        "#meta+point",  "",       SF_CELL_INTEGER,
        .is_needed = 1, .low = 0, .high = NAN };

SfExportColumns *
sf_export_columns_of_runs (const SfStoreShape *shape)
{
  static const SfExportColumn rep[]
      = { { "rep", "Replication",
            "number of the replication, from 0; replication r meets the same "
            "luck at every point",
            "#meta+replication", "", SF_CELL_INTEGER, TRUE, 0, NAN, NULL } };
  static const SfExportColumn state[]
      = { { "state", "State", "how the run ended; outcomes are there when done",
            "#status", "", SF_CELL_TEXT, TRUE, NAN, NAN, states },
          { "attempt", "Attempt", "how often it was tried", "#meta+attempt+num",
            "", SF_CELL_INTEGER, TRUE, 1, NAN, NULL } };
  static const SfExportColumn rest[]
      = { { "message", "Message", "why it failed; empty when done",
            "#description", "", SF_CELL_TEXT, FALSE, NAN, NAN, NULL },
          { "fingerprint", "Fingerprint",
            "hash over all events of the run, 16 hexadecimal digits: equal "
            "runs have equal ones",
            "#meta+fingerprint", "", SF_CELL_TEXT, FALSE, NAN, NAN, NULL },
          { "events", "Events", "events that were simulated",
            "#meta+events+num", "", SF_CELL_INTEGER, FALSE, 0, NAN, NULL },
          { "wall_s", "Time", "time that it took", "#meta+wall+num", "s",
            SF_CELL_NUMBER, FALSE, 0, NAN, NULL },
          { "cpu_s", "Processor time", "processor time that it took",
            "#meta+cpu+num", "s", SF_CELL_NUMBER, FALSE, 0, NAN, NULL },
          { "finished_unix_s", "Finished",
            "when, in seconds since 1970-01-01T00:00:00Z", "#meta+finished+num",
            "s", SF_CELL_NUMBER, FALSE, NAN, NAN, NULL },
          { "worker", "Worker", "machine and process that did it",
            "#meta+worker", "", SF_CELL_TEXT, FALSE, NAN, NAN, NULL } };
  SfExportColumns *c = new_columns ();
  add_fixed (c, &point_column, 1);
  add_fixed (c, rep, G_N_ELEMENTS (rep));
  add_factors (c, shape);
  add_fixed (c, state, G_N_ELEMENTS (state));
  for (guint i = 0; i < shape->n_outcomes; i++) {
    SfExportColumn column = outcome (c, &shape->outcomes[i], "", "outcome");
    g_array_append_val (c->list, column);
  }
  add_fixed (c, rest, G_N_ELEMENTS (rest));
  return c;
}

SfExportColumns *
sf_export_columns_of_points (const SfStoreShape *shape)
{
  static const SfExportColumn place[]
      = { { "design_row", "Row of the design",
            "the point's number in the design, from 0; points that break a "
            "constraint are left out of the sweep",
            "#meta+row", "", SF_CELL_INTEGER, TRUE, 0, NAN, NULL },
          { "block", "Block of the design",
            "points of one block stand and fall together: a trajectory of "
            "morris, a base row of saltelli",
            "#meta+block", "", SF_CELL_INTEGER, TRUE, 0, NAN, NULL } };
  static const SfExportColumn counts[]
      = { { "n_done", "Runs done", "replications that are done",
            "#meta+done+num", "", SF_CELL_INTEGER, TRUE, 0, NAN, NULL },
          { "n_failed", "Runs failed",
            "replications that failed, crashed or took too long",
            "#meta+failed+num", "", SF_CELL_INTEGER, TRUE, 0, NAN, NULL } };
  SfExportColumns *c = new_columns ();
  add_fixed (c, &point_column, 1);
  add_fixed (c, place, G_N_ELEMENTS (place));
  add_factors (c, shape);
  add_fixed (c, counts, G_N_ELEMENTS (counts));
  for (guint i = 0; i < shape->n_outcomes; i++) {
    const SfStoreColumn *o = &shape->outcomes[i];
    SfExportColumn three[]
        = { outcome (c, o, "_mean",
                     "mean over the replications in which it happened"),
            outcome (c, o, "_sd",
                     "standard deviation over them, divisor n - 1"),
            outcome (c, o, "_n", "how many replications have it") };
    three[2].unit = "";
    three[2].type = SF_CELL_INTEGER;
    three[2].is_needed = TRUE;
    three[2].low = 0;
    add_fixed (c, three, G_N_ELEMENTS (three));
  }
  return c;
}
