/* door.c - who is let in, and for how long. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/door.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#include "sim/lang/lang.h"

#define CONNECTIONS_MAX 128u
#define WAITING_MAX 1024 /* not yet let in: a burst is not dropped */
#define REQUEST_US (10 * G_USEC_PER_SEC) /* to say what it wants */
#define IDLE_US (30 * G_USEC_PER_SEC)    /* between requests */
#define DRAIN_US (3 * G_USEC_PER_SEC)    /* to stop talking once refused */

typedef struct {
  GSocket *socket;
  guint port; /* of the other end: tells connections apart */
  gint64 deadline_us, since_us;
  gboolean is_proven; /* has shown the token */
} Connection;

struct SfExploreDoor {
  GSocketService *service;
  guint port;
  GPtrArray *connections; /* Connection * */
  SfExploreLetIn let_in;
  gpointer data;
};

/* ---- Requests ------------------------------------------------------------------ */

char *
sf_explore_token_new (GError **error)
{
  guint8 bytes[SF_EXPLORE_TOKEN_LENGTH / 2];
  if (getrandom (bytes, sizeof bytes, 0) != (gssize)sizeof bytes) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _ ("no random numbers: %s"), g_strerror (errno));
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

/* ---- Connections ---------------------------------------------------------------- */

static void
free_connection (gpointer data)
{
  Connection *c = data;
  g_object_unref (c->socket);
  g_free (c);
}

static Connection *
connection_at (const SfExploreDoor *d, guint port)
{
  for (guint i = 0; i < d->connections->len; i++) {
    Connection *c = d->connections->pdata[i];
    if (c->port == port)
      return c;
  }
  return NULL;
}

/* Says a status past the library, which would hear the request out first. What
 * still comes is read and dropped, for a little while. */
static void
refuse_bluntly (Connection *c, const char *status, const char *why)
{
  g_autofree char *text = g_strdup_printf (
      "HTTP/1.1 %s\r\nConnection: close\r\nCache-Control: no-store\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Length: "
      "%" G_GSIZE_FORMAT "\r\n\r\n%s\n",
      status, strlen (why) + 1, why);
  int fd = g_socket_get_fd (c->socket);
  if (fd < 0)
    return;
  gssize sent = send (fd, text, strlen (text), MSG_NOSIGNAL | MSG_DONTWAIT);
  (void)sent; /* who does not listen is not told */
  shutdown (fd, SHUT_WR);
  c->deadline_us = MIN (c->deadline_us, g_get_monotonic_time () + DRAIN_US);
}

static void
cut (const Connection *c)
{
  int fd = g_socket_get_fd (c->socket);
  if (fd >= 0)
    shutdown (fd, SHUT_RDWR);
}

static void
connection_gone (gpointer data, GObject *where)
{
  SfExploreDoor *d = data;
  for (guint i = d->connections->len; i-- > 0;) {
    const Connection *c = d->connections->pdata[i];
    if (g_socket_is_closed (c->socket))
      g_ptr_array_remove_index_fast (d->connections, i);
  }
}

/* Makes room for one more; FALSE when all show the token. */
static gboolean
make_room (SfExploreDoor *d)
{
  connection_gone (d, NULL);
  if (d->connections->len < CONNECTIONS_MAX)
    return TRUE;
  guint oldest = G_MAXUINT;
  for (guint i = 0; i < d->connections->len; i++) {
    const Connection *c = d->connections->pdata[i];
    const Connection *o
        = oldest < G_MAXUINT ? d->connections->pdata[oldest] : NULL;
    if (!c->is_proven && (!o || c->since_us < o->since_us))
      oldest = i;
  }
  if (oldest == G_MAXUINT)
    return FALSE;
  Connection *c = d->connections->pdata[oldest];
  refuse_bluntly (c, "503 Service Unavailable", _ ("too many connections"));
  cut (c);
  g_ptr_array_remove_index_fast (d->connections, oldest);
  return TRUE;
}

static gboolean
incoming (GSocketService *service, GSocketConnection *connection,
          GObject *source, gpointer data)
{
  SfExploreDoor *d = data;
  g_autoptr (GSocketAddress) remote
      = g_socket_connection_get_remote_address (connection, NULL);
  if (!remote)
    return TRUE;
  Connection *c = g_new0 (Connection, 1);
  c->socket = g_object_ref (g_socket_connection_get_socket (connection));
  c->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (remote));
  c->since_us = g_get_monotonic_time ();
  c->deadline_us = c->since_us + REQUEST_US;
  if (!make_room (d)) {
    refuse_bluntly (c, "503 Service Unavailable", _ ("too many connections"));
    free_connection (c);
    return TRUE;
  }
  g_ptr_array_add (d->connections, c);
  g_object_weak_ref (G_OBJECT (connection), connection_gone, d);
  d->let_in (connection, d->data);
  return TRUE;
}

SfExploreDoor *
sf_explore_door_open (guint port, SfExploreLetIn let_in, gpointer data,
                      GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) wanted
      = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) got = NULL;
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (service), WAITING_MAX);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    return NULL;
  SfExploreDoor *d = g_new0 (SfExploreDoor, 1);
  d->connections = g_ptr_array_new_with_free_func (free_connection);
  d->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  d->let_in = let_in;
  d->data = data;
  d->service = g_steal_pointer (&service);
  g_signal_connect (d->service, "incoming", G_CALLBACK (incoming), d);
  return d;
}

void
sf_explore_door_close (SfExploreDoor *d)
{
  g_socket_service_stop (d->service);
  g_socket_listener_close (G_SOCKET_LISTENER (d->service));
  for (guint i = 0; i < d->connections->len; i++)
    cut (d->connections->pdata[i]);
  g_ptr_array_unref (d->connections);
  g_object_unref (d->service);
  g_free (d);
}

guint
sf_explore_door_port (const SfExploreDoor *d)
{
  return d->port;
}

void
sf_explore_door_refuse (SfExploreDoor *d, guint port, const char *status,
                        const char *why)
{
  Connection *c = connection_at (d, port);
  if (c)
    refuse_bluntly (c, status, why);
}

void
sf_explore_door_trust (SfExploreDoor *d, guint port)
{
  Connection *c = connection_at (d, port);
  if (c)
    c->is_proven = TRUE;
}

void
sf_explore_door_heard (SfExploreDoor *d, guint port, gboolean is_answering)
{
  Connection *c = connection_at (d, port);
  if (c)
    c->deadline_us
        = is_answering ? G_MAXINT64 : g_get_monotonic_time () + IDLE_US;
}

gboolean
sf_explore_door_is_closed (const SfExploreDoor *d, guint port)
{
  const Connection *c = connection_at (d, port);
  char byte;
  return !c
         || recv (g_socket_get_fd (c->socket), &byte, 1,
                  MSG_PEEK | MSG_DONTWAIT)
                == 0;
}

void
sf_explore_door_cut (SfExploreDoor *d, guint port)
{
  const Connection *c = connection_at (d, port);
  if (c)
    cut (c);
}

void
sf_explore_door_look (SfExploreDoor *d)
{
  gint64 now = g_get_monotonic_time ();
  connection_gone (d, NULL);
  for (guint i = 0; i < d->connections->len; i++) {
    Connection *c = d->connections->pdata[i];
    if (now < c->deadline_us)
      continue;
    if (!c->is_proven)
      refuse_bluntly (c, "408 Request Timeout",
                      _ ("the request did not come in time"));
    cut (c);
  }
}
