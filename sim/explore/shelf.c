/* shelf.c - the scenario files that the page may use. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/shelf.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/scenario/load.h"

#define FILES_MAX 300u /* looked at in a folder */
#define CHAIN_MAX 16u  /* files that extend one another */

/* What a file on the disk was like when the page was opened. */
typedef struct {
  char *path;
  gint64 size, inode, seconds, nanoseconds; /* of its last change; all -1: it
                                               was not there */
} Seen;

struct SfExploreShelf {
  char *folder;
  GPtrArray *files; /* SfExploreFile * */
  GPtrArray *seen;  /* GArray of Seen: what each of them is made of */
};

static void
free_file (gpointer data)
{
  SfExploreFile *f = data;
  g_free (f->name);
  g_free (f->path);
  g_free (f->title);
  g_free (f->description);
  g_free (f);
}

/* ---- Looking at files ------------------------------------------------------- */

static SfJsonDoc *
peek (const char *path)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_json_read_file (path, mistakes);
  return doc && sf_json_kind (sf_json_root (doc)) == SF_JSON_OBJECT
             ? g_steal_pointer (&doc)
             : NULL;
}

/* The text of a member, borrowed, or NULL. */
static const char *
text_of (SfJsonDoc *doc, const char *key)
{
  const SfJson *value = sf_json_member (sf_json_root (doc), key);
  return value && sf_json_kind (value) == SF_JSON_STRING
             ? sf_json_string (value)
             : NULL;
}

/* The paths of a file and of all that it builds on, nearest first, at most
 * `max`. */
static GPtrArray *
chain_of (const char *path, guint max)
{
  GPtrArray *chain = g_ptr_array_new_with_free_func (g_free);
  char *at = g_strdup (path);
  while (at && chain->len < max) {
    g_ptr_array_add (chain, at);
    g_autoptr (SfJsonDoc) doc = peek (at);
    const char *base = doc ? text_of (doc, "extends") : NULL;
    at = base ? sf_scenario_beside (at, base) : NULL;
  }
  g_free (at);
  return chain;
}

/* The same without folders. */
static GPtrArray *
ancestors (const char *path)
{
  GPtrArray *chain = chain_of (path, CHAIN_MAX);
  for (guint i = 0; i < chain->len; i++) {
    g_autofree char *whole = chain->pdata[i];
    chain->pdata[i] = g_path_get_basename (whole);
  }
  return chain;
}

static gboolean
holds (const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* Whether a file is in the folder itself, also when links are followed. */
static gboolean
is_inside (const char *folder, const char *path)
{
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *parent = real ? g_path_get_dirname (real) : NULL;
  return real_folder && parent && strcmp (parent, real_folder) == 0;
}

/* Whether a file goes with a scenario whose chain of names is `family`. */
static gboolean
is_of_family (const char *path, gboolean is_lever, const GPtrArray *family)
{
  g_autoptr (GPtrArray) own = ancestors (path);
  if (is_lever)
    return own->len > 1 && holds (family, own->pdata[1]);
  return strcmp (own->pdata[own->len - 1], family->pdata[family->len - 1]) == 0;
}

static Seen
see (const char *path)
{
  GStatBuf now;
  Seen seen = { g_strdup (path), -1, -1, -1, -1 };
  if (g_stat (path, &now) == 0) {
    seen.size = (gint64)now.st_size;
    seen.inode = (gint64)now.st_ino;
    seen.seconds = (gint64)now.st_mtim.tv_sec;
    seen.nanoseconds = (gint64)now.st_mtim.tv_nsec;
  }
  return seen;
}

static void
clear_seen (gpointer data)
{
  g_free (((Seen *)data)->path);
}

/* A file, what it extends, and the ensembles that those name; of a lever only
 * what it says itself counts. */
static GArray *
see_all (const char *path, gboolean is_lever)
{
  g_autoptr (GPtrArray) chain = chain_of (path, is_lever ? 1 : CHAIN_MAX);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Seen));
  g_array_set_clear_func (all, clear_seen);
  for (guint i = 0; i < chain->len; i++) {
    g_autoptr (SfJsonDoc) doc = peek (chain->pdata[i]);
    const char *ensemble = doc ? text_of (doc, "ensemble") : NULL;
    Seen seen = see (chain->pdata[i]);
    g_array_append_val (all, seen);
    if (!ensemble)
      continue;
    g_autofree char *beside = sf_scenario_beside (chain->pdata[i], ensemble);
    seen = see (beside);
    g_array_append_val (all, seen);
  }
  return all;
}

static void
put (SfExploreShelf *shelf, const char *name, const char *path,
     gboolean is_lever)
{
  g_autoptr (SfJsonDoc) doc = peek (path);
  if (doc)
    sf_scenario_speak (sf_json_root (doc));
  const char *title = doc ? text_of (doc, "title") : NULL;
  const char *about = doc ? text_of (doc, "description") : NULL;
  SfExploreFile *f = g_new0 (SfExploreFile, 1);
  f->name = g_strdup (name);
  f->path = g_strdup (path);
  f->title = g_strdup (title ? title : name);
  f->description = g_strdup (about);
  f->is_lever = is_lever;
  g_ptr_array_add (shelf->files, f);
  g_ptr_array_add (shelf->seen, see_all (path, is_lever));
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
look (SfExploreShelf *shelf, const char *own_name, const GPtrArray *family)
{
  g_autoptr (GDir) dir = g_dir_open (shelf->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (const char *n;
       dir && names->len < FILES_MAX && (n = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_suffix (n, ".json") && *n != '.' && strcmp (n, own_name) != 0)
      g_ptr_array_add (names, g_strdup (n));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    g_autofree char *path = g_build_filename (shelf->folder, name, NULL);
    gboolean is_lever = g_str_has_prefix (name, "lever-");
    if (is_inside (shelf->folder, path)
        && is_of_family (path, is_lever, family))
      put (shelf, name, path, is_lever);
  }
}

SfExploreShelf *
sf_explore_shelf_new (const char *scenario_path)
{
  SfExploreShelf *shelf = g_new0 (SfExploreShelf, 1);
  shelf->folder = g_path_get_dirname (scenario_path);
  shelf->files = g_ptr_array_new_with_free_func (free_file);
  shelf->seen = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autofree char *name = g_path_get_basename (scenario_path);
  g_autoptr (GPtrArray) family = ancestors (scenario_path);
  put (shelf, name, scenario_path, FALSE);
  look (shelf, name, family);
  return shelf;
}

void
sf_explore_shelf_free (SfExploreShelf *shelf)
{
  if (!shelf)
    return;
  g_ptr_array_unref (shelf->files);
  g_ptr_array_unref (shelf->seen);
  g_free (shelf->folder);
  g_free (shelf);
}

guint
sf_explore_shelf_count (const SfExploreShelf *shelf)
{
  return shelf->files->len;
}

const SfExploreFile *
sf_explore_shelf_get (const SfExploreShelf *shelf, guint i)
{
  g_return_val_if_fail (i < shelf->files->len, NULL);
  return shelf->files->pdata[i];
}

const SfExploreFile *
sf_explore_shelf_find (const SfExploreShelf *shelf, const char *name,
                       gboolean is_lever, GError **error)
{
  if (!name && !is_lever)
    return shelf->files->pdata[0];
  for (guint i = 0; name && i < shelf->files->len; i++) {
    const SfExploreFile *f = shelf->files->pdata[i];
    if (f->is_lever == is_lever && strcmp (f->name, name) == 0)
      return f;
  }
  g_autofree char *safe = sf_text_safe (name ? name : "", -1);
  g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_FILE,
               is_lever ? _ ("there is no lever \"%s\" for this scenario")
                        : _ ("there is no scenario \"%s\" beside this one"),
               safe);
  return NULL;
}

const char **
sf_explore_shelf_levers (const SfExploreShelf *shelf, const SfExploreSide *side,
                         GError **error)
{
  g_autofree const char **paths = g_new0 (const char *, side->levers->len + 1);
  for (guint i = 0; i < side->levers->len; i++) {
    const SfExploreFile *f
        = sf_explore_shelf_find (shelf, side->levers->pdata[i], TRUE, error);
    if (!f)
      return NULL;
    paths[i] = f->path;
  }
  return g_steal_pointer (&paths);
}

static gboolean
is_as_seen (const SfExploreShelf *shelf, const SfExploreFile *file,
            GError **error)
{
  guint place;
  g_ptr_array_find (shelf->files, file, &place);
  const GArray *all = shelf->seen->pdata[place];
  for (guint i = 0; i < all->len; i++) {
    const Seen *then = &g_array_index (all, Seen, i);
    Seen now = see (then->path);
    gboolean is_same = now.size == then->size && now.inode == then->inode
                       && now.seconds == then->seconds
                       && now.nanoseconds == then->nanoseconds;
    clear_seen (&now);
    if (is_same)
      continue;
    g_autofree char *safe = sf_text_safe (then->path, -1);
    g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_FILE,
                 _ ("%s has changed since this page was opened; end shortfall "
                    "explore and start it again"),
                 safe);
    return FALSE;
  }
  return TRUE;
}

gboolean
sf_explore_shelf_check (const SfExploreShelf *shelf, const SfExploreSide *side,
                        GError **error)
{
  const SfExploreFile *file
      = sf_explore_shelf_find (shelf, side->file, FALSE, error);
  if (!file || !is_as_seen (shelf, file, error))
    return FALSE;
  for (guint i = 0; i < side->levers->len; i++) {
    file = sf_explore_shelf_find (shelf, side->levers->pdata[i], TRUE, error);
    if (!file || !is_as_seen (shelf, file, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- A side as a file ---------------------------------------------------------- */

/* What a lever says of itself; see sim/scenario/load.h. */
static const char own_words[]
    = "{\"$schema\":null,\"format\":null,\"extends\":null,\"name\":null,"
      "\"title\":null,\"description\":null}";

static gboolean
merge_lever (SfJsonDoc *doc, const char *path, SfMistakes *mistakes)
{
  g_autoptr (SfJsonDoc) lever = sf_json_read_file (path, mistakes);
  g_autoptr (SfJsonDoc) own
      = sf_json_parse (own_words, strlen (own_words), "", mistakes);
  if (!lever || !own)
    return FALSE;
  sf_json_merge (lever, own);
  sf_json_merge (doc, lever);
  return TRUE;
}

/* The pointer of the first array on the way to `pointer`, to be freed; NULL
 * when there is none. A patch can only replace an array as a whole. */
static char *
array_on_the_way (SfJsonDoc *whole, const char *pointer)
{
  for (const char *at = strchr (pointer + 1, '/'); at;
       at = strchr (at + 1, '/')) {
    g_autofree char *part = g_strndup (pointer, (gsize)(at - pointer));
    const SfJson *value = sf_json_pointer_get (sf_json_root (whole), part);
    if (value && sf_json_kind (value) == SF_JSON_ARRAY)
      return g_steal_pointer (&part);
  }
  return NULL;
}

/* Makes the objects on the way to a pointer, then sets it. */
static void
set_deep (SfJsonDoc *doc, const char *pointer, const char *value)
{
  g_autoptr (SfMistakes) ignored = sf_mistakes_new ();
  for (const char *at = strchr (pointer + 1, '/'); at;
       at = strchr (at + 1, '/')) {
    g_autofree char *part = g_strndup (pointer, (gsize)(at - pointer));
    if (!sf_json_pointer_get (sf_json_root (doc), part))
      sf_json_pointer_set (doc, part, "{}", "explore", ignored);
  }
  sf_json_pointer_set (doc, pointer, value, "explore", ignored);
}

static void
write_numbers (SfJsonDoc *doc, const SfExploreSide *side,
               const SfScenario *scenario)
{
  for (guint i = 0; i < side->sets->len; i++) {
    const SfExploreSet *set = side->sets->pdata[i];
    char number[SF_TEXT_NUMBER_SIZE];
    g_autofree char *array = array_on_the_way (scenario->doc, set->pointer);
    if (array && !sf_json_pointer_get (sf_json_root (doc), array)) {
      g_autofree char *copy = sf_json_print (
          sf_json_pointer_get (sf_json_root (scenario->doc), array), FALSE);
      set_deep (doc, array, copy);
    }
    set_deep (doc, set->pointer, sf_text_number (number, set->value));
  }
}

char *
sf_explore_shelf_write (const SfExploreShelf *shelf, const SfExploreSide *side,
                        const SfScenario *scenario, GError **error)
{
  const SfExploreFile *file
      = sf_explore_shelf_find (shelf, side->file, FALSE, error);
  g_autofree const char **levers
      = file ? sf_explore_shelf_levers (shelf, side, error) : NULL;
  if (!levers)
    return NULL;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("explore");
  SfJson *root = sf_json_root (doc);
  g_autofree char *title = g_strdup_printf (_ ("%s, changed"), file->title);
  sf_json_add_string (root, "$schema", "schema.json");
  sf_json_add_number (root, "format", 1);
  sf_json_add_string (root, "extends", file->name);
  sf_json_add_string (root, "name", "explored");
  sf_json_add_string (root, "title", title);
  for (gsize i = 0; levers[i]; i++)
    if (!merge_lever (doc, levers[i], mistakes)) {
      g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_SCENARIO,
                   _ ("the lever %s cannot be read"), levers[i]);
      return NULL;
    }
  if (!sf_explore_shelf_check (shelf, side, error))
    return NULL;
  write_numbers (doc, side, scenario);
  return sf_json_print (root, TRUE);
}
