/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a spreadsheet's export, as UTF-8. */
#pragma once
#include "client/command.h"
#include "client/import/keep.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF8_MARK, ENCODING_WINDOWS_1252, ENCODINGS };
extern const char *const encoding_names[ENCODINGS]; /* for a sentence */

struct decoded {
	char *text; /* UTF-8, line ends as \n alone, of keep; a NUL behind it and none within */
	size_t length;
	enum encoding encoding;
};

/*
 * What is UTF-8 is read as that, with or without a byte order mark, and everything else as Windows-1252,
 * which Swedish versions of Excel write. 0; or -EINVAL and a sentence when it is no text: a spreadsheet's own
 * file, UTF-16, bytes that Windows-1252 has not.
 */
int encoding_read(struct keep *keep, const char *bytes, size_t n, struct decoded *ret,
		  struct fault *ret_fault);
