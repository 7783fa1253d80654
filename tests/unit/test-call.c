/* test-call.c - another program, with a time limit. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cluster/call.h"

#include <signal.h>
#include <string.h>

#define LONG_S 20

static void
gives_what_it_wrote (void)
{
  const char *const argv[]
      = { "sh", "-c", "echo out; echo err >&2; exit 7", NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, LONG_S);
  g_assert_cmpint (call.end, ==, SF_CALL_DONE);
  g_assert_cmpint (call.status, ==, 7);
  g_assert_cmpstr (call.out, ==, "out");
  g_assert_cmpstr (call.err, ==, "err");
}

static void
takes_more_than_a_pipe_holds (void)
{
  const char *const argv[]
      = { "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x", NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, LONG_S);
  g_assert_cmpint (call.end, ==, SF_CALL_DONE);
  g_assert_cmpuint (strlen (call.out), ==, 300000);
}

static void
kills_what_takes_too_long (void)
{
  const char *const argv[] = { "sleep", "1000", NULL };
  g_auto (SfCall) call = { 0 };
  gint64 from = g_get_monotonic_time ();
  sf_call (&call, argv, 0.2);
  g_assert_cmpint (call.end, ==, SF_CALL_LATE);
  g_assert_cmpint (call.status, ==, 128 + SIGKILL);
  g_assert_cmpint (g_get_monotonic_time () - from, <, LONG_S * G_USEC_PER_SEC);
}

static void
kills_what_closed_its_output_and_stays (void)
{
  const char *const argv[] = { "sh", "-c", "exec >&- 2>&-; sleep 1000", NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, 0.2);
  g_assert_cmpint (call.status, ==, 128 + SIGKILL);
}

static void
says_what_cannot_be_started (void)
{
  const char *const argv[] = { "no-such-program-anywhere", NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, LONG_S);
  g_assert_cmpint (call.end, ==, SF_CALL_MISSING);
  g_assert_nonnull (strstr (call.err, "no-such-program-anywhere"));
}

static void
passes_words_as_they_are (void)
{
  const char *const argv[] = { "printf", "%s", "$HOME; `true` * 'x'", NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, LONG_S);
  g_assert_cmpstr (call.out, ==, "$HOME; `true` * 'x'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/gives-what-it-wrote", gives_what_it_wrote);
  g_test_add_func ("/call/takes-more-than-a-pipe-holds",
                   takes_more_than_a_pipe_holds);
  g_test_add_func ("/call/kills-what-takes-too-long",
                   kills_what_takes_too_long);
  g_test_add_func ("/call/kills-what-closed-its-output-and-stays",
                   kills_what_closed_its_output_and_stays);
  g_test_add_func ("/call/says-what-cannot-be-started",
                   says_what_cannot_be_started);
  g_test_add_func ("/call/passes-words-as-they-are", passes_words_as_they_are);
  return g_test_run ();
}
