/* lang.h - the language that people are spoken to in. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts are written in English in the code, as _("..."), and looked up in the
 * catalogue of the language in use: sim/po/LANG.po, made and checked with the
 * tools of gettext and compiled into the program. The lookup is ours, since
 * the C library translates nothing in the locales C and C.UTF-8, the only ones
 * of a bare system (since version 2.39 not even with LANGUAGE), and --lang has
 * to work there; it also lets one process speak several languages in turn.
 *
 * The language is the one thing that is set for the whole process, like a
 * locale. What machines read (column names, JSON keys, ids, numbers in
 * tables) never depends on it.
 *
 * A catalogue can be tried without building the program:
 *
 *   msgfmt -o try/ar.mo ar.po
 *   G_RESOURCE_OVERLAYS=/shortfall/po=$PWD/try shortfall --lang ar ...
 *
 * A further language is a file sim/po/LANG.po, a word in sim/po/LINGUAS, and,
 * unless its plural is that of English, a line in plural_form() in lang.c.
 */
#pragma once

#include <glib.h>

/* Marks a text and translates it; marks a text in a constant table, which is
 * translated where it is printed, with _() around the expression. */
#define _(TEXT) sf_lang_text (TEXT)
#define N_(TEXT) (TEXT)

/* TRUE when there is a catalogue for `code` ("en", "fr"); "en" always. */
gboolean sf_lang_exists (const char *code);

/* The codes of all languages, "en" first, then by name; to be freed with
 * g_strfreev(). */
char **sf_lang_all (void);

/* Speaks that language from now on. FALSE, and no change, when it does not
 * exist. Before the first call it is English. */
gboolean sf_lang_set (const char *code);

/* Speaks the first existing language that the environment asks for (LANGUAGE,
 * LC_ALL, LC_MESSAGES, LANG, in this order), else English. */
void sf_lang_set_from_environment (void);

/* The code of the language in use; TRUE when it is written from right to left.
 */
const char *sf_lang_code (void);
gboolean sf_lang_is_rtl (void);

/* Another language for a while, `code` (NULL: no change), or English when it
 * is wanted: for what machines read, which is made by the same code that speaks
 * to people. Ends with the block, or with sf_lang_resume():
 *
 *   g_auto (SfLangPause) pause = sf_lang_pause (format == SF_TABLE_JSON); */
typedef struct {
  char code[16]; /* "" when there is nothing to go back to */
} SfLangPause;
SfLangPause sf_lang_speak (const char *code);
SfLangPause sf_lang_pause (gboolean is_wanted);
void sf_lang_resume (SfLangPause *pause);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfLangPause, sf_lang_resume)

/* The translation of `english`, or `english` itself when there is none. The
 * result is never freed and stays when the language changes. NULL gives NULL,
 * and "" gives "". */
const char *sf_lang_text (const char *english) G_GNUC_FORMAT (1);

/* Adds the translation of a word of a scenario (the title of a place, a class,
 * an event): from now on sf_lang_text() finds it in the language `code`, unless
 * the catalogue has that text. A later one of the same text takes its place. It
 * stays as long as the process; a language without a catalogue is passed over.
 */
void sf_lang_add_word (const char *code, const char *english, const char *text);

/* The form of a sentence that goes with the number n: "%u truck", "%u trucks".
 * The caller prints the number. */
const char *sf_lang_plural (const char *one, const char *many, guint64 n)
    G_GNUC_FORMAT (1) G_GNUC_FORMAT (2);

/* A number for reading, with `decimals` digits after the decimal sign, in
 * groups of three ("12,345.6", "12 345,6" with narrow no-break spaces). Not
 * finite values are a dash. To be freed. */
char *sf_lang_number (double value, guint decimals);

/* Puts the language's decimal sign in the place of the first point of a number
 * as the program writes it; returns it. Never for what machines read. */
char *sf_lang_decimal (char *number);

/* A number in a sentence, as printf() writes it with `format` ("%.3f"), with
 * the language's decimal sign; lives as long as the call it stands in:
 *
 *   printf (_ ("%s s left\n"), sf_lang_real ("%.1f", left_s).text); */
typedef struct {
  char text[320]; /* the longest number there is has 310 digits */
} SfLangReal;
SfLangReal sf_lang_real (const char *format, double value);

/* A sentence of ours in which a title from right to left may stand (Arabic,
 * N'Ko): laid out in the direction of the language, whatever letter comes
 * first. Without such letters it stays as it is. To be freed. */
char *sf_lang_directed (const char *sentence);

/* The same with three significant digits: what a simulation knows of an amount
 * ("898,000,000"; "0.0123"). To be freed. */
char *sf_lang_rounded (double value);

/* A day for reading, counted as SfDate is (days from 1970-01-01, proleptic
 * Gregorian): "3 September 2025", "3 septembre 2025"; and without the year. To
 * be freed. */
char *sf_lang_date (gint32 date);
char *sf_lang_day (gint32 date);
