/* stop.c - a signal asks to stop; it does not kill. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/stop.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>

static const int caught[] = { SIGINT, SIGTERM, SIGHUP };
#define N_CAUGHT ((int)G_N_ELEMENTS (caught))

/* A signal handler gets no argument, so what it writes cannot be one. */
static volatile sig_atomic_t n_signals;
static struct sigaction before[G_N_ELEMENTS (caught)];
static int depth;

static void
on_signal (int number)
{
  if (n_signals < 2) {
    n_signals = n_signals + 1;
    return;
  }
  signal (number, SIG_DFL);
  raise (number);
}

void
sf_stop_begin (void)
{
  if (depth++ > 0)
    return;
  n_signals = 0;
  struct sigaction action = { .sa_handler = on_signal };
  sigemptyset (&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (int i = 0; i < N_CAUGHT; i++) {
    sigaction (caught[i], NULL, &before[i]);
    /* Started with nohup: what was to be ignored stays ignored. */
    if (before[i].sa_handler != SIG_IGN)
      sigaction (caught[i], &action, NULL);
  }
}

void
sf_stop_end (void)
{
  g_return_if_fail (depth > 0);
  if (--depth > 0)
    return;
  for (int i = 0; i < N_CAUGHT; i++)
    sigaction (caught[i], &before[i], NULL);
}

int
sf_stop_count (void)
{
  return n_signals;
}

void
sf_stop_ignore (void)
{
  for (int i = 0; i < N_CAUGHT; i++)
    signal (caught[i], SIG_IGN);
}
