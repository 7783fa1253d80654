/* study-fixture.h - studies that are written for a test. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A test writes the text of a study in single quotes, with $ for the folder of
 * the shipped scenarios, and gets it read.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/study/study.h"
#include "tests/unit/place.h"

/* The text with double quotes and the folder of the scenarios in place. */
static inline char *
study_text (const char *text)
{
  g_autofree char *folder
      = g_test_build_filename (G_TEST_DIST, "..", "scenarios", NULL);
  GString *all = g_string_new (text);
  g_string_replace (all, "'", "\"", 0);
  g_string_replace (all, "$", folder, 0);
  return g_string_free (all, FALSE);
}

/* Reads a study from a file NAME of a folder; what is wrong with it is in
 * *said, to be freed, NULL when nothing is. */
static inline SfStudy *
study_try (const char *folder, const char *name, const char *text, char **said)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *whole = study_text (text);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  place_write (folder, name, whole);
  SfStudy *study = sf_study_read (path, sf_cmd_models (), mistakes);
  *said = study ? NULL : sf_mistakes_format (mistakes);
  return study;
}

/* The same for a study that must be good. */
static inline SfStudy *
study_read (const char *folder, const char *text)
{
  g_autofree char *said = NULL;
  SfStudy *study = study_try (folder, "study.json", text, &said);
  g_assert_cmpstr (said, ==, NULL);
  return study;
}
