/* keeper.h - keeps a worker for a process that must not fork. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that uses MPI should not fork: memory that a network adapter was
 * told of may go to the wrong one of the two. Yet a run that crashes must be a
 * row, so its process must be another one, and be replaced. So an MPI rank
 * forks a keeper before MPI_Init(), which knows nothing of MPI: it reads the
 * study, keeps a crew of one, and forks again when a run ends its worker.
 * Tasks go to it and rows come back through a socket. It costs one more copy of
 * a row, a few microseconds.
 *
 * A keeper ends with its owner, however that ends, and its worker with it.
 */
#pragma once

#include "sim/sweep/crew.h"

typedef struct SfKeeper SfKeeper;

/* Forks. Nothing is read yet. NULL with SF_RUN_ERROR_WORKER. */
SfKeeper *sf_keeper_new (const SfModelInfo *const *models, GError **error);

/* Ends the process and what it is at. */
void sf_keeper_free (SfKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfKeeper, sf_keeper_free)

/* Tells it the folder of the sweep, and waits until the scenario is compiled.
 * FALSE with what is wrong there: SF_RUN_ERROR_SCENARIO, also when the identity
 * (sf_sweep_identity()) is another. */
gboolean sf_keeper_begin (SfKeeper *keeper, const char *folder,
                          const char *identity, GError **error);

/* Gives it tasks as sf_wire_put_task() writes them. Does not wait. */
void sf_keeper_give (SfKeeper *keeper, const guint8 *tasks, gsize n_bytes);

/* Appends the rows that have come, at most about n_bytes and whole ones only.
 * FALSE when the keeper is gone. Does not wait. */
gboolean sf_keeper_take (SfKeeper *keeper, GByteArray *rows, gsize n_bytes);

/* Tasks that were given and not answered. */
guint64 sf_keeper_in_hand (const SfKeeper *keeper);
