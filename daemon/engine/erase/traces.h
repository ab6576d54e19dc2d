/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody's name, address and words, looked for in texts and replaced there. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum trace_kind {
	TRACE_NAME, /* whole words; what follows one of several words may be an ending, as in "Anna Eks" */
	TRACE_ADDRESS, /* a whole one: neither the end of a longer one, nor the beginning */
	TRACE_WORDS,   /* wherever it stands */
};
/* What is to be looked for; of: of TRACE_WORDS, what they were said of, or NULL. */
struct wanted {
	enum trace_kind kind;
	const char *what, *by, *of;
};
/* The same, its texts on the heap. */
struct trace {
	char *what;  /* in small letters */
	char *exact; /* a name of one word, which is a word of the language or an id otherwise: as it is written; or NULL */
	char *by;    /* what takes its place */
	enum trace_kind kind;
	char *of; /* of TRACE_WORDS: what they were said of; or NULL */
};
struct traces {
	struct trace *list;
	size_t count, room;
};
/* What is looked for at once. */
struct trace_list {
	const struct trace *list;
	size_t count;
	bool grows; /* may a text become longer? Else its end goes, since how long it may be is limited */
};
/* What is there already, or would be replaced by itself, is not added. 0 or -ENOMEM. */
int traces_add(struct traces *t, const struct wanted *one);
void traces_done(struct traces *t);

/*
 * Where the first stands in the text, capital letters or not, and whatever blanks and line ends part its words; NULL:
 * none does, or *ret_error is -ENOMEM.
 */
const char *trace_find(struct trace_list of, const char *text, int *ret_error);
/* The text with all of them replaced, in *ret: 1. 0: none stands in it; or -ENOMEM. */
int trace_replace(struct trace_list of, const char *text, char **ret);
/* In all strings of a JSON value, but for the names of members: 1 when one was changed, 0 or -ENOMEM. */
int trace_replace_json(struct trace_list of, json_t *json);
