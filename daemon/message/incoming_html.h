/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "base/buffer.h"
#include "message/incoming_parts.h"

/*
 * What a reader sees of a page of HTML, added to out: its text in lines, "- " before what is listed, "> " before each line
 * of what is quoted. Any bytes are a page; it takes one pass. What it has no mark for is passed over: links, pictures,
 * styles. 0 or -ENOMEM.
 */
int html_text(struct slice page, struct buffer *out);
