/* SPDX-License-Identifier: Apache-2.0 */
/* A mail that came in, before anybody has read it. */
#pragma once
#include <stddef.h>

struct mail_in {
	const char *bytes;
	size_t length; /* more than INCOMING_MAX: it is too large, and bytes may be its beginning only */
	const char *to; /* the address that it came to; NULL: it says so itself */
};
