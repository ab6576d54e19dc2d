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
/* Add one event of at most EVENT_MAX bytes of JSON; false when the frame is full. */
bool batch_add(struct batch *b, const char *json, size_t length, size_t line);

/* Send it: as connection_send. */
int batch_send(const struct batch *b, struct connection *c);
/* Its answers, an array in the order of the events, each with a result; as connection_receive. */
int batch_receive(const struct batch *b, struct connection *c, json_t **ret_answers);

enum answer_result batch_result(const json_t *answer);
/* A member of an answer that is text; "" if it is none. */
const char *batch_text(const json_t *answer, const char *name);
