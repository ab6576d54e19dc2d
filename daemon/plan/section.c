/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sections: lists of groups of one kind, spread over the files. A section is registered as a
 * whole before anything is read, so that a reference may name what stands further on, and its things
 * are indexed by id. Things keep the order of the files.
 */
#include <string.h>

#include "plan/reader.h"

#define PLAN(array_, count_) offsetof(struct plan, array_), offsetof(struct plan, count_)

static const struct {
	const char *key, *id; /* id: the key that names a thing, NULL when nothing does */
	size_t size;
	size_t at, count; /* where in the plan */
} sections[SECTIONS] = {
	[SECTION_CHANNELS] = { "channels", "name", sizeof(struct channel),
			       PLAN(channels, channel_count) },
	[SECTION_ALERTS] = { "alerts", NULL, sizeof(struct alert), PLAN(alerts, alert_count) },
	[SECTION_LADDERS] = { "ladders", "name", sizeof(struct ladder),
			      PLAN(ladders, ladder_count) },
	[SECTION_BODIES] = { "bodies", "id", sizeof(struct body), PLAN(bodies, body_count) },
	[SECTION_MEETINGS] = { "meetings", NULL, sizeof(struct meeting),
			       PLAN(meetings, meeting_count) },
	[SECTION_PEOPLE] = { "people", "id", sizeof(struct person), PLAN(people, person_count) },
	[SECTION_SYSTEMS] = { "systems", "id", sizeof(struct publisher),
			      PLAN(publishers, publisher_count) },
	[SECTION_MEASURES] = { "measures", "id", sizeof(struct measure),
			       PLAN(measures, measure_count) },
	[SECTION_DEADLINES] = { "deadlines", "id", sizeof(struct deadline),
				PLAN(deadlines, deadline_count) },
	[SECTION_ASSIGNMENTS] = { "assignments", "id", sizeof(struct assignment),
				  PLAN(assignments, assignment_count) },
	[SECTION_PERIODS] = { "periods", NULL, sizeof(struct period), PLAN(periods, period_count) },
	[SECTION_REQUIREMENTS] = { "requirements", NULL, sizeof(struct requirement),
				   PLAN(requirements, requirement_count) },
};

/* All that is found by id begins alike. */
#define BEGINS_NAMED(type_, id_)                                                     \
	_Static_assert(offsetof(type_, where) == offsetof(struct named, where) &&    \
			       offsetof(type_, id_) == offsetof(struct named, id) && \
			       sizeof(((type_ *)0)->id_) == sizeof(const char *),    \
		       "begins with where and id, which is a pointer, be it of a type of its own")
BEGINS_NAMED(struct channel, name);
BEGINS_NAMED(struct ladder, name);
BEGINS_NAMED(struct body, id);
BEGINS_NAMED(struct person, id);
BEGINS_NAMED(struct publisher, id);
BEGINS_NAMED(struct measure, id);
BEGINS_NAMED(struct deadline, id);
BEGINS_NAMED(struct assignment, id);
BEGINS_NAMED(struct key_holder, key);
BEGINS_NAMED(struct role_holders, name);

/* Measures, deadlines and assignments share one namespace; the sections are indexed in that order. */
static const struct named *find_same(const struct plan *plan, enum section section, const char *id)
{
	const struct index *indexes = plan->private->indexes;
	const struct named *same = index_find(&indexes[section], id);

	for (enum section s = SECTION_MEASURES; !same && s < section; s++)
		same = index_find(&indexes[s], id);
	return same;
}

void index_allocate(struct reader *r, struct index *index, const void *things, size_t count,
		    size_t stride)
{
	size_t slots = 8;

	while (slots < 2 * count)
		slots *= 2;
	*index = (struct index){
		.things = things, .stride = stride, .count = count, .mask = slots - 1
	};
	index->slots = reader_alloc(r, slots, sizeof(*index->slots));
}

static void build_index(struct reader *r, enum section section, const char *things, size_t count)
{
	struct index *index = &r->plan->private->indexes[section];

	index_allocate(r, index, things, count, sections[section].size);
	for (size_t i = 0; i < count; i++) {
		const struct named *named = index_at(index, i), *same;

		if (!*named->id)
			continue;
		same = find_same(r->plan, section, named->id);
		if (!same)
			index_add(index, i);
		else if (section == SECTION_CHANNELS && same == index_at(index, 0))
			fault(r, named->where,
			      "the channel \"%s\" is built in: choose another name", named->id);
		else
			fault(r, named->where,
			      "\"%s\" is there twice: the first is at %s:%u. Call one of the two "
			      "something else",
			      named->id, same->where.file, same->where.line);
	}
}

/* The n-th list of a section, or NULL when there are no more; r->source is moved to its file. */
static config_setting_t *next_list(struct reader *r, enum section section, bool first)
{
	const bool main = section <= SECTION_LADDERS;
	const size_t end = main ? 1 : r->plan->private->source_count;

	for (r->source = first ? !main : r->source + 1; r->source < end; r->source++) {
		config_setting_t *root = config_root_setting(&r->open[r->source].config);
		config_setting_t *list = config_setting_get_member(root, sections[section].key);

		if (list && config_setting_is_list(list))
			return list;
	}
	r->source = 0;
	return NULL;
}

static void register_thing(struct reader *r, enum section section, config_setting_t *group,
			   struct named *named)
{
	const char *id = NULL;

	named->where = where_of(r, group);
	if (!sections[section].id)
		return;
	config_setting_lookup_string(group, sections[section].id, &id);
	named->id = id && text_is_id(id) ? reader_text(r, id, strlen(id)) : "";
}

void register_section(struct reader *r, enum section section)
{
	const size_t size = sections[section].size;
	const size_t built_in = section == SECTION_CHANNELS;
	config_setting_t *list, *group;
	size_t count = built_in, n = built_in;
	char *things;

	for (list = next_list(r, section, true); list; list = next_list(r, section, false))
		count += (size_t)config_setting_length(list);
	things = reader_alloc(r, count, size);
	if (built_in)
		*(struct channel *)(void *)things =
			(struct channel){ .where = { r->plan->private->sources[0].name, 1 },
					  .name = "mail",
					  .type = CHANNEL_MAIL };
	for (list = next_list(r, section, true); list; list = next_list(r, section, false))
		for (unsigned i = 0; (group = config_setting_get_elem(list, i)); i++)
			if (config_setting_is_group(group))
				register_thing(r, section, group,
					       (struct named *)(void *)(things + n++ * size));
	memcpy((char *)r->plan + sections[section].at, &things, sizeof(things));
	memcpy((char *)r->plan + sections[section].count, &n, sizeof(n));
	if (sections[section].id)
		build_index(r, section, things, n);
}

void read_section(struct reader *r, enum section section, read_thing *read)
{
	config_setting_t *list, *group;
	char *thing;

	memcpy(&thing, (char *)r->plan + sections[section].at, sizeof(thing));
	if (section == SECTION_CHANNELS)
		thing += sections[section].size;
	for (list = next_list(r, section, true); list; list = next_list(r, section, false)) {
		for (unsigned i = 0; (group = config_setting_get_elem(list, i)); i++) {
			if (!config_setting_is_group(group))
				continue;
			read(r, group, thing);
			thing += sections[section].size;
		}
	}
}
