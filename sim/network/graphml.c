/* graphml.c - grids as GraphML. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graph library keeps attributes through a table that is set for the
 * whole process; it is set while a file is read or written, and every graph
 * that was made with it is gone before it is taken away again.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* open_memstream, fmemopen */
#endif

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/base/units.h"
#include "sim/network/exchange.h"
#include "sim/network/graph-private.h"

/* Numbers are written and read with a decimal point in any language. */
typedef struct {
  igraph_attribute_table_t *table;
  igraph_safelocale_t locale;
} Session;

static gboolean
session_begin (Session *session, GError **error)
{
  sf_network_handle_errors ();
  if (sf_network_failed (igraph_enter_safelocale (&session->locale), "GraphML",
                         error))
    return FALSE;
  session->table = igraph_set_attribute_table (&igraph_cattribute_table);
  return TRUE;
}

static void
session_end (Session *session)
{
  igraph_set_attribute_table (session->table);
  igraph_exit_safelocale (&session->locale);
}

/* ---- Writing ------------------------------------------------------------ */

typedef igraph_error_t (*SetNumbers) (igraph_t *, const char *,
                                      const igraph_vector_t *);
typedef igraph_error_t (*SetFlags) (igraph_t *, const char *,
                                    const igraph_vector_bool_t *);
typedef igraph_error_t (*SetTexts) (igraph_t *, const char *,
                                    const igraph_strvector_t *);

static gboolean
set_numbers (igraph_t *graph, const SfGrid *grid, const char *column,
             SetNumbers set, GError **error)
{
  igraph_vector_t values;
  if (sf_network_failed (igraph_vector_init (&values, grid->rows->len),
                         "GraphML", error))
    return FALSE;
  for (guint row = 0; row < grid->rows->len; row++) {
    const char *text = sf_grid_get (grid, row, column);
    VECTOR (values)[row] = text ? g_ascii_strtod (text, NULL) : NAN;
  }
  gboolean ok
      = !sf_network_failed (set (graph, column, &values), "GraphML", error);
  igraph_vector_destroy (&values);
  return ok;
}

static gboolean
set_flags (igraph_t *graph, const SfGrid *grid, const char *column,
           SetFlags set, GError **error)
{
  igraph_vector_bool_t values;
  if (sf_network_failed (igraph_vector_bool_init (&values, grid->rows->len),
                         "GraphML", error))
    return FALSE;
  for (guint row = 0; row < grid->rows->len; row++) {
    const char *text = sf_grid_get (grid, row, column);
    VECTOR (values)[row] = g_strcmp0 (text, "true") == 0;
  }
  gboolean ok
      = !sf_network_failed (set (graph, column, &values), "GraphML", error);
  igraph_vector_bool_destroy (&values);
  return ok;
}

/* A text without the characters that XML has no way to write; to be freed. */
static char *
xml_text (const char *text)
{
  GString *out = g_string_new (NULL);
  for (; text && *text; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    gboolean is_control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    g_string_append_unichar (
        out, is_control || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
  }
  return g_string_free (out, FALSE);
}

static gboolean
set_texts (igraph_t *graph, const SfGrid *grid, const char *column,
           SetTexts set, GError **error)
{
  igraph_strvector_t values;
  if (sf_network_failed (igraph_strvector_init (&values, grid->rows->len),
                         "GraphML", error))
    return FALSE;
  gboolean ok = TRUE;
  for (guint row = 0; ok && row < grid->rows->len; row++) {
    g_autofree char *text = xml_text (sf_grid_get (grid, row, column));
    ok = !sf_network_failed (igraph_strvector_set (&values, row, text),
                             "GraphML", error);
  }
  ok = ok
       && !sf_network_failed (set (graph, column, &values), "GraphML", error);
  igraph_strvector_destroy (&values);
  return ok;
}

static gboolean
set_attributes (igraph_t *graph, const SfGrid *grid, const SfParam *params,
                gboolean is_link, GError **error)
{
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < grid->columns->len; i++) {
    const char *column = grid->columns->pdata[i];
    const SfParam *p = sf_param_find (params, column, NULL);
    if (p && p->kind == SF_PARAM_REF && strcmp (p->choices, "nodes") == 0)
      continue; /* the ends are the edge itself */
    gboolean is_result = !p && sf_unit_is_known_suffix (column);
    if (is_result || (p && p->kind == SF_PARAM_REAL))
      ok = set_numbers (graph, grid, column,
                        is_link ? igraph_cattribute_EAN_setv
                                : igraph_cattribute_VAN_setv,
                        error);
    else if (p && p->kind == SF_PARAM_FLAG)
      ok = set_flags (graph, grid, column,
                      is_link ? igraph_cattribute_EAB_setv
                              : igraph_cattribute_VAB_setv,
                      error);
    else
      ok = set_texts (graph, grid, column,
                      is_link ? igraph_cattribute_EAS_setv
                              : igraph_cattribute_VAS_setv,
                      error);
  }
  return ok;
}

static gboolean
make_graph (const SfScenario *s, igraph_t *graph, GError **error)
{
  g_autofree igraph_integer_t *ends
      = g_new (igraph_integer_t, 2 * (gsize)s->n_links + 1);
  for (guint i = 0; i < s->n_links; i++) {
    ends[2 * i] = s->links[i].from;
    ends[2 * i + 1] = s->links[i].to;
  }
  igraph_vector_int_t view;
  igraph_vector_int_view (&view, ends, 2 * (igraph_integer_t)s->n_links);
  return !sf_network_failed (
      igraph_create (graph, &view, s->n_nodes, IGRAPH_DIRECTED), "GraphML",
      error);
}

static char *
print_graph (const igraph_t *graph, GError **error)
{
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);
  if (!stream)
    g_error ("GraphML: out of memory");
  gboolean ok = !sf_network_failed (
      igraph_write_graph_graphml (graph, stream, FALSE), "GraphML", error);
  fclose (stream);
  char *copy = ok ? g_strndup (text, length) : NULL;
  free (text);
  return copy;
}

char *
sf_graphml_write_grids (const SfScenario *s, const SfGrid *nodes,
                        const SfGrid *links, GError **error)
{
  Session session;
  if (!session_begin (&session, error))
    return NULL;
  char *text = NULL;
  igraph_t graph;
  if (make_graph (s, &graph, error)) {
    const SfParam *of_nodes = NULL, *of_links = NULL;
    for (const SfCollection *c = sf_collections; c->name; c++) {
      of_nodes = strcmp (c->name, "nodes") == 0 ? c->params : of_nodes;
      of_links = strcmp (c->name, "links") == 0 ? c->params : of_links;
    }
    if (set_attributes (&graph, nodes, of_nodes, FALSE, error)
        && set_attributes (&graph, links, of_links, TRUE, error))
      text = print_graph (&graph, error);
    igraph_destroy (&graph);
  }
  session_end (&session);
  return text;
}

char *
sf_graphml_write (const SfScenario *s, GError **error)
{
  g_autoptr (SfGrid) nodes = sf_grid_of (s, "nodes");
  g_autoptr (SfGrid) links = sf_grid_of (s, "links");
  return sf_graphml_write_grids (s, nodes, links, error);
}

/* ---- Reading ------------------------------------------------------------ */

/* One attribute of every vertex or edge into a column. */
static void
take_attribute (const igraph_t *graph, SfGrid *grid, const char *name,
                igraph_attribute_type_t type, gboolean is_link)
{
  char number[SF_TEXT_NUMBER_SIZE];
  for (guint row = 0; row < grid->rows->len; row++) {
    const char *text = NULL;
    if (type == IGRAPH_ATTRIBUTE_NUMERIC) {
      double value = is_link ? igraph_cattribute_EAN (graph, name, row)
                             : igraph_cattribute_VAN (graph, name, row);
      text = isnan (value) ? NULL : sf_text_number (number, value);
    } else if (type == IGRAPH_ATTRIBUTE_BOOLEAN) {
      igraph_bool_t flag = is_link ? igraph_cattribute_EAB (graph, name, row)
                                   : igraph_cattribute_VAB (graph, name, row);
      text = flag ? "true" : "false";
    } else {
      text = is_link ? igraph_cattribute_EAS (graph, name, row)
                     : igraph_cattribute_VAS (graph, name, row);
    }
    sf_grid_set (grid, row, name, text);
  }
}

static void
take_attributes (const igraph_t *graph, SfGrid *grid,
                 const igraph_strvector_t *names,
                 const igraph_vector_int_t *types, gboolean is_link)
{
  for (igraph_integer_t i = 0; i < igraph_vector_int_size (types); i++)
    take_attribute (graph, grid, igraph_strvector_get (names, i),
                    (igraph_attribute_type_t)VECTOR (*types)[i], is_link);
}

/* What other programs call the id of a node: "name", "label"; else its
 * number. */
static void
name_nodes (SfGrid *nodes)
{
  static const char *const others[] = { "name", "label", "title" };
  for (guint row = 0; row < nodes->rows->len; row++) {
    const char *id = sf_grid_get (nodes, row, "id");
    for (gsize i = 0; !id && i < G_N_ELEMENTS (others); i++)
      id = sf_grid_get (nodes, row, others[i]);
    g_autofree char *name = id ? g_strdup (id) : g_strdup_printf ("n%u", row);
    sf_grid_set (nodes, row, "id", name);
  }
}

static void
take_ends (const igraph_t *graph, const SfGrid *nodes, SfGrid *links)
{
  gboolean says_way = FALSE;
  for (guint i = 0; i < links->columns->len; i++)
    says_way = says_way || strcmp (links->columns->pdata[i], "one_way") == 0;
  for (guint row = 0; row < links->rows->len; row++) {
    guint from = (guint)IGRAPH_FROM (graph, row);
    guint to = (guint)IGRAPH_TO (graph, row);
    sf_grid_set (links, row, "from", sf_grid_get (nodes, from, "id"));
    sf_grid_set (links, row, "to", sf_grid_get (nodes, to, "id"));
    if (!says_way && igraph_is_directed (graph))
      sf_grid_set (links, row, "one_way", "true");
  }
}

static gboolean
take_graph (const igraph_t *graph, SfGrid *nodes, SfGrid *links, GError **error)
{
  igraph_strvector_t names[3];
  igraph_vector_int_t types[3];
  int n = 0;
  gboolean ok = TRUE;
  for (; ok && n < 3; n++) {
    ok = !sf_network_failed (igraph_strvector_init (&names[n], 0), "GraphML",
                             error);
    if (!ok)
      break;
    ok = !sf_network_failed (igraph_vector_int_init (&types[n], 0), "GraphML",
                             error);
    if (!ok) {
      igraph_strvector_destroy (&names[n]);
      break;
    }
  }
  ok = ok
       && !sf_network_failed (
           igraph_cattribute_list (graph, &names[0], &types[0], &names[1],
                                   &types[1], &names[2], &types[2]),
           "GraphML", error);
  if (ok) {
    for (igraph_integer_t i = 0; i < igraph_vcount (graph); i++)
      sf_grid_add_row (nodes, 0);
    for (igraph_integer_t i = 0; i < igraph_ecount (graph); i++)
      sf_grid_add_row (links, 0);
    take_attributes (graph, nodes, &names[1], &types[1], FALSE);
    take_attributes (graph, links, &names[2], &types[2], TRUE);
    name_nodes (nodes);
    take_ends (graph, nodes, links);
  }
  while (n-- > 0) {
    igraph_strvector_destroy (&names[n]);
    igraph_vector_int_destroy (&types[n]);
  }
  return ok;
}

gboolean
sf_graphml_read (const char *text, gsize length, SfGrid *nodes, SfGrid *links,
                 GError **error)
{
  if (length == 0) {
    g_set_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_FORMAT,
                 _ ("the file is empty"));
    return FALSE;
  }
  Session session;
  if (!session_begin (&session, error))
    return FALSE;
  FILE *stream = fmemopen ((void *)text, length, "r");
  if (!stream)
    g_error ("GraphML: out of memory");
  igraph_t graph;
  gboolean ok = !sf_network_failed (
      igraph_read_graph_graphml (&graph, stream, 0), "GraphML", error);
  fclose (stream);
  if (ok) {
    ok = take_graph (&graph, nodes, links, error);
    igraph_destroy (&graph);
  }
  session_end (&session);
  return ok;
}
