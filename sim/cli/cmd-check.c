/* cmd-check.c - everything that can be known without running. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/lang/lang.h"
#include "sim/observe/observations.h"
#include "sim/scenario/basis.h"

static void
print_number (const SfAssumption *a)
{
  char value[SF_TEXT_NUMBER_SIZE];
  printf ("  %s = %s", a->pointer, sf_text_number (value, a->value));
  if (a->dist != SF_DIST_NONE)
    fputs (_ (" (drawn)"), stdout);
  if (a->named >= 0)
    fputs (_ (" (shared)"), stdout);
  if (a->source)
    printf ("  [%s]", a->source);
  putchar ('\n');
}

/* A word and spaces up to a column, to be freed. */
static char *
padded (const char *word)
{
  return g_strdup_printf ("%s%*s", word,
                          (int)MAX (12 - g_utf8_strlen (word, -1), 0), "");
}

static void
print_group (const SfScenario *s, const char *confidence, gboolean list)
{
  SfBasisCount n = sf_basis_count (s, confidence);
  if (n.numbers == 0)
    return;
  g_autofree char *word
      = padded (confidence ? _ (confidence) : _ ("not stated"));
  printf (_ ("%s %5u numbers, %u of them drawn\n"), word, n.numbers, n.drawn);
  for (guint i = 0; list && i < s->n_assumptions; i++)
    if (g_strcmp0 (s->assumptions[i].confidence, confidence) == 0)
      print_number (&s->assumptions[i]);
}

static void
print_default (const char *pointer, double value, gpointer data)
{
  char text[SF_TEXT_NUMBER_SIZE];
  printf ("  %s = %s\n", pointer, sf_text_number (text, value));
}

static void
print_defaults (const SfScenario *s, gboolean list)
{
  guint n = sf_basis_defaults (s, NULL, NULL);
  if (n == 0)
    return;
  g_autofree char *word = padded (_ ("defaults"));
  printf (_ ("%s %5u numbers of models are not written in the files\n"), word,
          n);
  if (list)
    sf_basis_defaults (s, print_default, NULL);
}

static void
print_size (const char *form, guint n, const char *end)
{
  g_autoptr (GString) text = g_string_new (form);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_string_replace (text, "%u", number, 1);
  printf ("%s%s", text->str, end);
}

/* "6 nodes, 1 link, 2 shipments ...", and a blank line. */
static void
print_sizes (const SfScenario *s)
{
  guint n = s->n_nodes;
  print_size (sf_lang_plural ("%u node", "%u nodes", n), n, ", ");
  n = s->n_links;
  print_size (sf_lang_plural ("%u link", "%u links", n), n, ", ");
  n = s->n_shipments;
  print_size (sf_lang_plural ("%u shipment", "%u shipments", n), n, ", ");
  n = s->n_markets;
  print_size (sf_lang_plural ("%u market", "%u markets", n), n, ", ");
  n = s->n_demands;
  print_size (sf_lang_plural ("%u demand", "%u demands", n), n, ", ");
  n = s->n_events;
  print_size (sf_lang_plural ("%u event", "%u events", n), n, ", ");
  n = s->n_models;
  print_size (sf_lang_plural ("%u model", "%u models", n), n, "\n\n");
}

static void
print_summary (const SfScenario *s)
{
  g_autoptr (GString) path = g_string_new (NULL);
  sf_text_append_safe (path, s->path, -1);
  printf ("%s: %s\n", path->str,
          s->title ? _ (s->title) : _ ("no mistakes found"));
  print_sizes (s);
}

/* The file of observations too, though not whether this run has what it asks
 * for: a variant may well run at another time. */
static gboolean
check_observations (const SfScenario *s, SfExit *status)
{
  if (!s->observations)
    return TRUE;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfObservations) o
      = sf_observations_read (s->observations, mistakes);
  if (!o)
    *status = sf_cmd_mistakes (mistakes);
  return o != NULL;
}

static SfExit
run (SfInvocation *invocation)
{
  gboolean list = FALSE;
  g_auto (GStrv) set = NULL;
  const GOptionEntry entries[] = {
    { "list", 'l', 0, G_OPTION_ARG_NONE, &list,
      N_ ("List every number with its source"), NULL },
    SF_CMD_SET (&set),
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries, "shortfall check scenarios/bamako-2025.json",
          "SCENARIO.json",
          N_ ("Reads a scenario and reports every mistake at once; "
              "runs nothing and writes nothing.\nWithout mistakes it "
              "counts the assumptions by confidence."),
          &status))
    return status;
  g_autoptr (SfScenario) s
      = sf_cmd_load (invocation, (const char *const *)set, &status);
  if (!s || !check_observations (s, &status))
    return status;
  print_summary (s);
  for (gsize i = 0; sf_basis_words[i]; i++)
    print_group (s, sf_basis_words[i], list);
  print_group (s, NULL, list);
  print_defaults (s, list);
  g_autofree char *word = padded (_ ("ensemble"));
  if (s->ensemble)
    printf (_ ("%s %5u numbers are taken from %u rows of %s\n"), word,
            s->ensemble->n_parameters, s->ensemble->n_rows, s->ensemble_file);
  return SF_EXIT_DONE;
}

const SfCommand sf_cmd_check
    = { "check", N_ ("find every mistake in a scenario, list assumptions"),
        run };
