/* SPDX-License-Identifier: Apache-2.0 */
/* The last day of an absence, as an automatic reply tells of it in Swedish or English. Pure. */
#pragma once
#include "protocol/civil.h"

/*
 * Only what can't be mistaken: "till och med 15 juni", "through June 15", or the day on which they are back,
 * "åter måndag 16 juni", "back on 16 June"; one such day in all the text, from `today`, when it came, to a year ahead.
 * A day without its year is the next of that name, or none when the last one is at most 90 days past. CIVIL_NONE: the
 * text does not say so; "till 15 juni" doesn't.
 */
struct civil_date away_until(const char *text, struct civil_date today);
