/* guard.h - which requests are answered at all. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page is served on the loopback address, where every program and every
 * page in the same browser can reach it. So a request must know the token in
 * the address (128 random bits), must be addressed to this machine by a name
 * that no other site can take (else a site could rebind its own name to
 * 127.0.0.1), and must not come from a page of another origin. All this is
 * decided here from plain text, before anything is read or done; nothing here
 * knows the HTTP library.
 */
#pragma once

#include <glib.h>

/* Hexadecimal digits of a token, and bytes that a body may have. */
#define SF_EXPLORE_TOKEN_LENGTH 32u
#define SF_EXPLORE_BODY_MAX ((gint64)64 * 1024)

/* A request, as its first lines say; NULL where a header is absent. */
typedef struct {
  const char *method;
  const char *path;     /* decoded, with the token */
  const char *host;     /* Host */
  const char *origin;   /* Origin */
  const char *site;     /* Sec-Fetch-Site */
  gint64 content_bytes; /* Content-Length; -1: not said */
} SfExploreRequest;

/* Why a request is refused, or that it is not. */
typedef struct {
  guint status;        /* of HTTP; 200: it is let in */
  const char *message; /* one line in the language in use; borrowed */
} SfExploreVerdict;

/* A new token: 32 hexadecimal digits from the system's generator. To be freed.
 * NULL with G_FILE_ERROR when the system has none. */
char *sf_explore_token_new (GError **error);

/* Whether a text is the token. The time it takes says nothing about how much
 * of it is right. */
gboolean sf_explore_token_is (const char *token, const char *text,
                              gsize length);

/* Judges a request to the server on `port` with `token`. When it is let in,
 * *route (may be NULL) is what follows the token in its path, "" or beginning
 * with "/"; borrowed from the request. */
SfExploreVerdict sf_explore_guard (const SfExploreRequest *request,
                                   const char *token, guint port,
                                   const char **route);
