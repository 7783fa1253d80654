/* server.c - the page on the loopback address. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/server.h"

#include <glib-unix.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>

#include "explore-assets.h"
#include "sim/explore/describe.h"
#include "sim/explore/desk.h"
#include "sim/explore/door.h"
#include "sim/lang/lang.h"

#define STREAMS_MAX 24u
#define UNSENT_MAX 60u /* messages that a tab may leave unread */
#define TAB_MAX 32u
#define POLICY                                                                 \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "   \
  "data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "           \
  "frame-ancestors 'none'"

/* The stream of events of a tab. */
typedef struct {
  char *tab;
  SoupServerMessage *message;
  guint port, n_unsent;
} Stream;

typedef struct {
  const SfExploreServing *serving;
  char *token, *lang;
  SfExploreDoor *door;
  guint port; /* of the server */
  GMainLoop *loop;
  SoupServer *soup;
  SfExploreDesk *desk;
  GPtrArray *streams; /* Stream * */
  gboolean was_visited;
  gint64 lonely_us; /* since when no tab is open */
  SfExploreEnd end;
} Server;

/* ---- The library's end of the door ------------------------------------------- */

static void
let_in (GSocketConnection *connection, gpointer data)
{
  const Server *s = data;
  g_autoptr (GSocketAddress) local
      = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote
      = g_socket_connection_get_remote_address (connection, NULL);
  if (local && remote)
    soup_server_accept_iostream (s->soup, G_IO_STREAM (connection), local,
                                 remote, NULL);
}

static guint
port_of (SoupServerMessage *message)
{
  GSocketAddress *a = soup_server_message_get_remote_address (message);
  return G_IS_INET_SOCKET_ADDRESS (a)
             ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (a))
             : 0;
}

/* ---- Answers ------------------------------------------------------------------ */

static void
set_headers (SoupServerMessage *message)
{
  static const char *const headers[][2] = {
    { "Cache-Control", "no-store" },
    { "Content-Security-Policy", POLICY },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "X-Frame-Options", "DENY" },
  };
  SoupMessageHeaders *h = soup_server_message_get_response_headers (message);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    soup_message_headers_replace (h, headers[i][0], headers[i][1]);
}

/* Takes the text. */
static void
answer (SoupServerMessage *message, guint status, const char *type, char *text)
{
  set_headers (message);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, text,
                                    strlen (text));
}

static void
refuse (SoupServerMessage *message, guint status, const char *why)
{
  answer (message, status, "text/plain; charset=utf-8",
          g_strconcat (why, "\n", NULL));
}

static void
refuse_error (SoupServerMessage *message, const GError *error)
{
  refuse (message, error->code == SF_EXPLORE_ERROR_FILE ? 404 : 400,
          error->message);
}

/* A value of the query of a request, decoded, to be freed; NULL: not there. */
static char *
asked (SoupServerMessage *message, const char *key)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_auto (GStrv) pairs = g_strsplit (query ? query : "", "&", 1000);
  gsize n = strlen (key);
  for (guint i = 0; pairs[i]; i++)
    if (strncmp (pairs[i], key, n) == 0 && pairs[i][n] == '=')
      return g_uri_unescape_string (pairs[i] + n + 1, NULL);
  return NULL;
}

/* The tab that a request comes from, to be freed; refused without a good one. */
static char *
asked_tab (SoupServerMessage *message)
{
  g_autofree char *tab = asked (message, "tab");
  gsize n = tab ? strlen (tab) : 0;
  gsize good = tab ? strspn (tab, "0123456789abcdefghijklmnopqrstuvwxyz") : 0;
  if (n > 0 && n <= TAB_MAX && good == n)
    return g_steal_pointer (&tab);
  refuse (message, 400, _ ("the request names no tab"));
  return NULL;
}

static void
speak (const Server *s, SoupServerMessage *message)
{
  g_autofree char *lang = asked (message, "lang");
  if (!lang || !sf_lang_set (lang))
    sf_lang_set (s->lang);
}

/* ---- Streams -------------------------------------------------------------------- */

static void
free_stream (gpointer data)
{
  Stream *stream = data;
  g_object_unref (stream->message);
  g_free (stream->tab);
  g_free (stream);
}

static Stream *
stream_of (const Server *s, const char *tab)
{
  for (guint i = 0; i < s->streams->len; i++) {
    Stream *stream = s->streams->pdata[i];
    if (strcmp (stream->tab, tab) == 0)
      return stream;
  }
  return NULL;
}

static void
push (Stream *stream, char *text)
{
  soup_message_body_append_bytes (
      soup_server_message_get_response_body (stream->message),
      g_bytes_new_take (text, strlen (text)));
  stream->n_unsent++;
  soup_server_message_unpause (stream->message);
}

static void
wrote (SoupServerMessage *message, gpointer data)
{
  const Server *s = data;
  for (guint i = 0; i < s->streams->len; i++) {
    Stream *stream = s->streams->pdata[i];
    if (stream->message == message && stream->n_unsent > 0)
      stream->n_unsent--;
  }
}

static void
stream_ended (SoupServerMessage *message, gpointer data)
{
  Server *s = data;
  for (guint i = s->streams->len; i-- > 0;) {
    Stream *stream = s->streams->pdata[i];
    if (stream->message != message)
      continue;
    g_autofree char *drop = g_strconcat ("drop ", stream->tab, NULL);
    gboolean is_last = TRUE; /* of its tab: a reload has a new one already */
    for (guint k = 0; k < s->streams->len; k++)
      is_last &= k == i
                 || strcmp (((Stream *)s->streams->pdata[k])->tab, stream->tab)
                        != 0;
    if (is_last)
      sf_explore_runner_send (s->serving->runner, drop);
    g_ptr_array_remove_index (s->streams, i);
  }
  if (s->streams->len == 0)
    s->lonely_us = g_get_monotonic_time ();
}

static void
open_stream (Server *s, SoupServerMessage *message)
{
  g_autofree char *tab = asked_tab (message);
  if (!tab)
    return;
  if (s->streams->len >= STREAMS_MAX) {
    refuse (message, 503, _ ("too many pages are open"));
    return;
  }
  Stream *stream = g_new0 (Stream, 1);
  stream->tab = g_steal_pointer (&tab);
  stream->message = g_object_ref (message);
  stream->port = port_of (message);
  g_ptr_array_insert (s->streams, 0, stream);
  s->was_visited = TRUE;
  set_headers (message);
  SoupMessageHeaders *h = soup_server_message_get_response_headers (message);
  soup_message_headers_set_content_type (h, "text/event-stream", NULL);
  soup_message_headers_set_encoding (h, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (
      soup_server_message_get_response_body (message), FALSE);
  soup_server_message_set_status (message, 200, NULL);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote), s);
  g_signal_connect (message, "finished", G_CALLBACK (stream_ended), s);
  push (stream, g_strdup ("retry: 1000\ndata: {\"kind\":\"hello\"}\n\n"));
}

static void
tell_tab (Stream *stream, const char *json)
{
  push (stream, g_strconcat ("data: ", json, "\n\n", NULL));
}

static gboolean
runner_spoke (gint fd, GIOCondition condition, gpointer data)
{
  Server *s = data;
  for (;;) {
    g_autofree char *tab = NULL;
    g_autofree char *text = NULL;
    SfExploreNews news
        = sf_explore_runner_receive (s->serving->runner, &tab, &text);
    if (news == SF_EXPLORE_NOTHING)
      return G_SOURCE_CONTINUE;
    Stream *stream = news == SF_EXPLORE_MESSAGE ? stream_of (s, tab) : NULL;
    if (stream)
      tell_tab (stream, text);
    for (guint i = 0; news == SF_EXPLORE_DIED && i < s->streams->len; i++) {
      g_autofree char *json
          = g_strdup_printf ("{\"kind\":\"died\",\"how\":\"%s\"}", text);
      tell_tab (s->streams->pdata[i], json);
    }
    if (news != SF_EXPLORE_GONE)
      continue;
    s->end = SF_EXPLORE_END_RUNNER;
    for (guint i = 0; i < s->streams->len; i++)
      tell_tab (s->streams->pdata[i], "{\"kind\":\"gone\"}");
    g_timeout_add (300, G_SOURCE_FUNC (g_main_loop_quit), s->loop);
    return G_SOURCE_REMOVE;
  }
}

/* ---- Routes ---------------------------------------------------------------------- */

static void
send_asset (SoupServerMessage *message, const char *name)
{
  static const char *const types[][2] = {
    { ".html", "text/html; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".tsv", "text/tab-separated-values; charset=utf-8" },
  };
  g_autofree char *path = g_strconcat ("/shortfall/explore/", name, NULL);
  g_autoptr (GBytes) bytes
      = strchr (name, '/')
            ? NULL
            : g_resource_lookup_data (sf_explore_assets_get_resource (), path,
                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (!bytes) {
    refuse (message, 404, _ ("there is nothing at this address"));
    return;
  }
  const char *type = "application/octet-stream";
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i][0]))
      type = types[i][1];
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  answer (message, 200, type, g_strndup (data, size));
}

/* The scenario of a file, or the one that the state in the query asks for as a
 * file to keep. */
static void
send_scenario (Server *s, SoupServerMessage *message, gboolean is_download)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfExploreState) state = sf_explore_state_parse (
      g_uri_get_query (soup_server_message_get_uri (message)), &error);
  SfExploreSetup setup = { NULL };
  g_autofree char *text = NULL;
  if (state
      && sf_explore_desk_set_up (s->desk, &state->sides[state->told], &setup,
                                 &error))
    text = is_download
               ? sf_explore_shelf_write (s->serving->shelf,
                                         &state->sides[state->told],
                                         setup.ready->scenario, &error)
               : sf_explore_describe (setup.ready->scenario, s->serving->shelf);
  sf_explore_setup_clear (&setup);
  if (!text) {
    refuse_error (message, error);
    return;
  }
  answer (message, 200, "application/json", g_steal_pointer (&text));
  if (is_download)
    soup_message_headers_replace (
        soup_server_message_get_response_headers (message),
        "Content-Disposition", "attachment; filename=\"explored.json\"");
}

/* A request that goes on to the runner: POST /run, /tell, /drop. */
static void
pass_on (Server *s, SoupServerMessage *message, const char *verb)
{
  g_autofree char *tab = asked_tab (message);
  if (!tab)
    return;
  g_autofree char *number = asked (message, "job");
  guint64 job = 0;
  gboolean is_drop = strcmp (verb, "drop") == 0;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data ? data : "", size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfExploreState) state = NULL;
  if (!stream_of (s, tab))
    refuse (message, 409, _ ("this tab has no stream to answer to"));
  else if (!is_drop
           && (!number
               || !g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT32, &job,
                                               NULL)))
    refuse (message, 400, _ ("the request has no number"));
  else if (strlen (text) != size
           || !(state = sf_explore_state_parse (text, &error)))
    refuse (message, 400, error ? error->message : _ ("bad characters"));
  else {
    g_autofree char *request
        = is_drop ? g_strdup_printf ("drop %s", tab)
                  : g_strdup_printf ("%s %s %" G_GUINT64_FORMAT " %s", verb,
                                     tab, job, text);
    if (sf_explore_runner_send (s->serving->runner, request))
      answer (message, 202, "application/json", g_strdup ("{}"));
    else
      refuse (message, 503, _ ("too busy; try again"));
  }
}

/* What follows the token in the path; NULL when the request was refused. */
static const char *
judge (Server *s, SoupServerMessage *message, guint *status, const char **why)
{
  SoupMessageHeaders *h = soup_server_message_get_request_headers (message);
  gboolean has_length
      = soup_message_headers_get_encoding (h) == SOUP_ENCODING_CONTENT_LENGTH;
  SfExploreRequest request = {
    .method = soup_server_message_get_method (message),
    .path = g_uri_get_path (soup_server_message_get_uri (message)),
    .host = soup_message_headers_get_one (h, "Host"),
    .origin = soup_message_headers_get_one (h, "Origin"),
    .site = soup_message_headers_get_one (h, "Sec-Fetch-Site"),
    .content_bytes
    = has_length ? soup_message_headers_get_content_length (h) : -1,
  };
  const char *route = NULL;
  SfExploreVerdict verdict
      = sf_explore_guard (&request, s->token, s->port, &route);
  *status = verdict.status;
  *why = verdict.message;
  return verdict.status == 200 ? route : NULL;
}

static void
handle (SoupServer *soup, SoupServerMessage *message, const char *path,
        GHashTable *query, gpointer data)
{
  Server *s = data;
  guint status;
  const char *why;
  speak (s, message);
  const char *route = judge (s, message, &status, &why);
  if (g_object_get_data (G_OBJECT (message), "refused")) {
    soup_server_message_set_status (message, 413, NULL); /* said already */
    return;
  }
  if (!route) {
    refuse (message, status, why);
    return;
  }
  gboolean is_post
      = strcmp (soup_server_message_get_method (message), "POST") == 0;
  gboolean is_verb = strcmp (route, "/run") == 0 || strcmp (route, "/tell") == 0
                     || strcmp (route, "/drop") == 0;
  if (is_post != is_verb)
    refuse (message, 405, _ ("this address does not take that method"));
  else if (is_verb)
    pass_on (s, message, route + 1);
  else if (strcmp (route, "/words") == 0)
    answer (message, 200, "application/json", sf_explore_words ());
  else if (strcmp (route, "/scenario") == 0)
    send_scenario (s, message, FALSE);
  else if (strcmp (route, "/file") == 0)
    send_scenario (s, message, TRUE);
  else if (strcmp (route, "/events") == 0)
    open_stream (s, message);
  else
    send_asset (message, strcmp (route, "/") == 0 ? "index.html"
                         : route[0] == '/'        ? route + 1
                                                  : "");
}

/* ---- Before a body is read ------------------------------------------------------- */

static void
refuse_body (Server *s, SoupServerMessage *message)
{
  sf_explore_door_refuse (s->door, port_of (message), "413 Payload Too Large",
                          _ ("a request may hold 64 kB at most"));
  g_object_set_data (G_OBJECT (message), "refused", message);
}

static void
got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  gint64 *left = g_object_get_data (G_OBJECT (message), "left");
  if (*left < 0)
    return;
  *left -= (gint64)g_bytes_get_size (chunk);
  if (*left >= 0)
    return;
  soup_message_body_truncate (soup_server_message_get_request_body (message));
  soup_message_body_set_accumulate (
      soup_server_message_get_request_body (message), FALSE);
  refuse_body (data, message);
}

static void
got_headers (SoupServer *soup, SoupServerMessage *message, const char *path,
             GHashTable *query, gpointer data)
{
  Server *s = data;
  guint status;
  const char *why;
  speak (s, message);
  gboolean is_let_in = judge (s, message, &status, &why) != NULL;
  if (is_let_in)
    sf_explore_door_trust (s->door, port_of (message));
  SoupMessageHeaders *h = soup_server_message_get_request_headers (message);
  gint64 *left = g_new (gint64, 1);
  *left = SF_EXPLORE_BODY_MAX;
  g_object_set_data_full (G_OBJECT (message), "left", left, g_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk), s);
  if (is_let_in)
    return;
  refuse (message, status, why);
  if (soup_message_headers_get_encoding (h) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (h) > SF_EXPLORE_BODY_MAX) {
    *left = -1;
    soup_message_body_set_accumulate (
        soup_server_message_get_request_body (message), FALSE);
    refuse_body (s, message);
  }
}

static void
request_read (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  const Server *s = data;
  if (!g_object_get_data (G_OBJECT (message), "refused"))
    sf_explore_door_heard (s->door, port_of (message), TRUE);
}

static void
request_done (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  const Server *s = data;
  if (!g_object_get_data (G_OBJECT (message), "refused"))
    sf_explore_door_heard (s->door, port_of (message), FALSE);
}

/* ---- Once a second -------------------------------------------------------------- */

/* A closed tab is not heard of while there is nothing to send to it. */
static void
look_at_streams (Server *s)
{
  for (guint i = s->streams->len; i-- > 0;) {
    Stream *stream = s->streams->pdata[i];
    gboolean is_closed = sf_explore_door_is_closed (s->door, stream->port);
    if (is_closed || stream->n_unsent > UNSENT_MAX)
      sf_explore_door_cut (s->door, stream->port);
    if (is_closed)
      push (stream, g_strdup (":\n\n"));
  }
}

static gboolean
look_around (gpointer data)
{
  Server *s = data;
  gint64 now = g_get_monotonic_time ();
  sf_explore_door_look (s->door);
  look_at_streams (s);
  if (s->was_visited && s->streams->len == 0
      && now - s->lonely_us > s->serving->linger_s * G_USEC_PER_SEC) {
    s->end = SF_EXPLORE_END_CLOSED;
    g_main_loop_quit (s->loop);
  }
  return G_SOURCE_CONTINUE;
}

static gboolean
asked_to_end (gpointer data)
{
  Server *s = data;
  s->end = SF_EXPLORE_END_ASKED;
  g_main_loop_quit (s->loop);
  return G_SOURCE_REMOVE;
}

/* ---- All of it -------------------------------------------------------------------- */

static void
serve (Server *s)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint sources[5];
  for (gsize i = 0; i < 3; i++)
    sources[i] = g_unix_signal_add (signals[i], asked_to_end, s);
  sources[3] = g_timeout_add (1000, look_around, s);
  sources[4] = g_unix_fd_add (sf_explore_runner_fd (s->serving->runner),
                              G_IO_IN | G_IO_HUP | G_IO_ERR, runner_spoke, s);
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u/%s/", s->port, s->token);
  s->serving->ready (address, s->serving->data);
  g_main_loop_run (s->loop);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++) {
    GSource *source = g_main_context_find_source_by_id (NULL, sources[i]);
    if (source)
      g_source_destroy (source);
  }
}

SfExploreEnd
sf_explore_serve (const SfExploreServing *serving, GError **error)
{
  Server s = { .serving = serving, .end = SF_EXPLORE_END_FAILED };
  s.desk = sf_explore_desk_new (serving->shelf, serving->models);
  sf_explore_desk_take (s.desk, serving->scenario);
  s.lang = g_strdup (sf_lang_code ());
  s.token = sf_explore_token_new (error);
  s.door = s.token ? sf_explore_door_open (serving->port, let_in, &s, error)
                   : NULL;
  if (s.door) {
    s.port = sf_explore_door_port (s.door);
    sf_explore_assets_register_resource ();
    s.streams = g_ptr_array_new_with_free_func (free_stream);
    s.loop = g_main_loop_new (NULL, FALSE);
    s.soup = soup_server_new ("server-header", "shortfall", NULL);
    soup_server_add_early_handler (s.soup, NULL, got_headers, &s, NULL);
    soup_server_add_handler (s.soup, NULL, handle, &s, NULL);
    g_signal_connect (s.soup, "request-read", G_CALLBACK (request_read), &s);
    g_signal_connect (s.soup, "request-finished", G_CALLBACK (request_done),
                      &s);
    serve (&s);
    /* The library first: it tells the door of connections that it drops. */
    soup_server_disconnect (s.soup);
    g_object_unref (s.soup);
    g_ptr_array_unref (s.streams);
    g_main_loop_unref (s.loop);
    sf_explore_door_close (s.door);
  }
  sf_explore_desk_free (s.desk);
  g_free (s.token);
  g_free (s.lang);
  return s.end;
}
