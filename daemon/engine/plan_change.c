/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last applied plan is read back from the log and compared with the new one, thing by thing; the
 * ledger is touched only where they differ, so that a restart with an unchanged plan touches nothing.
 * What an event has said stands until the file's own value changes: a meeting, an owner, a proposal
 * and an extension are overwritten only by a file that says something new about them.
 */
#include "engine/plan_change.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/outbox/post.h"
#include "engine/outbox/sign_in.h"
#include "engine/plan_change/internal.h"
#include "engine/plan_change/load_occurrences.h"
#include "plan/shared_text.h"
#include "protocol/text.h"

#define PLAN_SOURCE "/paminn"

/* Whoever has left, or has another address, is signed in no more, also should the old one come back. */
static int change_person(struct change *c, const struct person *before)
{
	const struct person *now = plan_person(c->plan, before->id);
	int r = 0;

	if (!now)
		r = post_drop_recipient(c->e, recipient_id(before->id.text),
					"the recipient left the plan", c->now);
	if (r >= 0 && (!now || !text_same(now->mail, before->mail)))
		r = sign_in_end_all(c->e, before->id);
	return r;
}

static int change_people(struct change *c)
{
	int r = 0;

	for (size_t i = 0; c->before && r >= 0 && i < c->before->person_count; i++)
		r = change_person(c, &c->before->people[i]);
	return r;
}

/* ---- the log ----------------------------------------------------------------------------------- */

/* The text of the last applied plan, and which event it is. NULL at first, and in a store that lost which it was: then it is
 * the newest event of all. Caller frees. */
static int last_text(struct engine *e, char **ret, int64_t *ret_seq)
{
	char seq[24];
	int r = ledger_meta(e->ledger, META_PLAN_SEQ, seq, sizeof(seq));

	*ret = NULL;
	if (r < 0)
		return r;
	if (seq[0] == '\0')
		return ledger_newest_seq(e->ledger, ret_seq);
	*ret_seq = strtoll(seq, NULL, 10);
	return ledger_event_body(e->ledger, *ret_seq, ret);
}

static int log_plan(struct engine *e, const char *text, int64_t after, struct instant now)
{
	char id[48], fact[24];
	int64_t seq;
	int r;

	snprintf(id, sizeof(id), "plan-after-%lld", (long long)after);
	r = ledger_append_event(e->ledger,
				&(struct logged_event){ .source = PLAN_SOURCE,
							.id = id,
							.type = ADOPT_EVENT,
							.subject = "",
							.time = now,
							.received = now,
							.body = text },
				&seq);
	if (r < 0)
		return r;
	snprintf(fact, sizeof(fact), "%lld", (long long)seq);
	return ledger_set_meta(e->ledger, META_PLAN_SEQ, fact);
}

/* The first fault as a line. Returns out. */
static char *first_fault(const struct findings *findings, char *out, size_t size)
{
	for (size_t i = 0; i < findings->count; i++)
		if (!findings->list[i].warning)
			return finding_format(&findings->list[i], out, size);
	snprintf(out, size, "it is no plan");
	return out;
}

int plan_change_read(struct plan **ret, const char *text, char *fault, size_t size)
{
	const size_t failures = memory_failures();
	struct findings findings = { 0 };
	json_t *json = json_loads(text, 0, NULL);
	bool no_memory = !json && memory_failures() != failures;
	int r = json ? plan_from_text(ret, json, &findings) : no_memory ? -ENOMEM : -EINVAL;

	json_decref(json);
	first_fault(&findings, fault, size);
	findings_done(&findings);
	return r == 0 || r == -ENOMEM ? r : 1;
}

/* The last plan, from the log: 0; -ENOMEM; or 1, and in `refused` why not and what to do. To go on without
 * it would leave standing what the new plan has no more. */
static int read_last(struct plan **ret, const char *text, int64_t seq, struct plan_change *done)
{
	char fault[400];
	int r = plan_change_read(ret, text, fault, sizeof(fault));

	if (r > 0)
		snprintf(
			done->refused, sizeof(done->refused),
			"this version cannot read the plan in force, event %lld of the log, and so "
			"cannot tell what the new one changes; start the version that ran before "
			"with the new plan, then this one: %s",
			(long long)seq, fault);
	return r;
}

/*
 * Beside daemons that share the store: is it their plan? One that begins with another would put that into force, and
 * they begin anew with theirs, and so on: so it doesn't. 0 or -ENOMEM; 1 when it is refused.
 */
static int check_shared(struct engine *e, const struct plan *before, const struct plan *plan,
			struct plan_change *done)
{
	bool same, begins = !e->plan;
	int r = shared_text_is_same(before, plan, &same);

	if (r < 0)
		return r;
	done->unchanged = same;
	if (same || !begins)
		return 0;
	snprintf(done->refused, sizeof(done->refused),
		 "the daemons that share this store go by another plan than these files: copy "
		 "theirs "
		 "here, or reload one of them with these");
	return 1;
}

/* What the files don't show: 0, how many faults there are of it, or a negative errno. */
static int check_against_ledger(struct engine *e, const struct plan *before, struct instant now,
				struct plan_change *done)
{
	int missing = check_next_meetings(e, before, now, done->refused, sizeof(done->refused));
	int over = missing >= 0 && !done->unchanged
			   ? check_over(e, before, done->refused, sizeof(done->refused))
			   : 0;

	return over < 0 ? over : missing < 0 ? missing : missing + over;
}

/* ---- the whole --------------------------------------------------------------------------------- */

static int change_series_known(struct change *c)
{
	return load_occurrences(c->e, c->before);
}

static int (*const rooms[])(struct change *c) = {
	change_series_known, change_meetings,	 change_measures,  change_gone,
	change_deadlines,    change_assignments, change_proposals, change_people,
};
#define ROOMS (sizeof(rooms) / sizeof(*rooms))

struct plan_changing {
	struct change c;
	struct plan_change done;
	struct plan *plan, *before, *in_force;
	char *text, *last; /* last: of the last plan, event last_seq */
	int64_t last_seq;
	size_t room;
	bool over; /* the engine goes by the plan */
};

/* What the two plans are, and whether this one may follow the last. */
static int compare_plans(struct plan_changing *p, struct engine *e, struct instant now)
{
	int r = p->text ? last_text(e, &p->last, &p->last_seq) : -ENOMEM;
	p->done.unchanged = r == 0 && p->last && strcmp(p->last, p->text) == 0;
	if (r == 0 && p->last && !p->done.unchanged)
		r = read_last(&p->before, p->last, p->last_seq, &p->done);
	if (r == 0 && p->before && ledger_has_company(e->ledger))
		r = check_shared(e, p->before, p->plan, &p->done);
	e->plan = p->plan;
	return r == 0 ? check_against_ledger(e, p->before, now, &p->done) : r;
}

/* As the log has it. NULL: no memory. */
static char *text_of(struct plan *plan)
{
	json_t *json = plan_text(plan);
	char *text = json ? json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS) : NULL;

	json_decref(json);
	return text;
}

int plan_changing_new(struct plan_changing **ret, struct engine *e, struct plan *plan,
		      const char *text, struct instant now)
{
	struct plan_changing *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return -ENOMEM;
	p->plan = plan_ref(plan);
	p->in_force = e->plan;
	p->text = text ? strdup(text) : text_of(plan);
	r = compare_plans(p, e, now);
	p->c = (struct change){
		.e = e, .before = p->before, .plan = plan, .now = now, .done = &p->done
	};
	*ret = p;
	return r;
}

/* What was in force is the engine's no more. */
static int end(struct plan_changing *p)
{
	struct engine *e = p->c.e;
	int r = p->done.unchanged ? load_occurrences(e, NULL)
				  : log_plan(e, p->text, p->last_seq, p->c.now);

	if (r < 0)
		return r;
	plan_ref(p->plan);
	plan_unref(p->in_force);
	p->over = true;
	return 0;
}

int plan_changing_work(struct plan_changing *p)
{
	int r;

	if (p->done.unchanged || p->room == ROOMS)
		return end(p);
	p->c.more = false;
	r = rooms[p->room](&p->c);
	if (r < 0)
		return r;
	if (!p->c.more) {
		p->room++;
		p->c.at = 0;
	}
	return 1;
}

void plan_changing_end(struct plan_changing *p, struct plan_change *ret)
{
	if (!p)
		return;
	if (!p->over)
		p->c.e->plan = p->in_force;
	p->done.obligations_added = p->c.born.added;
	p->done.obligations_withdrawn = p->c.born.withdrawn;
	if (ret)
		*ret = p->done;
	making_done(&p->c.deadline.making);
	owners_done(&p->c.owners);
	plan_unref(p->before);
	plan_unref(p->plan);
	free(p->last);
	free(p->text);
	free(p);
}

int plan_change_apply(struct engine *e, struct plan *plan, struct instant now,
		      struct plan_change *ret)
{
	struct plan_changing *p = NULL;
	int r = plan_changing_new(&p, e, plan, NULL, now);

	if (r == 0)
		while ((r = plan_changing_work(p)) > 0)
			;
	plan_changing_end(p, ret);
	return r;
}
