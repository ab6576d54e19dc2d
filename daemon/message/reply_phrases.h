/* SPDX-License-Identifier: Apache-2.0 */
/* The words that an answer by reply may be made of, in both languages: in lower case, as typed_plain makes them. */
#pragma once
#include <stddef.h>

#include "plan/plan.h"
#include "protocol/event.h"

/* Lists of phrases, each ended by NULL. */
extern const char *const reply_fillers[]; /* that say nothing more: "det är", "åtgärd", "tack" */
extern const char *const reply_greetings[]; /* on a line of their own, with a name perhaps */
extern const char
	*const reply_done_by[]; /* before a day by which it will be done: "till", "klar senast" */
extern const char *const reply_forecasts[]; /* before an amount: "prognos" */
extern const char *const reply_achieved[];  /* the same: "effekt", "uppnått" */
extern const char *const reply_progress[];  /* before a per cent: "framdrift" */
extern const char *const reply_links[];	    /* between any of these and its value: "är", "blir" */
extern const char *const reply_of_per_cent[]; /* after less than 100 per cent: "40 % klart" */
extern const char
	*const reply_reservations[]; /* that turn what stands before them: "inte", "men" */

extern const char *const reply_asks[];	/* with which a question begins: "är", before … */
extern const char *const reply_asked[]; /* … "åtgärden", or an item: it is not answered then */

/* Bytes of the longest of the list that the text begins with, as whole words; 0: of none. */
size_t reply_phrase(const char *text, const char *const *list);
/* The same of one, and of the words for statuses: those of the languages, and many more. */
size_t reply_phrase_is(const char *text, const char *phrase);
size_t reply_phrase_status(const char *text, enum measure_status *ret);
/* Is the byte part of a word? */
bool reply_is_word(char c);
