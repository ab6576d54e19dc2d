/* SPDX-License-Identifier: Apache-2.0 */
/* What messages are about, in words, once for what several have in common. All of it is written to a stream, whose
 * errors are the caller's. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* A group's `of` (protocol/forecast_groups.h), and where its phrases go. */
struct forecast_phrase {
	const json_t *of;
	FILE *out;
	bool cut;	 /* measures were left out */
	bool *explained; /* has the step 0 been, once in a forecast? */
};

/* ", RS-58 and LAGE (-2wd)"; ", RS-58 (0) and RS-LOP (-5wd)"; of measures by themselves nothing. */
void forecast_put_heading(struct forecast_phrase *p);
/* A message below such a heading, by the measures of each that it is about: "RS-58 itself and HSN-1"; "HSN-1, HSN-2";
 * "all 14 measures"; "RS-58 HSN-1; LAGE HSN-2". */
void forecast_put_member(struct forecast_phrase *p, const json_t *lists);
/* One without a heading: "RS-58 HSN-1 (-10wd), LAGE HSN-2 (0)"; "RS-58 and LAGE HSN-1 (-2wd)". */
void forecast_put_whole(struct forecast_phrase *p, const json_t *lists);

/* Is all of it at the same step, or without any? */
bool forecast_one_step(const json_t *of);
/* "+3wd, third time", of an item; and " (+3wd, third time)", " (0, the last working day)", of what has a step. */
void forecast_put_step(FILE *out, const json_t *item);
void forecast_put_step_of(struct forecast_phrase *p, const json_t *about);
/* "9 reminders", "reminder", "2 moved messages" */
void forecast_put_kind(FILE *out, const char *kind, size_t count);
/* What leads to the i-th of so many: "a, b and c". */
const char *forecast_joint(size_t i, size_t count);
