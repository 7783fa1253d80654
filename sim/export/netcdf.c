/* netcdf.c - daily series of all runs as NetCDF-4. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Series have the dimensions point, replication and time, in chunks of about
 * a megabyte: some points with all their replications, or a part of the
 * replications of one point. Entries come in that order, so one chunk of each
 * series is in memory, and each is compressed once.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <netcdf.h>

#include "sim/export/export-private.h"

#include "sim/lang/lang.h"

#define CHUNK_VALUES 262144u

/* Beside the states of a store, in the variable `status`. */
#define NOT_RUN SF_STORE_N_STATES

struct SfExportSeries {
  const SfStoreShape *shape;
  char *path, *temporary;
  int file, dims[3]; /* point, replication, time */
  int point, status;
  int *factors, *series;
  GHashTable *names; /* taken */
  gsize n_points, n_reps, n_days;

  gsize block_points, chunk_reps; /* of a chunk */
  gint64 block, chunk;            /* at hand; -1: none */
  float *curves;                  /* by series, point, replication, day */
  double *values;                 /* by factor, point */
  signed char *states;            /* by point, replication */
};

/* ---- Saying what went wrong -------------------------------------------------- */

/* The library answers "HDF error" to a full disk, but the system's own word
 * for it is still there. */
static gboolean
check (int code, GError **error)
{
  int why = errno;
  errno = 0;
  if (code == NC_NOERR)
    return TRUE;
  gboolean is_room = why == ENOSPC || why == EDQUOT || why == EFBIG;
  g_set_error (error, SF_EXPORT_ERROR, SF_EXPORT_ERROR_FAILED,
               !is_room && code == NC_EHDFERR
                   ? _ ("series.nc cannot be written: %s (the disk may be full "
                        "or not writable)")
                   : _ ("series.nc cannot be written: %s"),
               is_room ? g_strerror (why) : nc_strerror (code));
  return FALSE;
}

/* ---- Names and units ----------------------------------------------------------- */

char *
sf_export_udunits (const char *unit)
{
  static const char *const known[][2]
      = { { "h", "h" },           { "days", "day" }, { "day", "day" },
          { "km", "km" },         { "m3", "m3" },    { "t", "t" },
          { "l", "L" },           { "s", "s" },      { "deg", "degree" },
          { "100km", "(100 km)" } };
  if (strcmp (unit, "kmh") == 0)
    return g_strdup ("km h-1");
  const char *per = strstr (unit, "per_");
  if (per && (per == unit || per[-1] == '_')) {
    g_autofree char *over = per == unit
                                ? g_strdup ("1")
                                : g_strndup (unit, (gsize)(per - unit) - 1);
    g_autofree char *above = sf_export_udunits (over);
    g_autofree char *below = sf_export_udunits (per + 4);
    return strcmp (below, "1") == 0 ? g_steal_pointer (&above)
                                    : g_strconcat (above, "/", below, NULL);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (unit, known[i][0]) == 0)
      return g_strdup (known[i][1]);
  return g_strdup ("1");
}

/* The unit at the end of a name: "stock_m3" gives "m3", "x_m3_per_day"
 * "m3_per_day", "" when there is none. */
static const char *
suffix_of (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *key = slash ? slash + 1 : name;
  const char *per = strstr (key, "_per_");
  const char *last = per ? per : strrchr (key, '_');
  if (!last || !sf_unit_is_known_suffix (key))
    return "";
  while (per && last > key && last[-1] != '_')
    last--;
  return last == per || *last != '_' ? last : last + 1;
}

/* A name that CF allows and no other variable has. */
static char *
name_of (SfExportSeries *s, const char *name)
{
  while (*name && !g_ascii_isalnum (*name))
    name++;
  GString *text = g_string_new (g_ascii_isalpha (*name) ? "" : "x");
  for (; *name; name++)
    g_string_append_c (text, g_ascii_isalnum (*name) ? *name : '_');
  while (g_hash_table_contains (s->names, text->str))
    g_string_append_c (text, '_');
  g_hash_table_add (s->names, g_strdup (text->str));
  return g_string_free (text, FALSE);
}

/* ---- What the file holds --------------------------------------------------------- */

static int
put_text (int file, int variable, const char *name, const char *text)
{
  return nc_put_att_text (file, variable, name, strlen (text), text);
}

static gboolean
define_global (SfExportSeries *s, const SfExport *what, GError **error)
{
  g_autofree char *now = sf_export_now ();
  g_autofree char *title = sf_store_fact (what->store, "title");
  g_autofree char *version = sf_store_fact (what->store, "version");
  g_autofree char *source
      = g_strdup_printf ("shortfall %s", version ? version : "");
  g_autofree char *history
      = g_strdup_printf ("%s: shortfall sweep export", now);
  const char *const fixed[]
      = { "Conventions", "CF-1.8", "title",   title ? title : "",
          "source",      source,   "history", history };
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i += 2)
    if (!check (put_text (s->file, NC_GLOBAL, fixed[i], fixed[i + 1]), error))
      return FALSE;
  g_auto (GStrv) facts = sf_export_facts (what);
  for (char **f = facts; f[0]; f += 2)
    if (strcmp (f[0], "title") != 0
        && !check (put_text (s->file, NC_GLOBAL, f[0], f[1]), error))
      return FALSE;
  return TRUE;
}

static gboolean
define_axis (SfExportSeries *s, guint i, const char *name, gsize n,
             const char *long_name, int *variable, GError **error)
{
  g_hash_table_add (s->names, g_strdup (name));
  return check (nc_def_dim (s->file, name, n, &s->dims[i]), error)
         && check (nc_def_var (s->file, name, NC_INT, 1, &s->dims[i], variable),
                   error)
         && check (put_text (s->file, *variable, "long_name", long_name),
                   error);
}

/* Dimensions, with their coordinates but for the points, which come with their
 * blocks. */
static gboolean
define_axes (SfExportSeries *s, const SfExport *what, GError **error)
{
  int replication, time;
  char date[SF_DATE_SIZE];
  g_autofree char *units
      = g_strdup_printf ("days since %s", sf_date_format (date, what->start));
  if (!define_axis (s, 0, "point", s->n_points, "point of the design",
                    &s->point, error)
      || !define_axis (s, 1, "replication", s->n_reps, "replication",
                       &replication, error)
      || !define_axis (s, 2, "time", s->n_days, "day", &time, error)
      || !check (put_text (s->file, time, "standard_name", "time"), error)
      || !check (put_text (s->file, time, "axis", "T"), error)
      || !check (put_text (s->file, time, "units", units), error)
      || !check (put_text (s->file, time, "calendar", "standard"), error))
    return FALSE;
  gsize longest = MAX (s->n_reps, s->n_days);
  g_autofree int *numbers = g_new (int, longest);
  for (gsize i = 0; i < longest; i++)
    numbers[i] = (int)i;
  return check (nc_put_var_int (s->file, replication, numbers), error)
         && check (nc_put_var_int (s->file, time, numbers), error);
}

/* Units as UDUNITS has them; the word that stands in the study, where it has no
 * name there, in unit_name. */
static gboolean
describe (SfExportSeries *s, int variable, const char *title, const char *unit,
          GError **error)
{
  g_autofree char *units = sf_export_udunits (unit);
  return check (put_text (s->file, variable, "long_name", title), error)
         && check (put_text (s->file, variable, "units", units), error)
         && (!*unit || strcmp (units, unit) == 0
             || check (put_text (s->file, variable, "unit_name", unit), error));
}

static gboolean
define_factors (SfExportSeries *s, GError **error)
{
  for (guint i = 0; i < s->shape->n_factors; i++) {
    const SfStoreColumn *f = &s->shape->factors[i];
    g_autofree char *name = name_of (s, f->name);
    const char *title = f->title ? f->title : f->name;
    if (!check (nc_def_var (s->file, name, f->levels ? NC_STRING : NC_DOUBLE, 1,
                            s->dims, &s->factors[i]),
                error))
      return FALSE;
    if (f->levels ? !check (
            put_text (s->file, s->factors[i], "long_name", title), error)
                  : !describe (s, s->factors[i], title, f->unit ? f->unit : "",
                               error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
define_status (SfExportSeries *s, GError **error)
{
  static const signed char values[]
      = { SF_STORE_DONE, SF_STORE_FAILED, SF_STORE_CRASHED, SF_STORE_TIMEOUT,
          NOT_RUN };
  g_autofree char *name = name_of (s, "status");
  g_autofree char *words = g_strdup_printf (
      "%s %s %s %s not_run", sf_store_state_names[0], sf_store_state_names[1],
      sf_store_state_names[2], sf_store_state_names[3]);
  const gsize chunk[] = { s->block_points, s->n_reps };
  int v;
  gboolean is_fine
      = check (nc_def_var (s->file, name, NC_BYTE, 2, s->dims, &v), error)
        && check (nc_def_var_chunking (s->file, v, NC_CHUNKED, chunk), error)
        && check (nc_def_var_deflate (s->file, v, 1, 1, 1), error)
        && check (put_text (s->file, v, "long_name", "how the run ended"),
                  error)
        && check (nc_put_att_schar (s->file, v, "flag_values", NC_BYTE,
                                    sizeof values, values),
                  error)
        && check (put_text (s->file, v, "flag_meanings", words), error);
  s->status = v;
  return is_fine;
}

static gboolean
define_series (SfExportSeries *s, GError **error)
{
  const gsize chunk[] = { s->block_points, s->chunk_reps, s->n_days };
  const float nothing = NAN;
  for (guint i = 0; i < s->shape->n_series; i++) {
    const char *series = s->shape->series[i];
    g_autofree char *name = name_of (s, series);
    int *v = &s->series[i];
    if (!check (nc_def_var (s->file, name, NC_FLOAT, 3, s->dims, v), error)
        || !check (nc_def_var_chunking (s->file, *v, NC_CHUNKED, chunk), error)
        || !check (nc_def_var_deflate (s->file, *v, 1, 1, 1), error)
        || !check (nc_def_var_fill (s->file, *v, NC_FILL, &nothing), error)
        || !check (nc_set_var_chunk_cache (
                       s->file, *v,
                       chunk[0] * chunk[1] * chunk[2] * sizeof (float), 1, 1),
                   error)
        || !describe (s, *v, series, suffix_of (series), error))
      return FALSE;
  }
  return TRUE;
}

static void
make_room (SfExportSeries *s, guint64 n_points)
{
  gsize n_factors = s->shape->n_factors, n_series = s->shape->n_series;
  s->n_points = n_points;
  s->n_reps = s->shape->replications;
  s->n_days = s->shape->days;
  s->chunk_reps = CLAMP (CHUNK_VALUES / s->n_days, 1, s->n_reps);
  s->block_points
      = CLAMP (CHUNK_VALUES / s->n_days / s->n_reps, 1, s->n_points);
  gsize chunk = s->block_points * s->chunk_reps * s->n_days;
  s->block = s->chunk = -1;
  s->curves = g_new (float, n_series *chunk);
  s->values = g_new (double, n_factors * s->block_points + 1);
  s->states = g_new (signed char, s->block_points * s->n_reps);
  s->factors = g_new0 (int, n_factors + 1);
  s->series = g_new0 (int, n_series);
  s->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

SfExportSeries *
sf_export_series_new (const SfExport *what, const char *folder,
                      guint64 n_points, GError **error)
{
  g_autoptr (SfExportSeries) s = g_new0 (SfExportSeries, 1);
  s->shape = sf_store_shape (what->store);
  s->path = g_build_filename (folder, "series.nc", NULL);
  s->temporary = g_strconcat (s->path, ".part", NULL);
  make_room (s, n_points);
  errno = 0;
  if (!check (nc_create (s->temporary, NC_NETCDF4 | NC_CLOBBER, &s->file),
              error))
    return NULL;
  if (!define_axes (s, what, error) || !define_factors (s, error)
      || !define_status (s, error) || !define_series (s, error)
      || !define_global (s, what, error))
    return NULL;
  return g_steal_pointer (&s);
}

/* ---- Chunk by chunk ------------------------------------------------------------------ */

static gboolean
write_curves (SfExportSeries *s, GError **error)
{
  if (s->chunk < 0)
    return TRUE;
  gsize point = (gsize)s->block * s->block_points;
  gsize rep = (gsize)s->chunk * s->chunk_reps;
  const gsize from[] = { point, rep, 0 };
  const gsize n[] = { MIN (s->block_points, s->n_points - point),
                      MIN (s->chunk_reps, s->n_reps - rep), s->n_days };
  gsize size = s->block_points * s->chunk_reps * s->n_days;
  s->chunk = -1;
  /* Of a chunk at the edge the first part is written: it is cut off in points,
   * or, where one point makes a chunk, in replications. */
  for (guint i = 0; i < s->shape->n_series; i++)
    if (!check (nc_put_vara_float (s->file, s->series[i], from, n,
                                   s->curves + i * size),
                error))
      return FALSE;
  return TRUE;
}

static gboolean
write_factor (SfExportSeries *s, guint i, gsize from, gsize n, GError **error)
{
  const double *values = s->values + i * s->block_points;
  const char *const *levels = s->shape->factors[i].levels;
  if (!levels)
    return check (
        nc_put_vara_double (s->file, s->factors[i], &from, &n, values), error);
  g_autofree const char **words = g_new (const char *, n);
  for (gsize p = 0; p < n; p++)
    words[p] = isnan (values[p]) ? "" : levels[(guint)values[p]];
  return check (nc_put_vara_string (s->file, s->factors[i], &from, &n, words),
                error);
}

static gboolean
write_block (SfExportSeries *s, GError **error)
{
  if (s->block < 0)
    return TRUE;
  if (!write_curves (s, error))
    return FALSE;
  gsize from = (gsize)s->block * s->block_points;
  gsize n = MIN (s->block_points, s->n_points - from);
  g_autofree int *points = g_new (int, n);
  for (gsize p = 0; p < n; p++)
    points[p] = (int)(from + p);
  if (!check (nc_put_vara_int (s->file, s->point, &from, &n, points), error))
    return FALSE;
  for (guint i = 0; i < s->shape->n_factors; i++)
    if (!write_factor (s, i, from, n, error))
      return FALSE;
  const gsize at[] = { from, 0 }, size[] = { n, s->n_reps };
  s->block = -1;
  return check (nc_put_vara_schar (s->file, s->status, at, size, s->states),
                error);
}

static void
take_curves (SfExportSeries *s, const SfStoreRow *run, gsize place)
{
  gsize size = s->block_points * s->chunk_reps * s->n_days;
  gsize from = (place * s->chunk_reps + run->rep % s->chunk_reps) * s->n_days;
  for (guint i = 0; i < s->shape->n_series; i++)
    memcpy (s->curves + i * size + from, run->series + i * s->n_days,
            s->n_days * sizeof (float));
}

gboolean
sf_export_series_add (SfExportSeries *s, const SfStoreEntry *e, GError **error)
{
  gint64 block = e->point / (gint64)s->block_points;
  gint64 chunk = e->run.rep / (gint64)s->chunk_reps;
  gsize place = e->point % s->block_points;
  if (block != s->block) {
    if (!write_block (s, error))
      return FALSE;
    s->block = block;
    memset (s->states, NOT_RUN, s->block_points * s->n_reps);
  }
  for (guint i = 0; i < s->shape->n_factors; i++)
    s->values[i * s->block_points + place] = e->values[i];
  if (e->attempt == 0)
    return TRUE;
  s->states[place * s->n_reps + e->run.rep] = (signed char)e->run.state;
  if (e->run.state != SF_STORE_DONE || !e->run.series)
    return TRUE;
  if (chunk != s->chunk) {
    if (!write_curves (s, error))
      return FALSE;
    gsize n = s->shape->n_series * s->block_points * s->chunk_reps * s->n_days;
    s->chunk = chunk;
    for (gsize i = 0; i < n; i++)
      s->curves[i] = NAN;
  }
  take_curves (s, &e->run, place);
  return TRUE;
}

/* ---- The end -------------------------------------------------------------------------- */

static gboolean
fail (GError **error)
{
  g_set_error (error, SF_EXPORT_ERROR, SF_EXPORT_ERROR_FAILED,
               _ ("series.nc cannot be written: %s"), g_strerror (errno));
  return FALSE;
}

/* A file that is not whole never gets the name. */
gboolean
sf_export_series_commit (SfExportSeries *s, GError **error)
{
  if (!write_block (s, error))
    return FALSE;
  if (!check (nc_close (s->file), error))
    return FALSE;
  int fd = open (s->temporary, O_RDONLY | O_CLOEXEC);
  gboolean is_safe = fd >= 0 && fsync (fd) == 0;
  if (!is_safe)
    fail (error);
  if (fd >= 0)
    close (fd);
  return is_safe && (g_rename (s->temporary, s->path) == 0 || fail (error));
}

/* A file that was not committed stays open: HDF5 1.10 crashes when it closes one
 * on a full disk. */
void
sf_export_series_free (SfExportSeries *s)
{
  if (!s)
    return;
  g_unlink (s->temporary); /* there unless it was given its name */
  g_clear_pointer (&s->names, g_hash_table_unref);
  g_free (s->curves);
  g_free (s->values);
  g_free (s->states);
  g_free (s->factors);
  g_free (s->series);
  g_free (s->path);
  g_free (s->temporary);
  g_free (s);
}

char *
sf_export_netcdf_version (void)
{
  const char *text = nc_inq_libvers (); /* "4.9.0 of Jan 11 2023 ..." */
  return g_strndup (text, strcspn (text, " "));
}
