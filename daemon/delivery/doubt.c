/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time is counted in messages accepted. A message refused is in a row with the others while none has been
 * accepted since its last refusal; it is explained when one has been since it was first begun. Begun, not
 * refused: the last of a lot waits for a connection while the others are accepted, and nobody is tried
 * after it.
 *
 * A server that turns on us in the middle of a lot has accepted some while those that it refuses now were
 * waiting, and accepts a few that were under way. So while it is about us nothing is explained, and only
 * the acceptance of one that was begun since ends it. Three recipients in a row who are refused for their
 * own sake look the same: then each new one who is refused is the server's fault (it is closed for a
 * while), but not one who is refused again, so that the others are soon tried.
 */
#include "delivery/doubt.h"

#include <stdlib.h>
#include <string.h>

struct refused {
	TAILQ_ENTRY(refused) link;
	struct message_id message;
	uint64_t begun, last; /* doubt.accepted when it was first begun, and last refused */
	char to[];
};

void doubt_init(struct doubt *d)
{
	*d = (struct doubt){ 0 };
	TAILQ_INIT(&d->refused);
}

static void forget(struct doubt *d, struct refused *r)
{
	if (!r)
		return;
	TAILQ_REMOVE(&d->refused, r, link);
	d->count--;
	free(r);
}

void doubt_done(struct doubt *d)
{
	while (d->count > 0)
		forget(d, TAILQ_FIRST(&d->refused));
}

static struct refused *find(struct doubt *d, struct message_id message)
{
	struct refused *r;

	TAILQ_FOREACH (r, &d->refused, link) {
		if (r->message.n == message.n)
			break;
	}
	return r;
}

static void remember(struct doubt *d, const struct tried *who)
{
	size_t size = strlen(who->to) + 1;
	struct refused *r = malloc(sizeof(*r) + size);

	if (!r)
		return; /* it will be tried once more than others */
	r->message = who->message;
	r->begun = who->begun.accepted;
	r->last = d->accepted;
	memcpy(r->to, who->to, size);
	TAILQ_INSERT_TAIL(&d->refused, r, link);
	if (++d->count > DOUBT_REMEMBERED)
		forget(d, TAILQ_FIRST(&d->refused));
}

bool doubt_is_about_us(const struct doubt *d)
{
	const char *to[DOUBT_RECIPIENTS];
	const struct refused *r;
	int n = 0;

	TAILQ_FOREACH (r, &d->refused, link) {
		int i = 0;

		if (r->last < d->accepted)
			continue;
		while (i < n && strcmp(to[i], r->to) != 0)
			i++;
		if (i < n)
			continue;
		to[n++] = r->to;
		if (n == DOUBT_RECIPIENTS)
			return true;
	}
	return false;
}

static bool settle_refusal(struct doubt *d, const struct tried *who, struct result *result)
{
	struct refused *r = find(d, who->message);
	bool tell = false;

	result->verdict = VERDICT_LATER;
	if (!r) {
		remember(d, who);
		result->server = doubt_is_about_us(d);
	} else if (doubt_is_about_us(d)) {
		r->last = d->accepted;
	} else if (r->begun < d->accepted) {
		result->verdict = VERDICT_REFUSED;
		forget(d, r);
	} else {
		tell = !d->told;
		d->told = true;
	}
	return tell;
}

static void note_accepted(struct doubt *d, const struct tried *who)
{
	forget(d, find(d, who->message));
	if (doubt_is_about_us(d) && !who->begun.about_us)
		return;
	d->accepted++;
	d->told = false;
}

bool doubt_settle(struct doubt *d, const struct tried *who, struct result *result)
{
	if (result->verdict == VERDICT_ACCEPTED)
		note_accepted(d, who);
	return result->verdict == VERDICT_POLICY && settle_refusal(d, who, result);
}

struct doubt_mark doubt_mark(const struct doubt *d)
{
	return (struct doubt_mark){ d->accepted, doubt_is_about_us(d) };
}
