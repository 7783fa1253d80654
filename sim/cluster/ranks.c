/* ranks.c - MPI ranks as seats of an engine. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cluster/ranks.h"

#include <stdio.h>
#include <string.h>

#include <mpi.h>

#include "sim/engine/error.h"
#include "sim/lang/lang.h"

/* Between two looks for messages; a rank without work looks less often. */
#define LOOK_US 1000
#define IDLE_US 10000
/* Rows that go into one message, unless a single one is larger. */
#define MESSAGE_SIZE 65536

typedef enum {
  TAG_BEGIN, /* folder and identity, two texts */
  TAG_READY, /* a text: what is wrong, or nothing */
  TAG_TASKS,
  TAG_ROWS,
  TAG_END, /* empty */
  TAG_BYE, /* empty */
} Tag;

/* A message under way; its bytes must stay until it has left. */
typedef struct {
  MPI_Request request;
  GBytes *bytes;
} Sending;

struct SfRanks {
  int own, count;
  SfWire wire;
  guint *in_hand;  /* by seat, which is rank - 1 */
  GArray *sending; /* Sending */
  GByteArray *message;
};

SfRanks *
sf_ranks_new (int *argc, char ***argv)
{
  /* Where the library does wait (in MPI_Finalize()), it lets others run. */
  g_setenv ("OMPI_MCA_mpi_yield_when_idle", "1", FALSE);
  SfRanks *r = g_new0 (SfRanks, 1);
  MPI_Init (argc, argv);
  MPI_Comm_rank (MPI_COMM_WORLD, &r->own);
  MPI_Comm_size (MPI_COMM_WORLD, &r->count);
  r->in_hand = g_new0 (guint, r->count);
  r->sending = g_array_new (FALSE, FALSE, sizeof (Sending));
  r->message = g_byte_array_new ();
  return r;
}

void
sf_ranks_free (SfRanks *r)
{
  if (!r)
    return;
  MPI_Finalize ();
  g_free (r->in_hand);
  g_array_unref (r->sending);
  g_byte_array_unref (r->message);
  g_free (r);
}

guint
sf_ranks_own (const SfRanks *r)
{
  return (guint)r->own;
}

guint
sf_ranks_count (const SfRanks *r)
{
  return (guint)r->count;
}

/* ---- Messages ----------------------------------------------------------------------- */

/* Takes the array. Never waits: two that send to each other would for ever. */
static void
post (SfRanks *r, int to, Tag tag, GByteArray *array)
{
  Sending s = { .bytes = g_byte_array_free_to_bytes (array) };
  gsize size;
  gconstpointer data = g_bytes_get_data (s.bytes, &size);
  MPI_Isend (data, (int)size, MPI_BYTE, to, (int)tag, MPI_COMM_WORLD,
             &s.request);
  g_array_append_val (r->sending, s);
}

/* Lets go of what has left. */
static void
tidy (SfRanks *r)
{
  for (guint i = r->sending->len; i > 0; i--) {
    Sending *s = &g_array_index (r->sending, Sending, i - 1);
    int has_left = 0;
    MPI_Test (&s->request, &has_left, MPI_STATUS_IGNORE);
    if (!has_left)
      continue;
    g_bytes_unref (s->bytes);
    g_array_remove_index_fast (r->sending, i - 1);
  }
}

/* Takes the next message, if there is one, into r->message. */
static gboolean
fetch (SfRanks *r, int *from, Tag *tag)
{
  int is_there = 0, size = 0;
  MPI_Status status;
  MPI_Iprobe (MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_there, &status);
  if (!is_there)
    return FALSE;
  MPI_Get_count (&status, MPI_BYTE, &size);
  g_byte_array_set_size (r->message, (guint)size);
  MPI_Recv (r->message->data, size, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG,
            MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  *from = status.MPI_SOURCE;
  *tag = (Tag)status.MPI_TAG;
  return TRUE;
}

/* Waits for one message from each other rank. */
static void
gather (SfRanks *r, Tag wanted, void (*each) (SfRanks *ranks, gpointer data),
        gpointer data)
{
  int from;
  Tag tag;
  for (int n = 1; n < r->count;) {
    tidy (r);
    if (!fetch (r, &from, &tag))
      g_usleep (LOOK_US);
    else if (tag == wanted) {
      n++;
      if (each)
        each (r, data);
    }
  }
}

/* ---- The manager ------------------------------------------------------------------------ */

static void
hear_ready (SfRanks *r, gpointer data)
{
  GError **error = data;
  const char *text = (const char *)r->message->data;
  if (*text && !*error)
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO, "%s", text);
}

gboolean
sf_ranks_begin (SfRanks *r, const SfStudy *study, const char *folder,
                const char *identity, GError **error)
{
  g_autoptr (GError) problem = NULL;
  r->wire = sf_wire_new (study);
  for (int to = 1; to < r->count; to++) {
    GByteArray *text = g_byte_array_new ();
    g_byte_array_append (text, (const guint8 *)folder,
                         (guint)strlen (folder) + 1);
    g_byte_array_append (text, (const guint8 *)identity,
                         (guint)strlen (identity) + 1);
    post (r, to, TAG_BEGIN, text);
  }
  gather (r, TAG_READY, hear_ready, &problem);
  if (!problem)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
sf_ranks_end (SfRanks *r)
{
  for (int to = 1; to < r->count; to++)
    post (r, to, TAG_END, g_byte_array_new ());
  gather (r, TAG_BYE, NULL, NULL);
}

static guint
in_hand (gpointer self, guint seat)
{
  const SfRanks *r = self;
  return r->in_hand[seat];
}

static gboolean
give (gpointer self, guint seat, const SfStoreTask *tasks, guint n,
      GError **error)
{
  (void)error; /* MPI ends the program when it cannot */
  SfRanks *r = self;
  GByteArray *array = g_byte_array_new ();
  g_byte_array_set_size (array, (guint)(n * r->wire.task_size));
  for (guint i = 0; i < n; i++)
    sf_wire_put_task (&r->wire, &tasks[i], array->data + i * r->wire.task_size);
  post (r, (int)seat + 1, TAG_TASKS, array);
  r->in_hand[seat] += n;
  return TRUE;
}

static void
take_rows (SfRanks *r, int from, SfEngineRow each, gpointer data)
{
  gsize size = r->wire.row_size;
  for (gsize at = 0; at + size <= r->message->len; at += size) {
    r->in_hand[from - 1]--;
    each (r->message->data + at, data);
  }
}

static gboolean
wait_for_rows (gpointer self, guint wait_ms, SfEngineRow each, gpointer data,
               GError **error)
{
  (void)error;
  SfRanks *r = self;
  gint64 until = g_get_monotonic_time () + (gint64)wait_ms * 1000;
  gboolean has_rows = FALSE;
  int from;
  Tag tag;
  for (;;) {
    tidy (r);
    while (fetch (r, &from, &tag))
      if (tag == TAG_ROWS) {
        take_rows (r, from, each, data);
        has_rows = TRUE;
      }
    if (has_rows || g_get_monotonic_time () >= until)
      return TRUE;
    g_usleep (LOOK_US);
  }
}

SfEngine
sf_ranks_engine (SfRanks *r)
{
  return (SfEngine){ .name = "mpi",
                     .n_seats = (guint)r->count - 1,
                     .self = r,
                     .in_hand = in_hand,
                     .give = give,
                     .wait = wait_for_rows };
}

/* ---- The others ------------------------------------------------------------------------- */

/* FALSE when the keeper cannot do the runs; rank 0 is told and ends it. */
static gboolean
begin (SfRanks *r, SfKeeper *keeper)
{
  g_autoptr (GError) error = NULL;
  const char *folder = (const char *)r->message->data;
  const char *identity = folder + strlen (folder) + 1;
  const char *text = "";
  if (!sf_keeper_begin (keeper, folder, identity, &error))
    text = error->message;
  GByteArray *answer = g_byte_array_new ();
  g_byte_array_append (answer, (const guint8 *)text, (guint)strlen (text) + 1);
  post (r, 0, TAG_READY, answer);
  return !*text;
}

/* Without its keeper a rank is of no use, and MPI knows no way to go on with
 * one rank less. */
static void
give_up (void)
{
  fprintf (stderr,
           _ ("shortfall-mpi: the worker process of a rank on %s is gone\n"),
           g_get_host_name ());
  MPI_Abort (MPI_COMM_WORLD, 1);
}

/* Brings rows to the manager; whether there were any. */
static gboolean
bring (SfRanks *r, SfKeeper *keeper)
{
  GByteArray *rows = g_byte_array_new ();
  if (!sf_keeper_take (keeper, rows, MESSAGE_SIZE))
    give_up ();
  gboolean has_any = rows->len > 0;
  if (has_any)
    post (r, 0, TAG_ROWS, rows);
  else
    g_byte_array_unref (rows);
  return has_any;
}

void
sf_ranks_serve (SfRanks *r, SfKeeper *keeper)
{
  int from;
  Tag tag = TAG_READY;
  gboolean has_begun = FALSE;
  while (tag != TAG_END) {
    gboolean is_busy = fetch (r, &from, &tag);
    if (is_busy && tag == TAG_BEGIN)
      has_begun = begin (r, keeper);
    else if (is_busy && tag == TAG_TASKS)
      sf_keeper_give (keeper, r->message->data, r->message->len);
    if (has_begun && tag != TAG_END)
      is_busy |= bring (r, keeper);
    tidy (r);
    if (!is_busy)
      g_usleep (sf_keeper_in_hand (keeper) > 0 ? LOOK_US : IDLE_US);
  }
  post (r, 0, TAG_BYE, g_byte_array_new ());
  for (tidy (r); r->sending->len > 0; tidy (r))
    g_usleep (LOOK_US);
}
