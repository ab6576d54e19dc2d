/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from the description of a row: its SQL, and how rows are copied and compared. */
#include "ledger/sql.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/ledger.h"
#include "tests/unit/unit.h"

struct sample {
	int64_t id;
	char name[8];
	char *text;
	enum measure_status status;
	bool flag;
	struct civil_date day;
	struct instant at;
	struct optional figure;
};
#define F(member, roles) FIELD(struct sample, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY), F(name, FIELD_FIXED),
	F(text, 0),	  FIELD_AS(struct sample, status, "standing", 0),
	F(flag, 0),	  F(day, 0),
	F(at, 0),	  F(figure, 0),
};
static const struct row_type sample = ROW_TYPE("sample", struct sample, fields);
static const struct field pair_fields[] = {
	FIELD(struct promise, obligation, FIELD_KEY),
	FIELD(struct promise, person, FIELD_KEY),
	FIELD(struct promise, seq, 0),
};
static const struct row_type pair = ROW_TYPE("pair", struct promise, pair_fields);
static const struct row_type passing =
	ROW_TYPE("passing", struct promise, pair_fields, .is_passing = true);

static const struct {
	int line;
	struct sql sql;
	const char *text;
} composed[] = {
	{ __LINE__, { .verb = SQL_TEXT, .text = "SELECT 1" }, "SELECT 1" },
	{ __LINE__,
	  { .verb = SQL_SELECT, .row = &pair },
	  "SELECT pair.obligation, pair.person, pair.seq, pair.checksum FROM pair WHERE obligation "
	  "= $1"
	  " AND person = $2" },
	{ __LINE__,
	  { .verb = SQL_SELECT, .row = &pair, .text = "FROM pair WHERE seq > $1" },
	  "SELECT pair.obligation, pair.person, pair.seq, pair.checksum FROM pair WHERE seq > $1" },
	{ __LINE__,
	  { .verb = SQL_SELECT, .row = &pair, .joined = &pair, .text = "FROM pair" },
	  "SELECT pair.obligation, pair.person, pair.seq, pair.checksum, pair.obligation,"
	  " pair.person, pair.seq, pair.checksum FROM pair" },
	{ __LINE__,
	  { .verb = SQL_FIRST, .row = &pair },
	  "SELECT pair.obligation, pair.person, pair.seq, pair.checksum FROM pair"
	  " ORDER BY obligation, person LIMIT $1" },
	{ __LINE__,
	  { .verb = SQL_PAGE, .row = &pair },
	  "SELECT pair.obligation, pair.person, pair.seq, pair.checksum FROM pair"
	  " WHERE (obligation, person) > ($1, $2) ORDER BY obligation, person LIMIT $3" },
	{ __LINE__,
	  { .verb = SQL_INSERT, .row = &pair },
	  "INSERT INTO pair (obligation, person, seq, checksum) VALUES ($1, $2, $3, $4)" },
	{ __LINE__,
	  { .verb = SQL_APPEND, .row = &pair },
	  "INSERT INTO pair (obligation, person, seq, checksum) VALUES ($1,"
	  " (SELECT coalesce(max(person) + 1, 0) FROM pair WHERE obligation = $1), $2, $3)" },
	{ __LINE__,
	  { .verb = SQL_UPSERT, .row = &pair },
	  "INSERT INTO pair (obligation, person, seq, checksum) VALUES ($1, $2, $3, $4)"
	  " ON CONFLICT (obligation, person) DO UPDATE SET seq = excluded.seq,"
	  " checksum = excluded.checksum" },
	{ __LINE__,
	  { .verb = SQL_UPDATE, .row = &pair, .changed = 1 << 2 },
	  "UPDATE pair SET seq = $1, checksum = $2 WHERE obligation = $3 AND person = $4" },
	{ __LINE__,
	  { .verb = SQL_UPDATE, .row = &passing, .changed = 1 << 2 },
	  "UPDATE passing SET seq = $1 WHERE obligation = $2 AND person = $3" },
	{ __LINE__,
	  { .verb = SQL_UPDATE, .row = &sample, .changed = 1 << 3 | 1 << 6 },
	  "UPDATE sample SET standing = $1, at = $2, checksum = $3 WHERE id = $4" },
};

START_TEST(sql_follows_from_the_description_of_a_row)
{
	char *text = sql_compose(&composed[_i].sql);

	ck_assert_msg(text && strcmp(text, composed[_i].text) == 0, "line %d: %s",
		      composed[_i].line, text);
	free(text);
}
END_TEST

START_TEST(a_key_and_what_is_fixed_are_never_updated)
{
	ck_assert_uint_eq(sql_changeable(&sample), 0xfc);
	ck_assert_uint_eq(sql_changeable(&pair), 0x4);
	ck_assert_uint_eq(sql_unkeyed(&sample), 0xfe);
}
END_TEST

START_TEST(a_kind_follows_from_the_type_of_its_member)
{
	static const enum field_kind kinds[] = {
		FIELD_LONG, FIELD_TEXT, FIELD_STRING,  FIELD_NUMBER,
		FIELD_FLAG, FIELD_DATE, FIELD_INSTANT, FIELD_OPTIONAL,
	};

	for (size_t i = 0; i < sample.count; i++)
		ck_assert_uint_eq(fields[i].kind, kinds[i]);
	ck_assert_str_eq(fields[3].name, "status");
	ck_assert_str_eq(fields[3].column, "standing");
}
END_TEST

START_TEST(a_difference_names_the_fields_and_is_carried_over)
{
	static char ett[] = "ett", other_ett[] = "ett", two[] = "två";
	struct sample to, b,
		a = { .id = 1,
		      .name = "namn",
		      .text = ett,
		      .status = STATUS_NONE,
		      .day = CIVIL_NONE,
		      .at = INSTANT_NONE,
		      .figure = { false, 7 } };

	b = a;
	b.text = other_ett;
	b.figure.value = 8; /* not given, so of no account */
	ck_assert_uint_eq(row_difference(&sample, &a, &b), 0);
	b.text = two;
	b.status = STATUS_DONE;
	b.at = (struct instant){ 5 };
	b.figure.given = true;
	ck_assert_uint_eq(row_difference(&sample, &a, &b), 1 << 2 | 1 << 3 | 1 << 6 | 1 << 7);

	ck_assert_int_eq(row_copy(&sample, &to, &a), 0);
	ck_assert_ptr_ne(to.text, a.text);
	ck_assert_int_eq(row_assign(&sample, &to, &b, 1 << 2 | 1 << 6), 0);
	ck_assert_str_eq(to.text, "två");
	ck_assert_int_eq(to.at.us, 5);
	ck_assert_int_eq(to.status, STATUS_NONE);
	b.text = NULL;
	ck_assert_int_eq(row_assign(&sample, &to, &b, 1 << 2), 0);
	ck_assert_ptr_null(to.text);
	row_done(&sample, &to);
}
END_TEST

START_TEST(rows_are_in_order_of_their_key)
{
	struct promise a = { .obligation = { 1 }, .person = "bo", .seq = 9 };
	struct promise b = { .obligation = { 1 }, .person = "eva", .seq = 1 };
	struct promise c = { .obligation = { 2 }, .person = "anna" };

	ck_assert_int_lt(row_compare(&pair, &a, &b), 0);
	ck_assert_int_gt(row_compare(&pair, &c, &b), 0);
	b = a;
	b.seq = 10;
	ck_assert_int_eq(row_compare(&pair, &a, &b), 0);
}
END_TEST

UNIT_TESTS("ledger/sql", UNIT_ROWS(sql_follows_from_the_description_of_a_row, UNIT_COUNT(composed)),
	   UNIT(a_key_and_what_is_fixed_are_never_updated),
	   UNIT(a_kind_follows_from_the_type_of_its_member),
	   UNIT(a_difference_names_the_fields_and_is_carried_over),
	   UNIT(rows_are_in_order_of_their_key))
