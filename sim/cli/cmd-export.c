/* cmd-export.c - results for other programs. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/cli/commands.h"
#include "sim/lang/lang.h"
#include "sim/share/map.h"
#include "sim/share/workbook.h"

static const char example[]
    = "shortfall export bamako-2025-results -o bamako.xlsx\n"
      "         shortfall export bamako-2025-results -o bamako.geojson\n"
      "         shortfall export --format graphml -o bamako.graphml FOLDER";

static const char formats[] = "xlsx|geojson|graphml|csv-nodes|csv-links";

typedef struct {
  char *output, *format;
  char **without;
  gboolean has_hxl, has_all;
} Options;

static void
options_clear (Options *o)
{
  g_free (o->output);
  g_free (o->format);
  g_strfreev (o->without);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("File to write, whole or not at all"), "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &o->format,
      N_ ("xlsx, geojson, graphml, csv-nodes or csv-links (default: what the "
          "name of the file ends in)"),
      "xlsx|geojson|graphml|csv-nodes|csv-links" },
    { "without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->without,
      N_ ("xlsx: leave this table out, as samples.csv (may be given again)"),
      "TABLE" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &o->has_all,
      N_ ("xlsx: put in what is left out of a run, each replication's numbers "
          "and all columns of the curves (a file three times as large)"),
      NULL },
    { "hxl", 0, 0, G_OPTION_ARG_NONE, &o->has_hxl,
      N_ ("xlsx and csv: add a row of HXL tags to each table"), NULL },
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries, example, "FOLDER",
      _ ("Writes the results of a folder for other programs; nothing is "
         "simulated. xlsx is one\nworkbook with a sheet a table, dates as "
         "dates and numbers as numbers in any locale, and\na first sheet that "
         "says what everything is; any folder of tables will do. geojson and\n"
         "graphml are the network of a run with what happened on it: loaded "
         "trucks a day, trucks\nlost, share served, person-days without."),
      status);
}

/* The format that is asked for, or that the file's name says; or NULL. */
static const char *
format_of (const Options *o)
{
  if (o->format)
    return sf_param_choice (formats, o->format) >= 0 ? o->format : NULL;
  g_autofree char *low = g_ascii_strdown (o->output, -1);
  return g_str_has_suffix (low, ".xlsx")      ? "xlsx"
         : g_str_has_suffix (low, ".geojson") ? "geojson"
         : g_str_has_suffix (low, ".graphml") ? "graphml"
                                              : NULL;
}

static SfExit
write_workbook (const SfInvocation *invocation, const Options *o)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  const SfWorkbookAsk ask = { .folder = invocation->argv[1],
                              .without = (const char *const *)o->without,
                              .has_hxl = o->has_hxl,
                              .has_all = o->has_all };
  if (!sf_workbook_write (&ask, o->output, &n, &error))
    return sf_cmd_error (invocation, error);
  sf_cmd_say (sf_lang_plural ("Written: %s (%u table)\n",
                              "Written: %s (%u tables)\n", n),
              o->output, n);
  return SF_EXIT_DONE;
}

static SfExit
write_map (const SfInvocation *invocation, const Options *o, const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfMap) map = sf_map_new (invocation->argv[1], &error);
  if (!map)
    return sf_cmd_error (invocation, error);
  g_autofree char *text = NULL;
  if (strcmp (format, "geojson") == 0)
    text = sf_geojson_write_grids (map->scenario, map->nodes, map->links);
  else if (strcmp (format, "graphml") == 0)
    text = sf_graphml_write_grids (map->scenario, map->nodes, map->links,
                                   &error);
  else
    text = sf_map_csv (strcmp (format, "csv-nodes") == 0 ? map->nodes
                                                         : map->links,
                       o->has_hxl);
  if (!text || !sf_file_write (o->output, text, strlen (text), &error))
    return sf_cmd_error (invocation, error);
  sf_cmd_say (_ ("Written: %s (%u places, %u roads)\n"), o->output,
              map->nodes->rows->len, map->links->rows->len);
  return SF_EXIT_DONE;
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { 0 };
  SfExit status;
  if (!parse (invocation, &o, &status))
    return status;
  if (invocation->argc != 2)
    return sf_cmd_usage (invocation, "%s", _ ("which result folder?"));
  if (!o.output)
    return sf_cmd_usage (invocation, "%s",
                         _ ("where to? Give a file with -o, as -o out.xlsx"));
  const char *format = format_of (&o);
  if (!format && !o.format)
    return sf_cmd_usage (invocation, "%s",
                         _ ("the name ends in .xlsx, .geojson or .graphml; for "
                            "another, and for CSV, say --format"));
  if (!format)
    return sf_cmd_usage (invocation, "%s",
                         _ ("--format is xlsx, geojson, graphml, csv-nodes or "
                            "csv-links"));
  gboolean is_book = strcmp (format, "xlsx") == 0;
  if (!is_book && o.without)
    return sf_cmd_usage (invocation, "%s", _ ("--without goes with xlsx"));
  if (!is_book && o.has_all)
    return sf_cmd_usage (invocation, "%s", _ ("--all goes with xlsx"));
  if (!is_book && o.has_hxl && !g_str_has_prefix (format, "csv-"))
    return sf_cmd_usage (invocation, "%s",
                         _ ("--hxl goes with xlsx, csv-nodes and csv-links: "
                            "HXL tags a header row"));
  return is_book ? write_workbook (invocation, &o)
                 : write_map (invocation, &o, format);
}

const SfCommand sf_cmd_export
    = { "export", N_ ("results as a workbook, or as a map for GIS"), run };
