/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each line is formatted into one bounded buffer, cleaned, and written with one write(2), so lines
 * of several processes never mix. What is cut off for its length ends in "…". Nothing is allocated:
 * the log works when memory does not.
 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "protocol/text.h"

#define LINE_BYTES 2048 /* the prefix and the newline included */
#define CUT "…"

static const char *const level_names[] = {
	[LOG_LEVEL_ERROR] = "error",
	[LOG_LEVEL_WARNING] = "warning",
	[LOG_LEVEL_NOTICE] = "notice",
	[LOG_LEVEL_INFO] = "info",
};

static int put_prefix(char *out, size_t size, enum log_level level)
{
	if (getenv("JOURNAL_STREAM") || getenv("NOTIFY_SOCKET"))
		return snprintf(out, size, "<%d>", (int)level);
	return snprintf(out, size, "%s: ", level_names[level]);
}

/* Every control character and every byte that is not UTF-8 becomes "?". Returns the new length. */
static size_t clean(char *text, size_t length)
{
	size_t to = 0;

	for (size_t from = 0, n; from < length; from += n) {
		uint32_t code;
		n = text_utf8(text + from, length - from, &code);
		if (n > 0 && !text_is_control(code)) {
			memmove(text + to, text + from, n);
			to += n;
		} else {
			text[to++] = '?';
			n = n > 0 ? n : 1;
		}
	}
	return to;
}

/* The length at which to cut text of length bytes without splitting its last character. */
static size_t whole_characters(const char *text, size_t length)
{
	size_t begin = length;

	while (begin > 0 && length - begin < 3 && ((unsigned char)text[begin - 1] & 0xc0) == 0x80)
		begin--;
	if (begin > 0 && ((unsigned char)text[begin - 1] & 0xc0) == 0xc0) {
		uint32_t code;
		return text_utf8(text + begin - 1, length - begin + 1, &code) ? length : begin - 1;
	}
	return length;
}

void log_line(enum log_level level, const char *format, ...)
{
	char line[LINE_BYTES];
	const size_t room = sizeof(line) - sizeof(CUT); /* leaves "…" and the newline theirs */
	int saved = errno;
	va_list args;

	size_t prefix = (size_t)put_prefix(line, room, level);
	errno = saved; /* for %m */
	va_start(args, format);
	int n = vsnprintf(line + prefix, room - prefix, format, args);
	va_end(args);

	size_t length = n > 0 ? (size_t)n : 0;
	bool cut = length >= room - prefix;
	if (cut)
		length = whole_characters(line + prefix, room - prefix - 1);
	length = prefix + clean(line + prefix, length);
	if (cut)
		length += (size_t)snprintf(line + length, sizeof(line) - length, CUT);
	line[length++] = '\n';
	if (write(STDERR_FILENO, line, length) < 0) {
		/* There is nowhere left to say it. */
	}
	errno = saved;
}
