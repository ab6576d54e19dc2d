/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A body's own words for what is reported to it. The words of the languages are message/catalogue.c's;
 * those of a body come first where it has them.
 */
#pragma once

/* What a body may have a word for: the statuses in their order, what is said beside them, the lights. */
enum word {
	WORD_NOT_STARTED, /* WORD_NOT_STARTED + enum measure_status is the word of a status */
	WORD_ON_TRACK,
	WORD_AT_RISK,
	WORD_OFF_TRACK,
	WORD_DONE,
	WORD_CANCELLED,
	WORD_STRUCK,		 /* the body has struck it */
	WORD_DONE_BY_OWNER,	 /* done according to the owner; the body has not closed it */
	WORD_CANCELLED_BY_OWNER, /* cancelled likewise */
	WORD_NO_DATA,		 /* nothing was said */
	WORD_GREEN,
	WORD_YELLOW,
	WORD_RED,
	WORD_COUNT,
};
struct body_words {
	const char *text[WORD_COUNT]; /* NULL: the language's */
};
struct body;

/* "on-track", "done-by-owner" and so on, as the plan and a row say it. */
const char *word_name(enum word word);
/* The body's own; NULL: it has none, or there is no body. */
const char *body_word(const struct body *body, enum word word);
