/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail addresses as they are written and as they leave. SMTP carries ASCII (RFC 5321 § 2.4), and an
 * internationalised domain has a form in it (RFC 5890): göteborg.se is xn--gteborg-90a.se. What stands
 * before the @ has none: it takes SMTPUTF8 (RFC 6531) of every server on the way, which few have, so
 * that it is refused here rather than by a server later.
 */
#include "plan/mail_address.h"

#include <idn2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* The address with the domain's ASCII form; NULL when the domain has none. */
static const char *to_ascii(struct reader *r, const char *address)
{
	const char *domain = strrchr(address, '@') + 1;
	const size_t local = (size_t)(domain - address);
	char *ascii = NULL, *whole = NULL;

	if (idn2_to_ascii_8z(domain, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) == IDN2_OK &&
	    (whole = arena_alloc(&r->plan->private->arena, local + strlen(ascii) + 1))) {
		memcpy(whole, address, local);
		strcpy(whole + local, ascii);
	}
	if (ascii && !whole) {
		idn2_free(ascii);
		reader_out_of_memory(r);
	}
	idn2_free(ascii);
	return whole;
}

const char *mail_address_read(struct reader *r, const char *text, const char **ret)
{
	const char *at = strrchr(text, '@'), *ascii;

	if (!text_is_address_beyond_ascii(text, strlen(text)))
		return "is not exactly one mail address";
	if (!is_ascii(text, (size_t)(at - text)))
		return "has letters beyond ASCII before the @, which most mail servers refuse: "
		       "write an "
		       "address without them";
	ascii = is_ascii(at, strlen(at)) ? reader_text(r, text, strlen(text)) : to_ascii(r, text);
	if (!ascii || !text_is_address(ascii))
		return "names a domain that can't be: its name has no form in ASCII";
	*ret = ascii;
	return NULL;
}

char *mail_address_ascii(const char *address)
{
	const char *at = strrchr(address, '@');
	char *domain = NULL, *whole = NULL;

	if (!text_is_address_beyond_ascii(address, strlen(address)) ||
	    idn2_to_ascii_8z(at + 1, &domain, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
		return NULL;
	if (asprintf(&whole, "%.*s@%s", (int)(at - address), address, domain) < 0)
		whole = NULL;
	idn2_free(domain);
	return whole;
}

char *mail_address_shown(const char *address)
{
	const char *at = strrchr(address, '@');
	char *domain = NULL, *whole = NULL;

	if (!at || idn2_to_unicode_8z8z(at + 1, &domain, 0) != IDN2_OK)
		return strdup(address);
	if (asprintf(&whole, "%.*s@%s", (int)(at - address), address, domain) < 0)
		whole = NULL;
	idn2_free(domain);
	return whole;
}
