/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/store_url.h"

#include <string.h>

#include "tests/unit/unit.h"

static const struct {
	const char *url;
	bool local;
	const char *fault; /* a word of it; NULL: none */
} rows[] = {
	{ "postgresql:///paminn", true, NULL },
	{ "postgresql://paminn@/paminn", true, NULL },
	{ "postgresql://%2Frun%2Fpostgresql/paminn", true, NULL },
	{ "postgresql:///paminn?host=/run/postgresql", true, NULL },
	{ "postgresql://paminn@localhost:5432/paminn?sslmode=disable", true, NULL },
	{ "postgresql://127.0.0.1:5432/paminn", true, NULL },
	{ "postgresql://[::1]:5432/paminn", true, NULL },
	{ "postgresql://db.region.internal/paminn", false, NULL },
	{ "postgresql://127.0.0.1.region.internal/paminn", false, NULL },
	{ "postgresql://localhostess/paminn", false, NULL },
	{ "postgresql://localhost,db2/paminn", false, NULL },
	{ "postgresql://127.0.0.1,localhost:7/paminn", true, NULL },
	{ "postgresql:///paminn?host=db.region.internal", false, NULL },
	{ "postgresql://localhost/paminn?hostaddr=10.0.0.7", false, NULL },
	{ "postgresql://db/paminn?sslmode=verify-full&sslrootcert=/etc/ca.pem", false, NULL },
	{ "postgresql://db/paminn?sslmode=verify-fully", false, "verify-full" },
	{ "postgresql://db/paminn?application_name=x&sslmode=require", false, "verify-full" },
	{ "postgresql://db/paminn?sslmode=disable", false, "verify-full" },
	{ "postgresql://paminn:hemligt@db/paminn", false, "has a password, which" },
	{ "postgresql://localhost/paminn?password=hemligt", true, "among its parameters" },
	/* as bytes, or by another way than those that were looked for */
	{ "postgres://db/paminn", false, NULL },
	{ "postgres://db/paminn?sslmode=disable", false, "verify-full" },
	{ "postgresql://%6cocalhost/paminn", true, NULL },
	{ "postgresql://localhost%2Cdb/paminn", false, NULL },
	{ "postgresql:///paminn?host=localhost%2cdb", false, NULL },
	{ "postgresql:///paminn?host=%2Frun%2Fpostgresql", true, NULL },
	{ "postgresql:///paminn?%68ost=db", true, "none of host, hostaddr" },
	{ "postgresql://db/paminn?sslm%6fde=disable", false, "none of host, hostaddr" },
	{ "postgresql:///paminn?service=db", true, "names a service" },
	{ "postgresql:///paminn?servicefile=/tmp/x", true, "names a service" },
	{ "postgresql:///paminn?passfile=/tmp/x", true, "none of host, hostaddr" },
	{ "postgresql:///paminn?gssencmode=prefer", true, "none of host, hostaddr" },
	{ "postgresql:///paminn?host=/run&host=db", true, "twice" },
	{ "postgresql://localhost/paminn?host=db", true, "twice" },
	{ "postgresql://localhost:1/paminn?port=2", true, "twice" },
	{ "postgresql://a@localhost/paminn?user=b", true, "twice" },
	{ "postgresql://localhost/paminn?dbname=b", true, "twice" },
	{ "postgresql://db/paminn?sslmode=verify-full&sslmode=disable", false, "twice" },
	{ "postgresql://localhost?application_name=x@db", true, NULL },
	{ "postgresql://localhost?host=", true, NULL },
	{ "postgresql://db/p%", false, "two hexadecimal" },
	{ "postgresql://db/p%0", false, "two hexadecimal" },
	{ "postgresql://db/p%00", false, "two hexadecimal" },
	{ "postgresql://db/p%4z", false, "two hexadecimal" },
	{ "postgresql://db/p%z4", false, "two hexadecimal" },
	{ "postgresql://a%b@db/p", false, "two hexadecimal" },
	{ "postgresql://d%b/p", false, "two hexadecimal" },
	{ "postgresql://db/p?options=-c%2", false, "two hexadecimal" },
	{ "postgresql://[fe80::1]:5432,[::1]/p", false, NULL },
};

START_TEST(a_place_is_local_or_spoken_to_over_tls)
{
	struct store_url url;
	const char *fault = store_url_read(&url, rows[_i].url);

	ck_assert(store_url_is(rows[_i].url));
	if (!fault)
		ck_assert_msg(url.is_local == rows[_i].local, "%s", rows[_i].url);
	if (!rows[_i].fault)
		ck_assert_msg(!fault, "%s: %s", rows[_i].url, fault);
	else
		ck_assert_msg(fault && strstr(fault, rows[_i].fault), "%s: %s", rows[_i].url,
			      fault ? fault : "no fault");
}
END_TEST

START_TEST(a_path_is_no_such_place)
{
	ck_assert(!store_url_is("/var/lib/paminn/paminn.db"));
	ck_assert(!store_url_is("./postgresql:/x"));
}
END_TEST

/* What libpq is handed: names and values, as it would have read them out of the URL itself. */
static const struct {
	const char *url, *parameters;
} handed[] = {
	{ "postgresql://", "" },
	{ "postgresql:///paminn", "dbname=paminn " },
	{ "postgresql://paminn@db/paminn?sslrootcert=/etc/ca.pem&sslmode=verify-full",
	  "user=paminn host=db dbname=paminn sslrootcert=/etc/ca.pem sslmode=verify-full " },
	{ "postgresql://a%40b@%2Frun%2Fpg:5433/p%C3%A5?port=",
	  "user=a@b host=/run/pg port=5433 dbname=på " },
	{ "postgresql://[::1]:5432,db2,db3:7?dbname=x", "host=::1,db2,db3 port=5432,,7 dbname=x " },
	{ "postgresql://db,db2/p?options=-csearch_path%3Da",
	  "host=db,db2 dbname=p options=-csearch_path=a " },
	{ "postgresql://localhost?application_name=x@db/y?z",
	  "host=localhost application_name=x@db/y?z " },
};

START_TEST(its_parameters_are_read)
{
	struct store_url url;
	char text[400] = "";

	ck_assert_ptr_null(store_url_read(&url, handed[_i].url));
	for (size_t i = 0; i < url.count; i++) {
		strcat(strcat(text, url.parameters[i].name), "=");
		strcat(strcat(text, url.parameters[i].value), " ");
	}
	ck_assert_str_eq(text, handed[_i].parameters);
}
END_TEST

START_TEST(one_that_is_longer_than_any_is_refused)
{
	static char text[STORE_URL_MAX + 2] = "postgresql://%2F";
	struct store_url url;

	memset(text + strlen(text), 'x', sizeof(text) - 1 - strlen(text));
	ck_assert_str_eq(store_url_read(&url, text), "is longer than 1000 bytes");
	text[STORE_URL_MAX] = '\0';
	ck_assert_ptr_null(store_url_read(&url, text));
}
END_TEST

UNIT_TESTS("plan/store_url", UNIT_ROWS(a_place_is_local_or_spoken_to_over_tls, UNIT_COUNT(rows)),
	   UNIT_ROWS(its_parameters_are_read, UNIT_COUNT(handed)),
	   UNIT(one_that_is_longer_than_any_is_refused), UNIT(a_path_is_no_such_place))
