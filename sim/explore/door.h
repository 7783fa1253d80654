/* door.h - who is let in, and for how long. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page is served on the loopback address, where every program and every
 * page in the same browser can reach it. So a request must know the token in
 * the address (128 random bits), must be addressed to this machine by a name
 * that no other site can take (else a site could rebind its own name to
 * 127.0.0.1), and must not come from a page of another origin. All this is
 * decided here from plain text, before anything is read or done.
 *
 * The door also listens, and keeps a limited number of connections, each with a
 * time by which it has to have said what it wants. When there are too many,
 * the one that has waited longest without showing the token has to go. It knows
 * connections by the port of their other end, and nothing of HTTP but how to
 * say no.
 */
#pragma once

#include <gio/gio.h>

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

/* ---- Connections ---------------------------------------------------------- */

typedef struct SfExploreDoor SfExploreDoor;

/* Called with each connection that is let in; it is the callee's to keep. */
typedef void (*SfExploreLetIn) (GSocketConnection *connection, gpointer data);

/* Listens on 127.0.0.1 (port 0: any that is free). NULL with a GIO error when
 * the port cannot be had. Owned by the caller; sf_explore_door_close() ends it. */
SfExploreDoor *sf_explore_door_open (guint port, SfExploreLetIn let_in,
                                     gpointer data, GError **error);
guint sf_explore_door_port (const SfExploreDoor *door);
/* Listens no more, ends all connections and frees. The event loop must not run
 * again: connections that are still closing know the door. */
void sf_explore_door_close (SfExploreDoor *door);

/* Says a status ("413 Payload Too Large") past the library, which would hear
 * the whole request first. What still comes is read, for a little while. */
void sf_explore_door_refuse (SfExploreDoor *door, guint port,
                             const char *status, const char *why);
/* The connection has shown the token. */
void sf_explore_door_trust (SfExploreDoor *door, guint port);
/* Its request was heard out and is being answered, or was answered. */
void sf_explore_door_heard (SfExploreDoor *door, guint port,
                            gboolean is_answering);
/* Whether the other end has closed it; and closes it from this end. */
gboolean sf_explore_door_is_closed (const SfExploreDoor *door, guint port);
void sf_explore_door_cut (SfExploreDoor *door, guint port);
/* Ends what has taken too long; to be called about once a second. */
void sf_explore_door_look (SfExploreDoor *door);
