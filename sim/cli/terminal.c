/* terminal.c - what the other end of a stream can show. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/terminal.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define USUAL_WIDTH 80
#define LEAST_WIDTH 40
#define MOST_WIDTH 100

gboolean
sf_terminal_set_color (const char *when)
{
  if (strcmp (when, "never") == 0)
    g_setenv ("NO_COLOR", "1", TRUE);
  else if (strcmp (when, "always") == 0) {
    g_unsetenv ("NO_COLOR");
    g_setenv ("CLICOLOR_FORCE", "1", TRUE);
  } else
    return strcmp (when, "auto") == 0;
  return TRUE;
}

static gboolean
is_set (const char *name)
{
  const char *value = g_getenv (name);
  return value && *value;
}

gboolean
sf_terminal_can_erase (FILE *out)
{
  const char *kind = g_getenv ("TERM");
  return kind && *kind && strcmp (kind, "dumb") != 0
         && isatty (fileno (out)) == 1;
}

static gboolean
has_color (FILE *out)
{
  if (is_set ("NO_COLOR"))
    return FALSE;
  if (is_set ("CLICOLOR_FORCE"))
    return TRUE;
  return sf_terminal_can_erase (out);
}

const char *
sf_style_begin (FILE *out, SfStyle style)
{
  if (!has_color (out))
    return "";
  return style == SF_STYLE_HEADING ? "\033[1m" : "\033[31m";
}

const char *
sf_style_end (FILE *out)
{
  return has_color (out) ? "\033[0m" : "";
}

void
sf_style_print (FILE *out, SfStyle style, const char *text)
{
  fprintf (out, "%s%s%s", sf_style_begin (out, style), text,
           sf_style_end (out));
}

guint
sf_terminal_width (FILE *out)
{
  struct winsize size = { 0 };
  if (isatty (fileno (out)) != 1
      || ioctl (fileno (out), TIOCGWINSZ, &size) != 0)
    return 0;
  return size.ws_col;
}

guint
sf_terminal_text_width (FILE *out)
{
  guint width = sf_terminal_width (out);
  const char *columns = g_getenv ("COLUMNS");
  if (width == 0 && columns)
    width = (guint)g_ascii_strtoull (columns, NULL, 10);
  return width == 0 ? USUAL_WIDTH : CLAMP (width, LEAST_WIDTH, MOST_WIDTH);
}
