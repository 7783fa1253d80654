/* cmd-rerun.c - results again, and whether they are the same. SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/again.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/cli/vouch.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"
#include "sim/report/folder.h"
#include "sim/report/manifest.h"

typedef struct {
  char *output;
  gint jobs;
  gboolean is_check;
} Options;

/* A manifest, and what it says. */
typedef struct {
  char *path, *folder;
  SfJsonDoc *doc;
  const SfJson *root;
  GPtrArray *tables; /* SfVouched * */
} Source;

static void
clear_source (Source *s)
{
  g_free (s->path);
  g_free (s->folder);
  sf_json_doc_free (s->doc);
  if (s->tables)
    g_ptr_array_unref (s->tables);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, clear_source)

/* ---- Reading ----------------------------------------------------------------- */

static gboolean
read_source (Source *s, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    s->folder = g_strdup (path);
    s->path = g_build_filename (path, "manifest.json", NULL);
    s->doc = sf_manifest_read (path, error);
  } else {
    s->folder = g_path_get_dirname (path);
    s->path = g_strdup (path);
    s->doc = sf_manifest_read_file (path, error);
  }
  if (!s->doc)
    return FALSE;
  s->root = sf_json_root (s->doc);
  if (g_strcmp0 (sf_again_member (s->root, "program"), "shortfall") != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _ ("%s is not the manifest of results"), s->path);
    return FALSE;
  }
  s->tables = sf_vouch_read (s->root, error);
  return s->tables != NULL;
}

/* ---- What is beside the manifest ---------------------------------------------- */

/* Prints which tables are not as the manifest says; FALSE when one is not. A
 * manifest that stands alone, without any table, is no fault. */
static gboolean
check_beside (const Source *s)
{
  guint n_states[3] = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < s->tables->len; i++) {
    const SfVouched *table = s->tables->pdata[i];
    SfVouchState state = sf_vouch_check (table, s->folder);
    g_autofree char *name = sf_text_safe (table->name, -1);
    n_states[state]++;
    if (state != SF_VOUCH_SAME)
      g_string_append_printf (out, "  %-20s %s\n", name,
                              state == SF_VOUCH_CHANGED ? _ ("CHANGED")
                                                        : _ ("missing"));
  }
  guint n = s->tables->len;
  if (n_states[SF_VOUCH_MISSING] == n) {
    printf (_ ("No table is beside the manifest.\n"));
    return TRUE;
  }
  if (n_states[SF_VOUCH_SAME] == n) {
    printf (sf_lang_plural ("The %u table beside the manifest is as it says.\n",
                            "The %u tables beside the manifest are as it "
                            "says.\n",
                            n),
            n);
    return TRUE;
  }
  printf (_ ("Beside the manifest %u of %u tables are not as it says:\n%s"),
          n - n_states[SF_VOUCH_SAME], n, out->str);
  return FALSE;
}

/* ---- By whom it was made -------------------------------------------------------- */

/* Says when this program is not the one that wrote it: then digits may
 * differ. */
static void
tell_program (const SfJson *manifest)
{
  const char *version = sf_again_member (manifest, "version");
  const char *sources = sf_again_member (manifest, "sources_sha256");
  const char *compiler = sf_again_member (manifest, "compiler");
  g_autofree char *theirs = sf_text_safe (version ? version : "?", -1);
  g_autofree char *by
      = g_strchomp (sf_text_safe (compiler ? compiler : "?", -1));
  g_autofree char *own = g_strchomp (g_strdup (sf_manifest_compiler ()));
  if (g_strcmp0 (version, SF_VERSION) != 0)
    printf (_ ("The manifest is of version %s, this program is version %s: "
               "digits may differ.\n"),
            theirs, SF_VERSION);
  else if (g_strcmp0 (sources, sf_manifest_sources ()) != 0)
    printf (_ ("The manifest is of a program from other sources, though of "
               "the same version %s: digits may differ.\n"),
            SF_VERSION);
  if (g_strcmp0 (compiler, sf_manifest_compiler ()) != 0)
    printf (_ ("The manifest is of a program made by %s, this one is made by "
               "%s: last digits may differ.\n"),
            by, own);
}

/* ---- Again ------------------------------------------------------------------------ */

/* Tables that are there now and that the manifest does not name. */
static guint
print_unnamed (const Source *s, const char *folder)
{
  guint n = 0;
  g_autoptr (SfJsonDoc) doc = sf_manifest_read (folder, NULL);
  g_autoptr (GPtrArray) now
      = doc ? sf_vouch_read (sf_json_root (doc), NULL) : NULL;
  for (guint i = 0; now && i < now->len; i++) {
    const SfVouched *table = now->pdata[i];
    if (sf_vouch_find (s->tables, table->name))
      continue;
    printf ("  %-20s %s\n", table->name, _ ("not named in the manifest"));
    n++;
  }
  return n;
}

/* Prints a line a table and what it comes to. */
static SfExit
compare (const Source *s, const char *folder)
{
  guint n = 0;
  for (guint i = 0; i < s->tables->len; i++) {
    const SfVouched *table = s->tables->pdata[i];
    SfVouchState state = sf_vouch_check (table, folder);
    g_autofree char *name = sf_text_safe (table->name, -1);
    n += state != SF_VOUCH_SAME;
    printf ("  %-20s %s\n", name,
            state == SF_VOUCH_SAME      ? _ ("same")
            : state == SF_VOUCH_CHANGED ? _ ("DIFFERENT")
                                        : _ ("missing"));
  }
  n += print_unnamed (s, folder);
  if (n == 0) {
    printf (sf_lang_plural ("The %u table is the same, bit for bit.\n",
                            "All %u tables are the same, bit for bit.\n",
                            s->tables->len),
            s->tables->len);
    return SF_EXIT_DONE;
  }
  printf (sf_lang_plural ("%u table is not the same.\n",
                          "%u tables are not the same.\n", n),
          n);
  return SF_EXIT_DIFFERS;
}

static SfExit
make_again (const SfInvocation *invocation, const Options *o, const Source *s,
            const char *home)
{
  SfExit status;
  g_autofree char *inside = g_build_filename (home, "results", NULL);
  const char *output = o->output ? o->output : inside;
  g_autoptr (SfAgain) again = sf_again_new (invocation, s->root, home, &status);
  if (!again)
    return status;
  if (o->output && g_file_test (o->output, G_FILE_TEST_EXISTS)) {
    g_autofree char *safe = sf_text_safe (o->output, -1);
    return sf_cmd_usage (invocation,
                         _ ("%s exists already; choose another name"), safe);
  }
  tell_program (s->root);
  printf (_ ("Again, from the manifest alone (%s):\n"), again->command->name);
  (void)fflush (stdout);
  status = sf_again_run (again, output, o->jobs);
  if (sf_stop_count () > 0) {
    sf_cmd_alarm (_ ("shortfall rerun: stopped; nothing is known\n"));
    return SF_EXIT_FAILED;
  }
  if (!g_file_test (output, G_FILE_TEST_IS_DIR)) {
    sf_cmd_alarm (_ ("shortfall rerun: the results could not be made again\n"));
    return status == SF_EXIT_DONE ? SF_EXIT_FAILED : status;
  }
  return compare (s, output);
}

static SfExit
rerun (const SfInvocation *invocation, const Options *o, const Source *s)
{
  g_autoptr (GError) error = NULL;
  gboolean is_beside = check_beside (s);
  if (o->is_check)
    return is_beside ? SF_EXIT_DONE : SF_EXIT_DIFFERS;
  /* Whoever stops it at any moment leaves no temporary folder. */
  sf_stop_begin ();
  g_autofree char *home = g_dir_make_tmp ("shortfall-rerun-XXXXXX", &error);
  SfExit status = home ? make_again (invocation, o, s, home)
                       : sf_cmd_error (invocation, error);
  if (home)
    sf_folder_remove (home);
  sf_stop_end ();
  return status == SF_EXIT_DONE && !is_beside ? SF_EXIT_DIFFERS : status;
}

/* ---- The command -------------------------------------------------------------------- */

static SfExit
read_and_rerun (const SfInvocation *invocation, const Options *o)
{
  g_autoptr (GError) error = NULL;
  g_auto (Source) source = { 0 };
  if (invocation->argc != 2)
    return sf_cmd_usage (invocation, _ ("of which result folder or manifest?"));
  const char *wrong = sf_cmd_numbers_wrong (0, o->jobs);
  if (wrong)
    return sf_cmd_usage (invocation, "%s", wrong);
  if (!read_source (&source, invocation->argv[1], &error))
    return sf_cmd_error (invocation, error);
  return rerun (invocation, o, &source);
}

static SfExit
run (SfInvocation *invocation)
{
  Options o = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      N_ ("Keep the new results in this folder (default: they are thrown "
          "away)"),
      "DIR" },
    SF_CMD_JOBS (&o.jobs),
    { "check", 0, 0, G_OPTION_ARG_NONE, &o.is_check,
      N_ ("Only check the tables against their checksums; run nothing"), NULL },
    { NULL },
  };
  SfExit status;
  if (sf_cmd_parse (
          invocation, entries, "shortfall rerun bamako-2025-results",
          "MANIFEST.json | FOLDER",
          N_ ("Makes the results of run, compare, rank or sensitivity again, "
              "from their manifest.json alone, and says of every table whether "
              "it is the same, bit for bit. Tables beside the manifest are "
              "first checked against the checksums in it. Exit status 5: not "
              "all is the same."),
          &status))
    status = read_and_rerun (invocation, &o);
  g_free (o.output);
  return status;
}

const SfCommand sf_cmd_rerun
    = { "rerun", N_ ("make results again and say whether they are the same"),
        run };
