/* words.c - differences between two scenarios, in words. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/difference/difference.h"
#include "sim/lang/lang.h"

/* Characters of a text that are shown. */
#define BRIEF 60

static const struct {
  const char *topic, *words;
} topics[] = {
  { "scenario", N_ ("The scenario") },
  { "time", N_ ("Time") },
  { "run", N_ ("How it is run") },
  { "assumptions", N_ ("Assumptions that several numbers share") },
  { "models", N_ ("Models") },
  { "commodities", N_ ("Goods") },
  { "vehicles", N_ ("Kinds of truck") },
  { "nodes", N_ ("Places") },
  { "zones", N_ ("Threat zones") },
  { "links", N_ ("Roads and other ways") },
  { "queues", N_ ("Queues") },
  { "fleets", N_ ("Fleets") },
  { "shipments", N_ ("Who carries what where") },
  { "markets", N_ ("Stocks") },
  { "classes", N_ ("Groups of users") },
  { "demands", N_ ("Use") },
  { "events", N_ ("Events") },
};

const char *
sf_difference_topic (const char *topic)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    if (strcmp (topics[i].topic, topic) == 0)
      return _ (topics[i].words);
  return topic;
}

/* ---- Values -------------------------------------------------------------------- */

static char *
number (double value)
{
  double size = fabs (value);
  guint digits = 0;
  while (digits < 6
         && fabs (size * pow (10, digits) - round (size * pow (10, digits)))
                > 1e-9 * size * pow (10, digits))
    digits++;
  return sf_lang_number (value, digits);
}

/* An uncertain number. */
static char *
drawn (const SfLeaf *leaf)
{
  const SfAssumption *a = leaf->assumption;
  if (a->named >= 0)
    return g_strdup (leaf->value);
  g_autofree char *p0 = number (a->p[0]);
  g_autofree char *p1 = number (a->p[1]);
  g_autofree char *p2 = number (a->p[2]);
  switch (a->dist) {
  case SF_DIST_UNIFORM:
    return g_strdup_printf (_ ("drawn between %s and %s"), p0, p1);
  case SF_DIST_TRIANGULAR:
    return g_strdup_printf (_ ("drawn between %s and %s, most often about %s"),
                            p0, p2, p1);
  case SF_DIST_NORMAL:
    return g_strdup_printf (_ ("drawn about %s, with a spread of %s"), p0, p1);
  case SF_DIST_LOGNORMAL:
    return g_strdup_printf (_ ("drawn about %s, with a spread of %s (of the "
                               "logarithm)"),
                            p0, p1);
  case SF_DIST_BETA:
    return g_strdup_printf (_ ("drawn between %s and %s, unevenly"), p0, p1);
  default:
    return g_strdup (leaf->value);
  }
}

static char *
value_text (const SfLeaf *leaf)
{
  if (leaf->is_number && !isnan (leaf->number))
    return number (leaf->number);
  if (!*leaf->value)
    return g_strdup (_ ("not given"));
  if (leaf->date != SF_PARAM_NO_DATE)
    return sf_lang_date (leaf->date);
  if (leaf->is_number && leaf->assumption) {
    const SfAssumption *a = leaf->assumption;
    if (a->column >= 0 && a->dist == SF_DIST_NONE)
      return g_strdup (_ ("taken from the ensemble"));
    g_autofree char *text = drawn (leaf);
    if (a->column >= 0)
      return g_strdup_printf (_ ("%s, taken from the ensemble"), text);
    return g_steal_pointer (&text);
  }
  return strcmp (leaf->value, "true") == 0    ? g_strdup (_ ("yes"))
         : strcmp (leaf->value, "false") == 0 ? g_strdup (_ ("no"))
                                              : g_strdup (leaf->value);
}

/* "", " (+25 %)". */
static char *
growth (const SfLeaf *a, const SfLeaf *b)
{
  if (isnan (a->number) || isnan (b->number) || !(a->number > 0))
    return g_strdup ("");
  double by = 100 * (b->number / a->number - 1);
  g_autofree char *text = sf_lang_number (by, fabs (by) < 10 ? 1 : 0);
  return g_strdup_printf (" (%s%s %%)", by > 0 ? "+" : "", text);
}

/* "A4, assumed", "A4 -> B2". */
static char *
basis_text (const char *a, const char *b)
{
  const char *none = _ ("no source");
  if (strcmp (a, b) == 0)
    return g_strdup (*a ? a : none);
  return g_strdup_printf ("%s \u2192 %s", *a ? a : none, *b ? b : none);
}

/* ---- Sentences ------------------------------------------------------------------ */

/* The help of a value without what only one who writes it needs. */
static char *
what_of (const SfLeaf *leaf)
{
  const char *help = leaf->help ? _ (leaf->help) : leaf->name;
  const char *end = strchr (help, ';');
  gsize length = end ? (gsize)(end - help) : strlen (help);
  const char *form = leaf->date != SF_PARAM_NO_DATE
                         ? g_strstr_len (help, (gssize)length, ", ")
                         : NULL;
  char *out = g_strndup (help, form ? (gsize)(form - help) : length);
  for (char *at = out + strlen (out); /* French has a space before the ';' */
       (at = g_utf8_find_prev_char (out, at))
       && g_unichar_isspace (g_utf8_get_char (at));)
    *at = '\0';
  return out;
}

static char *
value_change (const SfChange *c)
{
  const SfLeaf *a = c->leaf_a, *b = c->leaf_b;
  g_autofree char *before = value_text (a);
  g_autofree char *after = value_text (b);
  g_autofree char *by = growth (a, b);
  g_autofree char *basis = basis_text (a->basis, b->basis);
  g_autofree char *help = what_of (a->date != SF_PARAM_NO_DATE ? a : b);
  if (!c->record_a)
    return g_strdup_printf (_ ("%s: %s \u2192 %s%s (%s; %s)"), help, before,
                            after, by, c->pointer, basis);
  return g_strdup_printf (_ ("%s, %s: %s \u2192 %s%s (%s; %s)"),
                          _ (c->record_a->title), help, before, after, by,
                          c->pointer, basis);
}

/* A long text is told by its beginning. */
static char *
brief (const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  if (!*text)
    return g_strdup (_ ("not given"));
  if (length <= BRIEF)
    return g_strdup (text);
  g_autofree char *begin = g_utf8_substring (text, 0, BRIEF - 1);
  return g_strconcat (begin, "\u2026", NULL);
}

/* What is called or founded otherwise. */
static char *
remark_change (const SfChange *c)
{
  const SfLeaf *a = c->leaf_a, *b = c->leaf_b;
  gboolean is_name = strcmp (a->value, b->value) != 0;
  gboolean is_basis = strcmp (a->basis, b->basis) != 0;
  const char *before = is_name ? a->value : is_basis ? a->basis : a->remark;
  const char *after = is_name ? b->value : is_basis ? b->basis : b->remark;
  g_autofree char *from = brief (before);
  g_autofree char *to = brief (after);
  return g_strdup_printf ("%s: %s \u2192 %s", c->pointer, from, to);
}

static char *
record_change (const SfChange *c)
{
  const SfLeafRecord *r = c->record_b ? c->record_b : c->record_a;
  g_autofree char *name
      = r->model ? g_strdup_printf ("%s, %s", _ (r->title), r->model)
                 : g_strdup (_ (r->title));
  const char *at = c->pointer, *basis = *r->basis ? r->basis : _ ("no source");
  switch (c->kind) {
  case SF_CHANGE_ADDED:
    return g_strdup_printf (_ ("\"%s\" is added (%s; %s)"), name, at, basis);
  case SF_CHANGE_REMOVED:
    return g_strdup_printf (_ ("\"%s\" is removed (%s; %s)"), name, at, basis);
  case SF_CHANGE_ON:
    return g_strdup_printf (_ ("\"%s\" is switched on (%s; %s)"), name, at,
                            basis);
  default:
    return g_strdup_printf (_ ("\"%s\" is switched off (%s; %s)"), name, at,
                            basis);
  }
}

char *
sf_change_text (const SfChange *c)
{
  switch (c->kind) {
  case SF_CHANGE_VALUE:
    return value_change (c);
  case SF_CHANGE_REMARK:
    return remark_change (c);
  default:
    return record_change (c);
  }
}

/* The values of a record that are not the default. */
static char *
stated (const SfLeaves *all, const SfLeafRecord *record)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < all->leaves->len; i++) {
    const SfLeaf *leaf = all->leaves->pdata[i];
    if (leaf->record == G_MAXUINT || all->records->pdata[leaf->record] != record
        || leaf->is_default || !*leaf->value || !leaf->is_run)
      continue;
    g_string_append_printf (out, "%s%s=%s", out->len ? "; " : "", leaf->name,
                            leaf->value);
  }
  return g_string_free (out, FALSE);
}

char *
sf_change_side (const SfDifference *d, const SfChange *c, gboolean is_b)
{
  const SfLeaf *leaf = is_b ? c->leaf_b : c->leaf_a;
  const SfLeafRecord *record = is_b ? c->record_b : c->record_a;
  if (leaf)
    return g_strdup (leaf->value);
  if (!record)
    return g_strdup ("");
  return record->is_on ? stated (is_b ? d->b : d->a, record) : g_strdup ("off");
}

/* ---- All of it ------------------------------------------------------------------ */

/* `form` has a place for the number. */
static void
append_count (GString *out, const char *form, guint n)
{
  if (n == 0)
    return;
  g_autoptr (GString) part = g_string_new (form);
  g_autofree char *text = sf_lang_number (n, 0);
  g_string_replace (part, "%s", text, 1);
  g_string_append_printf (out, "%s%s", out->len ? ", " : "", part->str);
}

char *
sf_difference_headline (const SfDifference *d)
{
  const SfChangeCount *n = &d->count;
  g_autoptr (GString) parts = g_string_new (NULL);
  append_count (parts, sf_lang_plural ("%s number", "%s numbers", n->numbers),
                n->numbers);
  append_count (parts, sf_lang_plural ("%s model", "%s models", n->models),
                n->models);
  append_count (parts, sf_lang_plural ("%s event", "%s events", n->events),
                n->events);
  append_count (parts,
                sf_lang_plural ("%s other thing", "%s other things", n->others),
                n->others);
  if (parts->len == 0)
    return g_strdup (_ ("No difference in what is run."));
  return g_strdup_printf (_ ("Different: %s."), parts->str);
}

/* An added or removed record is followed by what it says. */
static void
append_stated (GString *out, const SfDifference *d, const SfChange *c)
{
  if (c->kind != SF_CHANGE_ADDED && c->kind != SF_CHANGE_REMOVED)
    return;
  g_autofree char *text = sf_change_side (d, c, c->kind == SF_CHANGE_ADDED);
  if (*text)
    g_string_append_printf (out, "      %s\n", text);
}

char *
sf_difference_text (const SfDifference *d, const char *name_a,
                    const char *name_b)
{
  GString *out = g_string_new (NULL);
  g_autofree char *headline = sf_difference_headline (d);
  g_string_append_printf (out, "A: %s\nB: %s\n%s\n", name_a, name_b, headline);
  const char *topic = NULL;
  gboolean is_remarks = FALSE;
  for (guint i = 0; i < d->changes->len; i++) {
    const SfChange *c = &g_array_index (d->changes, SfChange, i);
    g_autofree char *text = sf_change_text (c);
    if (c->kind == SF_CHANGE_REMARK && !is_remarks)
      g_string_append_printf (
          out, "\n%s\n",
          _ ("Names, sources and notes (they change nothing "
             "that is run)"));
    else if (c->kind != SF_CHANGE_REMARK && g_strcmp0 (topic, c->topic) != 0)
      g_string_append_printf (out, "\n%s\n", sf_difference_topic (c->topic));
    is_remarks = c->kind == SF_CHANGE_REMARK;
    topic = c->topic;
    g_string_append_printf (out, "  - %s\n", text);
    append_stated (out, d, c);
  }
  return g_string_free (out, FALSE);
}
