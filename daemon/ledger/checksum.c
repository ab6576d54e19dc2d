/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The values are laid one after the other, each with what it is and how long, so that no two rows are the same
 * bytes. SipHash was chosen over a CRC since it is keyed, and over BLAKE2b since that costs a short row four times
 * as much; 64 bits are enough where nobody looks for two that are alike.
 */
#include "ledger/checksum.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 1024

enum tag { TAG_NONE, TAG_NUMBER, TAG_BYTES };

_Static_assert(CHECKSUM_KEY_BYTES == crypto_shorthash_KEYBYTES, "as libsodium has it");
_Static_assert(sizeof(int64_t) == crypto_shorthash_BYTES, "as libsodium has it");

static void put(struct checksum *c, const void *bytes, size_t length)
{
	if (c->room - c->length < length && !c->failed) {
		size_t room = (c->room + length) * 2 + ROOM_FIRST;
		unsigned char *more = realloc(c->bytes, room);

		c->failed = !more;
		if (more) {
			c->bytes = more;
			c->room = room;
		}
	}
	if (c->failed || length == 0)
		return;
	memcpy(c->bytes + c->length, bytes, length);
	c->length += length;
}

static void put_tagged(struct checksum *c, enum tag tag, uint64_t number)
{
	unsigned char out[1 + sizeof(number)] = { (unsigned char)tag };

	for (size_t i = 0; i < sizeof(number); i++)
		out[1 + i] = (unsigned char)(number >> (8 * i));
	put(c, out, sizeof(out));
}

void checksum_begin(struct checksum *c, const char *table)
{
	c->length = 0;
	c->failed = false;
	checksum_text(c, table);
}

void checksum_int(struct checksum *c, int64_t value)
{
	put_tagged(c, TAG_NUMBER, (uint64_t)value);
}

void checksum_bytes(struct checksum *c, const void *bytes, size_t length)
{
	put_tagged(c, TAG_BYTES, length);
	put(c, bytes, length);
}

static void checksum_none(struct checksum *c)
{
	put_tagged(c, TAG_NONE, 0);
}

void checksum_text(struct checksum *c, const char *text)
{
	if (text)
		checksum_bytes(c, text, strlen(text));
	else
		checksum_none(c);
}

int checksum_end(struct checksum *c, int64_t *ret)
{
	if (c->failed)
		return -ENOMEM;
	crypto_shorthash((unsigned char *)ret, c->bytes, c->length, c->key);
	return 0;
}

static void put_field(struct checksum *c, const struct field *f, const void *at)
{
	switch (f->kind) {
	case FIELD_TEXT:
		checksum_text(c, at);
		break;
	case FIELD_STRING:
		checksum_text(c, *(char *const *)at);
		break;
	case FIELD_NUMBER:
		checksum_int(c, *(const int *)at);
		break;
	case FIELD_LONG:
		checksum_int(c, *(const int64_t *)at);
		break;
	case FIELD_FLAG:
		checksum_int(c, *(const bool *)at);
		break;
	case FIELD_DATE:
		checksum_int(c, ((const struct civil_date *)at)->day);
		break;
	case FIELD_INSTANT:
		checksum_int(c, ((const struct instant *)at)->us);
		break;
	case FIELD_OPTIONAL:
		if (((const struct optional *)at)->given)
			checksum_int(c, ((const struct optional *)at)->value);
		else
			checksum_none(c);
		break;
	}
}

int checksum_row(struct checksum *c, const struct row_type *type, const void *row, int64_t *ret)
{
	checksum_begin(c, type->table);
	for (size_t i = 0; i < type->count; i++)
		if (!(type->fields[i].roles & FIELD_NUMBERED))
			put_field(c, &type->fields[i], field_at(&type->fields[i], row));
	return checksum_end(c, ret);
}

void checksum_done(struct checksum *c)
{
	sodium_memzero(c->key, sizeof(c->key));
	free(c->bytes);
	*c = (struct checksum){ .bytes = NULL };
}
