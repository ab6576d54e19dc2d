/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small facts about the store itself.
 */
#pragma once
#include "ledger/types.h"

enum fact {
	FACT_HOLD,	   /* "on" while nothing may leave */
	FACT_LAST_NOW,	   /* the daemon's clock, when last noted (µs) */
	FACT_PLAN_SEQ,	   /* log seq of the applied plan */
	FACT_INSTALLATION, /* random id of this store, for Message-IDs */
	FACTS,
};
#define FACT_MAX 64 /* bytes of a value, its NUL included */
/* The value into out (size bytes), "" when never set. */
int ledger_fact(struct ledger *l, enum fact fact, char *out, size_t size);
int ledger_set_fact(struct ledger *l, enum fact fact, const char *value);
/* FACT_HOLD: may nothing leave? */
bool ledger_is_on_hold(struct ledger *l);
