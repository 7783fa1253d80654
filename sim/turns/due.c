/* due.c - who is due when, without an event. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/turns/due.h"

void
sf_dues_clear (SfDues *dues)
{
  g_free (dues->due);
  *dues = (SfDues){ 0 };
}

void
sf_dues_add (SfDues *dues, SfDue due)
{
  if (dues->n == dues->room) {
    dues->room = MAX (2 * dues->room, 16);
    dues->due = g_renew (SfDue, dues->due, dues->room);
  }
  SfDue *d = dues->due;
  guint i = dues->n++;
  for (; i > 0 && d[(i - 1) / 2].when > due.when; i = (i - 1) / 2)
    d[i] = d[(i - 1) / 2];
  d[i] = due;
}

gboolean
sf_dues_take (SfDues *dues, SfTick now, SfDue *due)
{
  SfDue *d = dues->due;
  if (dues->n == 0 || d[0].when > now)
    return FALSE;
  *due = d[0];
  SfDue last = d[--dues->n];
  guint i = 0;
  for (guint child = 1; child < dues->n; child = 2 * i + 1) {
    child += child + 1 < dues->n && d[child + 1].when < d[child].when;
    if (d[child].when >= last.when)
      break;
    d[i] = d[child];
    i = child;
  }
  d[i] = last; /* beyond the others when none is left */
  return TRUE;
}
