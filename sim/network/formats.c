/* formats.c - grids as CSV and GeoJSON. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/base/units.h"
#include "sim/network/exchange.h"

/* ---- CSV ---------------------------------------------------------------- */

char *
sf_grid_to_csv (const SfGrid *grid)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < grid->columns->len; i++) {
    g_string_append (out, i ? "," : "");
    sf_text_csv (out, grid->columns->pdata[i]);
  }
  g_string_append (out, "\r\n");
  for (guint row = 0; row < grid->rows->len; row++) {
    for (guint i = 0; i < grid->columns->len; i++) {
      g_string_append (out, i ? "," : "");
      sf_text_csv (out, sf_grid_get (grid, row, grid->columns->pdata[i]));
    }
    g_string_append (out, "\r\n");
  }
  return g_string_free (out, FALSE);
}

/* More columns than any table of nodes or links has. */
#define COLUMNS_MAX 1000u

/* Where a reader of CSV stands. */
typedef struct {
  const char *at, *end;
  char separator;
  gint line;
  gint open_line; /* of a quote that is never closed; 0: there is none */
  GString *field;
} Csv;

/* A text that would be a formula was given an apostrophe when it was
 * written. */
static const char *
field_text (const Csv *c)
{
  const char *text = c->field->str;
  return text[0] == '\'' && text[1] && strchr ("=+-@\t", text[1]) ? text + 1
                                                                  : text;
}

static void
read_quoted (Csv *c)
{
  gint line = c->line;
  for (c->at++; c->at < c->end; c->at++) {
    if (*c->at == '"' && (c->at + 1 == c->end || c->at[1] != '"'))
      break;
    if (*c->at == '"')
      c->at++;
    if (*c->at == '\n')
      c->line++;
    g_string_append_c (c->field, *c->at);
  }
  if (c->at < c->end)
    c->at++;
  else
    c->open_line = line;
}

/* One field; TRUE when another one follows in the same row. */
static gboolean
read_field (Csv *c)
{
  g_string_truncate (c->field, 0);
  if (c->at < c->end && *c->at == '"')
    read_quoted (c);
  while (c->at < c->end && *c->at != c->separator && *c->at != '\n'
         && *c->at != '\r')
    g_string_append_c (c->field, *c->at++);
  if (c->at < c->end && *c->at == c->separator) {
    c->at++;
    return TRUE;
  }
  if (c->at < c->end && *c->at == '\r')
    c->at++;
  if (c->at < c->end && *c->at == '\n')
    c->at++;
  c->line++;
  return FALSE;
}

static void
syntax (SfMistakes *mistakes, const char *name, gint line, const char *what)
{
  sf_mistakes_add (mistakes, SF_MISTAKE_SYNTAX, name, line, 0, NULL, "%s",
                   what);
}

/* Names of columns; each is there once. */
static void
read_header (Csv *c, SfGrid *grid, SfMistakes *mistakes)
{
  gint line = c->line;
  gboolean more = TRUE;
  while (more) {
    if (grid->columns->len >= COLUMNS_MAX) {
      syntax (mistakes, grid->name, line,
              _ ("the first line names more than 1000 columns"));
      c->at = c->end;
      return;
    }
    more = read_field (c);
    g_strstrip (c->field->str);
    g_autofree char *safe = sf_text_safe (c->field->str, -1);
    if (*c->field->str
        && g_ptr_array_find_with_equal_func (grid->columns, c->field->str,
                                             g_str_equal, NULL))
      sf_mistakes_add (mistakes, SF_MISTAKE_DUPLICATE, grid->name, line, 0,
                       NULL, _ ("the column \"%s\" is there twice"), safe);
    g_ptr_array_add (grid->columns, g_strdup (c->field->str));
  }
}

/* "12,5" and nothing else. */
static gboolean
is_decimal_comma (const char *text)
{
  gsize whole = strspn (text, "+-0123456789");
  gsize rest = text[whole] == ',' ? strspn (text + whole + 1, "0123456789") : 0;
  return whole > 0 && rest > 0 && !text[whole + 1 + rest];
}

static void
read_row (Csv *c, SfGrid *grid, SfMistakes *mistakes)
{
  gint line = c->line;
  guint row = G_MAXUINT;
  gboolean more = TRUE, is_long = FALSE;
  for (guint i = 0; more; i++) {
    more = read_field (c);
    const char *text = field_text (c);
    if (!more && i == 0 && !*text)
      return; /* an empty line */
    is_long = is_long || (i >= grid->columns->len && *text);
    if (row == G_MAXUINT)
      row = sf_grid_add_row (grid, line);
    if (i >= grid->columns->len || !*text)
      continue;
    if (grid->separator != ',' && is_decimal_comma (text))
      grid->has_decimal_comma = TRUE;
    if (*(const char *)grid->columns->pdata[i])
      sf_grid_set (grid, row, grid->columns->pdata[i], text);
    else
      syntax (
          mistakes, grid->name, line,
          _ ("there is text in a column that has no name in the first line"));
  }
  if (is_long)
    syntax (mistakes, grid->name, line,
            _ ("the row has more fields than the first line has names"));
}

/* Says where a file stops being UTF-8, and what a spreadsheet did. */
static void
not_utf8 (const char *text, gsize length, const char *name,
          SfMistakes *mistakes)
{
  const char *end = text;
  gint line = 1;
  g_utf8_validate_len (text, length, &end);
  for (const char *c = text; c < end; c++)
    line += *c == '\n';
  sf_mistakes_add (mistakes, SF_MISTAKE_SYNTAX, name, line, 0, NULL,
                   _ ("the file is not UTF-8 (the byte is %02X): it was "
                      "probably saved as Windows-1252 or UTF-16; save it again "
                      "as \"CSV UTF-8\""),
                   (guint)(guchar)*end);
}

/* The one of , ; and tab that stands most often in the first line. Excel may
 * say it in a line of its own, "sep=;", which is passed over. */
static char
find_separator (const char **text, gsize *length, gint *line)
{
  if (*length >= 5 && g_ascii_strncasecmp (*text, "sep=", 4) == 0) {
    char separator = (*text)[4];
    const char *end = memchr (*text, '\n', *length);
    *length -= end ? (gsize)(end + 1 - *text) : *length;
    *text = end ? end + 1 : *text;
    (*line)++;
    return separator;
  }
  guint n[3] = { 0 };
  const char all[] = ",;\t";
  for (gsize i = 0; i < *length && (*text)[i] != '\n'; i++)
    for (int k = 0; k < 3; k++)
      n[k] += (*text)[i] == all[k];
  return n[1] > n[0] && n[1] >= n[2] ? ';' : n[2] > n[0] ? '\t' : ',';
}

SfGrid *
sf_grid_from_csv (const char *text, gsize length, const char *name,
                  SfMistakes *mistakes)
{
  guint before = sf_mistakes_count (mistakes);
  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0) {
    text += 3;
    length -= 3;
  }
  if (!g_utf8_validate_len (text, length, NULL)) {
    not_utf8 (text, length, name, mistakes);
    return NULL;
  }
  gint line = 1;
  g_autoptr (SfGrid) grid = sf_grid_new ();
  grid->name = g_strdup (name);
  grid->separator = find_separator (&text, &length, &line);
  g_autoptr (GString) field = g_string_new (NULL);
  Csv c = { text, text + length, grid->separator, line, 0, field };
  read_header (&c, grid, mistakes);
  while (c.at < c.end)
    read_row (&c, grid, mistakes);
  if (c.open_line > 0)
    syntax (mistakes, name, c.open_line,
            _ ("a quote is opened and never closed"));
  return sf_mistakes_count (mistakes) > before ? NULL : g_steal_pointer (&grid);
}

/* ---- GeoJSON ------------------------------------------------------------ */

static void
add_position (SfJson *array, const SfNodeSpec *node)
{
  sf_json_add_number (array, NULL, node->lon_deg);
  sf_json_add_number (array, NULL, node->lat_deg);
}

static gboolean
has_place (const SfNodeSpec *node)
{
  return isfinite (node->lat_deg) && isfinite (node->lon_deg);
}

/* A cell with the type that its parameter has. */
static void
add_property (SfJson *properties, const SfCollection *c, const char *column,
              const char *text)
{
  const SfParam *p = sf_param_find (c->params, column, NULL);
  if (p && p->kind == SF_PARAM_REAL)
    sf_json_add_number (properties, column, g_ascii_strtod (text, NULL));
  else if (p && p->kind == SF_PARAM_FLAG)
    sf_json_add_boolean (properties, column, strcmp (text, "true") == 0);
  else if (!p && sf_unit_is_known_suffix (column)) /* a result */
    sf_json_add_number (properties, column, g_ascii_strtod (text, NULL));
  else
    sf_json_add_string (properties, column, text);
}

static void
add_geometry (SfJson *feature, const SfScenario *s, gboolean is_link,
              guint index)
{
  const SfNodeSpec *a
      = &s->nodes[is_link ? (guint)s->links[index].from : index];
  const SfNodeSpec *b = &s->nodes[is_link ? (guint)s->links[index].to : index];
  if (!has_place (a) || !has_place (b)) {
    sf_json_add_number (feature, "geometry", NAN); /* null */
    return;
  }
  SfJson *geometry = sf_json_add_object (feature, "geometry");
  sf_json_add_string (geometry, "type", is_link ? "LineString" : "Point");
  SfJson *position = sf_json_add_array (geometry, "coordinates");
  if (!is_link) {
    add_position (position, a);
    return;
  }
  add_position (sf_json_add_array (position, NULL), a);
  add_position (sf_json_add_array (position, NULL), b);
}

static void
add_features (SfJson *features, const SfScenario *s, const SfCollection *c,
              const SfGrid *grid)
{
  gboolean is_link = strcmp (c->name, "links") == 0;
  for (guint row = 0; row < grid->rows->len; row++) {
    SfJson *feature = sf_json_add_object (features, NULL);
    sf_json_add_string (feature, "type", "Feature");
    add_geometry (feature, s, is_link, row);
    SfJson *properties = sf_json_add_object (feature, "properties");
    for (guint i = 0; i < grid->columns->len; i++) {
      const char *column = grid->columns->pdata[i];
      const char *text = sf_grid_get (grid, row, column);
      gboolean is_place
          = strcmp (column, "lat_deg") == 0 || strcmp (column, "lon_deg") == 0;
      if (text && !(is_place && has_place (&s->nodes[is_link ? 0 : row])))
        add_property (properties, c, column, text);
    }
  }
}

char *
sf_geojson_write_grids (const SfScenario *s, const SfGrid *nodes,
                        const SfGrid *links)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("geojson");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "type", "FeatureCollection");
  SfJson *features = sf_json_add_array (root, "features");
  for (const SfCollection *c = sf_collections; c->name; c++)
    if (strcmp (c->name, "nodes") == 0)
      add_features (features, s, c, nodes);
    else if (strcmp (c->name, "links") == 0)
      add_features (features, s, c, links);
  return sf_json_print (root, TRUE);
}

char *
sf_geojson_write (const SfScenario *s)
{
  g_autoptr (SfGrid) nodes = sf_grid_of (s, "nodes");
  g_autoptr (SfGrid) links = sf_grid_of (s, "links");
  return sf_geojson_write_grids (s, nodes, links);
}

static const SfJson *
member_of (const SfJson *object, const char *key, SfJsonKind kind)
{
  const SfJson *v = object ? sf_json_member (object, key) : NULL;
  return v && sf_json_kind (v) == kind ? v : NULL;
}

static void
set_value (SfGrid *grid, guint row, const char *column, const SfJson *v)
{
  char number[SF_TEXT_NUMBER_SIZE];
  switch (sf_json_kind (v)) {
  case SF_JSON_NUMBER:
    sf_text_number (number, sf_json_number (v));
    sf_grid_set (grid, row, column, number);
    break;
  case SF_JSON_STRING:
    sf_grid_set (grid, row, column, sf_json_string (v));
    break;
  case SF_JSON_BOOLEAN:
    sf_grid_set (grid, row, column, sf_json_boolean (v) ? "true" : "false");
    break;
  case SF_JSON_NULL:
  case SF_JSON_ARRAY:
  case SF_JSON_OBJECT:
    break; /* no value, or none that a cell holds */
  }
}

/* The position of a point is what places a node. */
static void
set_position (SfGrid *nodes, guint row, const SfJson *geometry)
{
  const SfJson *at = member_of (geometry, "coordinates", SF_JSON_ARRAY);
  const SfJson *lon = at ? sf_json_first (at) : NULL;
  const SfJson *lat = lon ? sf_json_next (lon) : NULL;
  if (!lat || sf_json_kind (lon) != SF_JSON_NUMBER
      || sf_json_kind (lat) != SF_JSON_NUMBER)
    return;
  set_value (nodes, row, "lon_deg", lon);
  set_value (nodes, row, "lat_deg", lat);
}

/* Positions as well-known text; NULL when they are no line. To be freed. */
static char *
line_text (const SfJson *positions)
{
  g_autoptr (GString) text = g_string_new ("LINESTRING (");
  guint n = 0;
  for (const SfJson *v = sf_json_first (positions); v; v = sf_json_next (v)) {
    char a[SF_TEXT_NUMBER_SIZE], b[SF_TEXT_NUMBER_SIZE];
    const SfJson *lon
        = sf_json_kind (v) == SF_JSON_ARRAY ? sf_json_first (v) : NULL;
    const SfJson *lat = lon ? sf_json_next (lon) : NULL;
    if (!lat || sf_json_kind (lon) != SF_JSON_NUMBER
        || sf_json_kind (lat) != SF_JSON_NUMBER)
      return NULL;
    g_string_append_printf (text, "%s%s %s", n++ > 0 ? ", " : "",
                            sf_text_number (a, sf_json_number (lon)),
                            sf_text_number (b, sf_json_number (lat)));
  }
  g_string_append_c (text, ')');
  return n < 2 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

/* A line that names no ends: a link for each of its parts. */
static void
read_line (const SfJson *feature, const SfJson *positions, gint line,
           SfGrid *links)
{
  const SfJson *properties = member_of (feature, "properties", SF_JSON_OBJECT);
  g_autofree char *text = line_text (positions);
  guint row = sf_grid_add_row (links, line);
  const SfJson *v = properties ? sf_json_first (properties) : NULL;
  for (; v; v = sf_json_next (v))
    set_value (links, row, sf_json_key (v), v);
  sf_grid_set (links, row, "geometry", text ? text : "LINESTRING EMPTY");
}

/* TRUE when the feature is a line without ends, which is then read. */
static gboolean
read_lines (const SfJson *feature, const char *type, gint line, SfGrid *links)
{
  const SfJson *geometry = member_of (feature, "geometry", SF_JSON_OBJECT);
  const SfJson *at = member_of (geometry, "coordinates", SF_JSON_ARRAY);
  if (at && strcmp (type, "LineString") == 0) {
    read_line (feature, at, line, links);
    return TRUE;
  }
  if (!at || strcmp (type, "MultiLineString") != 0)
    return FALSE;
  for (const SfJson *v = sf_json_first (at); v; v = sf_json_next (v))
    if (sf_json_kind (v) == SF_JSON_ARRAY)
      read_line (feature, v, line, links);
  return TRUE;
}

static void
read_feature (SfJsonDoc *doc, const SfJson *feature, SfGrid *nodes,
              SfGrid *links)
{
  const SfJson *properties = member_of (feature, "properties", SF_JSON_OBJECT);
  const SfJson *geometry = member_of (feature, "geometry", SF_JSON_OBJECT);
  const SfJson *type = member_of (geometry, "type", SF_JSON_STRING);
  int line = 0;
  sf_json_where (doc, feature, NULL, &line, NULL);
  gboolean is_link = properties && sf_json_member (properties, "from")
                     && sf_json_member (properties, "to");
  gboolean is_point = type && strcmp (sf_json_string (type), "Point") == 0;
  if (!is_link && type
      && read_lines (feature, sf_json_string (type), line, links))
    return;
  if (!properties || (!is_link && !is_point && geometry))
    return; /* an area */
  SfGrid *grid = is_link ? links : nodes;
  guint row = sf_grid_add_row (grid, line);
  for (const SfJson *v = sf_json_first (properties); v; v = sf_json_next (v))
    set_value (grid, row, sf_json_key (v), v);
  if (is_point && !is_link)
    set_position (nodes, row, geometry);
}

static void
name_grid (SfGrid *grid, const char *name)
{
  g_free (grid->name);
  grid->name = g_strdup (name);
}

gboolean
sf_geojson_read (const char *text, gsize length, const char *name,
                 SfGrid *nodes, SfGrid *links, SfMistakes *mistakes)
{
  g_autoptr (SfJsonDoc) doc = sf_json_parse (text, length, name, mistakes);
  if (!doc)
    return FALSE;
  const SfJson *features
      = sf_json_kind (sf_json_root (doc)) == SF_JSON_OBJECT
            ? member_of (sf_json_root (doc), "features", SF_JSON_ARRAY)
            : NULL;
  if (!features) {
    sf_mistakes_add (mistakes, SF_MISTAKE_TYPE, name, 1, 0, "/features",
                     _ ("expected a FeatureCollection with \"features\""));
    return FALSE;
  }
  name_grid (nodes, name);
  name_grid (links, name);
  for (const SfJson *v = sf_json_first (features); v; v = sf_json_next (v))
    if (sf_json_kind (v) == SF_JSON_OBJECT)
      read_feature (doc, v, nodes, links);
  return TRUE;
}
