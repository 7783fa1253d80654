/* svg.c - a figure of gnuplot as part of a page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/html/svg.h"

#include <string.h>

#include "sim/html/html.h"

/* One picture under way. */
typedef struct {
  const SfSvgNames *names;
  GString *out;
  guint skipped;        /* elements open that are left out */
  gboolean is_open;     /* a start tag still lacks its end */
  gboolean is_in_title; /* of gnuplot */
  gboolean has_root;
} Picture;

static gboolean
is_drawing (const char *element)
{
  static const char *const elements[]
      = { "g",           "path",     "polygon", "polyline", "line",
          "rect",        "use",      "circle",  "ellipse",  "text",
          "tspan",       "defs",     "stop",    "filter",   "feFlood",
          "feComposite", "clipPath", "pattern", NULL };
  return g_strv_contains (elements, element);
}

static void
end_start_tag (Picture *p)
{
  if (p->is_open)
    g_string_append_c (p->out, '>');
  p->is_open = FALSE;
}

/* "url(#textbox)" with the prefix; "" for what leads out of the picture. */
static char *
local_url (const Picture *p, const char *value)
{
  const char *name = strstr (value, "url(#");
  gsize length = name ? strcspn (name + 5, ")") : 0;
  return length > 0 ? g_strdup_printf ("url(#%s-%.*s)", p->names->prefix,
                                       (int)length, name + 5)
                    : g_strdup ("");
}

static void
put_attribute (Picture *p, const char *name, const char *value)
{
  g_autofree char *url = strstr (value, "url(") ? local_url (p, value) : NULL;
  g_autofree char *low = g_ascii_strdown (name, -1); /* as browsers read it */
  if (g_str_has_prefix (low, "on") || g_str_has_prefix (low, "xmlns")
      || strcmp (low, "class") == 0)
    return;
  if (strcmp (low, "id") == 0)
    sf_html_add (p->out, " id=\"%s-%s\"", p->names->prefix, value);
  else if (g_str_has_suffix (low, "href")) {
    if (value[0] == '#')
      sf_html_add (p->out, " href=\"#%s-%s\"", p->names->prefix, value + 1);
  } else if (strcmp (low, "style") == 0) {
    if (url && g_str_has_prefix (value, "filter:"))
      sf_html_add (p->out, " filter=\"%s\"", url);
  } else
    sf_html_add (p->out, " %s=\"%s\"", name, url ? url : value);
}

static void
put_root (Picture *p, const char **names, const char **values)
{
  g_string_append (p->out, "<svg role=\"img\"");
  for (guint i = 0; names[i]; i++)
    if (strcmp (names[i], "viewBox") == 0)
      sf_html_add (p->out, " viewBox=\"%s\"", values[i]);
  sf_html_add (p->out,
               " aria-label=\"%s\">\n<title>%s</title>\n<desc>%s</desc>\n",
               p->names->finding, p->names->title, p->names->finding);
  p->has_root = TRUE;
}

static void
start_element (GMarkupParseContext *context, const char *element,
               const char **names, const char **values, gpointer data,
               GError **error)
{
  Picture *p = data;
  p->is_in_title = strcmp (element, "title") == 0;
  if (!p->has_root && strcmp (element, "svg") == 0) {
    put_root (p, names, values);
    return;
  }
  if (p->skipped > 0 || !is_drawing (element)) {
    p->skipped++;
    return;
  }
  end_start_tag (p);
  g_string_append_printf (p->out, "<%s", element);
  for (guint i = 0; names[i]; i++)
    put_attribute (p, names[i], values[i]);
  p->is_open = TRUE;
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data,
             GError **error)
{
  Picture *p = data;
  p->is_in_title = FALSE;
  if (p->skipped > 0) {
    p->skipped--;
    return;
  }
  end_start_tag (p);
  g_string_append_printf (p->out, "</%s>\n", element);
}

/* What gnuplot calls a plot tells which columns it draws. */
static void
mark_part (Picture *p, const char *title)
{
  const char *part = strstr (title, "\"p50\"")   ? "median"
                     : strstr (title, "\"p25\"") ? "half"
                     : strstr (title, "\"p05\"") ? "wide"
                                                 : NULL;
  if (p->is_open && part)
    g_string_append_printf (p->out, " data-part=\"%s\"", part);
}

static void
put_text (GMarkupParseContext *context, const char *text, gsize length,
          gpointer data, GError **error)
{
  Picture *p = data;
  g_autofree char *copy = g_strndup (text, length);
  if (p->is_in_title)
    mark_part (p, copy);
  const char *element = g_markup_parse_context_get_element (context);
  gboolean is_shown
      = strcmp (element, "text") == 0 || strcmp (element, "tspan") == 0;
  if (p->skipped > 0 || !is_shown)
    return;
  end_start_tag (p);
  sf_html_add (p->out, "%s", copy);
}

char *
sf_svg_inline (const char *svg, const SfSvgNames *names)
{
  g_return_val_if_fail (svg && names, NULL);
  static const GMarkupParser parser
      = { start_element, end_element, put_text, NULL, NULL };
  Picture p = { .names = names, .out = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, 0, &p, NULL);
  gboolean is_read = g_markup_parse_context_parse (context, svg, -1, NULL)
                     && g_markup_parse_context_end_parse (context, NULL);
  return g_string_free (p.out, !is_read || !p.has_root);
}
