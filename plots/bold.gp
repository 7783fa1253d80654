# bold.gp - makes a text safe for a label drawn `enhanced`, as bold ones are.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wants plain; sets bold to the same text with a backslash before each sign
# that enhanced text would obey.

bold = ""
do for [i_bold = 1 : strlen (plain)] {
  sign = plain[i_bold : i_bold]
  if (strstrt ("{}^_@&~\\", sign) > 0) { bold = bold."\\" }
  bold = bold.sign
}
