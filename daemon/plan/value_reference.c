/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that name something else. All sections are registered before any is read, so that it is there,
 * unless a file could not be read that may have it: then nothing is said.
 */
#include "plan/value.h"

#include <stdio.h>
#include <string.h>

/* What is wrong with something that the plan does not have; nothing as long as a file is not read that
 * may have it. */
static const char *missing(const struct value *v, const char *sentence)
{
	return v->r->partial ? "" : sentence;
}

static bool matches_any(const struct plan *plan, const char *pattern)
{
	if (!strchr(pattern, '*'))
		return plan_measure(plan, measure_id(pattern));
	for (size_t i = 0; i < plan->measure_count; i++)
		if (*plan->measures[i].id.text && text_matches(pattern, plan->measures[i].id.text))
			return true;
	return false;
}

const char *read_pattern(struct value *v, const char *text, void *to)
{
	return matches_any(v->r->plan, text)
		       ? value_keep(v, text, to)
		       : missing(v, "matches no measure: correct it or add the measure");
}

/* Does the pattern match the id of any of those, each of which begins with where and its id? */
static bool matches_one(const char *pattern, const void *things, size_t count, size_t stride)
{
	for (size_t i = 0; i < count; i++) {
		const struct measure *thing =
			(const struct measure *)((const char *)things + i * stride);

		if (thing->id.text && *thing->id.text && text_matches(pattern, thing->id.text))
			return true;
	}
	return false;
}

const char *read_stewarded(struct value *v, const char *text, void *to)
{
	const struct plan *p = v->r->plan;

	return matches_any(p, text) ||
			       matches_one(text, p->deadlines, p->deadline_count,
					   sizeof(*p->deadlines)) ||
			       matches_one(text, p->bodies, p->body_count, sizeof(*p->bodies)) ||
			       matches_one(text, p->assignments, p->assignment_count,
					   sizeof(*p->assignments))
		       ? value_keep(v, text, to)
		       : missing(v,
				 "matches no measure, deadline, assignment or body: correct it, or "
				 "add what it is to match");
}

const char *value_name_body(struct value *v, const char *id, const struct body **ret)
{
	*ret = plan_body(v->r->plan, body_id(id));
	if (*ret)
		return NULL;
	snprintf(v->sentence, sizeof(v->sentence), "names a body that does not exist: %s",
		 text_excerpt(id).text);
	return missing(v, v->sentence);
}

static const char *refer(struct value *v, const void *thing, const char *section, void *to)
{
	*(const void **)to = thing;
	if (thing)
		return NULL;
	snprintf(v->sentence, sizeof(v->sentence), "is not among the %s", section);
	return v->sentence;
}

/* To something in a file of the plan. */
static const char *refer_plan(struct value *v, const void *thing, const char *section, void *to)
{
	const char *wrong = refer(v, thing, section, to);

	return wrong ? missing(v, wrong) : NULL;
}

const char *read_channel(struct value *v, const char *text, void *to)
{
	return refer(v, plan_channel(v->r->plan, text), "channels", to);
}

const char *read_ladder(struct value *v, const char *text, void *to)
{
	const struct index *index = &v->r->plan->private->indexes[SECTION_LADDERS];

	return refer(v, index_find(index, text), "ladders", to);
}

const char *read_body(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_body(v->r->plan, body_id(text)), "bodies", to);
}

const char *read_person(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_person(v->r->plan, person_id(text)), "people", to);
}

const char *read_assignment(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_assignment(v->r->plan, assignment_id(text)), "assignments", to);
}

const char *read_publisher(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_publisher(v->r->plan, text), "systems", to);
}

const char *read_target(struct value *v, const char *text, void *to)
{
	static const char *const words[] = { [TARGET_OWNER] = "owner",
					     [TARGET_DEPUTY] = "deputy",
					     [TARGET_MANAGER] = "manager",
					     [TARGET_RESPONSIBLE] = "responsible" };
	const bool concerned = v->field->min; /* inform names people, roles and channels alone */
	struct target *target = to;

	*target = (struct target){ .kind = TARGET_PERSON };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i], text) != 0)
			continue;
		target->kind = (enum target_kind)i;
		return concerned
			       ? "is for steps and alerts: name a person, role:NAME or channel:NAME"
			       : NULL;
	}
	if (strncmp(text, "channel:", 8) == 0) {
		target->kind = TARGET_CHANNEL;
		if (strcmp(text + 8, "mail") == 0)
			return "names no mailbox: name a person";
		return refer(v, plan_channel(v->r->plan, text + 8), "channels", &target->channel);
	}
	if (strncmp(text, "role:", 5) == 0) {
		target->kind = TARGET_ROLE;
		value_keep(v, text + 5, &target->role);
		return plan_role(v->r->plan, target->role)
			       ? NULL
			       : missing(v, "reaches nobody: no person has the role");
	}
	return refer_plan(v, plan_person(v->r->plan, person_id(text)), "people", &target->person);
}
