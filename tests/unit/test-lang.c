/* test-lang.c - languages. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/base/units.h"
#include "sim/lang/figure-words.h"
#include "sim/lang/lang.h"

static SfDate
day (const char *text)
{
  SfDate date = 0;
  g_assert_true (sf_date_parse (text, &date));
  return date;
}

static void
same (char *found, const char *expected)
{
  g_assert_cmpstr (found, ==, expected);
  g_free (found);
}

static void
starts_in_english (void)
{
  g_assert_cmpstr (sf_lang_code (), ==, "en");
  g_assert_cmpstr (_ ("Show this help"), ==, "Show this help");
}

static void
speaks_french_after_set (void)
{
  g_assert_true (sf_lang_set ("fr"));
  g_assert_cmpstr (_ ("Show this help"), ==, "Afficher cette aide");
  g_assert_false (sf_lang_is_rtl ());
  g_assert_true (sf_lang_set ("en"));
  g_assert_cmpstr (_ ("Show this help"), ==, "Show this help");
}

static void
unknown_text_stays (void)
{
  g_assert_true (sf_lang_set ("fr"));
  const char *text = "no catalogue holds this";
  g_assert_true (_ (text) == text);
  g_assert_cmpstr (sf_lang_text (""), ==, "");
  g_assert_null (sf_lang_text (NULL));
  sf_lang_set ("en");
}

static void
unknown_language_changes_nothing (void)
{
  g_assert_false (sf_lang_exists ("xx"));
  g_assert_false (sf_lang_exists ("../fr"));
  g_assert_false (sf_lang_exists ("a-name-that-is-far-too-long"));
  g_assert_true (sf_lang_exists ("en") && sf_lang_exists ("fr"));
  sf_lang_set ("fr");
  g_assert_false (sf_lang_set ("xx"));
  g_assert_cmpstr (sf_lang_code (), ==, "fr");
  sf_lang_set ("en");
}

static void
all_begins_with_english (void)
{
  g_auto (GStrv) codes = sf_lang_all ();
  g_assert_cmpstr (codes[0], ==, "en");
  g_assert_true (g_strv_contains ((const char *const *)codes, "fr"));
}

static void
numbers_have_the_signs_of_the_language (void)
{
  same (sf_lang_number (1234567.891, 1), "1,234,567.9");
  same (sf_lang_number (-0.04, 1), "0.0");
  same (sf_lang_number (-12, 0), "\u221212");
  same (sf_lang_number (999, 0), "999");
  same (sf_lang_number (0.0 / 0.0, 2), "\u2013");
  sf_lang_set ("fr");
  same (sf_lang_number (1234567.891, 1), "1\u202f234\u202f567,9");
  sf_lang_set ("en");
}

static void
a_pause_speaks_english_and_ends (void)
{
  sf_lang_set ("fr");
  {
    G_GNUC_UNUSED g_auto (SfLangPause) none = sf_lang_pause (FALSE);
    g_assert_cmpstr (sf_lang_code (), ==, "fr");
    G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (TRUE);
    g_assert_cmpstr (sf_lang_code (), ==, "en");
    G_GNUC_UNUSED g_auto (SfLangPause) unknown = sf_lang_speak ("xx");
    g_assert_cmpstr (sf_lang_code (), ==, "en");
  }
  g_assert_cmpstr (sf_lang_code (), ==, "fr");
  sf_lang_set ("en");
}

static void
the_decimal_sign_is_that_of_the_language (void)
{
  char number[] = "1.5e-3";
  g_assert_cmpstr (sf_lang_decimal (number), ==, "1.5e-3");
  sf_lang_set ("fr");
  g_assert_cmpstr (sf_lang_decimal (number), ==, "1,5e-3");
  g_assert_cmpstr (sf_lang_real ("%.3f", 0.25).text, ==, "0,250");
  g_assert_cmpuint (strlen (sf_lang_real ("%.3f", -G_MAXDOUBLE).text), ==, 314);
  sf_lang_set ("en");
}

/* An isolate keeps the direction of the sentence, whatever comes first. */
static void
a_sentence_has_the_direction_of_its_language (void)
{
  same (sf_lang_directed ("served in Bamako"), "served in Bamako");
  same (sf_lang_directed ("وقود: served"), "\u2066وقود: served\u2069");
  same (sf_lang_directed ("ߓߡߊߞߐ߫"), "\u2066ߓߡߊߞߐ߫\u2069");
}

/* What the scripts say in English is what is translated. */
static void
figures_say_what_is_translated (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "plots", "words.gp", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  guint n = 0;
  for (const char *at = text; (at = strstr (at, "\nword_")); at++)
    n++;
  g_assert_null (sf_figure_words (NULL));
  for (const SfFigureWord *w = sf_figure_words_all; w->name; w++, n--) {
    g_autofree char *line
        = g_strdup_printf ("\nword_%s = \"%s\"\n", w->name, w->english);
    g_assert_nonnull (strstr (text, line));
  }
  g_assert_cmpuint (n, ==, 2); /* decimal and names are no words */
  sf_lang_set ("fr");
  g_autofree char *french = sf_figure_words (NULL);
  g_assert_nonnull (strstr (french, "word_median = \"médiane\"\n"));
  g_assert_nonnull (strstr (french, "word_decimal = \",\"\n"));
  sf_lang_set ("en");
}

static void
rounded_numbers_have_three_digits (void)
{
  same (sf_lang_rounded (898065912), "898,000,000");
  same (sf_lang_rounded (0.012345), "0.0123");
  same (sf_lang_rounded (-45.67), "\u221245.7");
  same (sf_lang_rounded (999.6), "1,000");
  same (sf_lang_rounded (0), "0");
}

static void
days_are_written_out (void)
{
  same (sf_lang_date (day ("2025-09-03")), "3 September 2025");
  same (sf_lang_day (day ("2024-02-29")), "29 February");
  sf_lang_set ("fr");
  same (sf_lang_date (day ("2025-09-03")), "3 septembre 2025");
  same (sf_lang_day (day ("2025-12-01")), "1er décembre");
  sf_lang_set ("en");
}

static void
words_of_a_scenario_are_found_after_those_of_the_catalogue (void)
{
  sf_lang_add_word ("fr", "Petrol of Orlo", "Essence d'Orlo");
  sf_lang_add_word ("fr", "Show this help", "autre chose");
  sf_lang_add_word ("xx", "Petrol of Orlo", "nothing");
  g_assert_cmpstr (_ ("Petrol of Orlo"), ==, "Petrol of Orlo");
  sf_lang_set ("fr");
  g_assert_cmpstr (_ ("Petrol of Orlo"), ==, "Essence d'Orlo");
  g_assert_cmpstr (_ ("Show this help"), ==, "Afficher cette aide");
  sf_lang_add_word ("fr", "Petrol of Orlo", "Super");
  g_assert_cmpstr (_ ("Petrol of Orlo"), ==, "Super");
  sf_lang_set ("en");
}

static void
plural_follows_the_language (void)
{
  g_assert_cmpstr (sf_lang_plural ("one", "many", 0), ==, "many");
  g_assert_cmpstr (sf_lang_plural ("one", "many", 1), ==, "one");
  g_assert_cmpstr (sf_lang_plural ("one", "many", 2), ==, "many");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lang/starts-in-english", starts_in_english);
  g_test_add_func ("/lang/speaks-french-after-set", speaks_french_after_set);
  g_test_add_func ("/lang/unknown-text-stays", unknown_text_stays);
  g_test_add_func ("/lang/unknown-language-changes-nothing",
                   unknown_language_changes_nothing);
  g_test_add_func ("/lang/all-begins-with-english", all_begins_with_english);
  g_test_add_func ("/lang/numbers-have-the-signs-of-the-language",
                   numbers_have_the_signs_of_the_language);
  g_test_add_func ("/lang/a-pause-speaks-english-and-ends",
                   a_pause_speaks_english_and_ends);
  g_test_add_func ("/lang/the-decimal-sign-is-that-of-the-language",
                   the_decimal_sign_is_that_of_the_language);
  g_test_add_func ("/lang/a-sentence-has-the-direction-of-its-language",
                   a_sentence_has_the_direction_of_its_language);
  g_test_add_func ("/lang/figures-say-what-is-translated",
                   figures_say_what_is_translated);
  g_test_add_func ("/lang/rounded-numbers-have-three-digits",
                   rounded_numbers_have_three_digits);
  g_test_add_func ("/lang/days-are-written-out", days_are_written_out);
  g_test_add_func (
      "/lang/words-of-a-scenario-are-found-after-those-of-the-catalogue",
      words_of_a_scenario_are_found_after_those_of_the_catalogue);
  g_test_add_func ("/lang/plural-follows-the-language",
                   plural_follows_the_language);
  return g_test_run ();
}
