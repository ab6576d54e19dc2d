/* SPDX-License-Identifier: Apache-2.0 */
/* Which addresses a webhook may reach unless allow_private. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "net/address.h"
#include "tests/unit/unit.h"

static const struct {
	int line;
	const char *text;
	bool public, loopback;
} rows[] = {
	{ __LINE__, "8.8.8.8", true, false },
	{ __LINE__, "0.0.0.0", false, false },
	{ __LINE__, "0.255.255.255", false, false },
	{ __LINE__, "1.0.0.0", true, false },
	{ __LINE__, "9.255.255.255", true, false },
	{ __LINE__, "10.0.0.0", false, false },
	{ __LINE__, "10.255.255.255", false, false },
	{ __LINE__, "11.0.0.0", true, false },
	{ __LINE__, "100.63.255.255", true, false },
	{ __LINE__, "100.64.0.0", false, false },
	{ __LINE__, "100.127.255.255", false, false },
	{ __LINE__, "100.128.0.0", true, false },
	{ __LINE__, "127.0.0.1", false, true },
	{ __LINE__, "127.255.255.255", false, true },
	{ __LINE__, "128.0.0.0", true, false },
	{ __LINE__, "169.253.255.255", true, false },
	{ __LINE__, "169.254.169.254", false, false },
	{ __LINE__, "169.255.0.0", true, false },
	{ __LINE__, "172.15.255.255", true, false },
	{ __LINE__, "172.16.0.0", false, false },
	{ __LINE__, "172.31.255.255", false, false },
	{ __LINE__, "172.32.0.0", true, false },
	{ __LINE__, "192.0.0.8", false, false },
	{ __LINE__, "192.0.1.0", true, false },
	{ __LINE__, "192.0.2.1", false, false },
	{ __LINE__, "192.88.99.1", false, false },
	{ __LINE__, "192.167.255.255", true, false },
	{ __LINE__, "192.168.0.0", false, false },
	{ __LINE__, "192.169.0.0", true, false },
	{ __LINE__, "198.17.255.255", true, false },
	{ __LINE__, "198.18.0.0", false, false },
	{ __LINE__, "198.19.255.255", false, false },
	{ __LINE__, "198.20.0.0", true, false },
	{ __LINE__, "198.51.100.7", false, false },
	{ __LINE__, "203.0.113.7", false, false },
	{ __LINE__, "223.255.255.255", true, false },
	{ __LINE__, "224.0.0.1", false, false },
	{ __LINE__, "240.0.0.1", false, false },
	{ __LINE__, "255.255.255.255", false, false },
	{ __LINE__, "2a00:1450:4010::1", true, false },
	{ __LINE__, "::", false, false },
	{ __LINE__, "::1", false, true },
	{ __LINE__, "::127.0.0.1", false, false },
	{ __LINE__, "::ffff:8.8.8.8", true, false },
	{ __LINE__, "::ffff:127.0.0.1", false, true },
	{ __LINE__, "::ffff:10.1.2.3", false, false },
	{ __LINE__, "64:ff9b::8.8.8.8", false, false },
	{ __LINE__, "64:ff9b::a9fe:a9fe", false, false },
	{ __LINE__, "64:ff9b:1::1", false, false },
	{ __LINE__, "100::1", false, false },
	{ __LINE__, "2001::1", false, false },
	{ __LINE__, "2001:200::1", true, false },
	{ __LINE__, "2001:db8::1", false, false },
	{ __LINE__, "2002:7f00:1::", false, false },
	{ __LINE__, "3fff::1", false, false },
	{ __LINE__, "3fff:1000::1", true, false },
	{ __LINE__, "fc00::1", false, false },
	{ __LINE__, "fd12:3456::1", false, false },
	{ __LINE__, "fe80::1", false, false },
	{ __LINE__, "fec0::1", false, false },
	{ __LINE__, "ff02::1", false, false },
};

START_TEST(the_address_decides)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	const struct sockaddr *address = (const struct sockaddr *)&four;

	if (inet_pton(AF_INET, rows[_i].text, &four.sin_addr) != 1) {
		ck_assert_int_eq(inet_pton(AF_INET6, rows[_i].text, &six.sin6_addr), 1);
		address = (const struct sockaddr *)&six;
	}
	ck_assert_msg(address_is_public(address) == rows[_i].public, "line %d: public",
		      rows[_i].line);
	ck_assert_msg(address_is_loopback(address) == rows[_i].loopback, "line %d: loopback",
		      rows[_i].line);
}
END_TEST

START_TEST(no_other_family_is_public)
{
	struct sockaddr local = { .sa_family = AF_UNIX };
	char text[INET6_ADDRSTRLEN];

	ck_assert(!address_is_public(&local));
	ck_assert(!address_is_loopback(&local));
	ck_assert_str_eq(address_text(&local, text), "?");
}
END_TEST

static const struct {
	const char *url;
	bool loopback;
} urls[] = {
	{ "smtp://127.0.0.1:25", true },
	{ "smtp://127.9.9.9", true },
	{ "smtp://localhost:2525", true },
	{ "smtp://LOCALHOST", true },
	{ "smtp://[::1]:25", true },
	{ "https://[::ffff:127.0.0.1]/hook", true },
	{ "smtp://mail.region.se", false },
	{ "smtp://10.0.0.1", false },
	{ "smtp://[fe80::1]", false },
	{ "https://localhost.evil.se/", false },
	{ "https://127.0.0.1.evil.se/", false },
	{ "https://a@evil.se/127.0.0.1", false },
	{ "nonsense", false },
	{ "", false },
};

START_TEST(a_rehearsal_reaches_this_machine_only)
{
	ck_assert_msg(address_url_is_loopback(urls[_i].url) == urls[_i].loopback, "%s",
		      urls[_i].url);
}
END_TEST

UNIT_TESTS("net/address", UNIT_ROWS(the_address_decides, UNIT_COUNT(rows)),
	   UNIT(no_other_family_is_public),
	   UNIT_ROWS(a_rehearsal_reaches_this_machine_only, UNIT_COUNT(urls)))
