/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger's rows are made of. */
#pragma once
#include "base/instant.h"
#include "ledger/field.h"
#include "plan/id.h"
#include "protocol/event.h"
#include "protocol/text.h"

struct ledger;

/* Of rows that the ledger numbers, from 1. 0 is none, where that is said. */
struct obligation_id {
	int64_t n;
};
struct message_id {
	int64_t n;
};
static inline struct obligation_id obligation_id(int64_t n)
{
	return (struct obligation_id){ n };
}
static inline struct message_id message_id(int64_t n)
{
	return (struct message_id){ n };
}

/* Where a store is. */
struct store_place {
	const char *at;		   /* a path, or as plan/store_url.h has it */
	const char *password_file; /* of a shared one, read at each connecting; or NULL */
	bool is_there;		   /* else it is not made */
	bool patient; /* of a shared one: what takes long is waited for, and a transaction may stand */
	bool accepts_loss; /* it is opened also when what was acknowledged is missing */
};
#define STORE_AT(at_) (&(const struct store_place){ .at = at_ })

/* Why a store was not opened, beside what the result says. */
struct store_refusal {
	int pid;	  /* in use: by this process; 0 when it can't be told */
	char reason[256]; /* what the database or the way to it has said, or is missing; "" */
};

#define ITEM_ID (ID_MAX + 12) /* a deadline's or occurrence's id and its NUL */
#define MEASURE_ID (ID_MAX + 1)
#define RECIPIENT_ID (ID_MAX + 9) /* a person's id, or "channel:NAME", and its NUL */
#define STEP_TEXT 24		  /* "-10wd", "+3wd" and its NUL */
