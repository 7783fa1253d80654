/* fractional.c - two-level fractions and what they confuse. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An effect is the set of its factors, a bit each, and a sign. Effects multiply
 * as sets: what is in both falls out (a factor by itself is the identity). The
 * words of the defining relation are all products of the generators' words.
 */
#include "sim/design/design-private.h"

#include <stdint.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

static const char letters[] = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
                              "abcdefghjklmnopqrstuvwxyz";

typedef struct {
  guint64 factors;
  gboolean is_minus;
} Effect;

typedef struct {
  guint n_factors, n_generators;
  guint64 made;                             /* factors that generators make */
  guint8 targets[SF_DESIGN_GENERATORS_MAX]; /* the factor each makes */
  Effect words[SF_DESIGN_GENERATORS_MAX];   /* each with its target */
} Fraction;

static guint
size_of (guint64 factors)
{
  return (guint)__builtin_popcountll (factors);
}

/* ---- Reading generators -------------------------------------------------- */

/* Reads one factor, a letter or a number, and moves *text behind it. */
static gboolean
read_factor (const char **text, guint n_factors, guint *factor)
{
  guint64 number;
  char *end;
  const char *letter = **text ? strchr (letters, **text) : NULL;
  if (letter) {
    *factor = (guint)(letter - letters);
    *text += 1;
    return *factor < n_factors;
  }
  if (!g_ascii_isdigit (**text))
    return FALSE;
  number = g_ascii_strtoull (*text, &end, 10);
  *text = end;
  if (number == 0 || number > n_factors)
    return FALSE;
  *factor = (guint)number - 1;
  return TRUE;
}

static void
skip (const char **text, const char *bytes)
{
  while (**text && strchr (bytes, **text))
    *text += 1;
}

static gboolean
refuse_generator (GError **error, const char *text, guint n_factors)
{
  g_autofree char *safe = sf_text_safe (text, -1);
  return sf_design_refuse (
      error,
      _ ("generator \"%s\" is not like \"E=ABCD\" or "
         "\"5=1*2*3*4\" with the %u factors that there are, "
         "the one on the left made from two or more others "
         "(there is no letter I)"),
      safe, n_factors);
}

static gboolean
read_generator (Fraction *fraction, const char *text, GError **error)
{
  guint n_factors = fraction->n_factors, target, factor, n_right = 0;
  const char *p = text;
  Effect word = { 0, FALSE };
  skip (&p, " ");
  if (!read_factor (&p, n_factors, &target))
    return refuse_generator (error, text, n_factors);
  skip (&p, " ");
  if (*p++ != '=')
    return refuse_generator (error, text, n_factors);
  word.factors = G_GUINT64_CONSTANT (1) << target;
  skip (&p, " ");
  if (*p == '-' || *p == '+')
    word.is_minus = *p++ == '-';
  for (skip (&p, " *"); *p; skip (&p, " *")) {
    if (!read_factor (&p, n_factors, &factor) || word.factors >> factor & 1)
      return refuse_generator (error, text, n_factors);
    word.factors |= G_GUINT64_CONSTANT (1) << factor;
    n_right++;
  }
  if (n_right < 2)
    return refuse_generator (error, text, n_factors);
  if (fraction->made >> target & 1)
    return sf_design_refuse (error, _ ("two generators make factor %c"),
                             letters[target]);
  fraction->made |= G_GUINT64_CONSTANT (1) << target;
  fraction->targets[fraction->n_generators] = (guint8)target;
  fraction->words[fraction->n_generators++] = word;
  return TRUE;
}

/* The product of the generators' words that the bits of `which` name. */
static Effect
word (const Fraction *fraction, guint which)
{
  Effect out = { 0, FALSE };
  for (guint g = 0; which >> g != 0; g++)
    if (which >> g & 1) {
      out.factors ^= fraction->words[g].factors;
      out.is_minus ^= fraction->words[g].is_minus;
    }
  return out;
}

static Effect
shortest_word (const Fraction *fraction)
{
  Effect best = word (fraction, 1);
  for (guint w = 2; w >> fraction->n_generators == 0; w++) {
    Effect other = word (fraction, w);
    if (size_of (other.factors) < size_of (best.factors))
      best = other;
  }
  return best;
}

static gboolean
check_fraction (const Fraction *fraction, GError **error)
{
  for (guint g = 0; g < fraction->n_generators; g++) {
    guint64 rest = fraction->words[g].factors & fraction->made;
    if (size_of (rest) > 1)
      return sf_design_refuse (error,
                               _ ("the generator of factor %c names another "
                                  "factor that a generator makes"),
                               letters[fraction->targets[g]]);
  }
  guint64 shortest = shortest_word (fraction).factors;
  if (size_of (shortest) == 2)
    return sf_design_refuse (error,
                             _ ("factors %c and %c would always move together"),
                             letters[__builtin_ctzll (shortest)],
                             letters[63 - __builtin_clzll (shortest)]);
  return TRUE;
}

static gboolean
read_fraction (const SfDesignSpec *spec, Fraction *fraction, GError **error)
{
  guint n = spec->generators ? g_strv_length ((char **)spec->generators) : 0;
  *fraction = (Fraction){ .n_factors = spec->n_factors };
  if (n == 0)
    return sf_design_refuse (error, _ ("a fractional design needs generators "
                                       "(without any it is a factorial)"));
  if (spec->n_factors > SF_DESIGN_LETTERS_MAX)
    return sf_design_refuse (error,
                             _ ("%u factors are too many for a fractional "
                                "design: at most %u (plackett_burman does %u)"),
                             spec->n_factors, SF_DESIGN_LETTERS_MAX,
                             SF_DESIGN_PB_FACTORS_MAX);
  if (n > SF_DESIGN_GENERATORS_MAX || n >= spec->n_factors)
    return sf_design_refuse (error,
                             _ ("%u generators for %u factors are too many: at "
                                "most %u, and fewer than factors"),
                             n, spec->n_factors, SF_DESIGN_GENERATORS_MAX);
  for (guint g = 0; g < n; g++)
    if (!read_generator (fraction, spec->generators[g], error))
      return FALSE;
  return check_fraction (fraction, error);
}

/* ---- Rows ---------------------------------------------------------------- */

static gboolean
count (const SfDesignSpec *spec, guint64 *points, GError **error)
{
  Fraction fraction;
  if (!read_fraction (spec, &fraction, error))
    return FALSE;
  *points = G_GUINT64_CONSTANT (1)
            << (fraction.n_factors - fraction.n_generators);
  return TRUE;
}

static gpointer
build (const SfDesignSpec *spec)
{
  Fraction *fraction = g_new (Fraction, 1);
  gboolean is_good = read_fraction (spec, fraction, NULL);
  g_assert (is_good);
  return fraction;
}

/* The free factors in standard order; the others by their words, in which the
 * product of all signs is 1, or -1 for minus. */
static void
row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  const Fraction *fraction = state;
  guint64 high = 0;
  for (guint j = 0; j < spec->n_factors; j++) {
    if (fraction->made >> j & 1)
      continue;
    high |= (i & 1) << j;
    i >>= 1;
  }
  for (guint g = 0; g < fraction->n_generators; g++) {
    Effect w = fraction->words[g];
    guint64 free_factors = w.factors & ~fraction->made;
    gboolean is_minus = size_of (free_factors & ~high) % 2 == 1;
    if (is_minus == w.is_minus)
      high |= G_GUINT64_CONSTANT (1) << fraction->targets[g];
  }
  for (guint j = 0; j < spec->n_factors; j++)
    u[j] = (double)(high >> j & 1);
}

const SfDesignType sf_design_fractional = {
  .word = "fractional",
  .is_levelled = TRUE,
  .count = count,
  .build = build,
  .free = g_free,
  .row = row,
};

/* ---- Aliases ------------------------------------------------------------- */

/* Fewer factors first, then as in a dictionary. */
static int
compare_effects (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const Effect *)a)->factors, y = ((const Effect *)b)->factors;
  if (size_of (x) != size_of (y))
    return size_of (x) < size_of (y) ? -1 : 1;
  guint64 differ = x ^ y;
  if (differ == 0)
    return 0;
  return x & differ & -differ ? -1 : 1; /* the first letter that differs */
}

static void
append_effect (GString *text, Effect effect)
{
  if (effect.is_minus)
    g_string_append_c (text, '-');
  for (guint64 rest = effect.factors; rest != 0; rest &= rest - 1)
    g_string_append_c (text, letters[__builtin_ctzll (rest)]);
}

static void
append_relation (GString *text, const char *left, GArray *effects)
{
  g_array_sort (effects, compare_effects);
  g_string_append (text, left);
  for (guint e = 0; e < effects->len; e++) {
    g_string_append (text, " = ");
    append_effect (text, g_array_index (effects, Effect, e));
  }
  g_string_append_c (text, '\n');
}

/* The aliases of an effect that have the fewest factors; none when one of them
 * comes before the effect itself. */
static GArray *
find_aliases (const Fraction *fraction, guint64 factors)
{
  GArray *aliases = g_array_new (FALSE, FALSE, sizeof (Effect));
  Effect self = { factors, FALSE };
  guint fewest = G_MAXUINT;
  for (guint w = 1; w >> fraction->n_generators == 0; w++)
    fewest = MIN (fewest, size_of (word (fraction, w).factors ^ factors));
  for (guint w = 1; w >> fraction->n_generators == 0; w++) {
    Effect other = word (fraction, w);
    other.factors ^= factors;
    if (size_of (other.factors) > fewest)
      continue;
    if (compare_effects (&other, &self) < 0) {
      g_array_set_size (aliases, 0);
      return aliases;
    }
    g_array_append_val (aliases, other);
  }
  return aliases;
}

static void
append_aliases (GString *text, const Fraction *fraction, guint64 factors)
{
  g_autoptr (GArray) aliases = find_aliases (fraction, factors);
  g_autoptr (GString) left = g_string_new (NULL);
  append_effect (left, (Effect){ factors, FALSE });
  if (aliases->len > 0)
    append_relation (text, left->str, aliases);
}

static void
append_head (GString *text, const Fraction *fraction, const char *const *names)
{
  static const char *const roman[]
      = { "0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X" };
  guint k = fraction->n_factors, g = fraction->n_generators;
  guint resolution = size_of (shortest_word (fraction).factors);
  g_autofree char *size = resolution < G_N_ELEMENTS (roman)
                              ? g_strdup (roman[resolution])
                              : g_strdup_printf ("%u", resolution);
  g_string_append_printf (text, _ ("2^(%u-%u), %ju points, resolution %s\n"), k,
                          g, (uintmax_t)1 << (k - g), size);
  for (guint j = 0; names && j < k; j++)
    g_string_append_printf (text, "%c: %s\n", letters[j], names[j]);
}

guint
sf_design_resolution (const SfDesignSpec *spec, GError **error)
{
  guint64 points;
  Fraction fraction;
  if (!sf_design_count_points (spec, &points, error)
      || !read_fraction (spec, &fraction, error))
    return 0;
  return size_of (shortest_word (&fraction).factors);
}

char *
sf_design_alias_text (const SfDesignSpec *spec, const char *const *names,
                      GError **error)
{
  guint64 points;
  Fraction fraction;
  if (!sf_design_count_points (spec, &points, error)
      || !read_fraction (spec, &fraction, error))
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Effect));
  for (guint w = 1; w >> fraction.n_generators == 0; w++) {
    Effect effect = word (&fraction, w);
    g_array_append_val (words, effect);
  }
  append_head (text, &fraction, names);
  append_relation (text, "I", words);
  for (guint a = 0; a < fraction.n_factors; a++)
    append_aliases (text, &fraction, G_GUINT64_CONSTANT (1) << a);
  for (guint a = 0; a < fraction.n_factors; a++)
    for (guint b = a + 1; b < fraction.n_factors; b++)
      append_aliases (text, &fraction,
                      G_GUINT64_CONSTANT (1) << a
                          | G_GUINT64_CONSTANT (1) << b);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
