/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that name something else. All sections are registered before any is read, so that it is there,
 * unless a file could not be read that may have it: then nothing is said.
 */
#include "plan/value.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

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

/* What is named, and the keys by which people would name it instead of by its id. */
static const struct {
	const char *thing, *whom, *section, *keys[2];
} called[] = {
	[SECTION_BODIES] = { "body", "which", "bodies", { "name" } },
	[SECTION_PEOPLE] = { "person", "whom", "people", { "name", "mail" } },
	[SECTION_SYSTEMS] = { "system", "which", "systems", { NULL } },
	[SECTION_ASSIGNMENTS] = { "assignment", "which", "assignments", { "title" } },
};

static bool is_called(const config_setting_t *group, enum section section, const char *text,
		      const char *id)
{
	const char *other;

	if (strcasecmp(id, text) == 0)
		return true;
	for (size_t i = 0; i < 2 && called[section].keys[i]; i++)
		if (config_setting_lookup_string(group, called[section].keys[i], &other) &&
		    strcasecmp(other, text) == 0)
			return true;
	return false;
}

/* The ids of the first two in the section that the text names, by name, address or an id in other letters; how many
 * there are, up to 2. They may stand further on in the files, so it looks into these. */
static size_t ids_called(const struct value *v, enum section section, const char *text,
			 const char *ret_ids[static 2])
{
	size_t count = 0;

	for (size_t s = 0; s < v->r->plan->private->source_count; s++) {
		const config_setting_t *list =
			v->r->open[s].parsed
				? config_lookup(&v->r->open[s].config, called[section].section)
				: NULL;

		for (unsigned i = 0; list && i < (unsigned)config_setting_length(list); i++) {
			const config_setting_t *group = config_setting_get_elem(list, i);
			const char *id;

			if (count < 2 && config_setting_is_group(group) &&
			    config_setting_lookup_string(group, "id", &id) && text_is_id(id) &&
			    is_called(group, section, text, id))
				ret_ids[count++] = id;
		}
	}
	return count;
}

/* Whoever types a name where an id is wanted is told the id. NULL: it names nothing by any word. */
static const char *called_otherwise(struct value *v, enum section section, const char *text)
{
	const char *ids[2];
	const size_t count = ids_called(v, section, text, ids);

	if (count == 0)
		return NULL;
	if (count == 1)
		snprintf(v->sentence, sizeof(v->sentence),
			 "is not an id: write that of the %s meant, %s", called[section].thing,
			 ids[0]);
	else
		snprintf(v->sentence, sizeof(v->sentence),
			 "is not an id, and %s and %s are called so: write that of one", ids[0],
			 ids[1]);
	return v->sentence;
}

const char *value_name_body(struct value *v, const char *id, const struct body **ret)
{
	const char *ids[2];
	size_t count;

	*ret = plan_body(v->r->plan, body_id(id));
	if (*ret)
		return NULL;
	count = ids_called(v, SECTION_BODIES, id, ids);
	snprintf(v->sentence, sizeof(v->sentence), "names a body that does not exist: %s%s%s",
		 text_excerpt(id).text, count == 1 ? ", whose id is " : "",
		 count == 1 ? ids[0] : "");
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

/* To something in a file of the plan: an id that is there, or an example of one is told. */
static const char *refer_plan(struct value *v, const void *thing, enum section section,
			      const char *text, void *to)
{
	const struct index *index = &v->r->plan->private->indexes[section];
	const char *otherwise = thing ? NULL : called_otherwise(v, section, text), *wrong;

	*(const void **)to = thing;
	if (thing || otherwise)
		return otherwise;
	wrong = refer(v, thing, called[section].section, to);
	if (!text_is_id(text) && index->count && *index_at(index, 0)->id)
		snprintf(v->sentence, sizeof(v->sentence),
			 "is not among the %s, %s their ids name, such as %s",
			 called[section].section, called[section].whom, index_at(index, 0)->id);
	return missing(v, wrong);
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
	return refer_plan(v, plan_body(v->r->plan, body_id(text)), SECTION_BODIES, text, to);
}

const char *read_person(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_person(v->r->plan, person_id(text)), SECTION_PEOPLE, text, to);
}

const char *read_assignment(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_assignment(v->r->plan, assignment_id(text)), SECTION_ASSIGNMENTS,
			  text, to);
}

const char *read_publisher(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_publisher(v->r->plan, text), SECTION_SYSTEMS, text, to);
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
	return refer_plan(v, plan_person(v->r->plan, person_id(text)), SECTION_PEOPLE, text,
			  &target->person);
}
