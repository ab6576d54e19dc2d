/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of those that got no answer: published events rejected, by source and code, or lost, as
 * that is noticed; and peers that were turned away. Logged at most once a second for each source.
 */
#pragma once
#include <jansson.h>

#include "base/instant.h"
#include "protocol/answer.h"

struct rejects;

int rejects_new(struct rejects **ret);
struct rejects *rejects_free(struct rejects *t);

/* A published event of source was rejected. source is of bounded length and clean. */
void rejects_event(struct rejects *t, const char *source, const struct rejection *why,
		   struct mono now);
/* Somebody was turned away; who is of bounded length. */
void rejects_peer(struct rejects *t, const char *who, const char *why, struct mono now);
/* Between `last` and `sequence` of a source some were lost. */
void rejects_gap(struct rejects *t, const char *source, int64_t last, int64_t sequence,
		 struct mono now);
/* [{"source":…,"code":…,"count":…}], a new reference; NULL when there is no memory. */
json_t *rejects_rows(const struct rejects *t);
