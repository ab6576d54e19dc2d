/* SPDX-License-Identifier: Apache-2.0 */
/* Events that could not be sent, kept on disk for each server until it answers them. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "client/settings.h"

struct spool;

/* The spool of a server, in $XDG_STATE_HOME or ~/.local/state; touches nothing yet. */
void spool_new(struct spool **ret, const char *endpoint);
struct spool *spool_free(struct spool *s);
const char *spool_folder(const struct spool *s);

/* Keep events, one JSON object a line: on disk when it returns 0, after all that was kept before. */
int spool_keep(struct spool *s, const char *lines, size_t length);

enum { SPOOL_EMPTY = 1 };
/* Take the spool for sending. 0; SPOOL_EMPTY: nothing is kept; -EWOULDBLOCK: another call has it (not if
 * wait is true); or another negative errno. spool_free gives it back. */
int spool_take(struct spool *s, bool wait);
/* The next file of it, oldest first, its lines in *ret (the caller frees them): 1, 0 at the end, or a
 * negative errno. */
int spool_next(struct spool *s, char **ret);
/* What is left of the file that spool_next gave: NULL is nothing. */
int spool_settle(struct spool *s, const char *lines);
/* Put an event that was rejected aside, with its answer: into rejected/. */
int spool_reject(struct spool *s, const json_t *event, const json_t *answer);

/* Tell of each server with something kept under its name that is not among these. */
void spool_others(const struct settings_list *servers, void (*found)(const char *endpoint));
