/* meanings.c - what the columns of result tables mean. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/share/meanings.h"

#include <string.h>

#include "sim/lang/lang.h"

/* clang-format off */
static const SfMeaning meanings[] = {
  { "causes.csv", "group", SF_TYPE_TEXT, "#meta+group", N_ ("the cause that is taken away") },
  { "causes.csv", "models", SF_TYPE_TEXT, "#meta+models", N_ ("the models that stand for it") },
  { "causes.csv", "replications_count", SF_TYPE_GUESS, "#meta+replications+num", N_ ("replications of both, on the same luck") },
  { "causes.csv", "mean_base", SF_TYPE_GUESS, "#indicator+reference+num", N_ ("mean of the run as it is") },
  { "causes.csv", "mean_without", SF_TYPE_GUESS, "#indicator+value+num", N_ ("mean without the cause") },
  { "causes.csv", "difference", SF_TYPE_GUESS, "#indicator+difference+num", N_ ("what the cause adds") },
  { "causes.csv", "low", SF_TYPE_GUESS, "#indicator+difference+low+num", N_ ("low end of the confidence interval of the difference") },
  { "causes.csv", "high", SF_TYPE_GUESS, "#indicator+difference+high+num", N_ ("high end of the confidence interval of the difference") },
  { "causes.csv", "share_frac", SF_TYPE_GUESS, "#indicator+share+num", N_ ("share of the shortage that goes without the cause") },
  { "causes.csv", "share_low_frac", SF_TYPE_GUESS, "#indicator+share+low+num", N_ ("low end of that share") },
  { "causes.csv", "share_high_frac", SF_TYPE_GUESS, "#indicator+share+high+num", N_ ("high end of that share") },
  { "causes.csv", "p_holm", SF_TYPE_GUESS, "#indicator+p+num", N_ ("chance of such a difference if there were none") },
  { "causes.csv", "verdict", SF_TYPE_TEXT, "#indicator+verdict", N_ ("what that says") },
  { "causes.csv", "off", SF_TYPE_TEXT, "#meta+overrides", N_ ("how the cause was taken away") },
  { "samples.csv", "value", SF_TYPE_GUESS, "#indicator+value+num", N_ ("the metric in this replication") },
  { "assumptions.csv", "value", SF_TYPE_GUESS, "#indicator+value+num", N_ ("as written, or the centre of its distribution") },
  { "assumptions.csv", "low", SF_TYPE_GUESS, "#indicator+low+num", N_ ("low end of the stated range") },
  { "assumptions.csv", "high", SF_TYPE_GUESS, "#indicator+high+num", N_ ("high end of the stated range") },
  { "differences.csv", "value", SF_TYPE_GUESS, "#indicator+value+num", N_ ("the measure in the scenario, in this replication") },
  { "compare.csv", "low", SF_TYPE_GUESS, "#indicator+low+num", N_ ("low end of the confidence interval of the difference") },
  { "compare.csv", "high", SF_TYPE_GUESS, "#indicator+high+num", N_ ("high end of the confidence interval of the difference") },
  { "compare.csv", "mean", SF_TYPE_GUESS, "#indicator+mean+num", N_ ("mean of the scenario") },
  { "rank.csv", "mean", SF_TYPE_GUESS, "#indicator+mean+num", N_ ("mean of the scenario") },
  { "rank.csv", "n", SF_TYPE_GUESS, "#meta+replications+num", N_ ("replications that were run") },
  { "events.csv", "kind", SF_TYPE_TEXT, "#event+type", N_ ("kind of event") },
  { "", "date", SF_TYPE_DATE, "#date", N_ ("the day") },
  { "", "time", SF_TYPE_TEXT, "#date+time", N_ ("time of day, hh:mm:ss") },
  { "", "week", SF_TYPE_DATE, "#date+week", N_ ("Monday of the week") },
  { "", "day", SF_TYPE_GUESS, "#date+day", N_ ("days from the beginning of the run; 0 is the first") },
  { "", "period", SF_TYPE_TEXT, "#date+period", N_ ("month, as 2030-02; empty: the whole run") },
  { "", "place", SF_TYPE_TEXT, "#loc+code", N_ ("id of the place, corridor, road, shipment, event or model; empty: the whole country") },
  { "", "commodity", SF_TYPE_TEXT, "#item+code", N_ ("what is carried and used; empty: it does not apply") },
  { "", "class", SF_TYPE_TEXT, "#population+group", N_ ("group of users; empty: all together") },
  { "", "measure", SF_TYPE_TEXT, "#indicator+name", N_ ("what is measured; its name ends in its unit") },
  { "", "metric", SF_TYPE_TEXT, "#indicator+name", N_ ("what is measured, one number a run; its name ends in its unit") },
  { "", "mean", SF_TYPE_GUESS, "#indicator+mean+num", N_ ("mean over the replications") },
  { "", "sd", SF_TYPE_GUESS, "#indicator+sd+num", N_ ("standard deviation of the replications") },
  { "", "se", SF_TYPE_GUESS, "#indicator+se+num", N_ ("standard error of the mean") },
  { "", "ci95_low", SF_TYPE_GUESS, "#indicator+mean+low+num", N_ ("low end of the 95-percent confidence interval of the mean") },
  { "", "ci95_high", SF_TYPE_GUESS, "#indicator+mean+high+num", N_ ("high end of the 95-percent confidence interval of the mean") },
  { "", "p05", SF_TYPE_GUESS, "#indicator+p05+num", N_ ("one replication in twenty is below") },
  { "", "p25", SF_TYPE_GUESS, "#indicator+p25+num", N_ ("one replication in four is below") },
  { "", "p50", SF_TYPE_GUESS, "#indicator+median+num", N_ ("median: half of the replications are below") },
  { "", "p75", SF_TYPE_GUESS, "#indicator+p75+num", N_ ("three replications in four are below") },
  { "", "p95", SF_TYPE_GUESS, "#indicator+p95+num", N_ ("nineteen replications in twenty are below") },
  { "", "n", SF_TYPE_GUESS, "#meta+replications+num", N_ ("replications that have a number here") },
  { "", "n_missing", SF_TYPE_GUESS, "#meta+missing+num", N_ ("replications without: it did not happen there") },
  { "", "run_out_prob", SF_TYPE_GUESS, "#indicator+prob+num", N_ ("share of replications with a shortage by the end of that day") },
  { "", "replication", SF_TYPE_GUESS, "#meta+replication", N_ ("number of the replication, from 0") },
  { "", "status", SF_TYPE_TEXT, "#status", N_ ("how it ended") },
  { "", "fingerprint", SF_TYPE_TEXT, "#meta+fingerprint", N_ ("hash of the sequence of events: equal when two runs did the same") },
  { "", "events_count", SF_TYPE_GUESS, "#meta+events+num", N_ ("events worked off") },
  { "", "ties_count", SF_TYPE_GUESS, "#meta+ties+num", N_ ("events at the same second as the one before") },
  { "", "message", SF_TYPE_TEXT, "#description", N_ ("why it failed; empty when it did not") },
  { "", "trucks_count", SF_TYPE_GUESS, "#affected+trucks+num", N_ ("trucks in the group, convoy or line") },
  { "", "detail", SF_TYPE_TEXT, "#description", N_ ("what happened, as a sentence") },
  { "", "unit", SF_TYPE_TEXT, "#item+unit", N_ ("unit of the amounts in the row") },
  { "", "initial", SF_TYPE_GUESS, "#value+initial+num", N_ ("in stocks and on the road at the start") },
  { "", "loaded", SF_TYPE_GUESS, "#value+loaded+num", N_ ("loaded at sources outside") },
  { "", "consumed", SF_TYPE_GUESS, "#value+consumed+num", N_ ("used") },
  { "", "lost", SF_TYPE_GUESS, "#value+lost+num", N_ ("destroyed in attacks") },
  { "", "seized", SF_TYPE_GUESS, "#value+seized+num", N_ ("taken") },
  { "", "leaked", SF_TYPE_GUESS, "#value+leaked+num", N_ ("left otherwise") },
  { "", "in_stock", SF_TYPE_GUESS, "#value+in_stock+num", N_ ("in stocks at the end") },
  { "", "in_transit", SF_TYPE_GUESS, "#value+in_transit+num", N_ ("in loaded trucks at the end") },
  { "", "hoarded", SF_TYPE_GUESS, "#value+hoarded+num", N_ ("with households above what they hold as a rule, at the end") },
  { "", "imbalance_frac", SF_TYPE_GUESS, "#indicator+imbalance+num", N_ ("share by which the ledger does not add up: rounding alone") },
  { "", "pointer", SF_TYPE_TEXT, "#meta+pointer", N_ ("where the number stands in the scenario") },
  { "", "is_drawn", SF_TYPE_TEXT, "#meta+drawn", N_ ("yes when it is uncertain and drawn for each replication") },
  { "", "dist", SF_TYPE_TEXT, "#meta+distribution", N_ ("its distribution") },
  { "", "parameters", SF_TYPE_TEXT, "#meta+parameters", N_ ("parameters of the distribution") },
  { "", "source", SF_TYPE_TEXT, "#meta+source", N_ ("what it rests on; model: our own assumption") },
  { "", "confidence", SF_TYPE_TEXT, "#meta+confidence", N_ ("reported, derived, estimate, unverified or assumed") },
  { "", "note", SF_TYPE_TEXT, "#description+note", N_ ("a remark") },
  { "", "help", SF_TYPE_TEXT, "#description", N_ ("what the number is") },
  { "", "scenario", SF_TYPE_TEXT, "#meta+scenario", N_ ("the scenario that is compared") },
  { "", "reference", SF_TYPE_TEXT, "#meta+reference", N_ ("the scenario that it is compared with") },
  { "", "value_reference", SF_TYPE_GUESS, "#indicator+reference+num", N_ ("the measure in the reference, in this replication") },
  { "", "difference", SF_TYPE_GUESS, "#indicator+difference+num", N_ ("the scenario's value less that of the reference") },
  { "", "pairs_count", SF_TYPE_GUESS, "#meta+pairs+num", N_ ("replications of both, on the same luck") },
  { "", "mean_reference", SF_TYPE_GUESS, "#indicator+mean+reference+num", N_ ("mean of the reference") },
  { "", "level_frac", SF_TYPE_GUESS, "#meta+level+num", N_ ("confidence of the interval") },
  { "", "p", SF_TYPE_GUESS, "#meta+p+num", N_ ("chance of such a difference if there were none") },
  { "", "correlation", SF_TYPE_GUESS, "#meta+correlation+num", N_ ("of the two, over replications: what the same luck does") },
  { "", "verdict", SF_TYPE_TEXT, "#description+verdict", N_ ("what that says") },
  { "", "warning", SF_TYPE_TEXT, "#description+warning", N_ ("why the interval may not hold") },
  { "", "factor", SF_TYPE_TEXT, "#meta+factor", N_ ("what was varied") },
  { "", "seed", SF_TYPE_TEXT, "#meta+seed", N_ ("seed of the random numbers") },
  { "", "id", SF_TYPE_TEXT, "#loc+code", N_ ("id in the scenario") },
  { "", "title", SF_TYPE_TEXT, "#loc+name", N_ ("name") },
  { "", "lat_deg", SF_TYPE_GUESS, "#geo+lat", N_ ("latitude, north positive") },
  { "", "lon_deg", SF_TYPE_GUESS, "#geo+lon", N_ ("longitude, east positive") },
  { "", "country", SF_TYPE_TEXT, "#country+code", N_ ("ISO 3166 code of two letters") },
  { "", "kind", SF_TYPE_TEXT, "#loc+type", N_ ("kind of place") },
  { "", "from", SF_TYPE_TEXT, "#loc+code+from", N_ ("one end of the road") },
  { "", "to", SF_TYPE_TEXT, "#loc+code+to", N_ ("the other end of the road") },
  { "", "mode", SF_TYPE_TEXT, "#access+mode", N_ ("how it is travelled") },
  { "", "km", SF_TYPE_GUESS, "#access+km+num", N_ ("length") },
  { "", "loaded_trucks_per_day", SF_TYPE_GUESS, "#access+trucks+num", N_ ("loaded trucks a day that set out on the road, both ways, mean over the run") },
  { "", "lost_count", SF_TYPE_GUESS, "#affected+trucks+lost+num", N_ ("trucks lost on the road over the run") },
  { "", "entered_trucks_per_day", SF_TYPE_GUESS, "#access+entered+num", N_ ("loaded trucks that enter, a day") },
  { "", "wait_h", SF_TYPE_GUESS, "#access+wait+num", N_ ("mean wait at the frontier of a truck that enters") },
  { "", "closed_days", SF_TYPE_GUESS, "#access+closed+num", N_ ("days that the road was closed") },
  { NULL, NULL, SF_TYPE_GUESS, NULL, NULL },
};

static const char *const tables[][2] = {
  { "metrics.csv", N_ ("one number a run: its band over replications, and the interval of its mean") },
  { "run-outs.csv", N_ ("the chance that the capital has run out by each day") },
  { "curves.csv", N_ ("day by day: median and band over replications") },
  { "weekly.csv", N_ ("week by week: flows, summed from Monday to Sunday") },
  { "events.csv", N_ ("what happened in replication 0") },
  { "assumptions.csv", N_ ("every number of the scenario, with what it rests on") },
  { "ledger.csv", N_ ("where the goods went; it must balance") },
  { "replications.csv", N_ ("how each replication ended") },
  { "causes.csv", N_ ("what drove the shortage: the run without each cause") },
  { "samples.csv", N_ ("the metrics, replication by replication") },
  { "compare.csv", N_ ("scenarios against the first, measure by measure") },
  { "differences.csv", N_ ("the same, replication by replication") },
  { "rank.csv", N_ ("scenarios, the best first") },
  { "runs.csv", N_ ("a sweep: one row a run") },
  { "points.csv", N_ ("a sweep: one row a point of its design") },
};

static const char *const measures[][2] = {
  { "served_frac", N_ ("share of the day's need that is served; 1 is all") },
  { "depot_stock", N_ ("stock of the depot, at noon") },
  { "station_stock", N_ ("stock of all stations or shops, at noon") },
  { "household_stock", N_ ("stock in tanks and at home, at noon") },
  { "cover_days", N_ ("days of cover: all stocks, divided by ordinary use") },
  { "stations_open_frac", N_ ("share of stations that have some, at noon") },
  { "purchase_frac", N_ ("sold by stations, of what was to be bought there") },
  { "received", N_ ("unloaded into the depot over the day") },
  { "entered_count", N_ ("loaded trucks that enter over the day") },
  { "entered_fuel_count", N_ ("loaded trucks with fuel that enter over the day") },
  { "entered_per_day", N_ ("loaded trucks that enter, a day") },
  { "waiting_count", N_ ("trucks that wait at the frontier, at noon") },
  { "waiting_fuel_count", N_ ("trucks with fuel that wait at the frontier, at noon") },
  { "lost_count", N_ ("trucks destroyed or seized") },
  { "convoys_count", N_ ("convoys of which a truck or more arrived") },
  { "imported_fuel", N_ ("liquid fuel from abroad, when it is unloaded") },
  { "shortage_start_day", N_ ("first day of the first shortage") },
  { "shortage_days_count", N_ ("days in all shortages of the run") },
  { "unmet", N_ ("need that is not served over the run") },
  { "stations_dry_day", N_ ("first day with fewer than one station in five open") },
  { "time_to_survive_days", N_ ("days from the shock to the first shortage") },
  { "time_to_recover_days", N_ ("days from the beginning of that shortage to its end") },
  { "resilience_loss_frac_days", N_ ("days of full service lost from the shock to the end") },
  { "worst_served_frac", N_ ("least share served over seven days on end") },
  { "person_days_without", N_ ("people times days without, by class; not to be added over classes") },
  { "cost_xof", N_ ("what levers cost, in CFA francs") },
  { "delivered_trucks_count", N_ ("loads unloaded at the destination") },
  { "loaded_trucks_per_day", N_ ("loaded trucks a day that set out on the road, both ways, mean over the run") },
  { "closed_days", N_ ("days that the road was closed") },
  { "attack_trucks_count", N_ ("trucks in the group or convoy that was met; empty: nobody came") },
  { "attack_lost_count", N_ ("trucks lost in that attack") },
  { "attack_day", N_ ("when the attack was, in days from the beginning") },
  { "entered_fuel_per_day", N_ ("loaded trucks with fuel that enter, a day") },
  { "arrived_fuel_count", N_ ("loaded trucks with fuel that reach the capital over the day") },
  { "lost_fuel_count", N_ ("trucks with fuel, or back from it, destroyed or seized") },
  { "convoys_arrived_count", N_ ("convoys of 25 trucks or more that reach the capital") },
  { "cleared_fuel", N_ ("imported fuel as customs count it") },
  { "resilience_loss_frac", N_ ("share of full service lost from the shock to the end") },
  { "served_gini_frac", N_ ("inequality of service between places (Gini): 0 is none") },
  { "wait_h", N_ ("mean wait of a truck before it is served or let go on") },
  { "system_h", N_ ("mean time of a truck from arrival to the end of service") },
  { "waiting_frac", N_ ("share of trucks that had to wait") },
  { "turned_away_frac", N_ ("share of trucks that found no room") },
  { "length_count", N_ ("trucks that wait or are served, mean over time") },
  { "served_count", N_ ("trucks served over the run") },
};

static const char *const units[][2] = {
  { "_trucks_per_day", N_ ("trucks a day") },
  { "_m3_per_day", N_ ("m3 a day") },
  { "_t_per_day", N_ ("t a day") },
  { "_h_per_day", N_ ("h a day") },
  { "_per_day", N_ ("a day") },
  { "_frac_days", N_ ("days") },
  { "_m3", N_ ("m3") },
  { "_t", N_ ("t") },
  { "_xof", N_ ("CFA francs") },
  { "_frac", N_ ("share, 0 to 1") },
  { "_prob", N_ ("chance, 0 to 1") },
  { "_count", N_ ("number") },
  { "_days", N_ ("days") },
  { "_day", N_ ("day, from 0") },
  { "_days_without", N_ ("person-days") },
  { "_km", N_ ("km") },
  { "_kmh", N_ ("km/h") },
  { "_h", N_ ("h") },
  { "_s", N_ ("s") },
  { "_deg", N_ ("degrees") },
};
/* clang-format on */

const SfMeaning *
sf_meaning_of (const char *table, const char *column)
{
  for (const SfMeaning *m = meanings; m->table; m++)
    if (strcmp (m->column, column) == 0
        && (!*m->table || strcmp (m->table, table) == 0))
      return m;
  return NULL;
}

const char *
sf_meaning_of_table (const char *table)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i][0], table) == 0)
      return tables[i][1];
  return NULL;
}

const char *
sf_meaning_of_measure (const char *measure)
{
  g_autofree char *stem = g_strdup (measure);
  if (g_str_has_suffix (stem, "_m3"))
    stem[strlen (stem) - 3] = '\0';
  else if (g_str_has_suffix (stem, "_t"))
    stem[strlen (stem) - 2] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (strcmp (measures[i][0], stem) == 0)
      return measures[i][1];
  return NULL;
}

const char *
sf_meaning_unit (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (name, units[i][0])
        || strcmp (name, units[i][0] + 1) == 0)
      return units[i][1];
  return "";
}
