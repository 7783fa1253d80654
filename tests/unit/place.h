/* place.h - a folder of its own for a test. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tests that write files do so in a new folder below the system's folder for
 * temporary files, and remove it in the end. Failures end the test.
 */
#pragma once

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

/* Removes a file, or a folder with all in it. */
static inline void
place_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    place_remove (child);
  }
  g_remove (path);
}

static inline int
place_by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, sorted, with a blank after each; to be freed. */
static inline char *
place_list (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, place_by_name);
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (all, "%s ", (char *)names->pdata[i]);
  return g_string_free (all, FALSE);
}

/* The path of a new folder; to be freed. */
static inline char *
place_new (void)
{
  GError *error = NULL;
  char *place = g_dir_make_tmp ("sf-test-XXXXXX", &error);
  g_assert_no_error (error);
  return place;
}

/* Writes a text as a file of a folder. */
static inline void
place_write (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The text of a file of a folder; to be freed. */
static inline char *
place_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}
