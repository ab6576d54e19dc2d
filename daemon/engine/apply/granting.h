/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that an event names, to be granted or denied: all of them, or nothing happens. */
#pragma once
#include "engine/apply/application.h"
#include "engine/obligation/requests.h"

/* The requests of these ids, each open: 0, bad-data that names the first that is not there or not open, or a
 * negative errno. */
int granting_find(struct application *a, const struct event_ids *ids, struct requests *ret);
/* `extend` with `grants`: each gets what it asks for, or the date that is given for all. */
int granting_extend(struct application *a);
