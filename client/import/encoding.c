/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/encoding.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "protocol/text.h"

#define MARK "\xef\xbb\xbf"

const char *const encoding_names[ENCODINGS] = {
	[ENCODING_UTF8] = "UTF-8",
	[ENCODING_UTF8_MARK] = "UTF-8 with a byte order mark",
	[ENCODING_WINDOWS_1252] = "Windows-1252",
};

/* What Windows-1252 has where ISO 8859-1 has control characters, from 0x80 on; 0: nothing. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,	0x017d, 0,	0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178,
};

/* Files that are something else, by how they begin. */
static const struct {
	const char *begin;
	size_t n;
	const char *what;
} others[] = {
	{ "PK\x03\x04", 4, "is a spreadsheet's own file (.xlsx or .ods): save it as CSV first" },
	{ "\xd0\xcf\x11\xe0", 4, "is a spreadsheet's own file (.xls): save it as CSV first" },
	{ "\xff\xfe", 2, "is UTF-16, as \"Unicode text\" of Excel: save it as \"CSV UTF-8\"" },
	{ "\xfe\xff", 2, "is UTF-16: save it as UTF-8" },
	{ "%PDF", 4, "is a PDF: save the spreadsheet as CSV" },
};

static bool is_utf8(const char *bytes, size_t n)
{
	uint32_t code;
	size_t length;

	for (size_t i = 0; i < n; i += length) {
		length = text_utf8(bytes + i, n - i, &code);
		if (length == 0)
			return false;
	}
	return true;
}

static size_t put_utf8(char *out, uint32_t code)
{
	size_t n = 0;

	if (code < 0x80) {
		out[n++] = (char)code;
	} else if (code < 0x800) {
		out[n++] = (char)(0xc0 | code >> 6);
		out[n++] = (char)(0x80 | (code & 0x3f));
	} else {
		out[n++] = (char)(0xe0 | code >> 12);
		out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
		out[n++] = (char)(0x80 | (code & 0x3f));
	}
	return n;
}

/* From Windows-1252, at most three bytes a character. -EINVAL: there is a byte that it has not. */
static int from_windows(const char *bytes, size_t n, struct decoded *ret)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned char byte = (unsigned char)bytes[i];
		const bool high = byte >= 0x80 && byte < 0xa0;
		const uint32_t code = high ? windows_1252[byte - 0x80] : byte;

		if (high && code == 0)
			return -EINVAL;
		ret->length += put_utf8(ret->text + ret->length, code);
	}
	return 0;
}

/* CRLF and CR, as Excel for Mac writes, become LF, in place. */
static void one_line_end(struct decoded *decoded)
{
	size_t to = 0;

	for (size_t i = 0; i < decoded->length; i++) {
		const char c = decoded->text[i];

		if (c == '\r' && decoded->text[i + 1] == '\n')
			continue;
		decoded->text[to++] = c == '\r' ? '\n' : c;
	}
	decoded->text[to] = '\0';
	decoded->length = to;
}

int encoding_read(struct keep *keep, const char *bytes, size_t n, struct decoded *ret,
		  struct fault *ret_fault)
{
	const bool mark = n >= strlen(MARK) && memcmp(bytes, MARK, strlen(MARK)) == 0;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (n >= others[i].n && memcmp(bytes, others[i].begin, others[i].n) == 0) {
			snprintf(ret_fault->text, sizeof(ret_fault->text), "%s", others[i].what);
			return -EINVAL;
		}
	if (memchr(bytes, '\0', n)) {
		snprintf(ret_fault->text, sizeof(ret_fault->text),
			 "is not text: there are zero bytes in it");
		return -EINVAL;
	}
	*ret = (struct decoded){ 0 };
	if (is_utf8(bytes, n)) {
		const size_t skip = mark ? strlen(MARK) : 0;

		ret->encoding = mark ? ENCODING_UTF8_MARK : ENCODING_UTF8;
		ret->text = keep_text(keep, bytes + skip, n - skip);
		ret->length = n - skip;
	} else {
		ret->encoding = ENCODING_WINDOWS_1252;
		ret->text = keep_bytes(keep, 3 * n + 1);
		if (from_windows(bytes, n, ret) < 0) {
			snprintf(ret_fault->text, sizeof(ret_fault->text),
				 "is neither UTF-8 nor Windows-1252: save it as UTF-8");
			return -EINVAL;
		}
	}
	one_line_end(ret);
	return 0;
}
