/* param.c - tables that describe records. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/param.h"

#include <string.h>

gsize
sf_param_count (const SfParam *params)
{
  gsize n = 0;
  while (params && params[n].name)
    n++;
  return n;
}

char *
sf_param_name (const SfParam *param, const char *unit)
{
  const char *mark = strstr (param->name, "{u}");
  if (!mark)
    return g_strdup (param->name);
  return g_strdup_printf ("%.*s%s%s", (int)(mark - param->name), param->name,
                          unit ? unit : "m3|t", mark + 3);
}

const SfParam *
sf_param_find (const SfParam *params, const char *name, const char *unit)
{
  for (const SfParam *p = params; p && p->name; p++) {
    if (p->kind != SF_PARAM_AMOUNT) {
      if (strcmp (p->name, name) == 0)
        return p;
      continue;
    }
    g_autofree char *full = unit ? sf_param_name (p, unit) : NULL;
    if (full && strcmp (full, name) == 0)
      return p;
  }
  return NULL;
}

static void
set_default (const SfParam *p, void *member)
{
  switch (p->kind) {
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    *(double *)member = p->fallback;
    break;
  case SF_PARAM_FLAG:
    *(gboolean *)member = p->fallback != 0;
    break;
  case SF_PARAM_CHOICE:
  case SF_PARAM_REF:
    *(gint *)member = (gint)p->fallback;
    break;
  case SF_PARAM_DATE:
    *(gint32 *)member = SF_PARAM_NO_DATE;
    break;
  case SF_PARAM_TEXT:
  case SF_PARAM_SERIES:
    *(const char **)member = NULL;
    break;
  case SF_PARAM_REFS:
    *(GArray **)member = NULL;
    break;
  }
}

void
sf_param_set_defaults (const SfParam *params, void *record)
{
  for (const SfParam *p = params; p && p->name; p++)
    set_default (p, (char *)record + p->offset);
}

int
sf_param_choice (const char *choices, const char *word)
{
  gsize length = strlen (word);
  int place = 0;
  for (const char *c = choices; c && *c; place++) {
    const char *end = strchrnul (c, '|');
    if ((gsize)(end - c) == length && strncmp (c, word, length) == 0)
      return place;
    c = *end ? end + 1 : end;
  }
  return -1;
}

char *
sf_param_choice_word (const char *choices, int place)
{
  g_auto (GStrv) words = g_strsplit (choices, "|", -1);
  if (place < 0 || (guint)place >= g_strv_length (words))
    return NULL;
  return g_strdup (words[place]);
}
