/* SPDX-License-Identifier: Apache-2.0 */
/* What was sent of each thing on the list. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "web/mine_inside.h"

enum form_action mine_action(const struct asked *a)
{
	return a->measure ? FORM_REPORT : FORM_HAND_IN;
}

/* The number that an obligation has in the form; 0: it is not there. */
static unsigned number_in(const struct fields *fields, struct obligation_id id)
{
	static const char item[] = "item.";
	char wanted[24];

	snprintf(wanted, sizeof(wanted), "%lld", (long long)id.n);
	for (size_t i = 0; i < fields->count; i++)
		if (strncmp(fields->list[i].name, item, strlen(item)) == 0 &&
		    strcmp(fields->list[i].value, wanted) == 0)
			return (unsigned)atoi(fields->list[i].name + strlen(item));
	return 0;
}

int mine_read(struct mine *m)
{
	const struct fields *fields = &exchange_request(m->x)->fields;
	const char *send = fields_value(fields, "send");

	m->parts = calloc(m->list.count + 1, sizeof(*m->parts));
	if (!m->parts)
		return -ENOMEM;
	for (size_t i = 0; i < m->list.count; i++) {
		struct mine_part *p = &m->parts[i];

		p->asked = &m->list.list[i];
		p->number = number_in(fields, p->asked->o.id);
		if (p->number == 0)
			continue;
		form_read(&p->form, fields, p->number);
		p->sent = form_is_filled(&p->form, mine_action(p->asked));
		p->chosen = send && (strcmp(send, "all") == 0 ? p->sent
							      : (unsigned)atoi(send) == p->number);
	}
	return 0;
}

size_t mine_chosen(const struct mine *m)
{
	size_t count = 0;

	for (size_t i = 0; i < m->list.count; i++)
		count += m->parts[i].chosen;
	return count;
}

int mine_check_part(const struct mine *m, const struct asked *a, struct form *form)
{
	return form_check(form, &(struct form_question){ .action = mine_action(a),
							 .language = m->to.language,
							 .require = a->deadline->require,
							 .today = zone_date(m->to.now) });
}

/*
 * Two deadlines may ask for one measure. Its reports would be two events, of which the second takes the place of
 * the first: with other words it would have undone silently what was said in the same click.
 */
static int join_part(struct mine *m, struct mine_part *second)
{
	for (struct mine_part *p = m->parts; p < second; p++)
		if (p->chosen && !p->with && p->asked->measure &&
		    p->asked->measure == second->asked->measure) {
			second->with = p;
			return form_join(&p->form, &second->form);
		}
	return 0;
}

int mine_check(struct mine *m)
{
	int faults = 0, joined = 0, r = 0;

	for (size_t i = 0; r >= 0 && i < m->list.count; i++) {
		struct mine_part *p = &m->parts[i];

		r = p->chosen ? mine_check_part(m, p->asked, &p->form) : 0;
		faults += r;
	}
	for (size_t i = 0; faults == 0 && r >= 0 && i < m->list.count; i++) {
		r = m->parts[i].chosen ? join_part(m, &m->parts[i]) : 0;
		joined += r;
	}
	return r < 0 ? r : faults + joined;
}

const struct said *mine_outcome(const struct outcomes *o, struct obligation_id id)
{
	for (size_t i = 0; o && i < o->count; i++)
		if (o->list[i].id.n == id.n)
			return &o->list[i].said;
	return NULL;
}

bool mine_is_stored(const struct said *said)
{
	return said && (said->result == ANSWER_ACCEPTED || said->result == ANSWER_DUPLICATE);
}
