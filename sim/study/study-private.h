/* study-private.h - the reader of a study file. SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim/scenario/reader.h"
#include "sim/study/study.h"

typedef struct {
  SfReader reader;
  SfStudy *study;
  const SfModelInfo *const *models;
} SfStudyJob;

/* Rows of the tables that make a study. */
extern const SfParam sf_study_top_params[], sf_study_budget_params[],
    sf_study_factor_params[], sf_study_design_params[], sf_study_rule_params[];

/* Copies a text into the study's keeping. */
const char *sf_study_keep (SfStudy *study, char *text);

/* Reads "factors", after the scenario was read. */
void sf_study_read_factors (SfStudyJob *job);

/* Reads "design" and "constraints", which speak of factors. */
void sf_study_read_design (SfStudyJob *job);

/* Fills study->inputs. */
void sf_study_take_inputs (SfStudyJob *job);
