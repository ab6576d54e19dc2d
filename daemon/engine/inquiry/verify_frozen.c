/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/verify_frozen.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "engine/inquiry/difference.h"

static int check(void *userdata, const struct frozen_row *f)
{
	const char *content = f->content ? f->content : "";
	unsigned char hash[crypto_hash_sha256_BYTES];
	char text[SHA256_TEXT], item[ITEM_ID + 20];

	crypto_hash_sha256(hash, (const unsigned char *)content, strlen(content));
	sodium_bin2hex(text, sizeof(text), hash, sizeof(hash));
	if (strcmp(text, f->sha256) == 0)
		return 0;
	snprintf(item, sizeof(item), "%s, number %d", f->deadline, f->n);
	return difference_tell(userdata,
			       &(struct difference){ "frozen paper", item, "sha256",
						     json_string(text), json_string(f->sha256) });
}

int verify_frozen(struct inquiry *q)
{
	return ledger_each_frozen(q->e.ledger, check, q);
}
