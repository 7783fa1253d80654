# scale.gp - round numbers for axes and legends.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# nice(x), for x > 0, is the nearest of 1, 2, 5 or 10 times a power of ten.

power(x) = 10.0 ** floor (log10 (x))
nice(x) = (x / power(x) < 1.5 ? 1 : x / power(x) < 3.5 ? 2 \
  : x / power(x) < 7.5 ? 5 : 10) * power(x)
