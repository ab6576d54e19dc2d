/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A kind of row, described once. A struct's members are listed in a table, one line a column:
 *
 *	#define F(member, role) FIELD(struct promise, member, role)
 *	static const struct field promise_fields[] = {
 *		F(obligation, FIELD_KEY), F(person, FIELD_KEY), F(answer_by, 0), F(seq, 0),
 *	};
 *	const struct row_type promise_type = ROW_TYPE("promise", struct promise, promise_fields);
 *
 * What is said to the store follows from it (sql.h: SELECT, INSERT, UPDATE of the columns that
 * changed), and what is done with rows: binding and reading (row.h), their checksum (checksum.h), copying and
 * comparing (below, and `verify`). A member's kind follows from its C type, so that the two can't disagree.
 *
 * A column more is a migration in schema/, a member of the struct and a line of the table: nothing else. Such a
 * migration changes what the checksums are of, and ends with the line that 015-checksums.sql ends with.
 *
 * Enums are stored as their numbers, which never change their meaning.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "protocol/event.h"

enum field_kind {
	FIELD_TEXT,	/* char[]: never NULL, "" for none */
	FIELD_STRING,	/* char *: on the heap, its row's; NULL for none */
	FIELD_NUMBER,	/* int, unsigned, an enum */
	FIELD_LONG,	/* int64_t */
	FIELD_FLAG,	/* bool: 0 or 1 */
	FIELD_DATE,	/* days since 1970-01-01; NULL for CIVIL_NONE */
	FIELD_INSTANT,	/* µs since 1970-01-01T00:00:00Z; NULL for INSTANT_NONE */
	FIELD_OPTIONAL, /* NULL when not given */
};
enum field_role {
	FIELD_KEY = 1 << 0,	 /* one of those by which the row is known */
	FIELD_FIXED = 1 << 1,	 /* never changes after the row was made */
	FIELD_FROM_LOG = 1 << 2, /* follows from the log alone: `verify` compares it */
	FIELD_NUMBERED = 1 << 3, /* given by the store (SQL_APPEND), so that no checksum has it */
};
struct field {
	const char *column;
	const char *name; /* of the member */
	enum field_kind kind;
	unsigned roles; /* enum field_role, or 0 */
	uint16_t offset, size;
};
struct row_type {
	const char *table;
	const struct field *fields;
	size_t count; /* at most ROW_FIELDS_MAX; those of the key come first */
	size_t size;  /* of the struct */
	bool is_passing; /* no checksum: it says nothing once its daemon has ended, or is in no table */
	/* A row whose checksum does not hold becomes one of which nothing follows. NULL: there is no such row, and the
	 * daemon stops. */
	void (*disarm)(void *row);
};

#define ROW_FIELDS_MAX 64 /* a set of fields is a uint64_t */
#define ROW_ALL UINT64_MAX

/* An array decays in _Generic, so that text of either kind is told apart by its type. */
#define FIELD_KIND_OF(type, member) \
	_Generic(((type *)0)->member,                                                   \
		bool: FIELD_FLAG,                                                       \
		int: FIELD_NUMBER,                                                      \
		unsigned: FIELD_NUMBER,                                                 \
		int64_t: FIELD_LONG,                                                    \
		struct obligation_id: FIELD_LONG,                                       \
		struct message_id: FIELD_LONG,                                          \
		struct civil_date: FIELD_DATE,                                          \
		struct instant: FIELD_INSTANT,                                          \
		struct optional: FIELD_OPTIONAL,                                        \
		char *: __builtin_types_compatible_p(__typeof__(((type *)0)->member),   \
						     char *)                            \
			? FIELD_STRING                                                  \
			: FIELD_TEXT)
/* A member under another name than its column's, where SQL has taken that. */
#define FIELD_AS(type, member, column, roles)                                                \
	{                                                                                    \
		column, #member, FIELD_KIND_OF(type, member), roles, offsetof(type, member), \
			sizeof(((type *)0)->member)                                          \
	}
#define FIELD(type, member, roles) FIELD_AS(type, member, #member, roles)
#define ROW_TYPE(table, type, fields, ...)                                                     \
	{                                                                                      \
		table, fields, sizeof(fields) / sizeof((fields)[0]), sizeof(type), __VA_ARGS__ \
	}

static inline const void *field_at(const struct field *f, const void *row)
{
	return (const char *)row + f->offset;
}

/* The fields, as bits, in which the rows differ. */
uint64_t row_difference(const struct row_type *type, const void *a, const void *b);
/* Of `a` and `b` in order of the key: negative, 0 or positive. */
int row_compare(const struct row_type *type, const void *a, const void *b);
/* Make *to, of whose bytes nothing counts, a copy of *from. 0 or -ENOMEM; to be ended by row_done. */
int row_copy(const struct row_type *type, void *to, const void *from);
/* Make the fields named of *to, a whole row, those of *from. 0, or -ENOMEM: some are. */
int row_assign(const struct row_type *type, void *to, const void *from, uint64_t fields);
/* Free the strings of a row, which are NULL then. */
void row_done(const struct row_type *type, void *row);
