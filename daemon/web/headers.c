/* SPDX-License-Identifier: Apache-2.0 */
#include "web/headers.h"

#include <string.h>

/* A page loads nothing, runs nothing, is framed nowhere, and sends its forms nowhere else. */
#define POLICY "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

size_t headers_common(const struct web *w, struct header_line out[static HEADER_LINES])
{
	static const struct header_line always[] = {
		/* The token is in the address: it is told to nobody, and kept nowhere. */
		{ "Referrer-Policy", "no-referrer" },	 { "Cache-Control", "no-store" },
		{ "X-Robots-Tag", "noindex, nofollow" }, { "X-Content-Type-Options", "nosniff" },
		{ "Content-Security-Policy", POLICY },
	};
	const char *url = web_settings(w)->public_url;
	size_t count = sizeof(always) / sizeof(always[0]);

	memcpy(out, always, sizeof(always));
	if (url && strncmp(url, "https://", 8) == 0)
		out[count++] =
			(struct header_line){ "Strict-Transport-Security", "max-age=31536000" };
	return count;
}
