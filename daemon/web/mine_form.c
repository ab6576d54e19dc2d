/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "web/mine_inside.h"

void mine_done(struct mine *m)
{
	for (size_t i = 0; m->parts && i < m->list.count; i++)
		form_done(&m->parts[i].form);
	free(m->parts);
	asked_list_done(&m->list);
}

/* ---- what was sent ----------------------------------------------------------------------------------- */

static const char item_field[] = "item.";

/* The number that an obligation has in the form; 0: it is not there. */
static unsigned number_in(const struct fields *fields, struct obligation_id id)
{
	char wanted[24];

	snprintf(wanted, sizeof(wanted), "%lld", (long long)id.n);
	for (size_t i = 0; i < fields->count; i++)
		if (strncmp(fields->list[i].name, item_field, strlen(item_field)) == 0 &&
		    strcmp(fields->list[i].value, wanted) == 0)
			return (unsigned)atoi(fields->list[i].name + strlen(item_field));
	return 0;
}

static bool is_listed(const struct mine *m, const char *id)
{
	char listed[24];

	for (size_t i = 0; i < m->list.count; i++) {
		snprintf(listed, sizeof(listed), "%lld", (long long)m->list.list[i].o.id.n);
		if (strcmp(listed, id) == 0)
			return true;
	}
	return false;
}

/* What came of things that have been withdrawn, or given to somebody else, since the form was shown. */
static void read_gone(struct mine *m)
{
	const struct fields *fields = &exchange_request(m->x)->fields;

	for (size_t i = 0; i < fields->count && m->gone_count < GONE_MAX; i++) {
		const struct form_field *f = &fields->list[i];
		struct form *gone = &m->gone[m->gone_count];

		if (strncmp(f->name, item_field, strlen(item_field)) != 0 || is_listed(m, f->value))
			continue;
		form_read(gone, fields, (unsigned)atoi(f->name + strlen(item_field)));
		m->gone_count +=
			form_is_filled(gone, FORM_REPORT) || form_is_filled(gone, FORM_HAND_IN);
	}
}

void mine_read(struct mine *m)
{
	const struct web_request *request = exchange_request(m->x);
	const char *send = fields_value(&request->fields, "send");

	for (size_t i = 0; i < m->list.count; i++) {
		struct mine_part *p = &m->parts[i];
		unsigned number = number_in(&request->fields, m->list.list[i].o.id);

		p->asked = &m->list.list[i];
		if (number == 0)
			continue;
		p->known = true;
		form_read(&p->form, &request->fields, number);
		p->sent = form_is_filled(&p->form, mine_action(p->asked));
		p->chosen = send &&
			    (strcmp(send, "all") == 0 ? p->sent : (unsigned)atoi(send) == number);
	}
	read_gone(m);
}

int mine_check(struct mine *m)
{
	int faults = 0;

	for (size_t i = 0; i < m->list.count; i++) {
		struct mine_part *p = &m->parts[i];
		int r = 0;

		if (p->chosen)
			r = form_check(&p->form, &(struct form_question){
							 .action = mine_action(p->asked),
							 .language = m->to.language,
							 .require = p->asked->deadline->require,
							 .today = zone_date(m->to.now) });
		if (r < 0)
			return r;
		faults += r;
	}
	return faults;
}

size_t mine_chosen(const struct mine *m)
{
	size_t count = 0;

	for (size_t i = 0; i < m->list.count; i++)
		count += m->parts[i].chosen;
	return count;
}

/* ---- what the page has no form for ------------------------------------------------------------------- */

bool mine_has_unsaved(const struct mine *m)
{
	size_t count = m->gone_count;

	for (size_t i = 0; i < m->list.count; i++)
		count += m->parts[i].sent && m->parts[i].asked->state == ASKED_ANSWERED;
	return count > 0;
}

void mine_put_unsaved(const struct mine *m, json_t *view)
{
	page_put_flag(view, "gone", mine_has_unsaved(m));
	for (size_t i = 0; i < m->gone_count; i++)
		page_add_unsaved(view, &m->gone[i]);
	for (size_t i = 0; i < m->list.count; i++)
		if (m->parts[i].sent && m->parts[i].asked->state == ASKED_ANSWERED)
			page_add_unsaved(view, &m->parts[i].form);
}
