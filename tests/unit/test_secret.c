/* SPDX-License-Identifier: Apache-2.0 */
/* What a file's secret is: as an editor leaves it, and as a key to sign with. */
#include "base/secret.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static const struct {
	int line;
	const char *bytes;
	size_t length;
	int read, key;	     /* what secret_read and secret_read_key give */
	const char *is, *as; /* the secret, and the key */
} rows[] = {
#define ROW(bytes_) __LINE__, bytes_, sizeof(bytes_) - 1
	{ ROW("sesam"), 0, 0, "sesam", "sesam" },
	{ ROW("sesam\n"), 0, 0, "sesam", "sesam" },
	{ ROW("sesam\r\n\n"), 0, 0, "sesam", "sesam" },
	{ ROW(" s e "), 0, 0, " s e ", " s e " },
	{ ROW("\xef\xbb\xbfsesam\r\n"), 0, 0, "sesam", "sesam" },
	{ ROW("whsec_c2VzYW0=\n"), 0, 0, "whsec_c2VzYW0=", "sesam" },
	{ ROW("\xef\xbb\xbfwhsec_c2VzYW0="), 0, 0, "whsec_c2VzYW0=", "sesam" },
	{ ROW("whsec_"), 0, -EBADMSG, "whsec_", "" },
	{ ROW("whsec_c2VzYW0"), 0, -EBADMSG, "whsec_c2VzYW0", "" },
	{ ROW("whsec_!!"), 0, -EBADMSG, "whsec_!!", "" },
	{ ROW("whsec_c2Vz\xe5W0="), 0, -EBADMSG, "whsec_c2Vz\xe5W0=", "" },
	{ ROW(""), -ENODATA, -ENODATA, "", "" },
	{ ROW("\n\r\n"), -ENODATA, -ENODATA, "", "" },
	{ ROW(" \t \n"), -ENODATA, -ENODATA, "", "" },
	{ ROW("\xef\xbb\xbf\n"), -ENODATA, -ENODATA, "", "" },
	{ ROW("\xff\xfes\0e\0"), -EILSEQ, -EILSEQ, "", "" },
	{ ROW("\xfe\xff\0s\0e"), -EILSEQ, -EILSEQ, "", "" },
};

static void check(int row, const char *path, int (*read_as)(struct secret *ret, const char *path),
		  int expected, const char *is)
{
	struct secret s;
	int r = read_as(&s, path);

	ck_assert_msg(r == expected, "line %d: %d", rows[row].line, r);
	if (r == 0)
		ck_assert_msg(s.length == strlen(is) && memcmp(s.bytes, is, s.length) == 0,
			      "line %d", rows[row].line);
	else
		ck_assert_str_ne(secret_fault(r), "");
	secret_done(&s);
}

START_TEST(what_an_editor_leaves_is_read)
{
	char path[] = "/tmp/paminn-unit-secret-XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, rows[_i].bytes, rows[_i].length), (int)rows[_i].length);
	close(fd);
	check(_i, path, secret_read, rows[_i].read, rows[_i].is);
	check(_i, path, secret_read_key, rows[_i].key, rows[_i].as);
	unlink(path);
}
END_TEST

START_TEST(what_is_not_there_or_too_large)
{
	struct secret s;

	ck_assert_int_eq(secret_read(&s, "/nonexistent/secret"), -ENOENT);
	ck_assert_int_eq(secret_read_key(&s, "/dev/zero"), -EFBIG);
}
END_TEST

UNIT_TESTS("base/secret", UNIT_ROWS(what_an_editor_leaves_is_read, UNIT_COUNT(rows)),
	   UNIT(what_is_not_there_or_too_large))
