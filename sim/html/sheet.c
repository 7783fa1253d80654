/* sheet.c - the head, the look and the end of every page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/html/sheet.h"

#include <string.h>

#include "html-assets.h"
#include "sim/html/html.h"
#include "sim/lang/lang.h"

#define GENERATOR "<meta name=\"generator\" content=\"%s\">\n"

static GBytes *
style (void)
{
  static gsize is_ready;
  if (g_once_init_enter (&is_ready)) {
    sf_html_assets_register_resource ();
    g_once_init_leave (&is_ready, 1);
  }
  GBytes *bytes = g_resource_lookup_data (sf_html_assets_get_resource (),
                                          "/shortfall/html/page.css",
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes);
  return bytes;
}

/* What a content security policy calls an inline script or style by. */
static char *
policy_hash (GBytes *bytes)
{
  guint8 digest[32];
  gsize size = sizeof digest, length;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_checksum_update (sum, data, (gssize)length);
  g_checksum_get_digest (sum, digest, &size);
  g_autofree char *base64 = g_base64_encode (digest, size);
  return g_strdup_printf ("'sha256-%s'", base64);
}

static void
put_bytes (GString *out, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_string_append_len (out, data, (gssize)length);
}

void
sf_sheet_begin (GString *out, const SfSheet *sheet)
{
  g_return_if_fail (sheet->title && sheet->generator);
  g_autoptr (GBytes) css = style ();
  g_autofree char *style_hash = policy_hash (css);
  g_autofree char *script_hash
      = sheet->script ? policy_hash (sheet->script) : g_strdup ("'none'");
  g_string_append_printf (
      out,
      "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
      "<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src %s; script-src %s; base-uri 'none'; form-action "
      "'none'\">\n",
      sf_lang_code (), sf_lang_is_rtl () ? "rtl" : "ltr", style_hash,
      script_hash);
  sf_html_add (out, GENERATOR, sheet->generator);
  g_string_append (out, "<meta name=\"viewport\" content=\"width=device-width, "
                        "initial-scale=1\">\n");
  sf_html_add (out, "<title>%s</title>\n", sheet->title);
  g_string_append (out, "<style>");
  put_bytes (out, css);
  g_string_append (out, "</style>\n</head>\n<body>\n");
  sf_html_add (out, "<a class=\"skip\" href=\"#main\">%s</a>\n",
               _ ("Skip to the text"));
}

void
sf_sheet_end (GString *out, const SfSheet *sheet)
{
  if (sheet->script) {
    g_string_append (out, "<script>");
    put_bytes (out, sheet->script);
    g_string_append (out, "</script>\n");
  }
  g_string_append (out, "</body>\n</html>\n");
}

gboolean
sf_sheet_is_ours (const char *head, const char *generator)
{
  g_autofree char *mark = g_markup_printf_escaped (GENERATOR, generator);
  return strstr (head, mark) != NULL;
}
