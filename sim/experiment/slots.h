/* slots.h - memory that worker processes fill and their parent reads. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slots are n pieces of equal size, all zero bytes at first, in memory that
 * stays shared across fork(). It is backed by a file without a name: small
 * ones live in memory only, large ones on disk, from where the kernel brings
 * in and writes out pages as it likes, so that ten thousand replications need
 * not fit into memory. Space is reserved beforehand: a full disk is an error
 * at the start, not a signal in the middle. Nothing is left behind when the
 * program dies.
 */
#pragma once

#include <glib.h>

/* Slots of so many bytes or more live on disk. */
#define SF_SLOTS_MEMORY_BYTES ((gsize)64 * 1024 * 1024)

/* Opaque; the mapping and what shape it has. */
typedef struct SfSlots SfSlots;

/* n slots (0 is fine) of slot_size bytes. `folder` is where large ones are
 * put (NULL: the system's folder for temporary files). Owned by
 * the caller. NULL with G_FILE_ERROR when there is no room. */
SfSlots *sf_slots_new (guint n, gsize slot_size, const char *folder,
                       GError **error);

/* Makes them n (no fewer than there are), the new ones all zero bytes; what was
 * in the others stays, in another place perhaps: addresses from before are void.
 * Only the parent may do so, and only while there are no workers. FALSE with
 * G_FILE_ERROR when there is no room; they are as they were then. */
gboolean sf_slots_grow (SfSlots *slots, guint n, GError **error);

/* Unmaps the slots; what is on disk goes with it. NULL is accepted. */
void sf_slots_free (SfSlots *slots);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSlots, sf_slots_free)

/* Slots, bytes from one to the next (slot_size rounded up to 8), and the
 * memory of slot i < n, at a multiple of 8. Slots lie one after the other. */
guint sf_slots_count (const SfSlots *slots);
gsize sf_slots_stride (const SfSlots *slots);
gpointer sf_slots_slot (const SfSlots *slots, guint i);
