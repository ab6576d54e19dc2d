/* SPDX-License-Identifier: Apache-2.0 */
/* The line, and how one of its requests is worked on. */
#pragma once
#include "base/deferred.h"
#include "control/backup.h"
#include "control/cursors.h"
#include "control/query_queue.h"
#include "control/test_message.h"
#include "engine/consequences.h"

#define REQUESTS_MAX 8

struct queued {
	struct caller from;
	enum request which;
	json_t *params;			 /* owned; NULL when refused */
	struct rejection why;		 /* when refused */
	struct inquiry *inquiry;	 /* once begun */
	struct foretelling *foretelling; /* once begun */
	struct test_message *test;	 /* once begun */
	struct ledger_copy *copy;	 /* once begun */
	json_t *erased;			 /* the row of an erasure, once it is out of the rows */
	struct instant stand;		 /* where a go is to come to; INSTANT_NONE */
	bool waits;			 /* for the test or the go: not to be looked at now */
	size_t failures;		 /* memory_failures() before anything was made for it */
};
struct query_queue {
	struct engine *engine;
	const struct query_queue_calls *calls;
	void *userdata;
	struct deferred *slice;
	sd_event_source *look;
	sd_event_source *quiet; /* when the line has been empty for a moment */
	struct cursors *cursors;
	struct uploads *uploads;
	struct queued *list[REQUESTS_MAX]; /* owned; in order of arrival */
	size_t count, next;
};

/* To whoever is in the plan still; answer is stolen, NULL is silence. */
void queue_answer(struct query_queue *q, const struct caller *to, json_t *answer);
void queue_refuse(struct query_queue *q, const struct caller *to, const struct rejection *why);
/* The answer to what it asks, unless there was no memory for a part of it; answer is stolen. */
void queue_answer_whole(struct query_queue *q, const struct queued *r, json_t *answer);
/* May its caller, as the plan in force knows them, ask this? REJECT_NONE or the code. */
enum reject_code queue_admit(const struct query_queue *q, const struct queued *r,
			     struct rejection *ret_why);
/* Whom the plan in force knows the caller as; NULL: as no person. */
const struct person *queue_person(const struct query_queue *q, const struct caller *from);
/* Work on it for a slice: true when it has been answered. */
bool queue_work(struct query_queue *q, struct queued *r);
