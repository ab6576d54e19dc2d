/* SPDX-License-Identifier: Apache-2.0 */
/* Events that travel in one frame, and their answers. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "client/connection.h"
#include "protocol/event.h"

struct batch_event {
	size_t at, length; /* of its JSON in the frame */
	size_t line;	   /* of the file it comes from */
};
struct batch {
	char *frame;
	size_t length, room;
	size_t count;
	struct batch_event events[FRAME_EVENTS_MAX];
};

void batch_new(struct batch **ret);
struct batch *batch_free(struct batch *b);
void batch_clear(struct batch *b);
/* May it travel at all? REJECT_NONE, or a code with the sentence: what is too large, no JSON object, or a
 * query or command, which would be carried out where an event is meant to be told. */
enum reject_code batch_check(const char *json, size_t length, struct rejection *ret_why);
/* Add one event that has passed batch_check; false when the frame is full. */
bool batch_add(struct batch *b, const char *json, size_t length, size_t line);
/* Leave only those whose answer is retry. */
void batch_retain(struct batch *b, const json_t *answers);

/* Send it: as connection_send. */
int batch_send(const struct batch *b, struct connection *c);
/* Its answers, an array in the order of the events, each with a result; as connection_receive. */
int batch_receive(const struct batch *b, struct connection *c, json_t **ret_answers);

enum answer_result batch_result(const json_t *answer);
/* A member of an answer that is text; "" if it is none. */
const char *batch_text(const json_t *answer, const char *name);
