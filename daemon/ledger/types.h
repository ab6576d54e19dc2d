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

#define ITEM_ID (ID_MAX + 12) /* a deadline's or occurrence's id and its NUL */
#define MEASURE_ID (ID_MAX + 1)
#define RECIPIENT_ID (ID_MAX + 9) /* a person's id, or "channel:NAME", and its NUL */
#define STEP_TEXT 24		  /* "-10wd", "+3wd" and its NUL */
