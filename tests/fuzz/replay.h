/* replay.h - what all fuzz targets share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A target is a file fuzz-NAME.c that defines LLVMFuzzerTestOneInput(): it is
 * given bytes, and ends the program when something is wrong. Built with
 * -DSF_LIBFUZZER it is a target for libFuzzer. Otherwise replay.c brings a
 * main() that replays the files and folders given as arguments, and of each
 * file a number of mutations that are the same on every machine:
 *
 *   fuzz-NAME [--mutations=N] [--values] FILE-OR-FOLDER...
 *
 * Mutations change bytes. With --values those of JSON keep the syntax, since
 * most random bytes are no JSON, and one value becomes another of the same
 * file, or one that is hostile.
 *
 * Readers take files, so a target has a folder of its own, which goes when
 * the program ends. Names in it stay the same, since some are interned.
 */
#pragma once

#include <stdint.h>

#include <glib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The folder; static. */
const char *fuzz_folder (void);

/* The path of a file of it; to be freed. */
char *fuzz_path (const char *name);

/* Writes a file of it, making the folders that its name needs; returns its
 * path, to be freed. */
char *fuzz_write (const char *name, const void *bytes, gsize length);

/* Removes a folder with all in it, but not what links in it lead to. */
void fuzz_remove (const char *path);

/* Cuts an input into files: each begins with a line "=== NAME", and ends where
 * the next begins. Names that lead out of the folder are left out. Calls
 * each() with texts that end with a NUL. */
void fuzz_cut (const uint8_t *data, size_t size,
               void (*each) (const char *name, const char *text, gsize length,
                             gpointer data),
               gpointer user_data);
