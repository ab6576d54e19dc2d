/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people type, as values: amounts, per cent, dates and texts, in the ways that Swedish and British
 * officials write them. Nothing is guessed: what can be read in two ways is refused, with its own fault.
 * FAULT_NONE and ret, else the fault and ret as it was. Blank text is for the caller.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message/page.h"
#include "plan/plan.h"
#include "protocol/civil.h"

/*
 * Whole kronor. Signs: + - and the minus and dash characters; thousands in groups by spaces of any
 * width, points, commas or apostrophes; a unit: kr, SEK, tkr, mnkr, "miljoner", "thousand", ….
 *
 *	"1 250 000"  "1.250.000"  "1,250,000 kr"  "1250000:-"  "1,25 mnkr"  "850 tkr"  "−3 mnkr"
 *
 * One point or comma before three digits parts thousands in kronor where the language has it so ("1.250",
 * in English "1,250"); as the language's decimal mark, and with a unit ("1,250 mnkr"), it is ambiguous.
 */
enum page_fault typed_amount(const char *text, enum language language, int64_t *ret);
/* "40", "40 %", "40 procent": 0-100. */
enum page_fault typed_percent(const char *text, int64_t *ret);
/*
 * "2026-05-13", "20260513", "13 maj", "13 May 2026", "ons 13 maj", "13/5", "13/5 2026". Without a year it is
 * the next such day from today on, or one that passed in the last 90 days. A weekday must be the date's; alone
 * it is the next of its name, today included. "5/6" is 5 June in Swedish, and ambiguous in English.
 */
enum page_fault typed_date(const char *text, enum language language, struct civil_date today,
			   struct civil_date *ret);

/*
 * A text as it is compared: in lower case, one kind of space, dash and apostrophe, single spaces and none at its
 * ends, nothing that can't be seen. False: there is no room for it, or it is no UTF-8.
 */
bool typed_plain(const char *text, char *out, size_t size);
/*
 * A text made clean, of several lines or of one: line ends of any kind become line feeds, or spaces in a line;
 * blanks at its ends, controls and, in a line, characters that turn the direction of text go. New text in
 * *ret, NULL when nothing is left; *ret_length as events count it: characters, of a line bytes. 0 or -ENOMEM.
 */
int typed_text(const char *text, bool lines, char **ret, size_t *ret_length);
