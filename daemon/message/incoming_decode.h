/* SPDX-License-Identifier: Apache-2.0 */
/* What a part of a mail says, as text: its encoding undone, in UTF-8, HTML without its marks. */
#pragma once
#include "base/buffer.h"
#include "message/incoming_parts.h"

#define DECODE_MAX (128 * 1024) /* bytes of a part's text that are decoded; the rest is not read */

/*
 * The text of a part, added to out: clean (no controls, nothing that turns the direction of text), "\n" line ends, one
 * after its last line. Of text/html what a reader would see; what is quoted there begins with "> ". 0 or -ENOMEM.
 */
int part_text(const struct part *part, struct buffer *out);
/* The text of all parts that are not attached: the plain ones, and the HTML that is no other way to say what one of those
 * before it says. out: empty. */
int parts_text(const struct parts *parts, struct buffer *out);
/* A field's value: its encoded words decoded (RFC 2047), one clean line, cut between characters to size. */
void field_line(const char *value, char *out, size_t size);
