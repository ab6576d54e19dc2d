/* SPDX-License-Identifier: Apache-2.0 */
/* What the client puts on an event: an id, who says it, and when it is kept for later, the time. */
#pragma once
#include <stdbool.h>

#include "protocol/rfc3339.h"

#define STAMP_ID 27 /* bytes of an id and its NUL */

/* A new id in the form of a ULID: 48 bits of milliseconds since 1970, 80 random bits, in Crockford's
 * base 32. Returns out. */
char *stamp_id(char out[static STAMP_ID]);
/* The clock, with this machine's offset from UTC. Returns out. */
char *stamp_time(char out[static RFC3339_TEXT]);
/*
 * text as RFC 3339: it is that, or a local time without an offset: "2026-05-11T09:30", with or without
 * seconds, of which the earlier one is taken when summer time ends. false if it is neither.
 */
bool stamp_parse(const char *text, char out[static RFC3339_TEXT]);
/* The source of an event: /people/ID, or as itself if that begins with "/"; /local/LOGIN without it.
 * The caller frees it. */
char *stamp_source(const char *as);
