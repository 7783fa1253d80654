/* rank-report.c - what a ranking found, in words and tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/rank-report.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

static const SfTableColumn tidy_columns[] = {
  { "rank", "", 0 },
  { "scenario", "", -1 },
  { "result", "", -1 },
  { "eliminated_after_count", "", 0 },
  { "same_as", "", -1 },
  { "n", "", 0 },
  { "mean", "", 0 },
  { "sd", "", 0 },
  { "ci_half_width", "", 0 },
  { "behind", "", 0 },
  { "behind_low", "", 0 },
  { "behind_high", "", 0 },
  { "within_indifference", "", -1 },
  { "correlation", "", 0 },
  { "variance_ratio", "", 0 },
  { NULL },
};

static const SfTableColumn decision_columns[] = {
  { "measure", "", -1 },
  { "better", "", -1 },
  { "method", "", -1 },
  { "decided", "", -1 },
  { "best", "", -1 },
  { "confidence_frac", "", 0 },
  { "indifference", "", 0 },
  { "correct_prob", "", 0 },
  { "good_prob", "", 0 },
  { "runs_count", "", 0 },
  { "needed_runs_count", "", 0 },
  { "equal_runs_count", "", 0 },
  { "seed", "", -1 },
  { NULL },
};

/* ---- Order and words ------------------------------------------------------ */

typedef struct {
  guint index, group; /* 0: the best, 1: in contention, 2: not */
  double cost;
  gboolean is_twin;
} Place;

static int
by_place (const void *a, const void *b)
{
  const Place *x = a, *y = b;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  if (x->cost != y->cost)
    return x->cost < y->cost ? -1 : 1;
  if (x->is_twin != y->is_twin)
    return x->is_twin ? 1 : -1;
  return x->index < y->index ? -1 : 1;
}

/* A twin stands behind the one it is like. */
static Place *
order (const SfRankReport *report)
{
  const SfRanking *ranking = report->ranking;
  Place *places = g_new0 (Place, ranking->k);
  for (guint i = 0; i < ranking->k; i++) {
    const SfRanked *own = &ranking->ranked[i];
    guint like = own->twin >= 0 ? (guint)own->twin : i;
    const SfRanked *ranked = &ranking->ranked[like];
    places[i] = (Place){
      .index = i,
      .group = like == ranking->best        ? 0
               : ranked->fate == SF_RANK_IN ? 1
                                            : 2,
      .cost = report->rule->is_largest ? -ranked->mean : ranked->mean,
      .is_twin = own->twin >= 0,
    };
  }
  qsort (places, ranking->k, sizeof *places, by_place);
  return places;
}

static const char *
fate_word (SfRankFate fate)
{
  switch (fate) {
  case SF_RANK_SELECTED:
    return _ ("selected");
  case SF_RANK_IN:
    return _ ("in contention");
  case SF_RANK_ELIMINATED:
    return _ ("eliminated");
  case SF_RANK_PASSED:
    return _ ("not selected");
  case SF_RANK_TWIN:
    return _ ("same");
  default:
    g_return_val_if_reached ("");
  }
}

static char *
fate_text (const SfRankReport *report, const SfRanked *ranked)
{
  if (ranked->fate == SF_RANK_ELIMINATED)
    return g_strdup_printf (_ ("eliminated after %u"), ranked->left);
  if (ranked->fate == SF_RANK_TWIN)
    return g_strdup_printf (_ ("same as %s"), report->names[ranked->twin]);
  return g_strdup (fate_word (ranked->fate));
}

/* Is it within the zone of the best? "" for the best itself. */
static const char *
near_word (const SfRankReport *report, guint i)
{
  const SfRanked *ranked = &report->ranking->ranked[i];
  if (i == report->ranking->best)
    return "";
  if (!ranked->is_near)
    return _ ("no");
  return ranked->worse_high <= report->ranking->indifference
                 || ranked->twin == (gint)report->ranking->best
             ? _ ("yes")
             : _ ("perhaps");
}

/* ---- Numbers for people --------------------------------------------------- */

typedef struct {
  double unit;
  int digits; /* so that the zone shows two */
} Scale;

static Scale
scale_of (const SfRankReport *report)
{
  double zone = report->ranking->indifference;
  Scale scale = { 1, 0 };
  if (zone >= 1e7)
    scale = (Scale){ 1e6, 0 };
  else if (zone >= 1e4)
    scale = (Scale){ 1e3, 0 };
  if (zone > 0)
    scale.digits = CLAMP (1 - (int)floor (log10 (zone / scale.unit)), 0, 9);
  return scale;
}

/* A number with the scale's digits and unit, to be freed. */
static char *
number_text (const Scale *scale, double number)
{
  char format[8], text[400];
  g_snprintf (format, sizeof format, "%%.%df", scale->digits);
  g_ascii_formatd (text, sizeof text, format, number / scale->unit);
  return g_strdup (sf_lang_decimal (text));
}

/* "45 million", to be freed. */
static char *
zone_text (const SfRankReport *report, const Scale *scale)
{
  g_autofree char *number = number_text (scale, report->ranking->indifference);
  return scale->unit == 1e6   ? g_strdup_printf (_ ("%s million"), number)
         : scale->unit == 1e3 ? g_strdup_printf (_ ("%s thousand"), number)
                              : g_strdup (number);
}

/* "25", "2.1"; to be freed. */
static char *
times_text (double times)
{
  char text[400];
  g_ascii_formatd (text, sizeof text, times < 10 ? "%.1f" : "%.0f", times);
  return g_strdup (sf_lang_decimal (text));
}

static void
append_name (GString *out, const SfRankReport *report, guint i)
{
  sf_text_append_safe (out, report->names[i], -1);
}

static char *
name_text (const SfRankReport *report, guint i)
{
  GString *text = g_string_new (NULL);
  append_name (text, report, i);
  return g_string_free (text, FALSE);
}

/* ---- Tables --------------------------------------------------------------- */

static void
add_scaled (SfTable *table, const Scale *scale, double number)
{
  sf_table_number (table, number / scale->unit);
}

static SfTable *
text_table (const SfRankReport *report, const Scale *scale,
            const SfTableColumn *columns)
{
  g_autofree char *title = sf_rank_report_title (report, report->measure);
  SfTable *table = sf_table_new ("ranking", title, columns);
  g_autofree Place *places = order (report);
  for (guint p = 0; p < report->ranking->k; p++) {
    guint i = places[p].index;
    const SfRanked *ranked = &report->ranking->ranked[i];
    g_autofree char *fate = fate_text (report, ranked);
    sf_table_text (table, report->names[i]);
    sf_table_number (table, ranked->n);
    add_scaled (table, scale, ranked->mean);
    add_scaled (table, scale, ranked->sd);
    add_scaled (table, scale, ranked->ci);
    add_scaled (table, scale, ranked->worse);
    add_scaled (table, scale, ranked->worse_low);
    add_scaled (table, scale, ranked->worse_high);
    sf_table_text (table, near_word (report, i));
    sf_table_text (table, fate);
  }
  return table;
}

static SfTable *
tidy_table (const SfRankReport *report)
{
  SfTable *table = sf_table_new ("ranking", report->measure, tidy_columns);
  g_autofree Place *places = order (report);
  for (guint p = 0; p < report->ranking->k; p++) {
    guint i = places[p].index;
    const SfRanked *ranked = &report->ranking->ranked[i];
    const double numbers[]
        = { ranked->n,     ranked->mean,      ranked->sd,        ranked->ci,
            ranked->worse, ranked->worse_low, ranked->worse_high };
    sf_table_number (table, p + 1);
    sf_table_text (table, report->names[i]);
    sf_table_text (table, fate_word (ranked->fate));
    sf_table_number (table, ranked->left > 0 ? ranked->left : NAN);
    sf_table_text (table, ranked->twin >= 0 ? report->names[ranked->twin] : "");
    for (gsize n = 0; n < G_N_ELEMENTS (numbers); n++)
      sf_table_number (table, numbers[n]);
    sf_table_text (table, near_word (report, i));
    sf_table_number (table, ranked->correlation);
    sf_table_number (table, ranked->variance_ratio);
  }
  return table;
}

static SfTable *
decision_table (const SfRankReport *report)
{
  const SfRanking *ranking = report->ranking;
  SfTable *table = sf_table_new ("decision", _ ("Decision"), decision_columns);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, report->seed);
  sf_table_text (table, report->measure);
  sf_table_text (table,
                 report->rule->is_largest ? _ ("largest") : _ ("smallest"));
  sf_table_text (table, report->rule->method == SF_RANK_KN ? "kn" : "ocba");
  sf_table_text (table, ranking->is_decided ? _ ("yes") : _ ("no"));
  sf_table_text (table, report->names[ranking->best]);
  sf_table_number (table, report->rule->confidence);
  sf_table_number (table, ranking->indifference);
  sf_table_number (table, ranking->correct_prob);
  sf_table_number (table, ranking->good_prob);
  sf_table_number (table, ranking->n_drawn);
  sf_table_number (table, ranking->n_counted);
  sf_table_number (table, (double)ranking->k * ranking->n_most);
  sf_table_text (table, seed);
  return table;
}

/* ---- Sentences ------------------------------------------------------------ */

/* The names of those that are in contention, to be freed. */
static char *
remaining (const SfRankReport *report)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < report->ranking->k; i++)
    if (report->ranking->ranked[i].fate == SF_RANK_IN) {
      g_string_append (text, text->len ? ", " : "");
      append_name (text, report, i);
    }
  return g_string_free (text, FALSE);
}

static void
note_race (SfTable *table, const SfRankReport *report, const Scale *scale)
{
  const SfRanking *ranking = report->ranking;
  g_autofree char *zone = zone_text (report, scale);
  g_autofree char *left = remaining (report);
  g_autofree char *best = name_text (report, ranking->best);
  if (ranking->is_decided)
    sf_table_note (
        table,
        _ ("Selected: %s. With %s %% confidence it is the best, "
           "if the best leads every other by %s or more.\nThat "
           "takes outcomes for close to normal and replications "
           "for independent (method KN)."),
        best, sf_lang_real ("%.6g", 100 * report->rule->confidence).text, zone);
  else
    sf_table_note (table,
                   _ ("Not decided after %u replications: %s remain. Give more "
                      "with --max, or a wider --indifference."),
                   ranking->n_most, left);
}

static void
note_budget (SfTable *table, const SfRankReport *report, const Scale *scale)
{
  const SfRanking *ranking = report->ranking;
  g_autofree char *zone = zone_text (report, scale);
  g_autofree char *best = name_text (report, ranking->best);
  sf_table_note (
      table,
      ranking->is_decided
          ? _ ("Selected: %s. It is the best with an estimated probability of "
               "%s or more, and with %s none is better by %s.\nAsked for "
               "were %s %%. That takes outcomes for normal and scenarios for "
               "independent (method OCBA); no error is guaranteed.")
          : _ ("Not decided; the likeliest is %s. It is the best with an "
               "estimated probability of %s or more, and with %s none is "
               "better by %s.\nAsked for were %s %%. That takes outcomes for "
               "normal and scenarios for independent (method OCBA); no error "
               "is guaranteed."),
      best, sf_lang_real ("%.3f", ranking->correct_prob).text,
      sf_lang_real ("%.3f", ranking->good_prob).text, zone,
      sf_lang_real ("%.6g", 100 * report->rule->confidence).text);
}

static void
note_near (SfTable *table, const SfRankReport *report, const Scale *scale)
{
  g_autofree Place *places = order (report);
  g_autofree char *zone = zone_text (report, scale);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint p = 0; p < report->ranking->k; p++) {
    guint i = places[p].index;
    const SfRanked *ranked = &report->ranking->ranked[i];
    if (!ranked->is_near || ranked->twin >= 0)
      continue;
    g_autofree char *name = name_text (report, i);
    g_autofree char *low = number_text (scale, ranked->worse_low);
    g_autofree char *high = number_text (scale, ranked->worse_high);
    g_string_append (text, text->len ? ", " : "");
    g_string_append_printf (text, _ ("%s (behind by %s to %s)"), name, low,
                            high);
  }
  if (text->len)
    sf_table_note (table,
                   _ ("May be within %s of the best, so that the choice "
                      "between them may be luck:\n%s."),
                   zone, text->str);
  else
    sf_table_note (table, _ ("All others are worse by more than %s."), zone);
}

static void
note_doubts (SfTable *table, const SfRankReport *report)
{
  for (guint i = 0; i < report->ranking->k; i++) {
    const SfRanked *ranked = &report->ranking->ranked[i];
    g_autofree char *name = name_text (report, i);
    g_autofree char *warning = ranked->twin < 0 && ranked->is_near
                                   ? sf_shape_warning (&ranked->shape)
                                   : NULL;
    if (ranked->twin >= 0)
      sf_table_note (table,
                     _ ("%s gave the very numbers of %s in all of the first %u "
                        "replications, and was run no further."),
                     name, report->names[ranked->twin], report->rule->n0);
    if (warning)
      sf_table_note (table, _ ("Differences of %s from the best: %s."), name,
                     warning);
    if (ranked->is_out_of_step)
      sf_table_note (table,
                     _ ("%s does badly where the best does well: they do not "
                        "meet the same luck any more."),
                     name);
  }
}

static void
note_luck (SfTable *table, const SfRankReport *report)
{
  const SfRanking *ranking = report->ranking;
  double low = INFINITY, high = -INFINITY, least = INFINITY, most = 0;
  for (guint i = 0; i < ranking->k; i++) {
    const SfRanked *ranked = &ranking->ranked[i];
    if (isnan (ranked->correlation) || !(ranked->variance_ratio > 0))
      continue;
    low = fmin (low, ranked->correlation);
    high = fmax (high, ranked->correlation);
    least = fmin (least, 1 / ranked->variance_ratio);
    most = fmax (most, 1 / ranked->variance_ratio);
  }
  if (!(most > 0))
    return;
  g_autofree char *from = times_text (least), *to = times_text (most);
  if (high > low && most > least)
    sf_table_note (table,
                   _ ("Same luck: outcomes correlate with those of the best by "
                      "%s to %s; with luck of its own\neach difference "
                      "would take %s to %s times as many replications."),
                   sf_lang_real ("%.2f", low).text,
                   sf_lang_real ("%.2f", high).text, from, to);
  else
    sf_table_note (table,
                   _ ("Same luck: outcomes correlate with those of the best by "
                      "%s; with luck of its own\neach difference would take "
                      "%s times as many replications."),
                   sf_lang_real ("%.2f", low).text, from);
}

static void
note_cost (SfTable *table, const SfRankReport *report)
{
  const SfRanking *ranking = report->ranking;
  guint idle = ranking->n_drawn - ranking->n_counted;
  guint equal = ranking->k * ranking->n_most;
  if (idle > 0)
    sf_table_note (table,
                   _ ("%u runs (%u of them were not needed: they come in "
                      "batches); %u scenarios with %u replications each would "
                      "have been %u. Seed %ju."),
                   ranking->n_drawn, idle, ranking->k, ranking->n_most, equal,
                   (uintmax_t)report->seed);
  else
    sf_table_note (table,
                   _ ("%u runs; %u scenarios with %u replications each would "
                      "have been %u. Seed %ju."),
                   ranking->n_drawn, ranking->k, ranking->n_most, equal,
                   (uintmax_t)report->seed);
  if (report->n_rows > 0 && ranking->n_most > report->n_rows)
    sf_table_note (table,
                   _ ("The ensemble has %u rows, which repeat: beyond so many, "
                      "replications share what is not known."),
                   report->n_rows);
}

/* Where the zone comes from when nobody gave it in the unit. */
static void
note_zone (SfTable *table, const SfRankReport *report, const Scale *scale)
{
  if (!(report->rule->indifference_frac > 0))
    return;
  g_autofree char *zone = zone_text (report, scale);
  g_autofree char *name = name_text (report, 0);
  sf_table_note (
      table,
      _ ("Indifference zone: %s, which is %s %% of the mean of %s "
         "in its first %u replications."),
      zone, sf_lang_real ("%.6g", 100 * report->rule->indifference_frac).text,
      name, report->rule->n0);
}

static void
add_notes (SfTable *table, const SfRankReport *report, const Scale *scale)
{
  sf_table_note (
      table,
      _ ("Behind: by how much its mean is worse than the best of the "
         "others (below 0: better), and\nan interval of that; all of "
         "them hold together with %s %% confidence."),
      sf_lang_real ("%.6g", 100 * report->rule->confidence).text);
  if (report->rule->method == SF_RANK_KN)
    note_race (table, report, scale);
  else
    note_budget (table, report, scale);
  note_near (table, report, scale);
  note_zone (table, report, scale);
  note_doubts (table, report);
  note_luck (table, report);
  note_cost (table, report);
}

/* ---- The whole ------------------------------------------------------------ */

char *
sf_rank_report_title (const SfRankReport *report, const char *label)
{
  double unit = scale_of (report).unit;
  const char *in = unit == 1e6   ? _ (", in millions")
                   : unit == 1e3 ? _ (", in thousands")
                                 : "";
  return g_strdup_printf (report->rule->is_largest
                              ? _ ("%s%s (larger is better)")
                              : _ ("%s%s (smaller is better)"),
                          label, in);
}

char *
sf_rank_report_print (const SfRankReport *report, SfTableFormat format)
{
  Scale scale = scale_of (report);
  g_autofree char *interval = g_strdup_printf (
      _ ("+- %s %%"),
      sf_lang_real ("%.6g", 100 * report->rule->confidence).text);
  const SfTableColumn columns[] = {
    { "scenario", N_ ("scenario"), -1 },
    { "n", "n", 0 },
    { "mean", N_ ("mean"), scale.digits },
    { "sd", N_ ("sd"), scale.digits },
    { "ci", interval, scale.digits },
    { "behind", N_ ("behind"), scale.digits },
    { "behind_low", N_ ("from"), scale.digits },
    { "behind_high", N_ ("to"), scale.digits },
    { "within", N_ ("within"), -1 },
    { "result", N_ ("result"), -1 },
    { NULL },
  };
  gboolean is_text = format == SF_TABLE_TEXT || format == SF_TABLE_MARKDOWN;
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (!is_text);
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  SfTable *table
      = is_text ? text_table (report, &scale, columns) : tidy_table (report);
  add_notes (table, report, &scale);
  g_ptr_array_add (tables, table);
  if (format == SF_TABLE_JSON)
    g_ptr_array_add (tables, decision_table (report));
  g_autofree char *title
      = report->ranking->is_decided ? g_strdup_printf (
            _ ("Ranking: %s"), report->names[report->ranking->best])
                                    : g_strdup (_ ("Ranking: not decided"));
  return sf_tables_print (tables, title, format);
}

char *
sf_rank_report_figure (const SfRankReport *report)
{
  char number[SF_TEXT_NUMBER_SIZE];
  Scale scale = scale_of (report);
  g_autofree Place *places = order (report);
  GString *out = g_string_new ("row\tname\tstate\tlow\tmean\thigh\tn\n");
  for (guint p = 0; p < report->ranking->k; p++) {
    guint i = places[p].index;
    const SfRanked *ranked = &report->ranking->ranked[i];
    const double ends[] = { ranked->mean - ranked->ci, ranked->mean,
                            ranked->mean + ranked->ci };
    g_string_append_printf (out, "%u\t", p + 1);
    append_name (out, report, i);
    g_string_append_printf (out, "\t%u", places[p].group);
    for (gsize e = 0; e < G_N_ELEMENTS (ends); e++)
      g_string_append_printf (out, "\t%s",
                              sf_text_number (number, ends[e] / scale.unit));
    g_string_append_printf (out, "\t%u\n", ranked->n);
  }
  return g_string_free (out, FALSE);
}
