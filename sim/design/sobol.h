/* sobol.h - the Sobol sequence, point by point. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Point i is the exclusive or of the direction numbers that the bits of the
 * Gray code of i name: the order of Antonov and Saleev, addressed directly.
 * The direction numbers are Joe and Kuo's new-joe-kuo-6.21201, the first 1111
 * dimensions. They have 32 bits, enough for 2^32 points: point i < 2^m has no
 * digits beyond the m-th, so that more bits would not change a value.
 *
 * Scrambled, a value has 52 bits and lies in the middle of its last interval:
 * an odd multiple of 2^-53, never 0 or 1. This is Owen's nested uniform
 * scrambling itself (A. B. Owen, "Randomly permuted (t,m,s)-nets and
 * (t,s)-sequences", 1995): a digit is flipped by a coin that belongs to the
 * dimension and to all digits before it, and digits 33 to 52 are random. The
 * coins of eight digits, 255 nodes of a binary tree, come from one block of 256
 * bits of a stream, so that nothing is stored and a value costs five blocks.
 */
#pragma once

#include <glib.h>

#define SF_SOBOL_DIMENSIONS_MAX 1111

/* A sequence; constant once made. */
typedef struct SfSobolSequence SfSobolSequence;

/* n from 1 to SF_SOBOL_DIMENSIONS_MAX; the seed is for scrambling. Owned by the
 * caller; 128 bytes a dimension. */
SfSobolSequence *sf_sobol_sequence_new (guint n, gboolean is_scrambled,
                                        guint64 seed);
void sf_sobol_sequence_free (SfSobolSequence *sobol);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSobolSequence, sf_sobol_sequence_free)

/* Coordinate `dimension` (from 0) of point i < 2^32. */
double sf_sobol_sequence_value (const SfSobolSequence *sobol, guint64 i,
                                guint dimension);
