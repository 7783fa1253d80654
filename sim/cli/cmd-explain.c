/* cmd-explain.c - the manual, from the tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/lang/lang.h"
#include "sim/scenario/scenario.h"
#include "sim/study/study.h"

static const char *
kind_text (const SfParam *p)
{
  switch (p->kind) {
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    return _ ("number");
  case SF_PARAM_FLAG:
    return _ ("true or false");
  case SF_PARAM_TEXT:
    return _ ("text");
  case SF_PARAM_CHOICE:
    return _ ("word");
  case SF_PARAM_DATE:
    return _ ("date");
  case SF_PARAM_REF:
    return _ ("id");
  case SF_PARAM_REFS:
    return _ ("list of ids");
  case SF_PARAM_SERIES:
    return _ ("name of a series, PLACE/[COMMODITY/[CLASS/]]MEASURE");
  }
  return "";
}

static void
print_number (const SfParam *p)
{
  char value[SF_TEXT_NUMBER_SIZE], low[SF_TEXT_NUMBER_SIZE],
      high[SF_TEXT_NUMBER_SIZE];
  if (p->flags & SF_PARAM_REQUIRED)
    printf (_ (", required"));
  else if (isnan (p->fallback))
    printf (_ (", no default"));
  else
    printf (_ (", default %s"), sf_text_number (value, p->fallback));
  printf (_ (", %s to %s"), sf_text_number (low, p->min),
          sf_text_number (high, p->max));
}

static void
print_param (const SfParam *p)
{
  g_autofree char *name = sf_param_name (p, NULL);
  printf ("  %s\n      %s", name, kind_text (p));
  if (p->kind == SF_PARAM_REAL || p->kind == SF_PARAM_AMOUNT)
    print_number (p);
  else if (p->flags & SF_PARAM_REQUIRED)
    printf (_ (", required"));
  if (p->kind == SF_PARAM_CHOICE)
    printf (": %s", p->choices);
  if (p->kind == SF_PARAM_REF || p->kind == SF_PARAM_REFS)
    printf (_ (" from \"%s\""), p->choices);
  printf ("\n      %s\n", _ (p->help));
}

/* Prints text in lines of at most 76 characters. */
static void
print_wrapped (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gsize column = 0;
  for (gsize i = 0; words[i]; i++) {
    gsize length = (gsize)g_utf8_strlen (words[i], -1);
    if (column > 0 && column + 1 + length > 76) {
      putchar ('\n');
      column = 0;
    }
    printf ("%s%s", column ? " " : "", words[i]);
    column += (column ? 1 : 0) + length;
  }
  putchar ('\n');
}

static void
print_params (const SfParam *params)
{
  if (params->name)
    printf (_ ("\nParameters:\n"));
  for (const SfParam *p = params; p->name; p++)
    print_param (p);
}

static SfExit
explain_model (const SfModelInfo *m)
{
  printf ("%s - %s\n\n", m->name, _ (m->title));
  print_wrapped (_ (m->manual));
  if (m->events)
    printf (_ ("\nEvents it answers: %s\n"), m->events);
  print_params (m->params);
  return SF_EXIT_DONE;
}

static SfExit
explain_study (void)
{
  for (const SfStudyPart *part = sf_study_parts; part->name; part++) {
    printf ("%s%s - %s\n", part == sf_study_parts ? "" : "\n", part->name,
            _ (part->title));
    print_params (part->params);
    for (const SfStudyKey *k = part->keys; k->key; k++)
      printf ("  %s\n      %s\n", k->key, _ (k->help));
  }
  return SF_EXIT_DONE;
}

static SfExit
explain_study_schema (void)
{
  g_autofree char *text = sf_study_schema ();
  printf ("%s", text);
  return SF_EXIT_DONE;
}

/* All that can be explained. */
static void
add_names (GPtrArray *names)
{
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    g_ptr_array_add (names, (gpointer)(*m)->name);
  for (int i = 0; sf_collections[i].name; i++)
    g_ptr_array_add (names, (gpointer)sf_collections[i].name);
  static const char *const others[]
      = { "time", "run", "study", "study-schema" };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_ptr_array_add (names, (gpointer)others[i]);
}

static SfExit
unknown (const SfInvocation *invocation, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  add_names (names);
  const char *near
      = sf_text_nearest (name, (const char *const *)names->pdata, names->len);
  g_autofree char *hint = sf_text_hint (near);
  g_autofree char *safe = sf_text_safe (name, -1);
  return sf_cmd_usage (invocation,
                       _ ("nothing is called \"%s\"%s (see shortfall models)"),
                       safe, hint);
}

static SfExit
run (SfInvocation *invocation)
{
  const GOptionEntry entries[] = { { NULL } };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries, "shortfall explain interdiction/ambush", "NAME",
          N_ ("Explains a model, a collection of the scenario format "
              "(links, events ...),\n\"time\" and \"run\", \"study\" "
              "(the format of "
              "sweeps) or \"study-schema\" (the same\nas a JSON schema, "
              "for editors)."),
          &status))
    return status;
  if (invocation->argc != 2)
    return sf_cmd_usage (invocation, _ ("explain what? one name"));
  const char *name = invocation->argv[1];
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    if (strcmp ((*m)->name, name) == 0)
      return explain_model (*m);
  for (int i = 0; sf_collections[i].name; i++)
    if (strcmp (sf_collections[i].name, name) == 0) {
      printf (_ ("%s - %s\n\nAn object keyed by id; of each record:\n"), name,
              _ (sf_collections[i].title));
      print_params (sf_collections[i].params);
      return SF_EXIT_DONE;
    }
  if (strcmp (name, "time") == 0 || strcmp (name, "run") == 0) {
    printf (_ ("%s - part of the top level of a scenario\n"), name);
    print_params (name[0] == 't' ? sf_time_params : sf_run_params);
    return SF_EXIT_DONE;
  }
  if (strcmp (name, "study") == 0)
    return explain_study ();
  if (strcmp (name, "study-schema") == 0)
    return explain_study_schema ();
  return unknown (invocation, name);
}

const SfCommand sf_cmd_explain
    = { "explain", N_ ("explain a model or a part of the scenario format"), run,
        NULL, add_names };
