/* exchange.c - grids of nodes and links. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/exchange.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Keys that any record may have besides those of its table. */
static const char *const about[] = { "source", "confidence", "note" };

SfGrid *
sf_grid_new (void)
{
  SfGrid *grid = g_new0 (SfGrid, 1);
  grid->columns = g_ptr_array_new_with_free_func (g_free);
  grid->rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  grid->lines = g_array_new (FALSE, FALSE, sizeof (gint));
  return grid;
}

void
sf_grid_free (SfGrid *grid)
{
  if (!grid)
    return;
  g_ptr_array_unref (grid->columns);
  g_ptr_array_unref (grid->rows);
  g_array_unref (grid->lines);
  g_free (grid->name);
  g_free (grid);
}

guint
sf_grid_add_row (SfGrid *grid, gint line)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (row, (gint)grid->columns->len);
  g_ptr_array_add (grid->rows, row);
  g_array_append_val (grid->lines, line);
  return grid->rows->len - 1;
}

static gint
find_column (const SfGrid *grid, const char *column)
{
  for (guint i = 0; i < grid->columns->len; i++)
    if (strcmp (grid->columns->pdata[i], column) == 0)
      return (gint)i;
  return -1;
}

void
sf_grid_set (SfGrid *grid, guint row, const char *column, const char *text)
{
  gint i = find_column (grid, column);
  if (i < 0) {
    i = (gint)grid->columns->len;
    g_ptr_array_add (grid->columns, g_strdup (column));
  }
  GPtrArray *cells = grid->rows->pdata[row];
  if (cells->len <= (guint)i)
    g_ptr_array_set_size (cells, i + 1);
  g_free (cells->pdata[i]);
  cells->pdata[i] = text && *text ? g_strdup (text) : NULL;
}

const char *
sf_grid_get (const SfGrid *grid, guint row, const char *column)
{
  gint i = find_column (grid, column);
  const GPtrArray *cells = grid->rows->pdata[row];
  return i < 0 || (guint)i >= cells->len ? NULL : cells->pdata[i];
}

/* The cell as a number with a decimal point, or NULL when it is doubtful. */
static char *
plain_number (const SfGrid *grid, const char *cell)
{
  g_autofree char *copy = g_strdup (cell);
  const char *text = g_strstrip (copy);
  GString *plain = g_string_new (NULL);
  const char *comma = strchr (text, ',');
  for (const char *c = text; *c; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char (c);
    const char *next = g_utf8_next_char (c);
    gboolean is_space = u == ' ' || u == 0xA0 || u == 0x202F;
    if (is_space && plain->len > 0 && strspn (next, "0123456789") == 3)
      continue; /* groups of three digits */
    g_string_append_unichar (plain, c == comma ? '.' : u);
  }
  gboolean is_doubtful
      = comma ? grid->separator == ',' || !grid->separator
                    || strpbrk (comma + 1, ",.")
                    || memchr (text, '.', (gsize)(comma - text))
              : grid->has_decimal_comma && strchr (plain->str, '.')
                    && strlen (strchr (plain->str, '.')) == 4;
  is_doubtful
      = is_doubtful || plain->str[strspn (plain->str, "0123456789+-.eE")];
  return g_string_free (plain, is_doubtful);
}

gboolean
sf_grid_number (const SfGrid *grid, guint row, const char *column,
                double *value)
{
  const char *text = sf_grid_get (grid, row, column);
  g_autofree char *plain = text ? plain_number (grid, text) : NULL;
  char *end = NULL;
  double number = plain ? g_ascii_strtod (plain, &end) : NAN;
  if (!plain || end == plain || *end || !isfinite (number))
    return FALSE;
  *value = number;
  return TRUE;
}

void
sf_grid_set_number (SfGrid *grid, guint row, const char *column, double value)
{
  char text[SF_TEXT_NUMBER_SIZE];
  sf_text_number (text, value);
  if (grid->has_decimal_comma)
    g_strdelimit (text, ".", ',');
  sf_grid_set (grid, row, column, text);
}

void
sf_grid_mistake (const SfGrid *grid, guint row, SfMistakes *mistakes,
                 SfMistakeKind kind, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  sf_mistakes_add (mistakes, kind, grid->name,
                   g_array_index (grid->lines, gint, row), 0, NULL, "%s", text);
}

static const SfCollection *
find_collection (const char *name)
{
  for (const SfCollection *c = sf_collections; c->name; c++)
    if (strcmp (c->name, name) == 0)
      return c;
  return NULL;
}

static const char *
id_of (const SfScenario *s, const char *collection, gint index)
{
  const SfCollection *c = find_collection (collection);
  if (!c || index < 0)
    return NULL;
  const char *records = *(const gpointer *)((const char *)s + c->offset);
  return *(const char *const *)(records + (gsize)index * c->size);
}

/* A member of a record as text, or NULL when it is not given. */
static char *
cell_of (const SfScenario *s, const SfParam *p, const char *record)
{
  const void *at = record + p->offset;
  char number[SF_TEXT_NUMBER_SIZE];
  switch (p->kind) {
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    if (isnan (*(const double *)at))
      return NULL;
    return g_strdup (sf_text_number (number, *(const double *)at));
  case SF_PARAM_FLAG:
    return g_strdup (*(const gboolean *)at ? "true" : "false");
  case SF_PARAM_TEXT:
    return g_strdup (*(const char *const *)at);
  case SF_PARAM_CHOICE:
    return sf_param_choice_word (p->choices, *(const gint *)at);
  case SF_PARAM_REF:
    return g_strdup (id_of (s, p->choices, *(const gint *)at));
  case SF_PARAM_DATE:
  case SF_PARAM_REFS:
  case SF_PARAM_SERIES:
    break; /* neither nodes nor links have any */
  }
  return NULL;
}

/* What the document says of a record as a whole. */
static void
set_about (SfGrid *grid, guint row, const SfScenario *s, const char *collection,
           const char *id)
{
  const SfJson *records
      = s->doc ? sf_json_member (sf_json_root (s->doc), collection) : NULL;
  const SfJson *record = records ? sf_json_member (records, id) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (about); i++) {
    const SfJson *v = record ? sf_json_member (record, about[i]) : NULL;
    gboolean is_text = v && sf_json_kind (v) == SF_JSON_STRING;
    sf_grid_set (grid, row, about[i], is_text ? sf_json_string (v) : NULL);
  }
}

/* "from" and "to" come right after "id", where a reader looks for them. */
static void
name_columns (SfGrid *grid, const SfParam *params)
{
  g_ptr_array_add (grid->columns, g_strdup ("id"));
  for (const SfParam *p = params; p->name; p++)
    if (p->kind == SF_PARAM_REF && strcmp (p->choices, "nodes") == 0)
      g_ptr_array_add (grid->columns, g_strdup (p->name));
  for (const SfParam *p = params; p->name; p++)
    if (find_column (grid, p->name) < 0)
      g_ptr_array_add (grid->columns, g_strdup (p->name));
}

SfGrid *
sf_grid_of (const SfScenario *s, const char *collection)
{
  const SfCollection *c = find_collection (collection);
  g_return_val_if_fail (c, NULL);
  const char *record = *(const gpointer *)((const char *)s + c->offset);
  guint n = *(const guint *)((const char *)s + c->count_offset);
  SfGrid *grid = sf_grid_new ();
  name_columns (grid, c->params);
  for (guint i = 0; i < n; i++, record += c->size) {
    const char *id = *(const char *const *)record;
    guint row = sf_grid_add_row (grid, 0);
    sf_grid_set (grid, row, "id", id);
    for (const SfParam *p = c->params; p->name; p++) {
      g_autofree char *text = cell_of (s, p, record);
      sf_grid_set (grid, row, p->name, text);
    }
    set_about (grid, row, s, c->name, id);
  }
  return grid;
}

/* ---- From grids to a scenario ------------------------------------------ */

typedef struct {
  SfJson *root;
  const char *name;
  GPtrArray *skipped;
  SfMistakes *mistakes;
} Import;

char *
sf_grid_id (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");
  GString *id = g_string_new (NULL);
  for (const char *c = plain; *c && id->len < 64; c++) {
    if (g_ascii_isalnum (*c) || *c == '-' || *c == '_' || *c == '.')
      g_string_append_c (id, *c);
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  }
  while (id->len > 0 && id->str[id->len - 1] == '-'
         && !g_str_has_suffix (name, "-"))
    g_string_truncate (id, id->len - 1);
  return g_string_free (id, FALSE);
}

static gboolean
flag_of (const char *text, gboolean *flag)
{
  static const char *const yes[] = { "true", "1", "yes", "vrai", "oui", NULL };
  static const char *const no[] = { "false", "0", "no", "faux", "non", NULL };
  g_autofree char *low = g_ascii_strdown (text, -1);
  *flag = g_strv_contains (yes, low);
  return *flag || g_strv_contains (no, low);
}

static const char *
file_of (const Import *im, const SfGrid *grid)
{
  return grid->name ? grid->name : im->name;
}

static void
wrong (const Import *im, const SfGrid *grid, guint row, const SfParam *p,
       const char *text, const char *expected)
{
  g_autofree char *safe = sf_text_safe (text, -1);
  sf_mistakes_add (im->mistakes, SF_MISTAKE_TYPE, file_of (im, grid),
                   g_array_index (grid->lines, gint, row), 0, NULL,
                   _ ("%s is \"%s\"; expected %s"), p->name, safe, expected);
}

static void
add_number (const Import *im, const SfGrid *grid, guint row, const SfParam *p,
            const char *text, SfJson *record)
{
  double number = 0;
  char low[SF_TEXT_NUMBER_SIZE], high[SF_TEXT_NUMBER_SIZE];
  if (!sf_grid_number (grid, row, p->name, &number))
    wrong (im, grid, row, p, text,
           strchr (text, ',') || strchr (text, '.')
               ? _ ("a number, with one decimal sign and the same throughout")
               : _ ("a number"));
  else if (number < p->min || number > p->max)
    sf_mistakes_add (im->mistakes, SF_MISTAKE_RANGE, file_of (im, grid),
                     g_array_index (grid->lines, gint, row), 0, NULL,
                     _ ("%s is %s; expected %s to %s"), p->name, text,
                     sf_text_number (low, p->min),
                     sf_text_number (high, p->max));
  else if ((p->flags & SF_PARAM_REQUIRED) || number != p->fallback)
    sf_json_add_number (record, p->name, number);
}

static void
add_cell (const Import *im, const SfGrid *grid, guint row, const SfParam *p,
          SfJson *record)
{
  const char *text = sf_grid_get (grid, row, p->name);
  if (!text) {
    if (p->flags & SF_PARAM_REQUIRED)
      sf_mistakes_add (im->mistakes, SF_MISTAKE_MISSING, file_of (im, grid),
                       g_array_index (grid->lines, gint, row), 0, NULL,
                       _ ("%s is missing (%s)"), p->name, _ (p->help));
    return;
  }
  gboolean flag = FALSE;
  if (p->kind == SF_PARAM_REAL) {
    add_number (im, grid, row, p, text, record);
  } else if (p->kind == SF_PARAM_FLAG) {
    if (!flag_of (text, &flag))
      wrong (im, grid, row, p, text, _ ("true or false"));
    else if (flag != (p->fallback != 0))
      sf_json_add_boolean (record, p->name, flag);
  } else if (p->kind == SF_PARAM_CHOICE) {
    gint place = sf_param_choice (p->choices, text);
    if (place < 0)
      wrong (im, grid, row, p, text, p->choices);
    else if (place != (gint)p->fallback || (p->flags & SF_PARAM_REQUIRED))
      sf_json_add_string (record, p->name, text);
  } else if (p->kind == SF_PARAM_REF) {
    g_autofree char *id = sf_grid_id (text);
    sf_json_add_string (record, p->name, id);
  } else {
    sf_json_add_string (record, p->name, text);
  }
}

/* The id of a row: its own, or for a link the ids of its ends. */
static char *
row_id (const SfGrid *grid, guint row, const SfJson *records)
{
  const char *own = sf_grid_get (grid, row, "id");
  if (own)
    return sf_grid_id (own);
  const char *from = sf_grid_get (grid, row, "from");
  const char *to = sf_grid_get (grid, row, "to");
  if (!from || !to)
    return NULL;
  g_autofree char *both = g_strconcat (from, "-", to, NULL);
  char *id = sf_grid_id (both);
  /* Room for the number within the 64 characters that an id may have. */
  g_autofree char *stem = g_strndup (id, 53);
  for (guint n = 2; sf_json_member (records, id); n++) {
    g_free (id);
    id = g_strdup_printf ("%s-%u", stem, n);
  }
  return id;
}

/* An object for a row under its id; NULL after a mistake. */
static SfJson *
new_record (const Import *im, const SfGrid *grid, guint row, SfJson *records)
{
  g_autofree char *id = row_id (grid, row, records);
  gint line = g_array_index (grid->lines, gint, row);
  if (!id || !*id) {
    sf_mistakes_add (im->mistakes, SF_MISTAKE_MISSING, file_of (im, grid), line,
                     0, NULL, _ ("the row has no id"));
    return NULL;
  }
  if (sf_json_member (records, id)) {
    sf_mistakes_add (im->mistakes, SF_MISTAKE_DUPLICATE, file_of (im, grid),
                     line, 0, NULL, _ ("the id \"%s\" is there already"), id);
    return NULL;
  }
  SfJson *record = sf_json_add_object (records, id);
  const char *own = sf_grid_get (grid, row, "id");
  if (own && strcmp (own, id) != 0 && !sf_grid_get (grid, row, "title"))
    sf_json_add_string (record, "title", own);
  return record;
}

static void
add_records (const Import *im, const SfGrid *grid, const SfCollection *c,
             SfJson *records)
{
  for (guint row = 0; row < grid->rows->len; row++) {
    SfJson *record = new_record (im, grid, row, records);
    if (!record)
      continue;
    for (const SfParam *p = c->params; p->name; p++)
      add_cell (im, grid, row, p, record);
    for (gsize i = 0; i < G_N_ELEMENTS (about); i++) {
      const char *text = sf_grid_get (grid, row, about[i]);
      if (text)
        sf_json_add_string (record, about[i], text);
    }
  }
  for (guint i = 0; im->skipped && i < grid->columns->len; i++) {
    const char *name = grid->columns->pdata[i];
    gboolean is_about = FALSE;
    for (gsize k = 0; k < G_N_ELEMENTS (about); k++)
      is_about = is_about || strcmp (name, about[k]) == 0;
    if (!is_about && strcmp (name, "id") != 0
        && !sf_param_find (c->params, name, NULL))
      g_ptr_array_add (im->skipped, g_strdup (name));
  }
}

/* Records that links name and no row describes. */
static void
add_named (const SfGrid *links, const char *column, SfJson *records)
{
  for (guint row = 0; row < links->rows->len; row++) {
    const char *name = sf_grid_get (links, row, column);
    if (!name)
      continue;
    g_autofree char *id = sf_grid_id (name);
    if (!*id || sf_json_member (records, id))
      continue;
    SfJson *record = sf_json_add_object (records, id);
    if (strcmp (id, name) != 0)
      sf_json_add_string (record, "title", name);
  }
}

/* A scenario lists its sources, but for "model", our own assumption; all that a
 * grid knows of one is its key. */
static void
add_sources (const SfGrid *grid, SfJson *sources)
{
  for (guint row = 0; row < grid->rows->len; row++) {
    const char *key = sf_grid_get (grid, row, "source");
    if (key && strcmp (key, "model") != 0 && !sf_json_member (sources, key))
      sf_json_add_string (sf_json_add_object (sources, key), "title", key);
  }
}

static void
add_capital (SfJson *root, const SfGrid *nodes)
{
  gint found = -1;
  for (guint row = 0; row < nodes->rows->len; row++) {
    const char *kind = sf_grid_get (nodes, row, "kind");
    if (!kind || strcmp (kind, "capital") != 0)
      continue;
    if (found >= 0)
      return;
    found = (gint)row;
  }
  if (found < 0 || !sf_grid_get (nodes, (guint)found, "id"))
    return;
  const char *country = sf_grid_get (nodes, (guint)found, "country");
  g_autofree char *id = sf_grid_id (sf_grid_get (nodes, (guint)found, "id"));
  sf_json_add_string (root, "capital", id);
  if (country)
    sf_json_add_string (root, "country", country);
}

SfJsonDoc *
sf_grids_to_scenario (const SfGrid *nodes, const SfGrid *links,
                      const char *name, GPtrArray *skipped,
                      SfMistakes *mistakes)
{
  guint before = sf_mistakes_count (mistakes);
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object (name);
  SfJson *root = sf_json_root (doc);
  Import im = { root, name, skipped, mistakes };
  sf_json_add_number (root, "format", 1);
  add_capital (root, nodes);
  SfJson *sources = sf_json_add_object (root, "sources");
  add_sources (nodes, sources);
  add_sources (links, sources);
  SfJson *zones = sf_json_add_object (root, "zones");
  add_named (links, "zone", zones);
  SfJson *places = sf_json_add_object (root, "nodes");
  add_records (&im, nodes, find_collection ("nodes"), places);
  add_named (links, "from", places);
  add_named (links, "to", places);
  add_records (&im, links, find_collection ("links"),
               sf_json_add_object (root, "links"));
  return sf_mistakes_count (mistakes) > before ? NULL : g_steal_pointer (&doc);
}

/* ---- A network from memory ---------------------------------------------- */

/* Scenarios are read from files, so the text becomes one for a moment. */
SfScenario *
sf_network_from_text (const char *text, const char *name, SfMistakes *mistakes)
{
  static const SfModelInfo *const no_models[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("shortfall-XXXXXX.json", &path, &error);
  if (fd >= 0)
    g_close (fd, NULL);
  if (fd < 0 || !g_file_set_contents (path, text, -1, &error)) {
    sf_mistakes_add (mistakes, SF_MISTAKE_FILE, name, 0, 0, NULL, "%s",
                     error->message);
    if (path)
      g_unlink (path);
    return NULL;
  }
  g_autoptr (SfMistakes) found = sf_mistakes_new ();
  SfScenario *s = sf_scenario_read (path, NULL, no_models, found);
  for (guint i = 0; i < sf_mistakes_count (found); i++) {
    const SfMistake *m = sf_mistakes_get (found, i);
    sf_mistakes_add (mistakes, m->kind, name, 0, 0, m->pointer, "%s",
                     m->message);
  }
  g_unlink (path);
  if (s)
    sf_scenario_draw (s, 1, -1);
  return s;
}
