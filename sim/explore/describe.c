/* describe.c - a scenario and the page's own words, for the page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/describe.h"

#include <math.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/text.h"
#include "sim/explore/words.h"
#include "sim/lang/lang.h"

/* Followers of a shared number that are named. */
#define USES_MAX 3u

char *
sf_explore_words (void)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("words");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "lang", sf_lang_code ());
  sf_json_add_string (root, "dir", sf_lang_is_rtl () ? "rtl" : "ltr");
  g_auto (GStrv) all = sf_lang_all ();
  SfJson *languages = sf_json_add_array (root, "languages");
  for (char **l = all; *l; l++)
    sf_json_add_string (languages, NULL, *l);
  SfJson *words = sf_json_add_object (root, "words");
  for (gsize i = 0; i < G_N_ELEMENTS (page_words); i++)
    sf_json_add_string (words, page_words[i].key, _ (page_words[i].text));
  return sf_json_print (root, FALSE);
}

/* ---- One number -------------------------------------------------------------- */

/* What a slider may go through, and whether it is known at all. */
static gboolean
slider_range (const SfAssumption *a, double *low, double *high)
{
  *low = a->low;
  *high = a->high;
  switch (a->dist) {
  case SF_DIST_UNIFORM:
  case SF_DIST_BETA:
    *low = a->p[0];
    *high = a->p[1];
    break;
  case SF_DIST_TRIANGULAR:
    *low = a->p[0];
    *high = a->p[2];
    break;
  case SF_DIST_NORMAL:
    *low = a->p[0] - 2.5 * a->p[1];
    *high = a->p[0] + 2.5 * a->p[1];
    break;
  case SF_DIST_LOGNORMAL:
    *low = a->p[0] * exp (-2 * a->p[1]);
    *high = a->p[0] * exp (2 * a->p[1]);
    break;
  case SF_DIST_NONE:
    break;
  }
  gboolean is_known = !isnan (*low) && *high > *low;
  if (!is_known) {
    *low = MIN (0, 2 * a->value);
    *high = a->value != 0 ? MAX (0, 2 * a->value) : 1;
  }
  *low = fmax (*low, a->min);
  *high = fmin (*high, a->max);
  return is_known;
}

/* The last step of a pointer, and its unit: "_days", "_per_day"; borrowed. */
static const char *
tail_of (const char *pointer)
{
  return strrchr (pointer, '/') + 1;
}

static const char *
unit_of (const char *tail)
{
  const char *per = strstr (tail, "_per_");
  if (per) {
    while (per > tail && per[-1] != '_')
      per--;
    return per;
  }
  const char *last = strrchr (tail, '_');
  return last ? last + 1 : "";
}

static const char *
unit_word (const char *unit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_units); i++)
    if (strcmp (page_units[i].key, unit) == 0)
      return _ (page_units[i].text);
  return "";
}

/* "fuel depot" of "fuel_depot_days"; to be freed. */
static char *
plain_name (const char *tail)
{
  const char *unit = unit_of (tail);
  gsize n = strlen (tail) - strlen (unit);
  char *name
      = n > 1 && *unit_word (unit) ? g_strndup (tail, n - 1) : g_strdup (tail);
  g_strdelimit (name, "_-", ' ');
  return name;
}

/* What takes a shared number, in words and at most USES_MAX; to be freed. */
static char *
uses_of (const SfScenario *s, guint number, guint *n_uses)
{
  g_autoptr (GPtrArray) uses = g_ptr_array_new ();
  *n_uses = 0;
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    if (a->named != (gint)number)
      continue;
    ++*n_uses;
    if (a->help && uses->len < USES_MAX
        && !g_ptr_array_find_with_equal_func (uses, a->help, g_str_equal, NULL))
      g_ptr_array_add (uses, (gpointer)a->help);
  }
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < uses->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            _ ((const char *)uses->pdata[i]));
  return g_string_free (text, FALSE);
}

/* The title of the record that a pointer leads into, to be freed: the depot of
 * a market, the name of a model. */
static char *
group_of (const SfScenario *s, const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer + 1, "/", 4);
  if (strcmp (steps[0], "assumptions") == 0)
    return g_strdup (_ ("shared by several numbers"));
  if (!steps[1] || !steps[2])
    return g_strdup (steps[0]);
  for (guint i = 0; strcmp (steps[0], "models") == 0 && i < s->n_models; i++)
    if (strcmp (s->models[i].id, steps[1]) == 0)
      return g_strdup (_ (s->models[i].info->title));
  g_autofree char *at = g_strdup_printf ("/%s/%s/title", steps[0], steps[1]);
  const SfJson *title = sf_json_pointer_get (sf_json_root (s->doc), at);
  return g_strdup (title && sf_json_kind (title) == SF_JSON_STRING
                       ? _ (sf_json_string (title))
                       : steps[1]);
}

/* How a number is known, in words; to be freed. */
static char *
range_of (const SfAssumption *a, double low, double high, gboolean is_known)
{
  char from[SF_TEXT_NUMBER_SIZE], to[SF_TEXT_NUMBER_SIZE];
  g_ascii_formatd (from, sizeof from, "%.4g", low);
  g_ascii_formatd (to, sizeof to, "%.4g", high);
  if (!is_known)
    return g_strdup (_ ("no range is stated"));
  if (a->column >= 0)
    return g_strdup_printf (
        _ ("fitted together with others; thought to lie between %s and %s"),
        from, to);
  return g_strdup_printf (a->dist != SF_DIST_NONE
                              ? _ ("drawn anew in each run, from %s to %s")
                              : _ ("stated range: %s to %s"),
                          from, to);
}

/* How early a number is shown: what is uncertain and shared before what is
 * not. */
static double
weight_of (const SfAssumption *a, guint n_uses, gboolean is_known)
{
  gboolean is_drawn = a->dist != SF_DIST_NONE || a->column >= 0;
  double weight = (is_drawn ? 100 : 0) + (is_known ? 20 : 0);
  weight += a->column >= 0 ? 50 : 0;
  if (g_str_has_prefix (a->pointer, "/models/"))
    weight += 30;
  return weight + fmin (n_uses, 20);
}

static void
add_number (const SfScenario *s, guint i, SfJson *array)
{
  const SfAssumption *a = &s->assumptions[i];
  const char *tail = tail_of (a->pointer);
  double low, high;
  guint n_uses;
  gboolean is_known = slider_range (a, &low, &high);
  gboolean is_shared = g_str_has_prefix (a->pointer, "/assumptions/");
  g_autofree char *name = plain_name (tail);
  g_autofree char *uses = uses_of (s, i, &n_uses);
  g_autofree char *group = group_of (s, a->pointer);
  g_autofree char *range = range_of (a, low, high, is_known);
  SfJson *o = sf_json_add_object (array, NULL);
  sf_json_add_string (o, "pointer", a->pointer);
  sf_json_add_string (o, "label", !is_shared && a->help ? _ (a->help) : name);
  sf_json_add_string (o, "group", group);
  sf_json_add_string (o, "uses", uses);
  sf_json_add_string (o, "unit", unit_word (unit_of (tail)));
  sf_json_add_number (o, "value", a->value);
  sf_json_add_number (o, "low", low);
  sf_json_add_number (o, "high", high);
  sf_json_add_number (o, "min", a->min);
  sf_json_add_number (o, "max", a->max);
  sf_json_add_boolean (o, "is_whole", a->is_whole);
  sf_json_add_boolean (o, "is_drawn",
                       a->dist != SF_DIST_NONE || a->column >= 0);
  sf_json_add_string (o, "range", range);
  sf_json_add_string (o, "source", a->source ? a->source : "");
  sf_json_add_string (o, "confidence", a->confidence ? _ (a->confidence) : "");
  sf_json_add_string (o, "note", a->note ? a->note : "");
  sf_json_add_number (o, "weight", weight_of (a, n_uses, is_known));
}

static gboolean
is_shown (const SfAssumption *a)
{
  return a->named < 0 && !g_str_has_suffix (a->pointer, "_deg")
         && !g_str_has_prefix (a->pointer, "/run/");
}

/* ---- The rest ------------------------------------------------------------------- */

static void
add_roads (const SfScenario *s, SfJson *root)
{
  SfJson *nodes = sf_json_add_array (root, "nodes");
  for (guint i = 0; i < s->n_nodes; i++) {
    SfJson *o = sf_json_add_object (nodes, NULL);
    sf_json_add_string (o, "id", s->nodes[i].id);
    sf_json_add_string (
        o, "title", s->nodes[i].title ? _ (s->nodes[i].title) : s->nodes[i].id);
    sf_json_add_number (o, "kind", s->nodes[i].kind);
    sf_json_add_number (o, "lat_deg", s->nodes[i].lat_deg);
    sf_json_add_number (o, "lon_deg", s->nodes[i].lon_deg);
  }
  SfJson *links = sf_json_add_array (root, "links");
  for (guint i = 0; i < s->n_links; i++) {
    SfJson *o = sf_json_add_object (links, NULL);
    sf_json_add_string (o, "id", s->links[i].id);
    sf_json_add_number (o, "from", s->links[i].from);
    sf_json_add_number (o, "to", s->links[i].to);
    sf_json_add_number (o, "mode", s->links[i].mode);
    sf_json_add_string (o, "title",
                        s->links[i].title ? _ (s->links[i].title) : "");
  }
}

static gboolean
is_hospital (const SfClassSpec *c)
{
  return strstr (c->id, "hospital") != NULL;
}

/* Hospitals first, then those that are served first. */
static gint
by_urgency (gconstpointer a, gconstpointer b, gpointer data)
{
  const SfScenario *s = data;
  guint i = *(const guint *)a, k = *(const guint *)b;
  const SfClassSpec *x = &s->classes[i], *y = &s->classes[k];
  if (is_hospital (x) != is_hospital (y))
    return is_hospital (x) ? -1 : 1;
  if (x->priority != y->priority)
    return x->priority < y->priority ? -1 : 1;
  return i < k ? -1 : i > k;
}

/* The user classes of the capital: "id" and "title". */
static void
add_classes (const SfScenario *s, SfJson *root)
{
  SfJson *classes = sf_json_add_array (root, "classes");
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < s->n_classes; i++)
    for (guint d = 0; d < s->n_demands; d++)
      if (s->demands[d].class == (gint)i && s->demands[d].node == s->capital) {
        g_array_append_val (order, i);
        break;
      }
  g_array_sort_with_data (order, by_urgency, (gpointer)s);
  for (guint i = 0; i < order->len; i++) {
    const SfClassSpec *c = &s->classes[g_array_index (order, guint, i)];
    SfJson *o = sf_json_add_object (classes, NULL);
    sf_json_add_string (o, "id", c->id);
    sf_json_add_string (o, "title", c->title ? _ (c->title) : c->id);
  }
}

static void
add_files (const SfExploreShelf *shelf, SfJson *root)
{
  SfJson *scenarios = sf_json_add_array (root, "scenarios");
  SfJson *levers = sf_json_add_array (root, "levers");
  for (guint i = 0; i < sf_explore_shelf_count (shelf); i++) {
    const SfExploreFile *f = sf_explore_shelf_get (shelf, i);
    SfJson *o = sf_json_add_object (f->is_lever ? levers : scenarios, NULL);
    sf_json_add_string (o, "file", f->name);
    sf_json_add_string (o, "title", _ (f->title));
    sf_json_add_string (o, "description",
                        f->description ? _ (f->description) : "");
  }
}

char *
sf_explore_describe (const SfScenario *s, const SfExploreShelf *shelf)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("scenario");
  SfJson *root = sf_json_root (doc);
  char date[SF_DATE_SIZE], seed[32];
  g_snprintf (seed, sizeof seed, "%" G_GUINT64_FORMAT, s->seed);
  sf_json_add_string (root, "name", s->name ? s->name : "");
  sf_json_add_string (root, "title", s->title ? _ (s->title) : "");
  sf_json_add_string (root, "description",
                      s->description ? _ (s->description) : "");
  sf_json_add_string (root, "country", s->country ? s->country : "");
  sf_json_add_string (root, "start", sf_date_format (date, s->start));
  sf_json_add_number (root, "days", sf_scenario_days (s));
  sf_json_add_string (root, "seed", seed);
  sf_json_add_number (root, "shortage_frac", s->shortage_frac);
  sf_json_add_string (root, "capital",
                      s->capital >= 0 ? s->nodes[s->capital].id : "");
  SfJson *commodities = sf_json_add_object (root, "commodities");
  for (guint i = 0; i < s->n_commodities; i++)
    sf_json_add_string (commodities, s->commodities[i].id,
                        s->commodities[i].title ? _ (s->commodities[i].title)
                                                : s->commodities[i].id);
  add_classes (s, root);
  add_roads (s, root);
  SfJson *numbers = sf_json_add_array (root, "numbers");
  for (guint i = 0; i < s->n_assumptions; i++)
    if (is_shown (&s->assumptions[i]))
      add_number (s, i, numbers);
  add_files (shelf, root);
  return sf_json_print (root, FALSE);
}
