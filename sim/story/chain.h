/* chain.h - why the city ran short in one replication. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chain is the turning points of one replication in the order of time: bans,
 * truces and other announced events, days of many losses, convoys that stop and
 * come again, the longest queue at the frontier, and for each good of the
 * capital the day on which it falls short, its stations run dry, its stock is
 * gone, and it recovers. Each comes with reasons.
 *
 * Nothing is told that the replication did not record: a turning point is a
 * threshold that a daily series crosses or an entry of the log, a reason is a
 * number of the same record that differs from that of ordinary days, and every
 * reason states its number. What a reason says was so on that day; that it is a
 * cause follows from the model (arrivals fill stocks, fear fills the queue),
 * not from this room. What would have happened without it is asked by
 * sim/causes.
 *
 * Ordinary days are those before the shock; without a shock those before the
 * first event, or the first 14 days.
 */
#pragma once

#include "sim/observe/book.h"
#include "sim/scenario/scenario.h"

/* One replication; all borrowed. */
typedef struct {
  const SfScenario *scenario;
  const SfBook *book;
  const SfRecord *record;
  const SfLog *log;
} SfStory;

typedef enum {
  SF_TURN_EVENT,     /* announced: a ban, a truce */
  SF_TURN_LOSSES,    /* many trucks lost on one day */
  SF_TURN_CONVOY,    /* the first convoy, or the first for long */
  SF_TURN_NO_CONVOY, /* the last convoy for long */
  SF_TURN_STRIKE,    /* drivers strike */
  SF_TURN_QUEUE,     /* the most trucks wait at the frontier */
  SF_TURN_SHORT,     /* less than SF_STORY_FULL of what is wanted is served */
  SF_TURN_GONE,      /* the stock is less than a day's use */
  SF_TURN_DRY,       /* fewer than one station in five has any */
  SF_TURN_WORST,     /* the day on which least is served */
  SF_TURN_WET,       /* most stations sell again */
  SF_TURN_RECOVERY,  /* it is served again as the scenario calls recovery */
  SF_TURN_N
} SfTurnKind;

typedef enum {
  SF_REASON_ARRIVALS, /* amount a day */
  SF_REASON_CORRIDOR, /* trucks a day */
  SF_REASON_CONVOY,   /* days since the last */
  SF_REASON_WAITING,  /* trucks */
  SF_REASON_WILLING,  /* share of drivers */
  SF_REASON_LOSSES,   /* trucks */
  SF_REASON_STRIKE,   /* share of drivers */
  SF_REASON_CUSTOMS,  /* trucks */
  SF_REASON_CLOSED,   /* roads */
  SF_REASON_ALARM,    /* 0 to 1 */
  SF_REASON_SALES,    /* times the usual */
  SF_REASON_ENTERED,  /* trucks a day, all corridors */
  SF_REASON_SHARE,    /* served, 0 to 1 */
} SfReasonKind;

typedef struct {
  SfReasonKind kind;
  double value; /* the number that it states, unrounded, in the unit above */
  char *text;   /* a sentence, translated */
} SfReason;

typedef struct {
  guint day;
  SfTurnKind kind;
  gint commodity;  /* or -1 */
  double value;    /* share, trucks or days, as the kind has it; NAN: none */
  char *title;     /* a sentence without day, translated */
  GArray *reasons; /* SfReason */
} SfTurn;

typedef struct SfChain SfChain;

/* Finds the chain, in the language in use; owned by the caller. Linear in days
 * times series. A scenario without a capital has events only. */
SfChain *sf_chain_new (const SfStory *story);
void sf_chain_free (SfChain *chain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfChain, sf_chain_free)

guint sf_chain_count (const SfChain *chain);
const SfTurn *sf_chain_get (const SfChain *chain, guint i);

/* "Day 33, 5 October 2025"; to be freed. */
char *sf_chain_when (const SfStory *story, guint day);

/* What the chain calls ordinary days, as a sentence; to be freed. */
char *sf_chain_usual (const SfChain *chain);

/* The chain as text for a terminal, ending in a newline; to be freed. */
char *sf_chain_text (const SfChain *chain, const SfStory *story);
