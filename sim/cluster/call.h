/* call.h - another program, with a time limit. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programs that talk to a service may hang when it is down, so none is called
 * without a limit. Arguments are a vector and never pass through a shell.
 */
#pragma once

#include <glib.h>

typedef enum {
  SF_CALL_DONE,    /* it ended; see status */
  SF_CALL_LATE,    /* it was killed when the time was over */
  SF_CALL_MISSING, /* it could not be started; err says why */
} SfCallEnd;

/* What came of it; zeroed before. */
typedef struct {
  SfCallEnd end;
  int status;      /* exit status, 128 + N when ended by signal N */
  char *out, *err; /* what it wrote, without white space around; owned */
} SfCall;

/* Runs argv, found by PATH, without input, for at most so long. */
void sf_call (SfCall *call, const char *const *argv, double limit_s);

void sf_call_clear (SfCall *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfCall, sf_call_clear)
