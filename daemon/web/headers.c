/* SPDX-License-Identifier: Apache-2.0 */
#include "web/headers.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands in the style element; its bytes are what a browser hashes too. */
static bool find_style(const char *html, const char **ret, size_t *ret_length)
{
	static const char begins[] = "<style>";
	const char *at = html ? strstr(html, begins) : NULL;
	const char *end = at ? strstr(at, "</style>") : NULL;

	if (!end)
		return false;
	*ret = at + strlen(begins);
	*ret_length = (size_t)(end - *ret);
	return true;
}

/* " 'sha256-…'" of the language's style sheet, at the end of out, unless it is there already. */
static int add_style(const struct templates *templates, enum language language,
		     char out[static WEB_POLICY_ROOM])
{
	json_t *view = json_pack("{sb ss}", "not_found", 1, "root", "/");
	char *html = NULL, text[64], source[80];
	unsigned char hash[crypto_hash_sha256_BYTES];
	const char *style;
	size_t length;
	int r = view ? templates_page(templates, language, PAGE_ERROR, view, &html) : -ENOMEM;

	json_decref(view);
	if (r == 0 && find_style(html, &style, &length)) {
		crypto_hash_sha256(hash, (const unsigned char *)style, length);
		sodium_bin2base64(text, sizeof(text), hash, sizeof(hash),
				  sodium_base64_VARIANT_ORIGINAL);
		snprintf(source, sizeof(source), " 'sha256-%s'", text);
		if (!strstr(out, source))
			strncat(out, source, WEB_POLICY_ROOM - strlen(out) - 1);
	}
	free(html);
	return r == -ENOMEM ? r : 0;
}

int headers_adopt(struct web *w, const struct templates *templates)
{
	static const char always[] = WEB_POLICY, style[] = "; style-src";
	char policy[WEB_POLICY_ROOM] = WEB_POLICY "; style-src";
	int r = 0;

	for (enum language language = 0; r == 0 && language < LANGUAGES; language++)
		r = add_style(templates, language, policy);
	if (r < 0)
		return r;
	if (strlen(policy) == strlen(always) + strlen(style))
		policy[strlen(always)] = '\0';
	memcpy(w->policy, policy, sizeof(policy));
	return 0;
}

size_t headers_common(const struct web *w, struct header_line out[static HEADER_LINES])
{
	const struct header_line always[] = {
		/* The token is in the address: it is told to nobody, and kept nowhere. */
		{ "Referrer-Policy", "no-referrer" },	  { "Cache-Control", "no-store" },
		{ "X-Robots-Tag", "noindex, nofollow" },  { "X-Content-Type-Options", "nosniff" },
		{ "Content-Security-Policy", w->policy },
	};
	const char *url = web_settings(w)->public_url;
	size_t count = sizeof(always) / sizeof(always[0]);

	memcpy(out, always, sizeof(always));
	if (url && strncmp(url, "https://", 8) == 0)
		out[count++] =
			(struct header_line){ "Strict-Transport-Security", "max-age=31536000" };
	return count;
}
