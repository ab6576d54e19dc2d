/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The feed: each accepted event and each piece of news, as two frames, type and event. A subscriber
 * that does not read loses what is past the high-water mark.
 */
#pragma once
#include <jansson.h>

#include "intake/socket.h"
#include "protocol/event.h"

struct feed;

int feed_new(struct feed **ret);
struct feed *feed_free(struct feed *f);

/* Sockets are borrowed until they are removed. */
int feed_add(struct feed *f, struct socket *socket);
void feed_remove(struct feed *f, const struct socket *socket);
/* The first socket for peers on other machines, or for local ones; NULL when there is none. */
const struct socket *feed_socket(const struct feed *f, bool remote);

/* Messages that the feed has told since the start: how many somebody should have heard meanwhile. */
json_int_t feed_published(const struct feed *f);
/* Does anybody listen? It is looked once a turn. */
bool feed_is_heard(struct feed *f);
/* Publish what is committed already. type and event are borrowed. */
void feed_publish(struct feed *f, const char *type, json_t *event);
/* An event that is accepted once the turn has committed; it is copied, as it came, but that one without
 * `time` is given the instant at which it was received. */
void feed_expect(struct feed *f, const struct event *event, struct instant received);
/* The turn has ended: publish what was expected, or forget it. */
void feed_settle(struct feed *f, bool committed);
