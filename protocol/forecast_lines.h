/* SPDX-License-Identifier: Apache-2.0 */
/* A forecast as people read it: each thing told once. */
#pragma once
#include <jansson.h>

/*
 * Lines for the rows of a forecast ({when,to,channel,kind,items}, in order of time), in their order. One that has `text`
 * is of an instant; messages that differ in what they ask of whom are counted in it, and are lines of their own below it:
 *
 *	{ when: "…", text: "9 reminders, RS-58 (-10wd)" }
 *	{ to: "stod", items: "RS-58 itself" }
 *	{ to: "akut", items: "HSN-1, HSN-2" }
 *	{ when: "…", text: "the same 9 reminders, RS-58 (-5wd)", short: true }
 *	{ when: "…", text: "escalation to dir: all 14 measures of RS-58 (+1wd)", short: true }
 *
 * `short`: it leaves out what a line before or the rows themselves have. Text is as the rows have it, and not made fit
 * for a terminal. A new reference; NULL when out of memory.
 */
json_t *forecast_lines(const json_t *rows);

/* "+3wd"; "+3wd, third time": the step of an item, or of a decision on it. The caller frees it; NULL when out of
 * memory. */
char *forecast_step(const json_t *item);
