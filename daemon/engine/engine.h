/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the engine's parts share: the plan in force, the ledger and its turn. The engine decides what
 * follows from events and from time passing; it opens no sockets and sends nothing.
 *
 * All changes happen inside the turn's open transaction. Functions return 0 or a negative errno of
 * the ledger (-ENOSPC, -EIO): the caller hands that to turn_fail, and nothing of the turn happened.
 */
#pragma once
#include "ledger/ledger.h"
#include "ledger/turn.h"
#include "plan/plan.h"

struct engine {
	struct plan *plan; /* a reference; NULL before the first plan_change_apply */
	struct ledger *ledger;
	struct ledger
		*marks;	   /* whose marks say who was asked, when the log is replayed; else NULL */
	int64_t replayed;  /* the seq there of the event that is being replayed */
	struct turn *turn; /* NULL for a reader of a snapshot */
};
