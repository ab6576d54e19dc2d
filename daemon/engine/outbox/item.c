/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/outbox/item.h"

static const struct item_traits items[] = {
	[ITEM_OWED] = { "owed", KIND_REMINDER, .asks = true, .reaches = true },
	[ITEM_ESCALATED] = { "escalated", KIND_ESCALATION },
	[ITEM_OFF_TRACK] = { "off_track", KIND_ALERT },
	[ITEM_NEEDS_SUPPORT] = { "needs_support", KIND_ALERT },
	[ITEM_EFFECT_BELOW] = { "effect_below", KIND_ALERT },
	[ITEM_UNREACHED] = { "unreached", KIND_ALERT, .tells_failure = true },
	[ITEM_UNBOUND] = { "unbound", KIND_ALERT },
	[ITEM_MOVED] = { "moved", KIND_MOVED },
	[ITEM_SUBMITTED] = { "submitted", KIND_CONFIRMATION, .settled = true },
	[ITEM_TEST] = { "test", KIND_TEST },
	[ITEM_GONE] = { "gone", KIND_ALERT },
	[ITEM_ASSIGNED] = { "assigned", KIND_ASSIGNED, .reaches = true },
	[ITEM_UNASSIGNED] = { "unassigned", KIND_ASSIGNED, .settled = true },
	[ITEM_ABSENT] = { "absent", KIND_ALERT, .tells_absence = true },
	[ITEM_OUTCOME] = { "outcome", KIND_CONFIRMATION, .settled = true },
	[ITEM_RETURNED] = { "returned", KIND_MOVED },
	[ITEM_NOT_MINE] = { "not_mine", KIND_ALERT },
	[ITEM_REQUESTED] = { "requested", KIND_ALERT },
	[ITEM_GRANTED] = { "granted", KIND_CONFIRMATION },
	[ITEM_DENIED] = { "denied", KIND_CONFIRMATION },
	[ITEM_PASSED] = { "passed_on", KIND_CONFIRMATION },
	[ITEM_UNDECIDED] = { "undecided", KIND_ALERT },
	[ITEM_DISORDER] = { "disorder", KIND_ALERT },
	[ITEM_LIGHT] = { "light", KIND_ALERT },
	[ITEM_DONE_BY] = { "done_by_moved", KIND_MOVED },
	[ITEM_SIGN_IN] = { "sign_in", KIND_SIGN_IN, .settled = true, .tells_failure = true },
	[ITEM_FROZEN] = { "frozen", KIND_REREPORT, .settled = true },
	[ITEM_UNPROPOSED] = { "unproposed", KIND_ALERT },
	[ITEM_REPLIED] = { "replied", KIND_REPLY },
	[ITEM_UNFORWARDED] = { "unforwarded", KIND_ALERT, .tells_failure = true },
	[ITEM_HOLD] = { "hold", KIND_HOLD, .settled = true, .tells_failure = true },
	[ITEM_AWAY] = { "absence", KIND_ABSENCE, .settled = true, .tells_failure = true },
};
_Static_assert(sizeof(items) / sizeof(items[0]) == ITEM_WHATS, "each item has its row");

const struct item_traits *item_traits(enum item_what what)
{
	return &items[what];
}

bool kind_is_ladder(enum message_kind kind)
{
	return kind == KIND_REMINDER || kind == KIND_ESCALATION;
}

/* A message of its own, which nothing joins. */
static bool stands_alone(enum message_kind kind)
{
	return kind == KIND_TEST || kind == KIND_SIGN_IN || kind == KIND_REPLY ||
	       kind == KIND_FORWARD;
}

bool kinds_merge(enum message_kind a, enum message_kind b)
{
	if (stands_alone(a) || stands_alone(b))
		return false;
	return a == b || (kind_is_ladder(a) && kind_is_ladder(b));
}

enum message_kind kind_merged(enum message_kind a, enum message_kind b)
{
	return a == KIND_REMINDER || b == KIND_REMINDER ? KIND_REMINDER : a;
}
