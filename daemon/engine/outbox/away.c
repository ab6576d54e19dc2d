/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is away is asked of the day on which what is posted now would leave, as of any message. That day comes with the
 * closing of the working day before it, so a row is looked at then, and whoever stands in for others has been told
 * before anything of that day is held or goes to them.
 *
 *	here ── a day of an absence ──▶ away: told, but not to who has heard already that it holds something
 *	away ── a day of none ────────▶ here: told, unless the beginning still waits: it is taken back then
 *
 * An absence that is taken back, or becomes another, before it has begun has told nothing; one that ends sooner or
 * later than it was to ends then.
 */
#include "engine/outbox/away.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/zone.h"
#include "engine/outbox/post.h"
#include "engine/outbox/take_back.h"
#include "ledger/lists.h"
#include "plan/stewardship.h"

int away_changed(struct engine *e, struct person_id person, struct instant now)
{
	struct away_row row = { .from = CIVIL_NONE, .until = CIVIL_NONE };
	bool found;
	int r = ledger_find_away(e->ledger, person, &row, &found);

	snprintf(row.person, sizeof(row.person), "%s", person.text);
	row.look_at = now;
	return r < 0 ? r : ledger_put_away(e->ledger, &row);
}

/* ---- what has turned ----------------------------------------------------------------------------- */

/* The day on which what is posted at an instant leaves. */
static struct civil_date leaving_on(const struct plan *plan, struct instant t)
{
	return zone_date(calendar_next_open(plan->calendar, t));
}

/* When to look next: as the day comes on which they are back, or away. */
static struct instant next_look(const struct plan *plan, const struct absences *absences,
				const struct away_turn *turn, struct civil_date day)
{
	struct civil_date next;

	if (turn->away.absence)
		next = leaving_on(plan, zone_midnight(civil_add(turn->until, 1)));
	else
		next = absences_first(absences, plan, turn->person, day);
	return civil_is_none(next) ? INSTANT_NONE : calendar_last_close(plan->calendar, next);
}

struct away_turn away_judge(const struct plan *plan, const struct absences *absences,
			    struct away_row *row, struct instant now)
{
	struct away_turn turn = { .person = plan_person(plan, person_id(row->person)) };
	const struct civil_date day = leaving_on(plan, now);
	const bool told = !civil_is_none(row->from);

	row->look_at = INSTANT_NONE;
	if (!turn.person) { /* they left the plan */
		row->from = row->until = CIVIL_NONE;
		return turn;
	}
	turn.away = absences_find(absences, plan, turn.person, day);
	if (turn.away.absence) {
		turn.what = told ? AWAY_SAME : AWAY_BEGUN;
		turn.from = row->from = told ? row->from : turn.away.from;
		turn.until = row->until = absences_last(absences, plan, turn.person, day);
	} else if (told) {
		turn.what = AWAY_ENDED;
		turn.from = row->from;
		turn.until = civil_compare(row->until, day) < 0 ? row->until : civil_add(day, -1);
		row->from = row->until = CIVIL_NONE;
	}
	row->look_at = next_look(plan, absences, &turn, day);
	return turn;
}

/* ---- who is told ---------------------------------------------------------------------------------- */

/* The stewards, of whom a narrower one hears of who owes what is theirs; not the one who is away. Nor, of a beginning,
 * whoever has been told already that something waits because of it. */
static int add_told(struct engine *e, const struct away_turn *turn, struct recipient_list *ret)
{
	struct recipient_list all = { .count = 0 }, but = { .count = 0 };
	int known = turn->what == AWAY_BEGUN
			    ? ledger_absence_is_known(e->ledger, turn->away.absence)
			    : 0;

	if (known < 0)
		return known;
	if (known)
		absence_tells(&but, e->plan, turn->person);
	recipient_add_one(&but, (struct recipient){ .person = turn->person });
	recipient_add_role(&all, e->plan, "steward");
	for (size_t i = 0; i < all.count; i++) {
		const struct person *one = all.list[i].person;

		if (!steward_is_narrow(one) || steward_covers(e->plan, one, turn->person->id.text))
			recipient_add_one(ret, all.list[i]);
	}
	recipient_leave_out(ret, &but);
	return 0;
}

static json_t *date_json(struct civil_date d)
{
	char text[CIVIL_TEXT];

	return json_string(civil_format(d, text));
}

static json_t *detail_of(const struct away_turn *turn)
{
	const struct person *deputy = turn->away.to;

	if (turn->what == AWAY_ENDED)
		return json_pack("{sb ss so so sI sI}", "away", 0, "person", turn->person->id.text,
				 "from", date_json(turn->from), "until", date_json(turn->until),
				 "waited", (json_int_t)turn->waited, "passed",
				 (json_int_t)turn->passed);
	return json_pack("{sb ss so so ss* so*}", "away", 1, "person", turn->person->id.text,
			 "from", date_json(turn->from), "until", date_json(turn->until), "deputy",
			 deputy ? deputy->id.text : NULL, "held_until",
			 deputy ? NULL : date_json(turn->away.back));
}

int away_tell(struct engine *e, struct sink *sink, const struct away_turn *turn,
	      const struct recipient_list *but)
{
	struct posting posting = { .what = ITEM_AWAY };
	struct recipient_list to = { .count = 0 };
	json_t *detail;
	int r;

	if (turn->what == AWAY_SAME)
		return 0;
	r = add_told(e, turn, &to);
	if (r < 0)
		return r;
	recipient_leave_out(&to, but);
	detail = detail_of(turn);
	posting.detail = json_dumps(detail, JSON_COMPACT);
	json_decref(detail);
	r = posting.detail ? sink_post_all(sink, &to, &posting) : -ENOMEM;
	free(posting.detail);
	return r;
}

/* ---- in the ledger ------------------------------------------------------------------------------- */

/* What waited for them, of which reminders are still marks that the ladder decides anew. */
static int count(struct engine *e, struct away_turn *turn)
{
	struct marks held __attribute__((cleanup(marks_done))) = { 0 };
	int r = ledger_count_waiting_for(e->ledger, turn->person->id, &turn->waited);

	if (r >= 0)
		r = list_held_absent(e->ledger, turn->person->id, &held);
	turn->waited += held.count;
	if (r >= 0)
		r = ledger_count_passed_on(e->ledger, turn->person->id, zone_midnight(turn->from),
					   &turn->passed);
	return r;
}

int away_look(struct ledger_sink *out, struct away_row *row)
{
	struct engine *e = out->e;
	struct away_turn turn = away_judge(e->plan, out->sink.absences, row, out->sink.now);
	const struct taking_back other = { ITEM_AWAY, person_id(row->person),
					   turn.what == AWAY_BEGUN ? "they are still away"
								   : "they are back already" };
	struct recipient_list untold = { .count = 0 };
	int r = 0;

	if (turn.what != AWAY_SAME)
		r = take_back(e, &other, out->sink.now, &untold);
	if (r >= 0 && turn.what == AWAY_ENDED)
		r = count(e, &turn);
	return r < 0 ? r : away_tell(e, &out->sink, &turn, &untold);
}
