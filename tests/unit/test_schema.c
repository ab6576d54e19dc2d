/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store that is new in PostgreSQL has the schema that one in SQLite has come to by its migrations. The text that
 * the former begins with is read by SQLite too, so that the two can be compared column by column.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "ledger/schema.h"
#include "tests/unit/unit.h"

static sqlite3 *database(const char *const *texts, size_t count)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
	for (size_t i = 0; i < count; i++) {
		char *error = NULL;
		ck_assert_msg(sqlite3_exec(db, texts[i], NULL, NULL, &error) == SQLITE_OK,
			      "text %zu: %s", i, error);
	}
	return db;
}

/* Lines of what the database has, in order; the caller frees them. */
static char *lines(sqlite3 *db, const char *select)
{
	sqlite3_stmt *s = NULL;
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	ck_assert_msg(sqlite3_prepare_v2(db, select, -1, &s, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW)
		fprintf(out, "%s\n", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	fclose(out);
	return text;
}

/* How many bytes they begin with in common. */
static size_t common_length(const char *x, const char *y)
{
	size_t n = 0;

	while (x[n] && x[n] == y[n])
		n++;
	return n;
}

static const char columns[] = "SELECT m.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || "
			      "' ' || c.\"notnull\" || ' ' ||"
			      " coalesce(c.dflt_value, '-') || ' ' || c.pk FROM sqlite_schema AS "
			      "m, pragma_table_info(m.name) AS c"
			      " WHERE m.type = 'table' ORDER BY m.name, c.cid";
/* Without what only lays out the text. */
static const char indexes[] = "SELECT replace(replace(replace(sql, char(10), ' '), char(9), ''), ' "
			      " ', ' ') FROM sqlite_schema"
			      " WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
/* How often a table's own words say what its columns may have. */
static const char checks[] = "SELECT name || ' ' || ((length(sql) - length(replace(sql, 'CHECK', "
			     "''))) / 5) FROM sqlite_schema"
			     " WHERE type = 'table' ORDER BY name";

START_TEST(the_whole_schema_is_what_the_migrations_lead_to)
{
	const char *const whole[] = { schema_whole };
	sqlite3 *a = database(schema_migrations, schema_whole_version);
	sqlite3 *b = database(whole, 1);
	const char *const selects[] = { columns, indexes, checks };

	for (size_t i = 0; i < 3; i++) {
		char *x = lines(a, selects[i]), *y = lines(b, selects[i]);
		ck_assert_msg(strlen(x) > 250, "%s", x);
		size_t at = common_length(x, y);
		ck_assert_msg(x[at] == y[at], "by migrations: %.80s\nwhole: %.80s", x + at, y + at);
		free(x);
		free(y);
	}
	sqlite3_close(a);
	sqlite3_close(b);
}
END_TEST

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
		if (strchr(" \t(,", at[-1]) && strchr(" \t),;\n", at[n]))
			return true;
	return false;
}

START_TEST(the_other_engine_is_told_in_its_own_words)
{
	for (size_t i = 0; i <= schema_migrations_count - schema_whole_version; i++) {
		ck_assert(!has_word(schema_postgres[i], "STRICT"));
		ck_assert(!has_word(schema_postgres[i], "ROWID"));
		ck_assert(!has_word(schema_postgres[i], "INTEGER"));
		ck_assert(!has_word(schema_postgres[i], "BLOB"));
	}
	ck_assert(has_word(schema_postgres[0], "BIGINT"));
	ck_assert(has_word(schema_postgres[0], "BYTEA"));
	ck_assert_ptr_nonnull(strstr(schema_postgres[0], "name TEXT COLLATE \"C\" PRIMARY KEY"));
}
END_TEST

UNIT_TESTS("ledger/schema", UNIT(the_whole_schema_is_what_the_migrations_lead_to),
	   UNIT(the_other_engine_is_told_in_its_own_words))
