/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of every column with text it is said whether somebody's name may stand in it, so that one which a migration adds is not
 * forgotten when a person is erased.
 */
#include "ledger/rewrite.h"

#include <stdio.h>
#include <string.h>

#include "ledger/field.h"
#include "ledger/tables.h"
#include "unit.h"

/* Ids, dates and hashes; of act, event, forward and login see engine/erase.h: they are forgotten, or have their own way. */
static const char *const others =
	" absence.person absence.deputy act.rows assignment.id away.person deadline.id"
	" deadline.extended_to event.source event.id event.type event.subject event.body fact.name"
	" fact.value forward.bytes frozen.deadline frozen.sha256 incoming.key incoming.status"
	" incoming.person item.deadline item.measure item.step item.stands_for link.deadline"
	" link.body login.id login.person login.mail login.form login.back mark.step mark.recipient"
	" mark.reason measure.id measure.owner measure.alerts measure.done_by_meeting meeting.body"
	" message.recipient message.channel obligation.deadline obligation.measure"
	" obligation.owner own_meeting.deadline own_meeting.measure own_meeting.due "
	"own_meeting.body"
	" promise.person proposal.item request.event request.source request.deadline"
	" request.measure request.due sequence.source series.id session.hash session.person"
	" session.mail subject.id ";

static bool is_rewritten(const char *table, const char *column)
{
	for (size_t i = 0; i < REWRITTEN_KINDS; i++)
		for (size_t j = 0; j < REWRITTEN_TEXTS && rewritten[i].texts[j]; j++)
			if (strcmp(rewritten[i].type->table, table) == 0 &&
			    strcmp(rewritten[i].texts[j], column) == 0)
				return true;
	return false;
}

static bool is_other(const char *table, const char *column)
{
	char name[100];

	snprintf(name, sizeof(name), " %s.%s ", table, column);
	return strstr(others, name) != NULL;
}

START_TEST(each_text_is_looked_through_or_known)
{
	struct tables *t = NULL;

	ck_assert_int_eq(tables_new(&t), 0);
	ck_assert_uint_gt(t->count, 20);
	for (size_t i = 0; i < t->count; i++)
		for (size_t j = 0; j < t->list[i].count; j++) {
			const struct column *c = &t->list[i].columns[j];

			if (c->kind == COLUMN_NUMBER)
				continue;
			ck_assert_msg(
				is_rewritten(t->list[i].name, c->name) !=
					is_other(t->list[i].name, c->name),
				"%s.%s: may somebody's name stand in it? ledger/rewrite.c, or here",
				t->list[i].name, c->name);
		}
	tables_free(t);
}
END_TEST

UNIT_TESTS("ledger/rewrite", UNIT(each_text_is_looked_through_or_known))
