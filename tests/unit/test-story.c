/* test-story.c - turning points and their reasons, from a made-up record. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/story/page.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"

#define DAYS 60
#define BAN 20

/* A city with one road, one good and a made-up record of it: ordinary until the
 * ban, nothing received from day 25 on, stations dry from day 33, received again
 * from day 50 on. */
static SfNodeSpec nodes[] = { { .id = "city", .title = "City" },
                              { .id = "north", .title = "North" } };
static SfCommodity goods[] = { { .id = "petrol", .title = "Petrol" } };
static SfMarketSpec markets[] = { { .id = "city-petrol" } };
static SfEventSpec events[]
    = { { .id = "ban", .kind = "announce", .title = "A <ban>" },
        { .id = "raid", .kind = "attack" },
        { .id = "plan", .kind = "set" } };
static const SfModelInfo infos[] = { { .name = "market/hoarding" },
                                     { .name = "driver/willingness" },
                                     { .name = "convoy/escort" } };
static SfModelSpec models[] = { { .id = "fill", .info = &infos[0] },
                                { .id = "fear", .info = &infos[1] },
                                { .id = "guard", .info = &infos[2] } };
static SfLinkSpec links[] = { { .id = "road" } };

typedef struct {
  SfScenario s;
  SfBook *book;
  gpointer memory;
  SfRecord record;
  SfLog *log;
} Made;

/* A series that goes from `usual` to `then` on day `from`. */
static void
put (Made *m, const char *name, double usual, guint from, double then)
{
  gint i = sf_book_find_named (m->book, name);
  g_assert_cmpint (i, >=, 0);
  for (guint day = 0; day < DAYS; day++)
    m->record.curves[(guint)i * DAYS + day]
        = (float)(day < from ? usual : then);
}

static void
log_on (Made *m, guint day, const char *kind, const char *place, double trucks)
{
  sf_log_add (m->log, day * SF_TICKS_PER_DAY + 3600, kind, place, trucks,
              g_strdup_printf ("%s at %s", kind, place));
}

static void
add_series (SfBook *book)
{
  static const char *const of_good[]
      = { "served_frac", "stations_open_frac", "cover_days", "purchase_frac",
          "received_m3" };
  static const char *const of_gate[]
      = { "entered_count", "waiting_count", "lost_count" };
  for (gsize i = 0; i < G_N_ELEMENTS (of_good); i++)
    sf_book_add_series (book, "city", "petrol", "", of_good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (of_gate); i++)
    sf_book_add_series (book, "north", "", "", of_gate[i]);
  sf_book_add_series (book, "fill", "", "", "alarm_frac");
  sf_book_add_series (book, "fear", "", "", "willing_frac");
}

static void
make (Made *m)
{
  *m = (Made){ .s = { .title = "Made & up",
                      .start = 20000,
                      .end = 20000 + DAYS - 1,
                      .shock = SF_PARAM_NO_DATE,
                      .shortage_frac = 0.5,
                      .recovery_frac = 0.8,
                      .shortage_days = 2,
                      .n_nodes = 2,
                      .nodes = nodes,
                      .n_commodities = 1,
                      .commodities = goods,
                      .n_markets = 1,
                      .markets = markets,
                      .n_events = 3,
                      .events = events,
                      .n_models = 3,
                      .models = models,
                      .n_links = 1,
                      .links = links } };
  for (guint i = 0; i < 3; i++)
    models[i].is_on = TRUE;
  m->book = sf_book_new (DAYS);
  add_series (m->book);
  m->memory = g_malloc0 (sf_record_size (m->book));
  m->record = sf_record_view (m->book, m->memory);
  m->log = sf_log_new ();
  put (m, "city/petrol/served_frac", 1, DAYS, 1);
  put (m, "city/petrol/stations_open_frac", 1, DAYS, 1);
  put (m, "city/petrol/cover_days", 20, DAYS, 20);
  put (m, "city/petrol/purchase_frac", 1, DAYS, 1);
  put (m, "city/petrol/received_m3", 100, DAYS, 100);
  put (m, "north/entered_count", 40, DAYS, 40);
  put (m, "fear/willing_frac", 1, DAYS, 1);
  log_on (m, BAN, "event", "ban", NAN);
}

static void
unmake (Made *m)
{
  sf_log_free (m->log);
  g_free (m->memory);
  sf_book_free (m->book);
}

static SfChain *
chain_of (const Made *m)
{
  const SfStory story = { &m->s, m->book, &m->record, m->log };
  return sf_chain_new (&story);
}

static const SfTurn *
turn_of (const SfChain *chain, SfTurnKind kind)
{
  for (guint i = 0; i < sf_chain_count (chain); i++)
    if (sf_chain_get (chain, i)->kind == kind)
      return sf_chain_get (chain, i);
  return NULL;
}

/* The number of a reason; NAN when it is not told. */
static double
value_of (const SfTurn *turn, SfReasonKind kind)
{
  for (guint i = 0; turn && i < turn->reasons->len; i++)
    if (g_array_index (turn->reasons, SfReason, i).kind == kind)
      return g_array_index (turn->reasons, SfReason, i).value;
  return NAN;
}

static void
test_an_ordinary_time_has_no_turning_point (void)
{
  Made m;
  make (&m);
  log_on (&m, DAYS, "event", "ban", NAN); /* the midnight that ends the run */
  log_on (&m, DAYS, "convoy", "north", 30);
  g_autoptr (SfChain) chain = chain_of (&m);
  g_assert_cmpuint (sf_chain_count (chain), ==, 1); /* the ban itself */
  const SfTurn *ban = sf_chain_get (chain, 0);
  g_assert_cmpint ((int)ban->kind, ==, SF_TURN_EVENT);
  g_assert_cmpuint (ban->day, ==, BAN);
  g_assert_cmpuint (ban->reasons->len, ==, 0); /* it changed nothing */
  unmake (&m);
}

static void
test_every_reason_is_a_number_of_the_record (void)
{
  Made m;
  make (&m);
  put (&m, "city/petrol/received_m3", 100, 25, 0);
  put (&m, "city/petrol/served_frac", 1, 33, 0.25);
  put (&m, "city/petrol/stations_open_frac", 1, 33, 0);
  put (&m, "city/petrol/purchase_frac", 1, 24, 1.4);
  put (&m, "north/entered_count", 40, BAN + 1, 4);
  put (&m, "north/waiting_count", 0, BAN + 1, 412);
  put (&m, "fear/willing_frac", 1, BAN, 0.1);
  put (&m, "fill/alarm_frac", 0, 30, 0.75);
  log_on (&m, 21, "road", "road", NAN);
  g_autoptr (SfChain) chain = chain_of (&m);
  const SfTurn *dry = turn_of (chain, SF_TURN_DRY);
  const SfTurn *short_of = turn_of (chain, SF_TURN_SHORT);
  g_assert_cmpuint (dry->day, ==, 33);
  g_assert_cmpuint (short_of->day, ==, 33);
  g_assert_cmpfloat (short_of->value, ==, 0.25);
  /* days 19 to 32: six of 100 */
  g_assert_cmpfloat_with_epsilon (value_of (short_of, SF_REASON_ARRIVALS),
                                  6 * 100 / 14.0, 1e-6);
  g_assert_cmpfloat (value_of (short_of, SF_REASON_CORRIDOR), ==, 4);
  g_assert_cmpfloat (value_of (short_of, SF_REASON_WAITING), ==, 412);
  g_assert_cmpfloat_with_epsilon (value_of (short_of, SF_REASON_WILLING), 0.1,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (value_of (short_of, SF_REASON_SALES), 1.4,
                                  1e-6);
  g_assert_cmpfloat (value_of (short_of, SF_REASON_ALARM), ==, 0.75);
  g_assert_cmpfloat (value_of (short_of, SF_REASON_CLOSED), ==, 1);
  g_assert_true (isnan (value_of (short_of, SF_REASON_LOSSES)));
  g_assert_true (isnan (value_of (short_of, SF_REASON_STRIKE)));
  g_assert_true (isnan (value_of (dry, SF_REASON_WAITING))); /* told already */
  g_assert_cmpfloat (
      value_of (turn_of (chain, SF_TURN_EVENT), SF_REASON_ENTERED), ==, 4);
  g_assert_cmpuint (turn_of (chain, SF_TURN_QUEUE)->day, ==, BAN + 1);
  unmake (&m);
}

static void
test_what_did_not_change_is_no_reason (void)
{
  Made m;
  make (&m);
  put (&m, "city/petrol/served_frac", 1, 33, 0.25); /* for no reason at all */
  g_autoptr (SfChain) chain = chain_of (&m);
  const SfTurn *short_of = turn_of (chain, SF_TURN_SHORT);
  g_assert_nonnull (short_of);
  g_assert_cmpuint (short_of->reasons->len, ==, 0);
  unmake (&m);
}

static void
test_a_dip_is_no_shortage (void)
{
  Made m;
  make (&m);
  put (&m, "city/petrol/served_frac", 1, 33, 0.7);
  g_autoptr (SfChain) chain = chain_of (&m);
  g_assert_null (turn_of (chain, SF_TURN_SHORT));
  unmake (&m);
}

static void
test_it_recovers_when_goods_come_again (void)
{
  Made m;
  make (&m);
  gint served = sf_book_find_named (m.book, "city/petrol/served_frac");
  for (guint day = 33; day < 50; day++)
    m.record.curves[(guint)served * DAYS + day] = day == 40 ? 0.1f : 0.3f;
  put (&m, "city/petrol/received_m3", 100, 43, 250);
  g_autoptr (SfChain) chain = chain_of (&m);
  const SfTurn *worst = turn_of (chain, SF_TURN_WORST);
  const SfTurn *better = turn_of (chain, SF_TURN_RECOVERY);
  g_assert_cmpuint (worst->day, ==, 40);
  g_assert_cmpuint (better->day, ==, 50);
  g_assert_cmpfloat_with_epsilon (value_of (better, SF_REASON_ARRIVALS), 250,
                                  1e-6);
  unmake (&m);
}

/* A share between recovery (0.8) and full (0.9) is not short again. */
static void
test_no_day_is_short_and_well (void)
{
  Made m;
  make (&m);
  gint served = sf_book_find_named (m.book, "city/petrol/served_frac");
  for (guint day = 33; day < DAYS; day++)
    m.record.curves[(guint)served * DAYS + day]
        = day < 40 || day >= 50 ? 0.3f : 0.85f;
  g_autoptr (SfChain) chain = chain_of (&m);
  guint n_short = 0;
  for (guint i = 0; i < sf_chain_count (chain); i++) {
    const SfTurn *turn = sf_chain_get (chain, i);
    if (turn->kind == SF_TURN_SHORT)
      g_assert_cmpuint (turn->day, ==, n_short++ == 0 ? 33 : 50);
    if (turn->kind == SF_TURN_RECOVERY)
      g_assert_cmpuint (turn->day, ==, 40);
  }
  g_assert_cmpuint (n_short, ==, 2);
  unmake (&m);
}

static void
test_convoys_stop_and_come_again (void)
{
  Made m;
  make (&m);
  log_on (&m, 22, "convoy", "north", 60);
  log_on (&m, 24, "convoy-end", "north", 60);
  log_on (&m, 25, "convoy", "north", 50);
  log_on (&m, 27, "convoy-end", "north", 50);
  log_on (&m, 41, "convoy", "north", 70);
  g_autoptr (SfChain) chain = chain_of (&m);
  const SfTurn *none = turn_of (chain, SF_TURN_NO_CONVOY);
  g_assert_cmpuint (none->day, ==, 26);
  g_assert_cmpfloat (none->value, ==, 16);
  guint n = 0, last = 0;
  for (guint i = 0; i < sf_chain_count (chain); i++)
    if (sf_chain_get (chain, i)->kind == SF_TURN_CONVOY) {
      n++;
      last = sf_chain_get (chain, i)->day;
    }
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (last, ==, 41);
  unmake (&m);
}

static void
test_the_worst_days_of_losses_are_told (void)
{
  Made m;
  make (&m);
  gint lost = sf_book_find_named (m.book, "north/lost_count");
  m.record.curves[(guint)lost * DAYS + 30] = 93;
  m.record.curves[(guint)lost * DAYS + 31] = 2;
  log_on (&m, 30, "attack", "city", 4);
  log_on (&m, 30, "attack-convoy", "city", 214);
  g_autoptr (SfChain) chain = chain_of (&m);
  const SfTurn *losses = turn_of (chain, SF_TURN_LOSSES);
  g_assert_cmpuint (losses->day, ==, 30);
  g_assert_cmpfloat (losses->value, ==, 93);
  g_assert_nonnull (strstr (losses->title, "214"));
  unmake (&m);
}

/* What a scenario is called does not become markup; the text is in French when
 * that is asked for. */
static void
test_the_page_is_escaped_and_translated (void)
{
  Made m;
  make (&m);
  put (&m, "city/petrol/served_frac", 1, 33, 0.25);
  sf_log_add (m.log, 30 * SF_TICKS_PER_DAY, "event", "ban", NAN,
              g_strdup ("<script>alert(1)</script>"));
  const SfStory story = { &m.s, m.book, &m.record, m.log };
  g_assert_true (sf_lang_set ("fr"));
  g_autoptr (SfChain) chain = sf_chain_new (&story);
  g_autofree char *page = sf_story_page (chain, &story, 3, 7);
  sf_lang_set ("en");
  g_assert_null (strstr (page, "<script"));
  g_assert_nonnull (strstr (page, "Made &amp; up"));
  g_assert_nonnull (strstr (page, "<html lang=\"fr\" dir=\"ltr\">"));
  g_assert_null (strstr (page, "http:"));
  g_assert_null (strstr (page, "https:"));
  g_assert_null (strstr (page, "runs short"));
  g_assert_nonnull (strstr (page, "<polyline"));
  unmake (&m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/story/an-ordinary-time-has-no-turning-point",
                   test_an_ordinary_time_has_no_turning_point);
  g_test_add_func ("/story/every-reason-is-a-number-of-the-record",
                   test_every_reason_is_a_number_of_the_record);
  g_test_add_func ("/story/what-did-not-change-is-no-reason",
                   test_what_did_not_change_is_no_reason);
  g_test_add_func ("/story/a-dip-is-no-shortage", test_a_dip_is_no_shortage);
  g_test_add_func ("/story/no-day-is-short-and-well",
                   test_no_day_is_short_and_well);
  g_test_add_func ("/story/it-recovers-when-goods-come-again",
                   test_it_recovers_when_goods_come_again);
  g_test_add_func ("/story/convoys-stop-and-come-again",
                   test_convoys_stop_and_come_again);
  g_test_add_func ("/story/the-worst-days-of-losses-are-told",
                   test_the_worst_days_of_losses_are_told);
  g_test_add_func ("/story/the-page-is-escaped-and-translated",
                   test_the_page_is_escaped_and_translated);
  return g_test_run ();
}
