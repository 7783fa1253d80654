/* random-cast.c - models and events made by chance. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/property/random-cast.h"

#include <math.h>
#include <string.h>

#include "sim/cli/cmd.h"

#define SEED 20u

/* A number that an event can set. */
typedef struct {
  char *pointer;
  double low, high;
} Number;

struct RandomCast {
  guint64 which;
  gboolean has_attacks;
  GHashTable *names; /* what (char *) -> GPtrArray of char * */
  GPtrArray *noted;  /* models that are there anyway; borrowed */
  GPtrArray *infos;  /* const SfModelInfo *, picked; borrowed */
  GPtrArray *ids;    /* char *, as many */
  GPtrArray *kinds;  /* char *: of events that somebody answers */
  GArray *numbers;   /* Number */
};

static void
clear_number (gpointer number)
{
  g_free (((Number *)number)->pointer);
}

RandomCast *
random_cast_new (guint64 which, gboolean has_attacks)
{
  RandomCast *cast = g_new0 (RandomCast, 1);
  cast->which = which;
  cast->has_attacks = has_attacks;
  cast->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)g_ptr_array_unref);
  cast->noted = g_ptr_array_new ();
  cast->infos = g_ptr_array_new ();
  cast->ids = g_ptr_array_new_with_free_func (g_free);
  cast->kinds = g_ptr_array_new_with_free_func (g_free);
  cast->numbers = g_array_new (FALSE, FALSE, sizeof (Number));
  g_array_set_clear_func (cast->numbers, clear_number);
  return cast;
}

void
random_cast_free (RandomCast *cast)
{
  if (!cast)
    return;
  g_hash_table_unref (cast->names);
  g_ptr_array_unref (cast->noted);
  g_ptr_array_unref (cast->infos);
  g_ptr_array_unref (cast->ids);
  g_ptr_array_unref (cast->kinds);
  g_array_unref (cast->numbers);
  g_free (cast);
}

/* ---- What there is to be named -------------------------------------------- */

void
random_cast_note (RandomCast *cast, const char *what, const char *name)
{
  GPtrArray *list = g_hash_table_lookup (cast->names, what);
  if (!list) {
    list = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (cast->names, g_strdup (what), list);
  }
  g_ptr_array_add (list, g_strdup (name));
}

void
random_cast_note_number (RandomCast *cast, const char *pointer, double low,
                         double high)
{
  Number number = { g_strdup (pointer), low, high };
  g_array_append_val (cast->numbers, number);
}

static void
note_kinds (RandomCast *cast, const SfModelInfo *info)
{
  g_auto (GStrv) kinds = g_strsplit (info->events ? info->events : "", "|", -1);
  for (gsize i = 0; kinds[i]; i++)
    if (*kinds[i] && (cast->has_attacks || strcmp (kinds[i], "attack") != 0))
      g_ptr_array_add (cast->kinds, g_strdup (kinds[i]));
}

void
random_cast_note_model (RandomCast *cast, const char *model)
{
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    if (strcmp ((*m)->name, model) == 0) {
      g_ptr_array_add (cast->noted, (gpointer)(*m)->name);
      note_kinds (cast, *m);
    }
}

/* One of the names of a collection; NULL: there is none. Of places it is a
 * place of entry as often as not, since that is what models mean by it. */
static const char *
some_name (const RandomCast *cast, SfStream *s, const char *what)
{
  gboolean is_entry = sf_stream_chance (s, 0.5) && strcmp (what, "nodes") == 0;
  const GPtrArray *list
      = g_hash_table_lookup (cast->names, is_entry ? "entries" : what);
  return list ? list->pdata[sf_stream_index (s, list->len)] : NULL;
}

/* Up to three names of a collection in brackets, none twice; NULL: there is
 * none. To be freed. */
static char *
some_names (const RandomCast *cast, SfStream *s, const char *what)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  guint n = 1 + sf_stream_index (s, 3);
  for (guint i = 0; i < n; i++) {
    const char *name = some_name (cast, s, what);
    if (name
        && !g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
      g_ptr_array_add (list, (gpointer)name);
  }
  if (list->len == 0)
    return NULL;
  g_ptr_array_add (list, NULL);
  g_autofree char *names = g_strjoinv ("\", \"", (char **)list->pdata);
  return g_strdup_printf ("[\"%s\"]", names);
}

/* ---- Parameters ----------------------------------------------------------- */

/* Where a default says nothing: 0, or so large that it stands for "without
 * limit". */
static double
usual_size (const char *name)
{
  static const struct {
    const char *end;
    double size;
  } usual[] = { { "_frac", 1 }, { "_prob", 1 },     { "_per_day", 2 },
                { "_days", 8 }, { "_h", 24 },       { "_count", 20 },
                { "_m3", 200 }, { "_per_year", 99 } };
  if (strstr (name, "_xof"))
    return 1e4;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_has_suffix (name, usual[i].end))
      return usual[i].size;
  return 3;
}

/* From a third of the default to three times as much; seldom, to thirty. */
static void
sane_range (const SfParam *p, SfStream *s, double *low, double *high)
{
  double size = p->flags & SF_PARAM_REQUIRED ? NAN : p->fallback;
  double wide = sf_stream_chance (s, 0.1) ? 30 : 3;
  if (isnan (size) || size == 0 || fabs (size) >= 1e8) {
    *low = 0;
    *high = usual_size (p->name);
  } else {
    *low = MIN (size / 3, size * wide);
    *high = MAX (size / 3, size * wide);
  }
  *low = CLAMP (*low, p->min, p->max);
  *high = CLAMP (*high, p->min, p->max);
}

static double
draw (const SfParam *p, SfStream *s, double low, double high)
{
  double x = sf_stream_uniform_between (s, low, high);
  return g_str_has_suffix (p->name, "_count")
             ? CLAMP (round (x), p->min, p->max)
             : x;
}

static char *
number_text (RandomCast *cast, const SfParam *p, SfStream *s, const char *id)
{
  double low, high;
  sane_range (p, s, &low, &high);
  g_autofree char *pointer = g_strdup_printf ("/models/%s/%s", id, p->name);
  random_cast_note_number (cast, pointer, low, high);
  if (sf_stream_chance (s, 0.1) && low < high)
    return g_strdup_printf (
        "{\"dist\": \"uniform\", \"min\": %.17g, \"max\": %.17g}", low, high);
  return g_strdup_printf ("%.17g", draw (p, s, low, high));
}

/* Later parameters get later days; some lie before the run. */
static char *
date_text (SfStream *s, guint *n_dates)
{
  guint day = 1 + 10 * MIN ((*n_dates)++, 2) + sf_stream_index (s, 10);
  return g_strdup_printf (
      "\"%s-%02u\"",
      sf_stream_chance (s, 0.05) && *n_dates == 1 ? "2029-12" : "2030-01", day);
}

static char *
quoted (const char *name)
{
  return name ? g_strdup_printf ("\"%s\"", name) : NULL;
}

/* A value as JSON, to be freed; NULL: there is nothing to be named. */
static char *
value_text (RandomCast *cast, const SfParam *p, SfStream *s, const char *id,
            guint *n_dates)
{
  switch (p->kind) {
  case SF_PARAM_REAL:
    return number_text (cast, p, s, id);
  case SF_PARAM_FLAG:
    return g_strdup (sf_stream_chance (s, 0.5) ? "true" : "false");
  case SF_PARAM_DATE:
    return date_text (s, n_dates);
  case SF_PARAM_REF:
    return quoted (some_name (cast, s, p->choices));
  case SF_PARAM_REFS:
    return some_names (cast, s, p->choices);
  case SF_PARAM_SERIES:
    return quoted (some_name (cast, s, "series"));
  case SF_PARAM_CHOICE: {
    guint n = 1;
    for (const char *c = p->choices; *c; c++)
      n += *c == '|';
    g_autofree char *word
        = sf_param_choice_word (p->choices, (int)sf_stream_index (s, n));
    return quoted (word);
  }
  case SF_PARAM_AMOUNT: /* no model has a unit of its own */
  case SF_PARAM_TEXT:   /* what it would mean is not known here */
    break;
  }
  return NULL;
}

/* A model is of use only with its series; lists mostly mean "all". */
static double
chance_to_be_given (const SfParam *p)
{
  if (p->flags & SF_PARAM_REQUIRED)
    return 1;
  if (p->kind == SF_PARAM_SERIES)
    return 0.9;
  return p->kind == SF_PARAM_REFS ? 0.25 : 0.5;
}

static char *
record_text (RandomCast *cast, const SfModelInfo *info, SfStream *s,
             const char *id)
{
  GString *text = g_string_new (NULL);
  guint n_dates = 0;
  g_string_append_printf (text, "{\"model\": \"%s\"", info->name);
  for (const SfParam *p = info->params; p->name; p++) {
    if (!sf_stream_chance (s, chance_to_be_given (p)))
      continue;
    g_autofree char *value = value_text (cast, p, s, id, &n_dates);
    if (value)
      g_string_append_printf (text, ",\n \"%s\": %s", p->name, value);
  }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* ---- Models --------------------------------------------------------------- */

static SfStream
stream_of (const RandomCast *cast, const char *part, const char *name)
{
  g_autofree char *key = g_strconcat (part, name, NULL);
  SfStream s;
  sf_stream_init (&s, SEED, key, cast->which, 0);
  return s;
}

static void
add (RandomCast *cast, const SfModelInfo *info, const char *id)
{
  g_ptr_array_add (cast->infos, (gpointer)info);
  g_ptr_array_add (cast->ids, g_strdup (id));
  note_kinds (cast, info);
}

/* TRUE for roles that one model has; those are picked by kind. */
static gboolean
is_single (const char *name)
{
  return g_str_has_prefix (name, "allocation/")
         || g_str_has_prefix (name, "routing/")
         || strcmp (name, "driver/willingness") == 0
         || strcmp (name, "supply/regular") == 0
         || strcmp (name, "market/retail") == 0;
}

void
random_cast_pick_kind (RandomCast *cast, const char *kind, const char *id)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  gsize length = strlen (kind);
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    if (strncmp ((*m)->name, kind, length) == 0 && (*m)->name[length] == '/')
      g_ptr_array_add (list, (gpointer)*m);
  SfStream s = stream_of (cast, "pick:", kind);
  add (cast, list->pdata[sf_stream_index (&s, list->len)], id);
}

/* Up to three of a model. */
static void
pick_some (RandomCast *cast, const SfModelInfo *info)
{
  gboolean is_noted = g_ptr_array_find_with_equal_func (cast->noted, info->name,
                                                        g_str_equal, NULL);
  SfStream s = stream_of (cast, "pick:", info->name);
  double chance = is_noted ? 0.1 : 0.3;
  for (guint i = 0; i < 3 && sf_stream_chance (&s, chance); i++) {
    g_autofree char *id = g_strdup_printf ("%s-%u", info->name, i);
    *strchr (id, '/') = '-';
    add (cast, info, id);
  }
}

void
random_cast_pick (RandomCast *cast)
{
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    if (!is_single ((*m)->name)
        && (cast->has_attacks
            || !g_str_has_prefix ((*m)->name, "interdiction/")))
      pick_some (cast, *m);
}

static void
note_gauges (RandomCast *cast, const SfModelInfo *info, const char *id)
{
  g_auto (GStrv) gauges
      = g_strsplit (info->gauges ? info->gauges : "", "|", -1);
  for (gsize i = 0; gauges[i] && *gauges[i]; i++) {
    g_autofree char *series = g_strdup_printf ("%s/%s", id, gauges[i]);
    random_cast_note (cast, "series", series);
  }
}

/* A model may watch the gauges of those before it: nobody writes a price that
 * follows itself, which may grow beyond all bounds. */
void
random_cast_put_models (RandomCast *cast, GString *text)
{
  for (guint i = 0; i < cast->infos->len; i++) {
    const SfModelInfo *info = cast->infos->pdata[i];
    const char *id = cast->ids->pdata[i];
    SfStream s = stream_of (cast, "model:", id);
    g_autofree char *record = record_text (cast, info, &s, id);
    g_string_append_printf (text, ",\n\"%s\": %s", id, record);
    note_gauges (cast, info, id);
  }
}

/* ---- Events --------------------------------------------------------------- */

static void
put_value (SfStream *s, GString *text)
{
  double most = sf_stream_chance (s, 0.1) ? 30 : 1.5;
  double least = sf_stream_chance (s, 0.05) ? -1 : 0;
  if (sf_stream_chance (s, 0.6))
    g_string_append_printf (text, ", \"value\": %.6g",
                            sf_stream_uniform_between (s, least, most));
}

static void
put_set (const RandomCast *cast, SfStream *s, GString *text)
{
  const Number *n = &g_array_index (cast->numbers, Number,
                                    sf_stream_index (s, cast->numbers->len));
  g_string_append_printf (text, ", \"target\": \"%s\", \"value\": %.17g",
                          n->pointer,
                          sf_stream_uniform_between (s, n->low, n->high));
}

/* "set" and "lever" need no model; half of the rows concern the roads. */
static const char *
some_kind (const RandomCast *cast, SfStream *s)
{
  static const char *const roads[]
      = { "close", "close", "attack", "announce", "truce", "open" };
  guint n = cast->kinds->len;
  guint road = sf_stream_index (s, G_N_ELEMENTS (roads));
  guint any = sf_stream_index (s, n + 3);
  if (sf_stream_chance (s, 0.4))
    return strcmp (roads[road], "attack") != 0 || cast->has_attacks
               ? roads[road]
               : "close";
  return any < n ? cast->kinds->pdata[any] : any < n + 2 ? "set" : "lever";
}

void
random_cast_put_event (const RandomCast *cast, SfStream *s, const char *link,
                       GString *text)
{
  const char *kind = some_kind (cast, s);
  g_autofree char *nodes = some_names (cast, s, "nodes");
  g_string_append_printf (text, "\"kind\": \"%s\", \"links\": [\"%s\"]", kind,
                          link);
  if (sf_stream_chance (s, 0.3))
    g_string_append_printf (text, ", \"nodes\": %s", nodes);
  if (sf_stream_chance (s, 0.2))
    g_string_append_printf (text,
                            ", \"cost_xof\": %.6g, \"cost_xof_per_day\": %.6g",
                            sf_stream_uniform_between (s, 0, 1e6),
                            sf_stream_uniform_between (s, 0, 1e5));
  if (strcmp (kind, "set") == 0)
    put_set (cast, s, text);
  else
    put_value (s, text);
  if (strcmp (kind, "attack") == 0)
    g_string_append_printf (
        text, ", \"ambush_days\": %.3f, \"attackers_strength\": %.3f",
        sf_stream_uniform_between (s, 0.5, 8),
        sf_stream_uniform_between (s, 0, 3));
}

void
random_cast_put_trigger (const RandomCast *cast, SfStream *s, GString *text)
{
  double size = sf_stream_chance (s, 0.5) ? 1 : 100;
  g_string_append_printf (
      text,
      ", \"trigger\": \"%s\", \"trigger_%s\": %.6g, "
      "\"trigger_mean_days\": %u, \"trigger_for_days\": %u, "
      "\"delay_days\": %.3f",
      some_name (cast, s, "series"),
      sf_stream_chance (s, 0.5) ? "below" : "above",
      sf_stream_uniform_between (s, 0, size), 1 + sf_stream_index (s, 4),
      1 + sf_stream_index (s, 3),
      sf_stream_chance (s, 0.5) ? 0 : sf_stream_uniform_between (s, 0, 5));
}
