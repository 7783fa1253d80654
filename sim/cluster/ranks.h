/* ranks.h - MPI ranks as seats of an engine. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rank 0 is the manager, the one writer of the store; every other rank is a
 * seat, with a keeper and through it a worker process. Messages are the tasks
 * and rows of worker.h, several at a time. Nobody waits inside MPI, where
 * waiting means spinning: both sides look for messages and sleep a millisecond
 * in between, which is hidden by the second handful that every seat holds.
 *
 * When a rank dies, MPI ends the whole job. What rank 0 had committed stays,
 * and the same command, or another engine, does the rest.
 *
 * This is the only file that knows MPI; it is not part of the main program.
 */
#pragma once

#include "sim/cluster/keeper.h"

typedef struct SfRanks SfRanks;

/* Starts MPI, and ends it. The keeper must have been forked before. */
SfRanks *sf_ranks_new (int *argc, char ***argv);
void sf_ranks_free (SfRanks *ranks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRanks, sf_ranks_free)

/* Which one this process is, of how many. */
guint sf_ranks_own (const SfRanks *ranks);
guint sf_ranks_count (const SfRanks *ranks);

/* On rank 0: tells the others which sweep, and waits until all have compiled
 * the scenario. FALSE with the first thing that is wrong on one of them. */
gboolean sf_ranks_begin (SfRanks *ranks, const SfStudy *study,
                         const char *folder, const char *identity,
                         GError **error);

/* On rank 0: the other ranks as an engine, after sf_ranks_begin(). */
SfEngine sf_ranks_engine (SfRanks *ranks);

/* On rank 0: sends the others home. Must be called however it went. */
void sf_ranks_end (SfRanks *ranks);

/* On the others: does what rank 0 asks until sent home. */
void sf_ranks_serve (SfRanks *ranks, SfKeeper *keeper);
