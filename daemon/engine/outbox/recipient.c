/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A list of recipients holds each at most once, in the order in which they were named first, so that
 * one person who is both manager and support gets one message. Lists are short (a handful), hence
 * the linear search; the cap keeps a role with thousands of holders from costing more than it tells.
 */
#include "engine/outbox/recipient.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

#define CHANNEL_PREFIX "channel:"

/* False when there is no room for it: the rest is left out then, and that is logged once. */
static bool add(struct recipient_list *list, struct recipient one)
{
	for (size_t i = 0; i < list->count; i++)
		if (recipient_same(list->list[i], one))
			return true;
	if (list->count == RECIPIENTS_MAX) {
		log_warning("more than %d recipients of one message: the rest are left out",
			    RECIPIENTS_MAX);
		return false;
	}
	list->list[list->count++] = one;
	return true;
}

void recipient_add_one(struct recipient_list *list, struct recipient one)
{
	add(list, one);
}

static void add_person(struct recipient_list *list, const struct person *person)
{
	if (person)
		recipient_add_one(list, (struct recipient){ .person = person });
}

/* Does anybody hold it? */
static bool add_role(struct recipient_list *list, const struct plan *plan, const char *name)
{
	const struct role_holders *role = plan_role(plan, name);
	bool room = true;

	for (size_t i = 0; role && room && i < role->count; i++)
		room = add(list, (struct recipient){ .person = role->people[i] });
	return role;
}

void recipient_add(struct recipient_list *list, const struct plan *plan,
		   const struct target *targets, size_t count,
		   const struct recipient_context *context)
{
	const struct person *owes = context->owes;

	for (const struct target *t = targets; t < targets + count; t++)
		switch (t->kind) {
		case TARGET_OWNER:
			add_person(list, owes);
			break;
		case TARGET_DEPUTY:
			add_person(list, owes ? owes->deputy : NULL);
			break;
		case TARGET_MANAGER:
			add_person(list, owes ? owes->manager : NULL);
			break;
		case TARGET_RESPONSIBLE:
			add_person(list, context->responsible);
			break;
		case TARGET_ROLE:
			add_role(list, plan, t->role);
			break;
		case TARGET_PERSON:
			add_person(list, t->person);
			break;
		case TARGET_CHANNEL:
			recipient_add_one(list, (struct recipient){ .channel = t->channel });
			break;
		}
}

void recipient_add_role(struct recipient_list *list, const struct plan *plan, const char *role)
{
	add_role(list, plan, role);
}

void recipient_add_support(struct recipient_list *list, const struct plan *plan)
{
	if (!add_role(list, plan, "support") && !add_role(list, plan, "steward"))
		log_warning("nobody holds the role support: nobody can be told");
}

void recipient_add_stewards(struct recipient_list *list, const struct plan *plan)
{
	if (!add_role(list, plan, "steward"))
		recipient_add_support(list, plan);
}

const struct person *person_of_source(const struct plan *plan, const char *source)
{
	static const char people[] = "/people/";

	return strncmp(source, people, strlen(people)) == 0
		       ? plan_person(plan, person_id(source + strlen(people)))
		       : NULL;
}

struct recipient_id recipient_id_of(struct recipient r, char out[static RECIPIENT_ID])
{
	if (r.person)
		snprintf(out, RECIPIENT_ID, "%s", r.person->id.text);
	else if (r.channel)
		snprintf(out, RECIPIENT_ID, CHANNEL_PREFIX "%s", r.channel->name);
	else
		out[0] = '\0';
	return recipient_id(out);
}

bool recipient_find(const struct plan *plan, struct recipient_id id, struct recipient *ret)
{
	size_t prefix = strlen(CHANNEL_PREFIX);
	struct recipient r = { 0 };

	if (strncmp(id.text, CHANNEL_PREFIX, prefix) == 0)
		r.channel = plan_channel(plan, id.text + prefix);
	else
		r.person = plan_person(plan, person_id(id.text));
	if (!r.person && !r.channel)
		return false;
	*ret = r;
	return true;
}
