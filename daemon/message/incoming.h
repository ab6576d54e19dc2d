/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail that came in, read: what it is, which message of ours it may be about, and what is said in it. Pure: nothing
 * in it is believed here. Whoever acts on it verifies a token first.
 *
 * Reading is bounded whatever the mail is: by its size, the size of its headers, the number and depth of its parts, and
 * how much of a text is decoded. The worst of 10 MB took 18 ms, and 12 MB of memory beside the mail (release build).
 */
#pragma once
#include <stddef.h>

#include "ledger/incoming_rows.h"
#include "message/return_token.h"
#include "protocol/text.h"

#define INCOMING_MAX 10240000 /* bytes of a mail: as much as Postfix takes unless it is told */
#define INCOMING_TOKENS 8     /* of one mail that are kept */
#define INCOMING_TOKEN RETURN_TOKEN
#define INCOMING_ID 65 /* bytes of a SHA-256 in hex, and its NUL */

/* Why a mail can't be read. */
enum incoming_fault {
	INCOMING_READ,	    /* it can */
	INCOMING_TOO_LARGE, /* more than INCOMING_MAX bytes */
	INCOMING_TOO_DEEP,  /* too many parts, or within each other, too large a header … */
	INCOMING_NO_MAIL,   /* its beginning is no mail's header */
	INCOMING_FAULTS,
};

struct incoming {
	enum incoming_what what;
	/* The same for the same mail read again, also when it came by another way in. */
	char id[INCOMING_ID];
	/*
	 * Texts that have the form of a return token, in lower case, each once, the most telling first. None of them
	 * is verified. Of all mails: of the address that it came to. Of a report: of its Original-Envelope-Id, and of
	 * the headers that it returns. Of anything else: of In-Reply-To and References.
	 */
	char tokens[INCOMING_TOKENS][INCOMING_TOKEN];
	size_t token_count;
	char resent[INCOMING_TOKEN]; /* the one of its own Resent-Message-ID; "" */
	char status[16];	     /* of a report: "5.1.1"; "": it says none */
	char answer[300];	     /* of a report: what the server said, as harmless_line; "" */
	char subject[LINE_MAX_BYTES + 1]; /* one clean line; "" */
	char from[255]; /* the address that it says it is from; "": none, or several */
	/* What was written, in clean lines, without what it quotes and without the signature: at most NOTE_MAX
	 * characters. NULL: a report, or there is none. */
	char *text;
};

/*
 * Read a mail of length bytes as a server hands it over. to: the address that it came to, by the envelope, or NULL: that
 * is then what the mail itself says. 0 with *ret, to be freed; a fault, for which incoming_fault_text has a sentence; or
 * -ENOMEM.
 */
int incoming_read(const char *bytes, size_t length, const char *to, struct incoming **ret);
struct incoming *incoming_free(struct incoming *in);
/* Why it can't be read, as a sentence without a stop. */
const char *incoming_fault_text(enum incoming_fault fault);
