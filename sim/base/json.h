/* json.h - strict JSON, with places, pointers and merging. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document is read in two passes: a strict one over the text (RFC 8259 to the
 * letter, UTF-8, no duplicate keys, nothing that a double cannot hold), which
 * notes line and column of every value, then cJSON, which builds the tree. So a
 * mistake found much later, in a merged scenario, can still name the file and
 * line the value came from.
 *
 * This module knows nothing of scenarios. Values are borrowed from their
 * document and live until it is freed or the value is replaced by a pointer
 * set or a merge. Keys are compared byte by byte; members keep their order.
 */
#pragma once

#include <glib.h>

#include "sim/base/mistakes.h"

/* Limits of what is read; beyond them a text is refused, not read slowly. */
#define SF_JSON_BYTES_MAX ((gsize)64 * 1024 * 1024) /* one text */
#define SF_JSON_DEPTH_MAX 64u                       /* arrays and objects */
#define SF_JSON_VALUES_MAX 4000000u                 /* values in one text */
#define SF_JSON_DIGITS_MAX 63u /* characters in one number */

/* A tree of values, and where each was written. */
typedef struct SfJsonDoc SfJsonDoc;

/* One value in a document. */
typedef struct cJSON SfJson;

typedef enum {
  SF_JSON_NULL,
  SF_JSON_BOOLEAN,
  SF_JSON_NUMBER,
  SF_JSON_STRING,
  SF_JSON_ARRAY,
  SF_JSON_OBJECT
} SfJsonKind;

/* ---- documents ---------------------------------------------------------- */

/* Reads the file `path`. NULL when it has mistakes; they are added to
 * `mistakes`: one of syntax at most, but every duplicate key and every number
 * out of range. A folder, a missing, unreadable, empty or too large file is a
 * mistake like any other. The document is owned by the caller. */
SfJsonDoc *sf_json_read_file (const char *path, SfMistakes *mistakes);

/* The same for `length` bytes in memory; `name` stands for the file in
 * messages and places. */
SfJsonDoc *sf_json_parse (const char *text, gsize length, const char *name,
                          SfMistakes *mistakes);

/* A document holding an empty object, to build on. `name` as above. */
SfJsonDoc *sf_json_doc_new_object (const char *name);

/* A deep copy with the places of all values, owned by the caller. */
SfJsonDoc *sf_json_copy (const SfJsonDoc *doc);

/* Frees the document with all its values; NULL is accepted. */
void sf_json_doc_free (SfJsonDoc *doc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfJsonDoc, sf_json_doc_free)

/* The outermost value; never NULL. */
SfJson *sf_json_root (SfJsonDoc *doc);

/* Where `value`, of this document, was written: its file, line (from 1) and
 * column (from 1, in characters). A value that was built or set, not read from
 * a file, has line and column 0; a built one carries the document's name. Out
 * parameters may be NULL. The name lives as long as the program. */
void sf_json_where (const SfJsonDoc *doc, const SfJson *value,
                    const char **file, int *line, int *column);

/* ---- values ------------------------------------------------------------- */

SfJsonKind sf_json_kind (const SfJson *value);

/* With an article, for messages: "a number", "an object", "null". */
const char *sf_json_kind_name (SfJsonKind kind);

/* The member `key` of an object; NULL when absent or when `object` is none. */
const SfJson *sf_json_member (const SfJson *object, const char *key);

/* Walks the members or elements in the order of the text; NULL at the end. */
const SfJson *sf_json_first (const SfJson *container);
const SfJson *sf_json_next (const SfJson *value);

/* The key of an object's member; NULL for elements and the root. */
const char *sf_json_key (const SfJson *value);

/* Number of members or elements, 0 for others. Walks them all. */
guint sf_json_length (const SfJson *value);

/* The value itself. Asking the wrong kind is a programmer's mistake. Numbers
 * are finite; strings are valid UTF-8 without NUL. */
double sf_json_number (const SfJson *value);
const char *sf_json_string (const SfJson *value);
gboolean sf_json_boolean (const SfJson *value);

/* ---- JSON Pointer (RFC 6901) -------------------------------------------- */

/* `parent` with one more step; "~" and "/" in `key` are escaped. Owned by the
 * caller. `parent` NULL or "" is the root. */
char *sf_json_pointer_child (const char *parent, const char *key);

/* The value `pointer` leads to from `root` ("" is `root` itself), or NULL when
 * there is none or the pointer is malformed. */
const SfJson *sf_json_pointer_get (const SfJson *root, const char *pointer);

/* Puts a value at `pointer`, as the option --set does. `value_text` is strict
 * JSON; text that is not JSON is taken as a string, so that names need no
 * quotes, unless it begins with { [ or a quote: then it was meant as JSON and
 * its mistake is reported. A member that is not there yet is created when its
 * parent object exists; "-" or the length as the last step appends to an array.
 * `origin` (such as "--set") is reported as the file of the value and of
 * mistakes. FALSE, with mistakes added and `doc` unchanged, on any mistake. */
gboolean sf_json_pointer_set (SfJsonDoc *doc, const char *pointer,
                              const char *value_text, const char *origin,
                              SfMistakes *mistakes);

/* ---- merge patch (RFC 7396) --------------------------------------------- */

/* Changes `target` by `patch`: objects merge member by member, null deletes,
 * anything else (arrays too) replaces. Values move out of `patch` with their
 * places; what is left of it is still to be freed by the caller, and good for
 * nothing else. Replaced members keep their position, new ones come last. */
void sf_json_merge (SfJsonDoc *target, SfJsonDoc *patch);

/* ---- writing ------------------------------------------------------------ */

/* The value as JSON text, the same bytes every time, which reads back as the
 * same value. `pretty` indents by two spaces and ends in a newline; otherwise
 * there is no white space at all. Owned by the caller. */
char *sf_json_print (const SfJson *value, gboolean pretty);

/* Each adds one value at the end of `container`: an object, with a `key` it
 * does not have yet, or an array, with `key` NULL. The new containers are
 * borrowed, to be filled. A number that is not finite is added as null. */
SfJson *sf_json_add_object (SfJson *container, const char *key);
SfJson *sf_json_add_array (SfJson *container, const char *key);
void sf_json_add_number (SfJson *container, const char *key, double number);
void sf_json_add_string (SfJson *container, const char *key,
                         const char *string);
void sf_json_add_boolean (SfJson *container, const char *key, gboolean boolean);

/* Adds a deep copy of `value`, which may belong to another document. The copy
 * has no place. */
void sf_json_add_copy (SfJson *container, const char *key, const SfJson *value);

/* The version of the JSON library; to be freed. */
char *sf_json_library_version (void);
