/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "message/incoming_parts.h"

/*
 * What somebody wrote in a mail: its plain text, or that of its HTML where it has none, less what it quotes, what introduces
 * that, the signature, and what telephones add; at most NOTE_MAX characters, cut with "…". What is encrypted has none.
 * *ret: to be freed, NULL when nothing is left. 0 or -ENOMEM.
 */
int reply_text(const struct parts *parts, char **ret);
