/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/telling.h"

#include "base/zone.h"
#include "ledger/held_back.h"
#include "plan/stewardship.h"
#include "protocol/civil.h"

static size_t number_in(const struct content_item *item, const char *name)
{
	const json_t *number = json_object_get(item->detail, name);

	return json_is_integer(number) ? (size_t)json_integer_value(number) : 0;
}

static const char *text_in(const struct content_item *item, const char *name)
{
	return json_string_value(json_object_get(item->detail, name));
}

/* Obligations that are asked for by then. */
struct asked {
	struct instant until;
	size_t count;
};

static int count_asked(void *userdata, const struct obligation *o)
{
	struct asked *asked = userdata;

	asked->count += o->phase == PHASE_LIVE && instant_compare(o->opens_at, asked->until) < 0;
	return 0;
}

static int tell_away(struct engine *e, struct instant now, struct content_item *item)
{
	const char *person = text_in(item, "person"), *until = text_in(item, "until");
	struct civil_date last;
	struct asked asked = { .count = 0 };
	int r;

	item->waiting = number_in(item, "waited");
	item->passed = number_in(item, "passed");
	if (!json_is_true(json_object_get(item->detail, "away")) || !person || !until ||
	    civil_parse(until, &last) < 0)
		return 0;
	asked.until = zone_midnight(civil_add(last, 1));
	r = ledger_obligations_of_owner(e->ledger, person_id(person), zone_date(now), count_asked,
					&asked);
	item->waiting = asked.count;
	return r < 0 ? r : 0;
}

int content_telling(struct engine *e, const struct person *reader, struct instant now,
		    struct content_item *item)
{
	const bool steward = reader && steward_is(reader);

	if (item->what == ITEM_AWAY) {
		item->on_desk =
			steward && (!steward_is_narrow(reader) ||
				    steward_covers(e->plan, reader, text_in(item, "person")));
		return tell_away(e, now, item);
	}
	if (item->what != ITEM_HOLD)
		return 0;
	item->on_desk = steward && !steward_is_narrow(reader);
	if (!json_is_true(json_object_get(item->detail, "on"))) {
		item->waiting = number_in(item, "waits");
		return 0;
	}
	return ledger_count_held_back(e->ledger, now, &item->waiting);
}
