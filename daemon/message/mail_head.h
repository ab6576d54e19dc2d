/* SPDX-License-Identifier: Apache-2.0 */
/* The head of a mail that is composed. */
#pragma once
#include <gmime/gmime.h>

#include "message/templates.h"

/* All fields but those of the body; ret gets the Message-ID. */
void mail_head(GMimeMessage *mail, const struct composing *with, const struct message_content *n,
	       const char *subject, struct composed *ret);
/* As in Content-Language. */
const char *mail_language(enum language language);
