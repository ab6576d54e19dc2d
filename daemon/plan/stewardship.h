/* SPDX-License-Identifier: Apache-2.0 */
/* What a steward is a steward of: everything, or what `steward_of` names of measures, deadlines, assignments and bodies. */
#pragma once
#include "plan/plan.h"

bool steward_is(const struct person *person);
/* A steward of something, and not of everything. */
bool steward_is_narrow(const struct person *person);
/*
 * Is this theirs, of a narrow one? item: the id of a measure, deadline or one of its occurrences, assignment or body
 * that a pattern matches; or of a person who owns such a measure, or is responsible for such a deadline. NULL and "" are
 * nobody's.
 */
bool steward_covers(const struct plan *plan, const struct person *steward, const char *item);
