/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_NOTICES_H
#define TESTS_UNIT_NOTICES_H

/* Notices made by hand, one of each thing a message can say: for the tests of message/. */
#include <assert.h>
#include <stdlib.h>

#include "base/zone.h"
#include "engine/content.h"
#include "message/return_token.h"
#include "message/templates.h"

#define NOTICE_INSTALLATION "01JTEST"
#define NOTICE_ITEMS_MAX 12

struct sample {
	struct message_content notice;
	struct content_item items[NOTICE_ITEMS_MAX];
	struct person person;
	struct channel channel;
	struct recipient next[10]; /* to whom the next message goes: the reader, then others */
};

static const struct person sample_others[] = {
	{ .name = "Märta Sjöö, utbildningschef" },
	{ .name = "Lena Dahl" },
	{ .name = "Åsa Örn" },
	{ .name = "Ulf Lund" },
	{ .name = "Eva Berg" },
	{ .name = "Bo Ek" },
	{ .name = "Kim Hed" },
	{ .name = "Siv Ros" },
};

static const struct settings sample_settings = {
	.mail = { .from = "paminn@region.example",
		  .from_name = "Påminn",
		  .reply_to = "stod@region.example" },
};

static inline struct civil_date sample_date(const char *text)
{
	struct civil_date d;

	if (civil_parse(text, &d) < 0)
		abort();
	return d;
}

static inline struct instant sample_instant(const char *text)
{
	struct instant t;

	if (rfc3339_parse(text, &t) < 0)
		abort();
	return t;
}

/* Of zeros. */
static const struct return_key sample_returns = { .from = { 41 } };

static inline struct composing sample_composing(const struct templates *templates,
						struct instant now)
{
	return (struct composing){ templates, &sample_settings, NOTICE_INSTALLATION, now,
				   NULL,      &sample_returns };
}

#define SAMPLE_NOW sample_instant("2026-05-11T08:00:00+02:00")

/* What the measure HSN-03 owes the deadline RS-58. */
static inline struct content_item sample_item(enum item_what what)
{
	return (struct content_item){
		.what = what,
		.obligation = obligation_id(7),
		.deadline = deadline_id("RS-58"),
		.deadline_title = "Återredovisning av handlingsplan",
		.measure = measure_id("HSN-03"),
		.measure_title = "Färre inhyrda & fler \"egna\" sjuksköterskor",
		.decision = "RS 2026-04-22 § 58",
		.body = "Regionstyrelsen",
		.owner = "Karin Ek",
		.step = "-10wd",
		.from_given = true,
		.from = { -10, true },
		.due = sample_date("2026-05-26"),
		.papers = sample_date("2026-05-15"),
		.practical = sample_date("2026-05-13"),
		.promised_by = CIVIL_NONE,
		.away_until = CIVIL_NONE,
		.asked_for = { .date = CIVIL_NONE },
		.stated = CIVIL_NONE,
		.done_by = CIVIL_NONE,
		.done_by_before = CIVIL_NONE,
		.done_forecast = CIVIL_NONE,
		.squeeze_day = true,
		.status_at = sample_instant("2026-04-12T10:00:00+02:00"),
		.progress = { true, 40 },
		.effect_achieved = { true, 1250000 },
		.due_original = CIVIL_NONE,
		.papers_original = CIVIL_NONE,
		.last_asked = INSTANT_NONE,
		.has_measures = true,
		.has_responsible = true,
		.opens = INSTANT_NONE,
		.next_at = sample_instant("2026-05-18T08:00:00+02:00"),
		.time = TIME_OF_DAY_NONE,
		.time_original = TIME_OF_DAY_NONE,
		.status = STATUS_AT_RISK,
		.effect_planned = { true, 12000000 },
		.effect_forecast = { true, 9000000 },
	};
}

static inline void sample_begin(struct sample *s, enum message_kind kind, enum language language)
{
	*s = (struct sample){ .person = { .id = person_id("chef-akut"),
					  .name = "Karin Ek",
					  .mail = "karin.ek@region.example",
					  .language = language },
			      .channel = { .name = "mail", .type = CHANNEL_MAIL } };
	s->next[0].person = &s->person;
	for (size_t i = 0; i < sizeof(sample_others) / sizeof(sample_others[0]); i++)
		s->next[i + 1].person = &sample_others[i];
	s->notice = (struct message_content){
		.message = { .id = message_id(41),
			     .to = "chef-akut",
			     .channel = "mail",
			     .kind = kind,
			     .planned = SAMPLE_NOW,
			     .first_attempt = INSTANT_NONE },
		.to = { .person = &s->person },
		.via = &s->channel,
		.language = language,
		.items = s->items,
	};
}

static inline struct content_item *sample_add(struct sample *s, enum item_what what)
{
	struct content_item *item = &s->items[s->notice.count++];

	assert(s->notice.count <= NOTICE_ITEMS_MAX);
	*item = sample_item(what);
	item->next_to = s->next;
	item->next_count = 1;
	return item;
}

static inline void sample_done(struct sample *s)
{
	for (size_t i = 0; i < s->notice.count; i++)
		json_decref(s->items[i].detail);
}

/* ---- a sample of each ------------------------------------------------------------------------ */

static inline void sample_reminder(struct sample *s, enum language language)
{
	sample_begin(s, KIND_REMINDER, language);
	sample_add(s, ITEM_OWED);
}

/* Late, asked before, provisional; the deliverable; and somebody else's. */
static inline void sample_reminders(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_REMINDER, language);
	item = sample_add(s, ITEM_OWED);
	item->is_late = item->sent_late = true;
	item->papers = item->practical = sample_date("2026-05-08");
	item->papers_original = sample_date("2026-05-05");
	item->asked_for.date = sample_date("2026-05-20");
	item->asked = 4;
	item->last_asked = sample_instant("2026-05-07T08:00:00+02:00");
	item->step = "+1wd";
	item->from = (struct offset){ 1, true };
	item = sample_add(s, ITEM_OWED);
	item->measure = measure_id(NULL);
	item->measure_title = NULL;
	item->provisional = true;
	item->due = sample_date("2026-05-29");
	item->practical = item->papers = sample_date("2026-05-20");
	item->asked = 1;
	item->last_asked = sample_instant("2026-05-04T08:00:00+02:00");
	item->status = STATUS_NONE;
	item->effect_planned.given = item->effect_forecast.given = false;
	item->step = "-7wd";
	item->from = (struct offset){ -7, true };
	item = sample_add(s, ITEM_ESCALATED);
	item->owner = "Per Berg";
	item->next_at = INSTANT_NONE;
	item->next_count = 0;
	item->step = "0";
	item->from = (struct offset){ 0, true };
}

static inline void sample_escalation(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_ESCALATION, language);
	s->person.name = "Per Berg";
	item = sample_add(s, ITEM_ESCALATED);
	item->is_late = true;
	item->papers = item->practical = sample_date("2026-05-08");
	item->asked = 3;
	item->last_asked = sample_instant("2026-05-08T08:00:00+02:00");
	item->step = "+1wd";
	item->from = (struct offset){ 1, true };
	item->next_count = 4;
}

static inline void sample_alert(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_ALERT, language);
	item = sample_add(s, ITEM_OFF_TRACK);
	item->status = STATUS_OFF_TRACK;
	item->deadline = deadline_id(NULL);
	item->deadline_title = item->body = item->step = NULL;
	item->due = item->papers = item->practical = CIVIL_NONE;
	item->detail = json_pack("{ssssss}", "status", "off-track", "note",
				 "Rekryteringen är försenad.\nNy annons i <juni>.", "by",
				 "/people/chef-akut");
	item->by = "Karin Ek";
	item = sample_add(s, ITEM_NEEDS_SUPPORT);
	item->detail = json_pack("{ssssss}", "status", "at-risk", "needs_support",
				 "Hjälp med bemanningsschemat.", "by", "/people/chef-akut");
	item = sample_add(s, ITEM_EFFECT_BELOW);
	item->detail = json_pack("{sssIsIsiss}", "status", "at-risk", "effect_planned",
				 (json_int_t)12000000, "effect_forecast", (json_int_t)-500000,
				 "percent", 80, "by", "/systems/ekonomi");
	item = sample_add(s, ITEM_UNREACHED);
	item->detail = json_pack("{ssss}", "person", "chef-akut", "answer",
				 "550 5.1.1 <karin.ek@region.example>: Recipient unknown");
	item = sample_add(s, ITEM_UNBOUND);
	item->measure = measure_id(NULL);
	item->measure_title = NULL;
	item->provisional = true;
	item->due = sample_date("2026-05-29");
	item->owner = NULL;
	item->status = STATUS_NONE;
	item->effect_planned.given = item->effect_forecast.given = false;
	item = sample_add(s, ITEM_ABSENT);
	item->person = "Karin Ek";
	item->detail = json_pack("{ssssssss}", "person", "chef-akut", "from", "2026-05-06", "until",
				 "2026-05-14", "held_until", "2026-05-15");
	item = sample_add(s, ITEM_NOT_MINE);
	item->by = "Karin Ek";
	item->detail = json_pack("{ssss}", "note", "Flyttad till kirurgin i april.", "by",
				 "/people/chef-akut");
	item = sample_add(s, ITEM_GONE);
	item->deadline = deadline_id(NULL);
	item->measure = measure_id(NULL);
	item->deadline_title = item->measure_title = NULL;
	item->decision = item->body = item->owner = item->step = NULL;
	item->due = item->papers = item->practical = CIVIL_NONE;
	item->status = STATUS_NONE;
	item->effect_planned.given = item->effect_forecast.given = false;
	item->detail = json_pack("{ss}", "channel", "teams-hsn");
}

static inline void sample_moved(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_MOVED, language);
	item = sample_add(s, ITEM_MOVED);
	item->due = sample_date("2026-06-02");
	item->papers = item->practical = sample_date("2026-05-22");
	item->detail = json_pack("{ssss}", "due", "2026-05-26", "papers", "2026-05-15");
}

static inline void sample_confirmation(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_CONFIRMATION, language);
	item = sample_add(s, ITEM_SUBMITTED);
	item->measure = measure_id(NULL);
	item->measure_title = NULL;
	item->status = STATUS_NONE;
	item->effect_planned.given = item->effect_forecast.given = false;
	item->detail = json_pack("{sssssssb}", "reference", "HSN 2026-05-21 § 70", "note",
				 "Bilaga följer.", "by", "/people/hsn-presidium", "supplement", 0);
	item = sample_add(s, ITEM_SUBMITTED);
	*item = s->items[0];
	item->detail = json_pack("{sssssb}", "reference", "HSN 2026/118", "by",
				 "/people/hsn-presidium", "supplement", 1);
}

/* Two owed to one deadline, on one day: all they have in common. */
static inline void sample_digest(struct sample *s, enum language language)
{
	sample_begin(s, KIND_REMINDER, language);
	sample_add(s, ITEM_OWED);
	sample_add(s, ITEM_OWED)->measure = measure_id("HSN-07");
	s->items[1].measure_title = "Samordna inköp";
	s->items[1].effect_planned.given = s->items[1].effect_forecast.given = false;
	s->items[1].status = STATUS_NONE;
}

/* A measure that two deadlines ask, and one that is somebody else's now. */
static inline void sample_assigned(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_ASSIGNED, language);
	item = sample_add(s, ITEM_ASSIGNED);
	item->by = "Per Berg";
	item->detail = json_pack("{ss}", "by", "/people/per");
	item = sample_add(s, ITEM_ASSIGNED);
	item->obligation = obligation_id(8);
	item->deadline = deadline_id("RS-70");
	item->deadline_title = "Uppföljning";
	item->due = item->papers = item->practical = sample_date("2026-06-12");
	item->require = 1U << FIELD_NOTE;
	item = sample_add(s, ITEM_UNASSIGNED);
	item->obligation = obligation_id(9);
	item->measure = measure_id("HSN-07");
	item->measure_title = "Samordna inköp";
	item->owner = "Per Berg";
}

/* A meeting that is fixed, and one that was fixed before. */
static inline void sample_fixed(struct sample *s, enum language language)
{
	sample_begin(s, KIND_MOVED, language);
	sample_add(s, ITEM_MOVED)->detail = json_pack("{sssssb}", "due", "2026-05-29", "papers",
						      "2026-05-20", "provisional", 1);
	sample_add(s, ITEM_MOVED)->detail =
		json_pack("{ssss}", "due", "2026-06-02", "papers", "2026-05-22");
}

/* A later date is asked for: a day for a measure, and a meeting for the whole. */
static inline void sample_requested(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_ALERT, language);
	item = sample_add(s, ITEM_REQUESTED);
	item->by = "Karin Ek";
	item->asked_for.date = sample_date("2026-05-20");
	item->detail = json_pack("{sssssisssss}", "asked", "2026-05-20", "reason",
				 "Två rekryteringar dröjer.", "progress", 60, "request", "01JASK",
				 "by", "/people/chef-akut");
	item = sample_add(s, ITEM_REQUESTED);
	item->measure = measure_id(NULL);
	item->measure_title = NULL;
	item->asked_for =
		(struct event_due){ .date = CIVIL_NONE, .body = "RF", .year = 2026, .month = 10 };
	item->asked_body = "Regionfullmäktige";
	item->detail = json_pack("{ssssssss}", "asked", "meeting RF 2026-10", "reason",
				 "Remissen pågår.", "request", "01JASK2", "by", "/local/root");
}

/* What was asked for: given, and refused. */
static inline void sample_decided(struct sample *s, enum language language)
{
	struct content_item *item;

	sample_begin(s, KIND_CONFIRMATION, language);
	item = sample_add(s, ITEM_GRANTED);
	item->asked_for.date = sample_date("2026-05-20");
	item->by = "Per Berg";
	item->detail = json_pack("{ssssss}", "asked", "2026-05-20", "reference", "RS § 70", "by",
				 "/people/per");
	item = sample_add(s, ITEM_DENIED);
	item->asked_for.date = sample_date("2026-05-20");
	item->detail =
		json_pack("{ssssss}", "asked", "2026-05-20", "reason",
			  "Nämnden behöver svaret till sitt sammanträde.", "by", "/people/per");
}

typedef void sample_fn(struct sample *s, enum language language);
static sample_fn *const samples[] = {
	sample_reminder, sample_reminders, sample_escalation, sample_alert,
	sample_moved,	 sample_requested, sample_decided,    sample_confirmation,
	sample_digest,	 sample_assigned,  sample_fixed,
};
#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

#endif
