/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/key.h"
#include "unit.h"

#include <string.h>

#define KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" /* of the ZeroMQ manual, zmq_curve(7) */
#define FORTY "0123456789012345678901234567890123456789"

static const struct {
	int line;
	const char *file;
	const char *key; /* NULL: none */
} rows[] = {
	{ __LINE__, KEY, KEY },
	{ __LINE__, FORTY, FORTY },
	{ __LINE__, KEY "\n", KEY },
	{ __LINE__, "\r\n \t" KEY " \r\n", KEY },
	{ __LINE__, "", NULL },
	{ __LINE__, "\n\n", NULL },
	{ __LINE__, KEY "0", NULL },
	{ __LINE__, KEY "\n" KEY "\n", NULL },
	{ __LINE__, "012345678901234567890123456789012345678", NULL },
	{ __LINE__, "01234567890123456789 1234567890123456789", NULL },
	{ __LINE__, "\"12345678901234567890123456789012345678\"", NULL },
	{ __LINE__, "01234567890123456789012345678901234~~~~~", NULL },
	{ __LINE__, "%nSc001234567890123456789012345678901234",
	  "%nSc001234567890123456789012345678901234" },			/* 2^32 - 1 */
	{ __LINE__, "%nSc101234567890123456789012345678901234", NULL }, /* 2^32 */
	{ __LINE__, "#####01234567890123456789012345678901234", NULL },
	{ __LINE__, "%nSc0", NULL },
	{ __LINE__, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", NULL },
};

START_TEST(a_file_holds_one_key)
{
	char key[KEY_TEXT] = "untouched";
	bool found = key_parse(rows[_i].file, strlen(rows[_i].file), key);

	ck_assert_msg(found == (rows[_i].key != NULL), "line %d", rows[_i].line);
	ck_assert_msg(strcmp(key, found ? rows[_i].key : "untouched") == 0, "line %d",
		      rows[_i].line);
	ck_assert(!found || key_is_valid(key));
}
END_TEST

START_TEST(a_nul_is_no_part_of_a_key)
{
	char bytes[] = KEY, key[KEY_TEXT];

	bytes[20] = '\0';
	ck_assert(!key_parse(bytes, sizeof(bytes) - 1, key));
}
END_TEST

UNIT_TESTS("protocol/key", UNIT_ROWS(a_file_holds_one_key, UNIT_COUNT(rows)),
	   UNIT(a_nul_is_no_part_of_a_key))
