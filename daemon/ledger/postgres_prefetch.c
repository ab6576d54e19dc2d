/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a turn will ask is sent ahead of its use, all at once, so that the way to the server and back is gone once
 * and not once for each row. An answer is kept under its statement and parameters, and is had once: whoever asks
 * the same again asks the server, which has seen by then what was written in between.
 *
 *	prefetch   ──▶ sent, its place in the pipeline noted
 *	settle     ──▶ the answer is kept
 *	first use  ──▶ the answer is handed over
 *	forget     ──▶ what was written since makes it untrue: the first use asks the server
 *
 * Rejected: an IN list or an array of keys, since SQLite has other words for one, and each statement would stand
 * twice; here it is the same statement, and with SQLite nothing at all.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/postgres.h"

#define BUCKETS 1024
#define PREFETCHED_MAX 2048 /* more are asked when they are used */
#define KEY_MAX 1200	    /* bytes; a source and an id are within that */

struct prefetched {
	struct prefetched *next; /* in its bucket */
	struct prefetched *later;
	const void *statement;
	uint64_t number; /* in the pipeline; 0: its answer has been read */
	PGresult *rows;
	size_t length;
	char key[];
};

struct postgres_prefetch {
	struct prefetched *buckets[BUCKETS];
	struct prefetched *first, *last; /* of those whose answer is still to be read */
	size_t count;
};

struct key {
	const void *statement;
	size_t bucket, length;
	char bytes[KEY_MAX];
};

/* The values, each with its NUL. False: too long. */
static bool make_key(const void *statement, const char *const *values, int count, struct key *ret)
{
	uint32_t hash = 2166136261U ^ (uint32_t)((uintptr_t)statement >> 4);
	size_t length = 0;

	for (int i = 0; i < count; i++) {
		size_t n = values[i] ? strlen(values[i]) + 1 : 0;
		if (!values[i] || length + n > KEY_MAX)
			return false;
		memcpy(ret->bytes + length, values[i], n);
		length += n;
	}
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)ret->bytes[i]) * 16777619U;
	ret->statement = statement;
	ret->bucket = hash % BUCKETS;
	ret->length = length;
	return true;
}

static struct prefetched **find(struct postgres_prefetch *all, const struct key *key)
{
	struct prefetched **at = &all->buckets[key->bucket];

	while (*at && !((*at)->statement == key->statement && (*at)->length == key->length &&
			memcmp((*at)->key, key->bytes, key->length) == 0))
		at = &(*at)->next;
	return at;
}

bool postgres_may_prefetch(struct postgres *p, const void *statement, const char *const *values,
			   int count)
{
	struct key key;

	if (!p->prefetch)
		p->prefetch = calloc(1, sizeof(*p->prefetch));
	return p->prefetch && p->prefetch->count < PREFETCHED_MAX &&
	       make_key(statement, values, count, &key) && !*find(p->prefetch, &key);
}

int postgres_note_prefetched(struct postgres *p, const void *statement, const char *const *values,
			     int count)
{
	struct postgres_prefetch *all = p->prefetch;
	struct prefetched *one;
	struct key key;

	if (!make_key(statement, values, count, &key))
		return 0;
	one = malloc(sizeof(*one) + key.length);
	if (!one)
		return -ENOMEM;
	*one = (struct prefetched){
		.next = all->buckets[key.bucket],
		.statement = statement,
		.number = p->sent,
		.length = key.length,
	};
	memcpy(one->key, key.bytes, key.length);
	all->buckets[key.bucket] = one;
	if (all->last)
		all->last->later = one;
	else
		all->first = one;
	all->last = one;
	all->count++;
	return 0;
}

PGresult **postgres_answer_of(struct postgres *p, uint64_t number)
{
	struct postgres_prefetch *all = p->prefetch;
	struct prefetched *one = all ? all->first : NULL;

	if (!one || one->number != number)
		return NULL;
	all->first = one->later;
	if (!all->first)
		all->last = NULL;
	one->number = 0;
	return &one->rows;
}

int postgres_take_prefetched(struct postgres *p, const void *statement, const char *const *values,
			     int count, PGresult **ret)
{
	struct prefetched **at, *one;
	struct key key;
	int r = 0;

	*ret = NULL;
	if (!p->prefetch || p->prefetch->count == 0 || !make_key(statement, values, count, &key))
		return 0;
	if (*find(p->prefetch, &key) && (*find(p->prefetch, &key))->number != 0)
		r = postgres_settle(p, NULL);
	/* It is gone when the connection broke meanwhile. */
	at = find(p->prefetch, &key);
	one = *at;
	if (r < 0 || !one)
		return r;
	*at = one->next;
	p->prefetch->count--;
	*ret = one->rows;
	free(one);
	return 0;
}

/* One whose answer is still to come keeps its place in the pipeline, under a name that nobody asks by. */
void postgres_forget(struct postgres *p, const void *statement, const char *const *values,
		     int count)
{
	struct prefetched *one;
	struct key key;

	if (!postgres_has_prefetched(p) || !make_key(statement, values, count, &key))
		return;
	one = *find(p->prefetch, &key);
	if (one)
		one->statement = NULL;
}

bool postgres_has_prefetched(const struct postgres *p)
{
	return p->prefetch && p->prefetch->count > 0;
}

void postgres_drop_prefetched(struct postgres *p)
{
	struct postgres_prefetch *all = p->prefetch;

	if (!all || all->count == 0)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		while (all->buckets[i]) {
			struct prefetched *one = all->buckets[i];
			all->buckets[i] = one->next;
			PQclear(one->rows);
			free(one);
		}
	*all = (struct postgres_prefetch){ .count = 0 };
}
