/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file goes in parts, so that a large one is paged as other rows are and no frame grows with it. What is binary is
 * in base64, each part for itself.
 */
#include "control/show_report.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define PART_BYTES 49152 /* a multiple of 3, so that base64 pads the last alone */

enum reject_code report_form(const json_t *params, enum paper_form *ret, struct rejection *ret_why)
{
	const char *format = json_string_value(json_object_get(params, "format"));
	struct text_list known = { "" };

	*ret = format ? paper_form_find(format) : PAPER_FORMS;
	if (!format || *ret < PAPER_FORMS)
		return REJECT_NONE;
	for (enum paper_form form = 0; form < PAPER_FORMS; form++)
		text_list_add(&known, paper_form_name(form));
	return reject(ret_why, REJECT_BAD_DATA, "format %s is none of %s",
		      text_excerpt(format).text, known.text);
}

/* The bytes of the next part: no character is cut in two. */
static size_t part_length(const struct paper_file *file, size_t at, bool binary)
{
	size_t length = file->length - at;

	if (length <= PART_BYTES)
		return length;
	length = PART_BYTES;
	while (!binary && ((unsigned char)file->bytes[at + length] & 0xc0) == 0x80)
		length--;
	return length;
}

static json_t *base64_of(const char *bytes, size_t length)
{
	const size_t room = sodium_base64_ENCODED_LEN(length, sodium_base64_VARIANT_ORIGINAL);
	char *text = malloc(room);
	json_t *json;

	if (!text)
		return NULL;
	sodium_bin2base64(text, room, (const unsigned char *)bytes, length,
			  sodium_base64_VARIANT_ORIGINAL);
	json = json_string(text);
	free(text);
	return json;
}

static json_t *part(const struct paper_file *file, size_t at, size_t length, enum paper_form form)
{
	const char *name = paper_form_name(form);

	if (paper_form_is_binary(form))
		return json_pack("{ss ss so}", "format", name, "encoding", "base64", "text",
				 base64_of(file->bytes + at, length));
	return json_pack("{ss so}", "format", name, "text", json_stringn(file->bytes + at, length));
}

static json_t *parts_of(const struct paper_file *file, enum paper_form form)
{
	json_t *rows = json_array();

	for (size_t at = 0, length; at < file->length; at += length) {
		length = part_length(file, at, paper_form_is_binary(form));
		if (json_array_append_new(rows, part(file, at, length, form)) < 0) {
			json_decref(rows);
			return NULL;
		}
	}
	return rows;
}

enum reject_code show_report(struct inquiry *inquiry, enum paper_form form,
			     const struct composing *with, struct civil_date today,
			     struct rejection *ret_why)
{
	struct paper_file file = { NULL };
	size_t next;
	json_t *rows = inquiry_rows(inquiry, 0, &next), *row = json_array_get(rows, 0), *parts;
	int r = 0;

	if (json_object_get(row, "of")) {
		r = paper_file_new(row, form, with, today, &file);
		json_decref(rows);
		rows = NULL;
		if (r == 0) /* the report is needed no more, and large */
			inquiry_replace_rows(inquiry, NULL);
		parts = r == 0 ? parts_of(&file, form) : NULL;
		if (parts)
			inquiry_replace_rows(inquiry, parts);
		else if (r == 0)
			r = -ENOMEM;
		paper_file_done(&file);
	}
	json_decref(rows);
	if (r == 0)
		return REJECT_NONE;
	return reject(ret_why, RETRY_BUSY, "the report could not be written (%s): see report.%s",
		      strerror(-r), paper_form_name(form));
}
