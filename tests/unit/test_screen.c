/* SPDX-License-Identifier: Apache-2.0 */
/* Which requests come in, told by their heads; and whose addresses are whose. */
#include "web/screen.h"

#include <string.h>

#include "unit.h"
#include "web/remote.h"

static const struct web_settings settings = { .public_url = "https://paminn.kommun.se/p" };

static void no_handler(struct web *w, struct exchange *x)
{
	(void)w, (void)x;
}

static const struct path form = { "/a/", "", METHOD_GET | METHOD_HEAD | METHOD_POST, no_handler,
				  NULL };
static const struct path reads = { "/healthz", NULL, METHOD_GET | METHOD_HEAD, no_handler, NULL };

static enum refusal judge(const char *text, const struct path *row)
{
	struct head h;
	enum refusal why;

	ck_assert_msg(head_read(text, strlen(text), &h, &why) == HEAD_COMPLETE, "%s", text);
	return screen(&settings, &h, row);
}

#define FORM                    \
	"Content-Length: 0\r\n" \
	"Content-Type: application/x-www-form-urlencoded\r\n"

static const struct {
	unsigned line;
	const char *headers;
	enum refusal why;
} posts[] = {
	{ __LINE__, "Host: paminn.kommun.se\r\n", REFUSAL_NONE },
	{ __LINE__, "Host: paminn.kommun.se\r\nOrigin: https://paminn.kommun.se\r\n",
	  REFUSAL_NONE },
	{ __LINE__, "Host: proxied\r\n", REFUSAL_MISDIRECTED },
	{ __LINE__, "Host: [::1]\r\n", REFUSAL_NONE },
	{ __LINE__, "Host: [::1\r\n", REFUSAL_MISDIRECTED },
	{ __LINE__, "Host: [\r\n", REFUSAL_MISDIRECTED },
	{ __LINE__, "Host: :80\r\n", REFUSAL_MISDIRECTED },
	/* Our pages send no referrer, and then a browser sends this. */
	{ __LINE__, "Host: paminn.kommun.se\r\nOrigin: null\r\n", REFUSAL_NONE },
	{ __LINE__, "Host: paminn.kommun.se\r\nOrigin: null\r\nSec-Fetch-Site: same-origin\r\n",
	  REFUSAL_NONE },
	{ __LINE__, "Host: paminn.kommun.se\r\nSec-Fetch-Site: none\r\n", REFUSAL_NONE },
	{ __LINE__, "Host: paminn.kommun.se\r\nSec-Fetch-Site: cross-site\r\n", REFUSAL_FOREIGN },
	{ __LINE__, "Host: paminn.kommun.se\r\nSec-Fetch-Site: same-site\r\n", REFUSAL_FOREIGN },
	{ __LINE__,
	  "Host: paminn.kommun.se\r\nOrigin: https://paminn.kommun.se\r\nSec-Fetch-Site: "
	  "cross-site\r\n",
	  REFUSAL_FOREIGN },
	{ __LINE__, "Host: paminn.kommun.se\r\nOrigin: https://elsewhere.example\r\n",
	  REFUSAL_FOREIGN },
	{ __LINE__, "Host: paminn.kommun.se\r\nOrigin: https://paminn.kommun.se.example\r\n",
	  REFUSAL_FOREIGN },
	{ __LINE__, "Host: paminn.kommun.se\r\nOrigin: https://paminn.kommun.se:8443\r\n",
	  REFUSAL_FOREIGN },
	{ __LINE__, "Host: 127.0.0.1:7780\r\nOrigin: http://127.0.0.1:7780\r\n", REFUSAL_NONE },
	{ __LINE__, "Host: 127.0.0.1:7780\r\nOrigin: http://127.0.0.1:7781\r\n", REFUSAL_FOREIGN },
	{ __LINE__, "Host: 127.0.0.1:7780\r\nOrigin: https://paminn.kommun.se\r\n", REFUSAL_NONE },
};

START_TEST(judges_forms)
{
	char text[500];
	enum refusal why;

	snprintf(text, sizeof(text), "POST /a/b HTTP/1.1\r\n" FORM "%s\r\n", posts[_i].headers);
	why = judge(text, &form);
	ck_assert_msg(why == posts[_i].why, "line %u: %u", posts[_i].line, refusal_status(why));
}
END_TEST

START_TEST(judges_methods_and_types)
{
	const char *get = "GET /a HTTP/1.0\r\n\r\n", *put = "PUT /a HTTP/1.0\r\n\r\n",
		   *post = "POST /a HTTP/1.0\r\nContent-Length: 0\r\n\r\n";

	ck_assert_uint_eq(judge(get, &form), REFUSAL_NONE);
	ck_assert_uint_eq(judge("HEAD /a HTTP/1.0\r\n\r\n", &reads), REFUSAL_NONE);
	ck_assert_uint_eq(judge(put, &form), REFUSAL_METHOD);
	ck_assert_uint_eq(judge(post, &reads), REFUSAL_METHOD);
	ck_assert_uint_eq(judge(post, &form), REFUSAL_NOT_A_FORM);
	/* What is not there is not there in whatever way it is asked for. */
	ck_assert_uint_eq(judge(put, NULL), REFUSAL_NONE);
	ck_assert_uint_eq(judge(post, NULL), REFUSAL_NONE);
}
END_TEST

static const struct {
	unsigned line;
	const char *a, *b;
	bool same;
} addresses[] = {
	{ __LINE__, "192.0.2.1", "192.0.2.1", true },
	{ __LINE__, "192.0.2.1", "::ffff:192.0.2.1", true },
	{ __LINE__, "192.0.2.1", "192.0.2.2", false },
	{ __LINE__, "2001:db8::1", "2001:db8::ffff:0:0:1", true },
	{ __LINE__, "2001:db8::1", "2001:db8:0:1::1", false },
	{ __LINE__, "::1", "127.0.0.1", false },
	{ __LINE__, "::ffff:10.0.0.1", "::1", false },
};

START_TEST(tells_addresses_apart)
{
	struct remote a, b;

	ck_assert(remote_parse(addresses[_i].a, strlen(addresses[_i].a), &a));
	ck_assert(remote_parse(addresses[_i].b, strlen(addresses[_i].b), &b));
	ck_assert_msg(remote_counts_as(&a, &b) == addresses[_i].same, "line %u",
		      addresses[_i].line);
}
END_TEST

START_TEST(reads_addresses_only)
{
	static const char *const none[] = { "",
					    "unknown",
					    "192.0.2.1:80",
					    "[::1]",
					    "1.2.3",
					    "_hidden",
					    "192.0.2.256",
					    "::1%lo",
					    " ::1 ",
					    "1.2.3.4 ",
					    "0x7f.1",
					    "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20" };
	char text[INET6_ADDRSTRLEN];
	struct remote r;

	for (size_t i = 0; i < UNIT_COUNT(none); i++)
		ck_assert_msg(!remote_parse(none[i], strlen(none[i]), &r), "%s", none[i]);
	ck_assert(!remote_parse("::1\0", 4, &r));
	ck_assert(remote_parse("::ffff:192.0.2.1", 16, &r));
	remote_format(&r, text);
	ck_assert_str_eq(text, "192.0.2.1");
	ck_assert(remote_parse("2001:DB8:0::1", 13, &r));
	remote_format(&r, text);
	ck_assert_str_eq(text, "2001:db8::1");
}
END_TEST

UNIT_TESTS("web/screen", UNIT_ROWS(judges_forms, UNIT_COUNT(posts)), UNIT(judges_methods_and_types),
	   UNIT_ROWS(tells_addresses_apart, UNIT_COUNT(addresses)), UNIT(reads_addresses_only))
