/* SPDX-License-Identifier: Apache-2.0 */
/* Who a target of a step, alert or inform list is. */
#pragma once
#include "ledger/ledger.h"
#include "plan/plan.h"

/* A person, or a channel of its own; exactly one is set. */
struct recipient {
	const struct person *person;
	const struct channel *channel;
};
static inline bool recipient_same(struct recipient a, struct recipient b)
{
	return a.person == b.person && a.channel == b.channel;
}

#define RECIPIENTS_MAX 512 /* of one list: the rest of a larger one is left out, and logged */

struct recipient_list {
	struct recipient list[RECIPIENTS_MAX];
	size_t count;
};

/* What the targets are about: whose manager, whose deputy. Each may be NULL. */
struct recipient_context {
	const struct person *owes;	  /* whoever owes the answer */
	const struct person *responsible; /* of the deadline */
};

/* Add who the targets are, each once, in the targets' order. */
void recipient_add(struct recipient_list *list, const struct plan *plan,
		   const struct target *targets, size_t count,
		   const struct recipient_context *context);
void recipient_add_one(struct recipient_list *list, struct recipient one);
/* Everyone with the role; nobody, if none has it. */
void recipient_add_role(struct recipient_list *list, const struct plan *plan, const char *role);
/* The support function: everyone with the role "support", else everyone with the role "steward". */
void recipient_add_support(struct recipient_list *list, const struct plan *plan);
/* Those who keep the service: the other way round. */
void recipient_add_stewards(struct recipient_list *list, const struct plan *plan);

/* The person whose events have this source, "/people/ID"; NULL: it is nobody's in the plan. */
const struct person *person_of_source(const struct plan *plan, const char *source);
/* A person's id or "channel:NAME" ("" for nobody), into out. Returns out. */
struct recipient_id recipient_id_of(struct recipient r, char out[static RECIPIENT_ID]);
/* Back from the id; false when the plan no longer has it. */
bool recipient_find(const struct plan *plan, struct recipient_id id, struct recipient *ret);
