/* guard.c - which requests are answered at all. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/guard.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "sim/lang/lang.h"

char *
sf_explore_token_new (GError **error)
{
  guint8 bytes[SF_EXPLORE_TOKEN_LENGTH / 2];
  if (getrandom (bytes, sizeof bytes, 0) != (gssize)sizeof bytes) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 "no random numbers: %s", g_strerror (errno));
    return NULL;
  }
  GString *token = g_string_new (NULL);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", bytes[i]);
  return g_string_free (token, FALSE);
}

gboolean
sf_explore_token_is (const char *token, const char *text, gsize length)
{
  guint8 difference = length != SF_EXPLORE_TOKEN_LENGTH;
  for (gsize i = 0; i < SF_EXPLORE_TOKEN_LENGTH; i++)
    difference |= (guint8)token[i] ^ (guint8)(i < length ? text[i] : 0);
  return difference == 0;
}

/* "127.0.0.1:PORT" or "localhost:PORT". */
static gboolean
is_our_place (const char *text, guint port)
{
  g_autofree char *number = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *name = g_strdup_printf ("localhost:%u", port);
  return strcmp (text, number) == 0 || g_ascii_strcasecmp (text, name) == 0;
}

static gboolean
is_our_origin (const char *text, guint port)
{
  return g_str_has_prefix (text, "http://")
         && is_our_place (text + strlen ("http://"), port);
}

SfExploreVerdict
sf_explore_guard (const SfExploreRequest *r, const char *token, guint port,
                  const char **route)
{
  if (!r->host || !is_our_place (r->host, port))
    return (SfExploreVerdict){
      403, _ ("this page answers only at 127.0.0.1 and localhost")
    };
  if (r->origin && !is_our_origin (r->origin, port))
    return (SfExploreVerdict){
      403, _ ("this page answers no page of another origin")
    };
  if (r->site && strcmp (r->site, "cross-site") == 0
      && strcmp (r->method, "GET") != 0)
    return (SfExploreVerdict){
      403, _ ("this page answers no page of another origin")
    };
  const char *start = *r->path == '/' ? r->path + 1 : r->path;
  gsize length = strcspn (start, "/");
  if (!sf_explore_token_is (token, start, length))
    return (SfExploreVerdict){
      403, _ ("the token in the address is missing or wrong: open the address "
              "that shortfall explore printed")
    };
  gboolean is_post = strcmp (r->method, "POST") == 0;
  if (!is_post && strcmp (r->method, "GET") != 0
      && strcmp (r->method, "HEAD") != 0)
    return (SfExploreVerdict){ 405, _ ("only GET and POST are answered") };
  if (r->content_bytes > SF_EXPLORE_BODY_MAX)
    return (SfExploreVerdict){ 413, _ ("a request may hold 64 kB at most") };
  if (route)
    *route = start + length;
  return (SfExploreVerdict){ 200, NULL };
}
