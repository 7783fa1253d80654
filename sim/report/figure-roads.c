/* figure-roads.c - arrivals by week and corridor, and the map. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/report/figure-data.h"

#include "sim/lang/figure-words.h"

/* ---- Arrivals ----------------------------------------------------------- */

#define HUES 8u

/* A corridor, or several as one. */
typedef struct {
  const char *label;
  double *arrived, *lost; /* by week; means, which can be added up */
  double total;
} Corridor;

static void
clear_corridor (gpointer pointer)
{
  Corridor *c = pointer;
  g_free (c->arrived);
  g_free (c->lost);
}

static const SfCurve *
find_weeks (const SfFigureData *data, const char *place, const char *measure)
{
  for (guint i = 0; i < data->weeks->len; i++) {
    const SfCurve *c = data->weeks->pdata[i];
    if (strcmp (c->place, place) == 0 && strcmp (c->measure, measure) == 0)
      return c;
  }
  return NULL;
}

/* Means of the first `weeks` weeks; 0 where there is no curve or number. */
static double *
means_of (const SfCurve *curve, guint weeks)
{
  double *means = g_new0 (double, weeks + 1);
  for (guint w = 0; curve && w < MIN (weeks, curve->points->len); w++) {
    double mean = g_array_index (curve->points, SfPoint, w).mean;
    means[w] = isnan (mean) ? 0 : mean;
  }
  return means;
}

static int
busiest_first (gconstpointer a, gconstpointer b)
{
  const Corridor *first = a, *second = b;
  return (first->total < second->total) - (first->total > second->total);
}

static GArray *
all_corridors (const SfFigureData *data, guint weeks)
{
  GArray *corridors = g_array_new (FALSE, FALSE, sizeof (Corridor));
  g_array_set_clear_func (corridors, clear_corridor);
  for (guint i = 0; i < data->weeks->len; i++) {
    const SfCurve *c = data->weeks->pdata[i];
    if (!*c->place || strcmp (c->measure, "entered_count") != 0)
      continue;
    Corridor corridor
        = { .label = sf_figure_title (data, "nodes", c->place),
            .arrived = means_of (c, weeks),
            .lost
            = means_of (find_weeks (data, c->place, "lost_count"), weeks) };
    for (guint w = 0; w < weeks; w++)
      corridor.total += corridor.arrived[w] + corridor.lost[w];
    if (corridor.total > 0)
      g_array_append_val (corridors, corridor);
    else
      clear_corridor (&corridor);
  }
  g_array_sort (corridors, busiest_first);
  return corridors;
}

/* Adds up all from the eighth on when there are more than eight. */
static void
join_others (GArray *corridors, guint weeks, const char *others)
{
  if (corridors->len <= HUES)
    return;
  Corridor *last = &g_array_index (corridors, Corridor, HUES - 1);
  last->label = others;
  for (guint i = HUES; i < corridors->len; i++) {
    const Corridor *c = &g_array_index (corridors, Corridor, i);
    for (guint w = 0; w < weeks; w++) {
      last->arrived[w] += c->arrived[w];
      last->lost[w] += c->lost[w];
    }
  }
  g_array_set_size (corridors, HUES);
}

/* Rows of one corridor on top of those before it; `base` is raised. */
static void
put_corridor (GString *out, const SfCurve *dates, const Corridor *c, guint hue,
              double *base)
{
  for (guint w = 0; w < dates->points->len; w++) {
    sf_figure_put_date (out, g_array_index (dates->points, SfPoint, w).date,
                        '\t');
    sf_figure_put_text (out, c->label, '\t');
    g_string_append_printf (out, "%u\t", hue);
    sf_figure_put_number (out, c->arrived[w], '\t');
    sf_figure_put_number (out, base[2 * w], '\t');
    sf_figure_put_number (out, c->lost[w], '\t');
    sf_figure_put_number (out, base[2 * w + 1], '\n');
    base[2 * w] += c->arrived[w];
    base[2 * w + 1] += c->lost[w];
  }
}

char *
sf_figure_arrivals (const SfFigureData *data, const char *others)
{
  const SfCurve *dates = data->weeks->len ? data->weeks->pdata[0] : NULL;
  if (!dates)
    return NULL;
  guint weeks = dates->points->len;
  g_autoptr (GArray) corridors = all_corridors (data, weeks);
  if (corridors->len == 0)
    return NULL;
  join_others (corridors, weeks, others);
  g_autofree double *base = g_new0 (double, 2 * (gsize)weeks);
  GString *out
      = g_string_new ("week\tlabel\thue\tarrived_count\tarrived_base_count\t"
                      "lost_count\tlost_base_count\n");
  for (guint i = 0; i < corridors->len; i++)
    put_corridor (out, dates, &g_array_index (corridors, Corridor, i), i + 1,
                  base);
  return g_string_free (out, FALSE);
}

char *
sf_figure_totals (const SfFigureData *data)
{
  const SfCurve *arrived = find_weeks (data, "", "entered_count");
  const SfCurve *lost = find_weeks (data, "", "lost_count");
  if (!arrived || !lost || arrived->points->len != lost->points->len)
    return NULL;
  GString *out = g_string_new ("week\tarrived_p05\tarrived_p95\tlost_p05\t"
                               "lost_p95\n");
  for (guint w = 0; w < arrived->points->len; w++) {
    const SfPoint *a = &g_array_index (arrived->points, SfPoint, w);
    const SfPoint *l = &g_array_index (lost->points, SfPoint, w);
    sf_figure_put_date (out, a->date, '\t');
    sf_figure_put_number (out, a->p05, '\t');
    sf_figure_put_number (out, a->p95, '\t');
    sf_figure_put_number (out, l->p05, '\t');
    sf_figure_put_number (out, l->p95, '\n');
  }
  return g_string_free (out, FALSE);
}

/* ---- Map: links --------------------------------------------------------- */

/* The node at an end ("from", "to") of a link when it has a place on earth,
 * else NULL. */
static const SfJson *
end_of (const SfFigureData *data, const SfJson *link, const char *end)
{
  const SfJson *nodes = sf_json_member (data->scenario, "nodes");
  const SfJson *node
      = nodes ? sf_json_member (nodes, sf_figure_text (link, end)) : NULL;
  if (!node || isnan (sf_figure_number (node, "lat_deg"))
      || isnan (sf_figure_number (node, "lon_deg")))
    return NULL;
  return node;
}

static const SfJson *
first_link (const SfFigureData *data)
{
  const SfJson *links = sf_json_member (data->scenario, "links");
  return links ? sf_json_first (links) : NULL;
}

static double
mean_of (GHashTable *table, const char *link)
{
  const double *mean = g_hash_table_lookup (table, link);
  return mean && !isnan (*mean) ? *mean : 0;
}

/* Links that begin or end at a node. */
static guint
degree_of (const SfFigureData *data, const char *node)
{
  guint n = 0;
  for (const SfJson *l = first_link (data); l; l = sf_json_next (l))
    n += strcmp (sf_figure_text (l, "from"), node) == 0
         || strcmp (sf_figure_text (l, "to"), node) == 0;
  return n;
}

/* A way that leads to a single place and carried nothing: it only makes the
 * map larger. Unused ways from a port stay, as ways that could be used. */
static gboolean
is_dead_end (const SfFigureData *data, const SfJson *link)
{
  static const char *const ends[] = { "from", "to" };
  for (int e = 0; e < 2; e++) {
    const SfJson *node = end_of (data, link, ends[e]);
    if (node && strcmp (sf_figure_text (node, "kind"), "port") != 0
        && degree_of (data, sf_json_key (node)) == 1)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_drawn (const SfFigureData *data, const SfJson *link)
{
  if (strcmp (sf_figure_text (link, "mode"), "air") == 0
      || !end_of (data, link, "from") || !end_of (data, link, "to"))
    return FALSE;
  if (mean_of (data->link_trucks, sf_json_key (link)) > 0)
    return TRUE;
  const SfJson *closed = sf_json_member (link, "closed");
  return !(closed && sf_json_boolean (closed)) && !is_dead_end (data, link);
}

char *
sf_figure_links (const SfFigureData *data)
{
  static const char *const ends[] = { "from", "to" };
  GString *out = g_string_new ("from_lat_deg\tfrom_lon_deg\tto_lat_deg\t"
                               "to_lon_deg\ttrucks_per_day\tlost_count\n");
  guint n = 0;
  for (const SfJson *l = first_link (data); l; l = sf_json_next (l)) {
    if (!is_drawn (data, l))
      continue;
    for (int e = 0; e < 2; e++) {
      const SfJson *node = end_of (data, l, ends[e]);
      sf_figure_put_number (out, sf_figure_number (node, "lat_deg"), '\t');
      sf_figure_put_number (out, sf_figure_number (node, "lon_deg"), '\t');
    }
    const char *id = sf_json_key (l);
    sf_figure_put_number (out, mean_of (data->link_trucks, id), '\t');
    sf_figure_put_number (out, mean_of (data->link_lost, id), '\n');
    n++;
  }
  return g_string_free (out, n == 0);
}

/* ---- Map: nodes and where their names go -------------------------------- */

/* Paper of map.gp, in its units. */
#define MAP_UNITS 930.0
#define LETTER_UNITS 7.4
#define LINE_UNITS 15.0
#define DOT_UNITS 5.0

typedef struct {
  double left, right, bottom, top;
} Box;

typedef struct {
  const char *id, *title, *kind;
  double lat, lon, x, y; /* degrees; units, y upwards */
  double trucks;         /* of its busiest link */
  const char *side;
} Node;

/* What a name is worth: 0 is never drawn. */
static int
rank (const Node *node)
{
  if (strcmp (node->kind, "capital") == 0)
    return 4;
  if (strcmp (node->kind, "port") == 0)
    return 3;
  if (strcmp (node->kind, "border") == 0)
    return node->trucks > 0 ? 2 : 0;
  return strcmp (node->kind, "city") == 0 ? 1 : 0;
}

static int
worthiest_first (gconstpointer a, gconstpointer b)
{
  const Node *first = a, *second = b;
  int by_rank = rank (second) - rank (first);
  if (by_rank != 0)
    return by_rank;
  if (first->trucks != second->trucks)
    return first->trucks < second->trucks ? 1 : -1;
  return strcmp (first->id, second->id);
}

static const char *
figure_kind (const char *kind)
{
  if (strcmp (kind, "refinery") == 0)
    return "port";
  if (strcmp (kind, "capital") == 0 || strcmp (kind, "city") == 0
      || strcmp (kind, "port") == 0 || strcmp (kind, "border") == 0)
    return kind;
  return "other";
}

static void
add_node (const SfFigureData *data, GArray *nodes, GHashTable *places,
          const SfJson *json, double trucks)
{
  const char *id = sf_json_key (json);
  gpointer place;
  if (g_hash_table_lookup_extended (places, id, NULL, &place)) {
    Node *known = &g_array_index (nodes, Node, GPOINTER_TO_UINT (place));
    known->trucks = MAX (known->trucks, trucks);
    return;
  }
  Node node = { .id = id,
                .title = sf_figure_title (data, "nodes", id),
                .kind = figure_kind (sf_figure_text (json, "kind")),
                .lat = sf_figure_number (json, "lat_deg"),
                .lon = sf_figure_number (json, "lon_deg"),
                .trucks = trucks,
                .side = "none" };
  g_hash_table_insert (places, (gpointer)id, GUINT_TO_POINTER (nodes->len));
  g_array_append_val (nodes, node);
}

/* The ends of all links on the map. */
static GArray *
nodes_on_map (const SfFigureData *data)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (const SfJson *l = first_link (data); l; l = sf_json_next (l)) {
    if (!is_drawn (data, l))
      continue;
    double trucks = mean_of (data->link_trucks, sf_json_key (l));
    add_node (data, nodes, places, end_of (data, l, "from"), trucks);
    add_node (data, nodes, places, end_of (data, l, "to"), trucks);
  }
  return nodes;
}

/* The land that the map shows, as map.gp finds it, and units a degree. */
typedef struct {
  double west, south, x_per_deg, y_per_deg;
} Frame;

static Frame
find_frame (const GArray *nodes)
{
  double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;
  for (guint i = 0; i < nodes->len; i++) {
    const Node *n = &g_array_index (nodes, Node, i);
    west = MIN (west, n->lon);
    east = MAX (east, n->lon);
    south = MIN (south, n->lat);
    north = MAX (north, n->lat);
  }
  double margin = 0.045 * MAX (MAX (east - west, north - south), 0.1);
  west -= margin;
  east += margin;
  south -= margin;
  north += margin;
  double squeeze = cos ((south + north) / 2 * G_PI / 180);
  double shape = (north - south) / ((east - west) * squeeze);
  double more = shape > 0.85 ? (shape / 0.85 - 1) * (east - west) / 2 : 0;
  west -= more;
  east += more;
  if (shape < 0.45)
    south -= (0.45 / shape - 1) * (north - south) / 2;
  double x_per_deg = MAP_UNITS / (east - west);
  return (Frame){ west, south, x_per_deg, x_per_deg / squeeze };
}

static gboolean
overlap (const Box *a, const Box *b)
{
  return a->left < b->right && b->left < a->right && a->bottom < b->top
         && b->bottom < a->top;
}

static Box
name_box (const Node *node, const char *side)
{
  double letters = LETTER_UNITS * (double)g_utf8_strlen (node->title, -1);
  double x = node->x, y = node->y;
  if (strcmp (side, "right") == 0)
    return (Box){ x + 6, x + 6 + letters, y - LINE_UNITS / 2,
                  y + LINE_UNITS / 2 };
  if (strcmp (side, "left") == 0)
    return (Box){ x - 6 - letters, x - 6, y - LINE_UNITS / 2,
                  y + LINE_UNITS / 2 };
  double up = strcmp (side, "above") == 0 ? 13 : -13;
  return (Box){ x - letters / 2, x + letters / 2, y + up - LINE_UNITS / 2,
                y + up + LINE_UNITS / 2 };
}

static guint
count_overlaps (const Box *box, const GArray *taken)
{
  guint n = box->left > 2 && box->right < MAP_UNITS - 2 ? 0 : 100;
  for (guint i = 0; i < taken->len; i++)
    n += overlap (box, &g_array_index (taken, Box, i));
  return n;
}

/* Gives a node's name the side where it is freest, the first of equals. Only a
 * capital or port is named although no side is free. */
static void
place_name (Node *node, GArray *taken)
{
  static const char *const sides[] = { "right", "left", "above", "below" };
  guint least = rank (node) >= 3 ? 100 : 1;
  Box best = { 0, 0, 0, 0 };
  for (gsize s = 0; s < G_N_ELEMENTS (sides); s++) {
    Box box = name_box (node, sides[s]);
    guint n = count_overlaps (&box, taken);
    if (n >= least)
      continue;
    least = n;
    best = box;
    node->side = sides[s];
  }
  if (strcmp (node->side, "none") != 0)
    g_array_append_val (taken, best);
}

/* Where a column is in a line of them; the first when it is not there. */
static guint
column_of (const char *head, const char *name)
{
  g_auto (GStrv) names = g_strsplit (head, "\t", -1);
  for (guint i = 0; names[i]; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return 0;
}

/* Takes the place of the names of countries: name, name_fr, lon_deg, lat_deg. */
static void
take_countries (GArray *taken, const char *path, const Frame *f)
{
  g_autofree char *text = NULL;
  g_autofree char *names = sf_figure_names_column (path);
  if (!path || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint name = column_of (lines[0] ? lines[0] : "", names);
  for (guint i = 1; lines[0] && lines[i]; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
    if (g_strv_length (cells) < 4)
      continue;
    double x = (g_ascii_strtod (cells[2], NULL) - f->west) * f->x_per_deg;
    double y = (g_ascii_strtod (cells[3], NULL) - f->south) * f->y_per_deg;
    double half = LETTER_UNITS / 2 * (double)g_utf8_strlen (cells[name], -1);
    Box box = { x - half, x + half, y - LINE_UNITS / 2, y + LINE_UNITS / 2 };
    g_array_append_val (taken, box);
  }
}

static void
place_names (GArray *nodes, const char *countries)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Box));
  Frame f = find_frame (nodes);
  for (guint i = 0; i < nodes->len; i++) {
    Node *n = &g_array_index (nodes, Node, i);
    n->x = (n->lon - f.west) * f.x_per_deg;
    n->y = (n->lat - f.south) * f.y_per_deg;
    Box dot = { n->x - DOT_UNITS, n->x + DOT_UNITS, n->y - DOT_UNITS,
                n->y + DOT_UNITS };
    g_array_append_val (taken, dot);
  }
  take_countries (taken, countries, &f);
  for (guint i = 0; i < nodes->len; i++) {
    Node *n = &g_array_index (nodes, Node, i);
    if (rank (n) > 0)
      place_name (n, taken);
  }
}

char *
sf_figure_nodes (const SfFigureData *data, const char *countries)
{
  g_autoptr (GArray) nodes = nodes_on_map (data);
  if (nodes->len == 0)
    return NULL;
  g_array_sort (nodes, worthiest_first);
  place_names (nodes, countries);
  GString *out = g_string_new ("title\tlat_deg\tlon_deg\tkind\tlabel_side\n");
  for (guint i = 0; i < nodes->len; i++) {
    const Node *n = &g_array_index (nodes, Node, i);
    sf_figure_put_text (out, n->title, '\t');
    sf_figure_put_number (out, n->lat, '\t');
    sf_figure_put_number (out, n->lon, '\t');
    sf_figure_put_text (out, n->kind, '\t');
    sf_figure_put_text (out, n->side, '\n');
  }
  return g_string_free (out, FALSE);
}
