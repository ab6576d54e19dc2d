/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/ladder/decision_post.h"

#include <stdio.h>

static struct posting posting_about(const struct deadline *d, const struct obligation *o)
{
	return (struct posting){
		.deadline = d,
		.measure = measure_id(o->measure[0] ? o->measure : NULL),
		.obligation = o->id,
		.round = o->round,
	};
}

int decision_post(struct sink *sink, const struct deadline *d, const struct obligation *o,
		  const struct decision_record *decision, struct message_id *ret_message)
{
	struct posting posting = posting_about(d, o);

	*ret_message = message_id(0);
	if (decision->decision == DECISION_HELD && decision->away.absence)
		return sink_tell_held_step(sink, decision->to.person, &decision->away, &posting);
	if (decision->decision != DECISION_SENT)
		return 0;
	posting.what = decision->owed ? ITEM_OWED : ITEM_ESCALATED;
	posting.step = decision->step->text;
	posting.repetition = decision->firing.repetition;
	posting.late = decision->late;
	if (decision->stands_for)
		posting.stands_for = decision->stands_for->id;
	return sink->put(sink, decision->to, &posting, decision->planned, ret_message);
}

int decision_post_unreached(struct sink *sink, const struct deadline *d, const struct obligation *o)
{
	const struct person *owes = walk_owes(sink->plan, d, o);
	struct posting posting = posting_about(d, o);
	struct recipient_list support = { .count = 0 };
	char detail[ID_MAX + 20];

	if (!owes)
		return 0;
	/* An id has no character that JSON would escape. */
	snprintf(detail, sizeof(detail), "{\"person\":\"%s\"}", owes->id.text);
	posting.what = ITEM_UNREACHED;
	posting.detail = detail;
	recipient_add_support(&support, sink->plan);
	return sink_post_all(sink, &support, &posting);
}
