/* SPDX-License-Identifier: Apache-2.0 */
/* Why a request is not answered as it wished: the status of each, and its page. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "message/templates.h"
#include "plan/plan.h"

enum refusal {
	REFUSAL_NONE,
	REFUSAL_NOT_FOUND, /* 404: no such page, a token that is not ours, an item that is not there */
	REFUSAL_MALFORMED,	/* 400: not HTTP as it should be */
	REFUSAL_FORM,		/* 400: fields that are not those of the form */
	REFUSAL_FOREIGN,	/* 403: a form of another site */
	REFUSAL_METHOD,		/* 405 */
	REFUSAL_LATE,		/* 408 */
	REFUSAL_NO_LENGTH,	/* 411 */
	REFUSAL_TOO_LARGE,	/* 413 */
	REFUSAL_NOT_A_FORM,	/* 415 */
	REFUSAL_MISDIRECTED,	/* 421: for another host */
	REFUSAL_MANY,		/* 429: this address has its share of connections */
	REFUSAL_HEAD_TOO_LARGE, /* 431 */
	REFUSAL_BROKEN,		/* 500 */
	REFUSAL_BUSY,		/* 503: as many connections as may be */
	REFUSAL_NOT_STORED,	/* 503: the disk is full, or the store is in use */
	REFUSAL_FORGED,		/* in the log, of one that is answered as not found */
	REFUSALS,
};

unsigned refusal_status(enum refusal why);
/* "Bad Request" and so on. */
const char *refusal_phrase(enum refusal why);
/* For the log, as a clause; NULL when nothing is odd about it. */
const char *refusal_clause(enum refusal why);
/* Whoever is refused so may come again soon. */
bool refusal_passes(enum refusal why);

/* A page, written once. */
struct refusal_page {
	char *html;
	size_t length;
};
struct refusal_pages;

/* All of them in all languages. write_to: an address for who needs help, or NULL. 0 or a negative errno. */
int refusal_pages_new(struct refusal_pages **ret, const struct templates *templates,
		      const char *write_to);
struct refusal_pages *refusal_pages_free(struct refusal_pages *p);
const struct refusal_page *refusal_page(const struct refusal_pages *p, enum refusal why,
					enum language language);
