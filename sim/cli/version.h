/* version.h - what the program is made with. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "shortfall 0.1.0" on the first line, for programs that look for no more; then
 * one library a line, for reports of errors. Each room is asked for the version
 * of the library that only it knows.
 */
#pragma once

#include <stdio.h>

/* Prints all of it. Starts gnuplot when there is one. */
void sf_version_print (FILE *out);
