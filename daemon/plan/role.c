/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Roles: who holds each. A role is not written anywhere but at the people who hold it, so the roles
 * are collected from them once, when all people are read. A step to "role:support" would otherwise
 * ask every person of the plan at every firing.
 */
#include "plan/reader.h"

/* The role of that name among the roles, to be written to. NULL when there is none yet. */
static struct role_holders *find(struct reader *r, struct role_holders *roles, const char *name)
{
	const struct role_holders *role = plan_role(r->plan, name);

	return role ? roles + (role - roles) : NULL;
}

static void add_holder(struct reader *r, const struct person *person, const char *name,
		       struct role_holders *roles, size_t *ret_count)
{
	struct role_holders *role = find(r, roles, name);

	if (!role) {
		role = &roles[*ret_count];
		*role = (struct role_holders){ .where = person->where, .name = name };
		index_add(&r->plan->private->roles, (*ret_count)++);
	}
	role->count++;
}

/* Give each role its part of one array, empty as yet. */
static void divide(struct reader *r, struct role_holders *roles, size_t count, size_t all)
{
	const struct person **next = reader_alloc(r, all, sizeof(*next));

	for (size_t i = 0; i < count; i++) {
		roles[i].people = next;
		next += roles[i].count;
		roles[i].count = 0;
	}
}

void read_roles(struct reader *r)
{
	const struct plan *plan = r->plan;
	size_t all = 0, count = 0;
	struct role_holders *roles;

	for (size_t i = 0; i < plan->person_count; i++)
		all += plan->people[i].role_count;
	roles = reader_alloc(r, all, sizeof(*roles));
	index_allocate(r, &plan->private->roles, roles, all, sizeof(*roles));
	for (size_t i = 0; i < plan->person_count; i++)
		for (size_t j = 0; j < plan->people[i].role_count; j++)
			add_holder(r, &plan->people[i], plan->people[i].roles[j], roles, &count);
	divide(r, roles, count, all);
	for (size_t i = 0; i < plan->person_count; i++)
		for (size_t j = 0; j < plan->people[i].role_count; j++) {
			struct role_holders *role = find(r, roles, plan->people[i].roles[j]);

			role->people[role->count++] = &plan->people[i];
		}
}

const struct role_holders *plan_role(const struct plan *plan, const char *name)
{
	return index_find(&plan->private->roles, name);
}
