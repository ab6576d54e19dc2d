/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small facts about the store itself.
 */
#pragma once
#include "ledger/types.h"

enum meta {
	META_HOLD,	      /* "on" while nothing may leave */
	META_LAST_NOW,	      /* the daemon's clock, when last noted (µs) */
	META_PLAN_SEQ,	      /* log seq of the applied plan */
	META_INSTALLATION,    /* random id of this store, for Message-IDs */
	META_KIND,	      /* "rehearsal" or "real" */
	META_RETURN_KEY,      /* random, base64: what return tokens are signed with */
	META_RETURN_FROM,     /* number of the first message whose Message-ID has one */
	META_HOLD_SINCE,      /* when hold began (µs); "" when nobody was told of it */
	META_LAST_TOKEN,      /* the last that a daemon was given: daemons.h */
	META_COPIED,	      /* "yes" of a backup, until it is opened */
	META_WORDLESS_EVENTS, /* up to which seq, and which message, words were too old: retention */
	META_WORDLESS_MESSAGES,
	META_COUNT,
};
#define META_COPIED_NAME "copied" /* in the table */
#define META_MAX 64		  /* bytes of a value, its NUL included */
#define META_RETURN_KEY_BYTES 32  /* before base64 */
/* The value into out (size bytes), "" when never set. */
int ledger_meta(struct ledger *l, enum meta which, char *out, size_t size);
int ledger_set_meta(struct ledger *l, enum meta which, const char *value);
/* META_HOLD: may nothing leave? */
bool ledger_is_on_hold(struct ledger *l);
