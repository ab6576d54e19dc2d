/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/lists.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plan/id.h"

static int add_obligation(void *userdata, const struct obligation *o)
{
	struct obligations *all = userdata;
	int r = array_grow(&all->list, all->count, &all->room);

	if (r == 0)
		all->list[all->count++] = *o;
	return r;
}

int list_of_measure(struct ledger *l, struct measure_id measure, struct obligations *ret)
{
	return ledger_obligations_of_measure(l, measure, add_obligation, ret);
}

static int by_measure(const void *a, const void *b)
{
	const struct obligation *x = a, *y = b;

	return id_compare(x->measure, y->measure);
}

int list_of_deadline(struct ledger *l, struct deadline_id deadline, struct obligations *ret)
{
	int r = ledger_obligations_of_deadline(l, deadline, add_obligation, ret);

	if (r >= 0 && ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), by_measure);
	return r;
}

void obligations_done(struct obligations *o)
{
	free(o->list);
}

static int add_held(void *userdata, const struct mark *mark)
{
	struct marks *marks = userdata;
	int r;

	if (mark->decision != DECISION_HELD)
		return 0;
	r = array_grow(&marks->list, marks->count, &marks->room);
	if (r == 0)
		marks->list[marks->count++] = *mark;
	return r;
}

int list_held(struct ledger *l, const struct obligation *o, struct marks *ret)
{
	return ledger_marks(l, o->id, o->round, add_held, ret);
}

int list_held_absent(struct ledger *l, struct person_id person, struct marks *ret)
{
	return ledger_marks_absent(l, recipient_id(person.text), add_held, ret);
}

void marks_done(struct marks *marks)
{
	free(marks->list);
}

static int add_item(void *userdata, const struct item *item)
{
	struct items *items = userdata;
	char *detail = NULL;
	int r;

	if (item->moot)
		return 0;
	r = array_grow(&items->list, items->count, &items->room);
	if (r == 0 && item->detail) {
		detail = strdup(item->detail);
		r = detail ? 0 : -ENOMEM;
	}
	if (r < 0)
		return r;
	items->list[items->count] = *item;
	items->list[items->count++].detail = detail;
	return 0;
}

int list_items(struct ledger *l, struct message_id message, struct items *ret)
{
	return ledger_items(l, message, add_item, ret);
}

void items_done(struct items *items)
{
	for (size_t i = 0; i < items->count; i++)
		item_done(&items->list[i]);
	free(items->list);
}
