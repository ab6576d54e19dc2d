/* SPDX-License-Identifier: Apache-2.0 */
/* Mails on their way in, a piece a command: few at once, and bounded in memory together. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <systemd/sd-event.h>

#include "protocol/answer.h"

#define UPLOADS_MAX 4		      /* at once */
#define UPLOADS_BYTES_MAX (24u << 20) /* of all of them */
#define UPLOAD_PATIENCE_US \
	(60 * 1000000ull) /* without a piece, of real time: then it is forgotten */

struct uploads;

/* A mail that is there as far as it is wanted: borrowed until uploads are told or freed. */
struct uploaded {
	const char *bytes;
	size_t length;
	const char *to; /* the address that it came to, of the params; NULL: not said */
};

int uploads_new(struct uploads **ret, sd_event *event);
struct uploads *uploads_free(struct uploads *u);
/*
 * Take in a piece, as the params of COMMAND_RECEIVE have it. REJECT_NONE; *ret_whole: it was the last, or the
 * mail is larger than INCOMING_MAX already, and ret is what there is of it; the upload is over once uploads_end has
 * been called. Or a code with the sentence, and nothing is kept of that upload.
 */
enum reject_code uploads_add(struct uploads *u, const json_t *params, struct uploaded *ret,
			     bool *ret_whole, struct rejection *ret_why);
/* The mail that was whole is of no more use. */
void uploads_end(struct uploads *u, const struct uploaded *mail);
