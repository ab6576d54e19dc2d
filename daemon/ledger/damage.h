/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows that were met whose checksum does not hold. Such a row is never taken for what it says, nor for none:
 *
 *	it can be made harmless (row_type.disarm): it becomes that where it is read, and in the store when a turn
 *	reads it: a message is dropped, a session is over, an event is passed over
 *	else: nobody can say what follows, and the daemon stops (-EIO) with the row's name
 *
 * They are named once each, up to DAMAGE_NAMES.
 */
#pragma once
#include <stddef.h>

#define DAMAGE_NAMES 100
#define DAMAGE_NAME 160

struct damage {
	char (*names)[DAMAGE_NAME]; /* "message 17", "mark 4 1 -5wd 0 chef-akut" */
	size_t count, room;
	size_t told; /* of them, by who logs */
};

/* 0 or -ENOMEM. */
int damage_note(struct damage *d, const char *name);
/* One that nobody was told of yet; NULL: there is none. */
const char *damage_next(struct damage *d);
struct damage *damage_free(struct damage *d);
