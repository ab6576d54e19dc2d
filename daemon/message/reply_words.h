/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does the first line of a person's reply read as an answer, and as which? It is one only if all of it is
 * understood, up to its sentence's end: a line that is read half is none, and neither is a question or a
 * negation. What it comes to is proposed to who wrote it, and recorded when they say so.
 *
 *	"Klar, prognos 1,2 mnkr"	"HSN-03: försenad till 3 juni, 40 %"	"On track, forecast 3m"
 */
#pragma once
#include "message/typed_value.h"
#include "protocol/event.h"

struct reply_reading {
	enum language
		language; /* of who wrote it: which decimal mark, which order of day and month */
	struct civil_date today;
	const char *const *items; /* the ids of measures and deadlines that it may name */
	size_t item_count;
	const struct body_words *const *own; /* of the bodies that it is about */
	size_t own_count;
};
struct reply_words {
	enum measure_status status;
	struct optional progress, effect_achieved, effect_forecast;
	struct civil_date done_forecast; /* CIVIL_NONE: not said */
};

/* What the text, of lines and without what it quotes, answers; false, with *ret untouched: it is no answer. */
bool reply_words_read(const char *text, const struct reply_reading *reading,
		      struct reply_words *ret);
/* Does the text name the item, whatever its case? The id of a series names each of its occurrences. */
bool reply_names(const char *text, const char *item);
