/* test-lang.c - languages. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/units.h"
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
  g_test_add_func ("/lang/days-are-written-out", days_are_written_out);
  g_test_add_func (
      "/lang/words-of-a-scenario-are-found-after-those-of-the-catalogue",
      words_of_a_scenario_are_found_after_those_of_the_catalogue);
  g_test_add_func ("/lang/plural-follows-the-language",
                   plural_follows_the_language);
  return g_test_run ();
}
