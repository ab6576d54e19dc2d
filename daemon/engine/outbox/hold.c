/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The beginning is told by a message that hold does not keep back (ledger/held_back.h). Whether that has left decides
 * who is told of the end, so that on and off in a hurry tell nobody more than what they had heard the opposite of.
 * A store in which hold was on before it told of anything does not know since when, and tells nothing of its end.
 */
#include "engine/outbox/hold.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/zone.h"
#include "engine/outbox/post.h"
#include "engine/outbox/take_back.h"

/* Also those who are stewards of some things alone: nothing of theirs leaves either. */
static int tell(struct engine *e, json_t *detail, const char *why, struct instant now)
{
	const struct taking_back other = { .what = ITEM_HOLD, .why = why };
	const struct posting posting = { .what = ITEM_HOLD };
	struct recipient_list to = { .count = 0 }, untold;
	int r = take_back(e, &other, now, &untold);

	if (r < 0) {
		json_decref(detail);
		return r;
	}
	recipient_add_role(&to, e->plan, "steward");
	recipient_leave_out(&to, &untold);
	return post_with_detail(e, &to, &posting, detail, now);
}

/* "/people/stina", or NULL. */
static const char *source_of(const struct person *person, char out[static SOURCE_MAX + 1])
{
	snprintf(out, SOURCE_MAX + 1, "/people/%s", person ? person->id.text : "");
	return person ? out : NULL;
}

static int begin(struct engine *e, const struct person *by, struct instant now)
{
	char since[RFC3339_TEXT], source[SOURCE_MAX + 1], us[24];
	int r;

	snprintf(us, sizeof(us), "%lld", (long long)now.us);
	r = ledger_set_meta(e->ledger, META_HOLD_SINCE, us);
	return r < 0 ? r
		     : tell(e,
			    json_pack("{sb ss ss*}", "on", 1, "since", zone_format(now, since),
				      "by", source_of(by, source)),
			    "hold is on again", now);
}

static int end(struct engine *e, const struct person *by, struct instant now)
{
	char since[RFC3339_TEXT], until[RFC3339_TEXT], source[SOURCE_MAX + 1], us[META_MAX];
	const struct instant opens = calendar_next_open(e->plan->calendar, now);
	size_t waits = 0;
	int r = ledger_meta(e->ledger, META_HOLD_SINCE, us, sizeof(us));

	if (r == 0)
		r = ledger_set_meta(e->ledger, META_HOLD_SINCE, "");
	if (r == 0)
		r = ledger_count_held_back(e->ledger, opens, &waits);
	if (r < 0 || !us[0])
		return r;
	zone_format((struct instant){ strtoll(us, NULL, 10) }, since);
	return tell(e,
		    json_pack("{sb ss ss ss* sI}", "on", 0, "since", since, "until",
			      zone_format(now, until), "by", source_of(by, source), "waits",
			      (json_int_t)waits),
		    "hold has ended", now);
}

int hold_set(struct engine *e, bool on, const struct person *by, struct instant now)
{
	int r;

	if (ledger_is_on_hold(e->ledger) == on)
		return 0;
	r = ledger_set_meta(e->ledger, META_HOLD, on ? "on" : "");
	if (r < 0)
		return r;
	return on ? begin(e, by, now) : end(e, by, now);
}
