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
};

START_TEST(a_place_is_local_or_spoken_to_over_tls)
{
	const char *fault = store_url_fault(rows[_i].url);

	ck_assert(store_url_is(rows[_i].url));
	ck_assert_msg(store_url_is_local(rows[_i].url) == rows[_i].local, "%s", rows[_i].url);
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
	ck_assert(!store_url_is("postgres://db/paminn"));
	ck_assert(!store_url_is("./postgresql:/x"));
}
END_TEST

UNIT_TESTS("plan/store_url", UNIT_ROWS(a_place_is_local_or_spoken_to_over_tls, UNIT_COUNT(rows)),
	   UNIT(a_path_is_no_such_place))
