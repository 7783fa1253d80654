/* manifest.c - what a result folder was made from. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/manifest.h"

#include <string.h>

#include <gsl/gsl_version.h>

#include "sim/base/file.h"
#include "sources-hash.h" /* made by the build: SF_SOURCES_SHA256 */
#include "sim/lang/lang.h"

#ifndef SF_VERSION
#define SF_VERSION "unknown"
#endif

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* A whole number that JSON readers may not be able to hold. */
static void
add_u64 (SfJson *object, const char *key, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  sf_json_add_string (object, key, text);
}

static void
add_time (SfJson *root, const SfRunFacts *facts)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 start
      = epoch ? g_ascii_strtoll (epoch, NULL, 10) : facts->start_unix_s;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (start);
  g_autofree char *iso
      = time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  sf_json_add_string (root, "start", iso ? iso : "");
  sf_json_add_number (root, "duration_s", epoch ? 0 : facts->duration_s);
}

static void
add_replications (SfJson *root, const SfResults *results,
                  const SfRunFacts *facts)
{
  add_u64 (root, "seed", results->seed);
  sf_json_add_number (root, "replications_asked_count", results->n);
  sf_json_add_number (root, "replications_done_count",
                      sf_results_done (results));
  sf_json_add_number (root, "replications_failed_count",
                      sf_results_failed (results));
  sf_json_add_boolean (root, "is_complete",
                       sf_results_done (results) == results->n);
  sf_json_add_boolean (root, "was_interrupted", facts->was_interrupted);
  sf_json_add_number (root, "jobs", facts->jobs);
}

void
sf_manifest_add_command_line (SfJson *manifest, const char *const *argv)
{
  SfJson *line = sf_json_add_array (manifest, "command_line");
  for (const char *const *a = argv; a && *a; a++) {
    g_autofree char *text = g_utf8_make_valid (*a, -1);
    sf_json_add_string (line, NULL, text);
  }
}

static void
add_making (SfJson *root, const SfRunFacts *facts)
{
  g_autofree char *glib = g_strdup_printf (
      "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  SfJson *libraries = sf_json_add_object (root, "libraries");
  sf_json_add_string (libraries, "glib", glib);
  sf_json_add_string (libraries, "gsl", gsl_version);
  for (const char *const *l = facts->libraries; l && l[0]; l += 2)
    sf_json_add_string (libraries, l[0], l[1]);
  sf_manifest_add_command_line (root, facts->argv);
}

void
sf_manifest_add_making (SfJson *manifest)
{
  sf_json_add_string (manifest, "sources_sha256", SF_SOURCES_SHA256);
  sf_json_add_string (manifest, "language", sf_lang_code ());
  sf_json_add_string (manifest, "compiler", COMPILER);
}

const char *
sf_manifest_sources (void)
{
  return SF_SOURCES_SHA256;
}

const char *
sf_manifest_compiler (void)
{
  return COMPILER;
}

void
sf_manifest_add_ensemble (SfJson *manifest, SfJson *owner, const SfScenario *s)
{
  if (!s->ensemble)
    return;
  SfJson *one = sf_json_add_object (owner, "ensemble");
  sf_json_add_string (one, "file", s->ensemble_file);
  sf_json_add_string (one, "sha256", s->ensemble->sha256);
  sf_json_add_number (one, "rows_count", s->ensemble->n_rows);
  SfJson *all = (SfJson *)sf_json_member (manifest, "ensembles");
  if (!all)
    all = sf_json_add_object (manifest, "ensembles");
  if (!sf_json_member (all, s->ensemble->sha256))
    sf_json_add_copy (all, s->ensemble->sha256,
                      sf_json_root (s->ensemble->doc));
}

/* ---- The files beside it ------------------------------------------------- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The names of a folder, sorted: char *. */
static GPtrArray *
names_in (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return names;
}

void
sf_manifest_add_files (SfJson *manifest, const char *folder,
                       const char *const *names)
{
  g_autoptr (GPtrArray) all = names ? NULL : names_in (folder);
  SfJson *list = sf_json_add_array (manifest, "files");
  if (all)
    names = (const char *const *)all->pdata;
  for (const char *const *name = names; *name; name++) {
    guint64 length;
    g_autofree char *path = g_build_filename (folder, *name, NULL);
    g_autofree char *hash = sf_file_sha256 (path, &length, NULL);
    if (!hash || strcmp (*name, "manifest.json") == 0)
      continue;
    SfJson *file = sf_json_add_object (list, NULL);
    sf_json_add_string (file, "file", *name);
    sf_json_add_number (file, "bytes", (double)length);
    sf_json_add_string (file, "sha256", hash);
  }
}

/* ---- Writing and reading ------------------------------------------------- */

gboolean
sf_manifest_write (const SfResults *results, const SfRunFacts *facts,
                   const char *folder, GError **error)
{
  const SfScenario *s = results->scenario;
  g_autofree char *hash = sf_scenario_hash (s);
  g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("manifest.json");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "program", "shortfall");
  sf_json_add_string (root, "version", SF_VERSION);
  sf_manifest_add_making (root);
  sf_json_add_string (root, "scenario_name", s->name ? s->name : "");
  sf_json_add_string (root, "scenario_sha256", hash);
  add_replications (root, results, facts);
  if (facts->more)
    facts->more (root, facts->more_data);
  add_time (root, facts);
  add_making (root, facts);
  sf_manifest_add_files (root, folder, sf_results_files);
  sf_json_add_copy (root, "scenario", sf_json_root (s->doc));
  sf_manifest_add_ensemble (root, root, s);
  g_autofree char *text = sf_json_print (root, TRUE);
  return sf_file_write (path, text, strlen (text), error);
}

SfJsonDoc *
sf_manifest_read (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return sf_manifest_read_file (path, error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
               _ ("%s is not a result folder: it holds no manifest.json"),
               folder);
  return NULL;
}

SfJsonDoc *
sf_manifest_read_file (const char *path, GError **error)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfJsonDoc *doc = sf_json_read_file (path, mistakes);
  if (!doc)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", path,
                 sf_mistakes_get (mistakes, 0)->message);
  return doc;
}

static const char *
text_of (SfJsonDoc *manifest, const char *key)
{
  const SfJson *v = sf_json_member (sf_json_root (manifest), key);
  return v && sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : "?";
}

char *
sf_manifest_run_id (SfJsonDoc *manifest)
{
  const SfJson *done
      = sf_json_member (sf_json_root (manifest), "replications_done_count");
  gboolean has_count = done && sf_json_kind (done) == SF_JSON_NUMBER;
  return g_strdup_printf (
      "%s v%s %.8s seed %s n %.0f", text_of (manifest, "scenario_name"),
      text_of (manifest, "version"), text_of (manifest, "scenario_sha256"),
      text_of (manifest, "seed"), has_count ? sf_json_number (done) : 0);
}
