/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/answer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "protocol/text.h"

static const char *const code_names[REJECT_CODES] = {
	[REJECT_NONE] = "none",
	[REJECT_BAD_JSON] = "bad-json",
	[REJECT_BAD_EVENT] = "bad-event",
	[REJECT_BAD_DATA] = "bad-data",
	[REJECT_TOO_LARGE] = "too-large",
	[REJECT_UNKNOWN_TYPE] = "unknown-type",
	[REJECT_UNKNOWN_SUBJECT] = "unknown-subject",
	[REJECT_NOT_ALLOWED] = "not-allowed",
	[RETRY_STORAGE_FULL] = "storage-full",
	[RETRY_BUSY] = "busy",
};

static const char *const result_names[] = {
	[ANSWER_ACCEPTED] = "accepted",
	[ANSWER_DUPLICATE] = "duplicate",
	[ANSWER_REJECTED] = "rejected",
	[ANSWER_RETRY] = "retry",
	[ANSWER_OK] = "ok",
};

const char *reject_code_name(enum reject_code code)
{
	assert(code < REJECT_CODES);
	return code_names[code];
}

enum reject_code reject_code_parse(const char *name)
{
	for (enum reject_code code = REJECT_NONE; code < REJECT_CODES; code++)
		if (strcmp(name, code_names[code]) == 0)
			return code;
	return REJECT_NONE;
}

/* Copy raw to out, which is as large: what is a control character or not UTF-8 becomes "?". Of a
 * text that was cut, the half of a character at its end goes. */
static void copy_clean(char *out, const char *raw, bool cut)
{
	size_t n = strlen(raw), length;
	uint32_t code;

	for (; n > 0; raw += length, n -= length) {
		length = text_utf8(raw, n, &code);
		if (length == 0 && cut && n < 4)
			break;
		if (length == 0 || text_is_control(code)) {
			length = length ? length : 1;
			*out++ = '?';
		} else {
			memcpy(out, raw, length);
			out += length;
		}
	}
	*out = '\0';
}

enum reject_code reject(struct rejection *why, enum reject_code code, const char *format, ...)
{
	char raw[sizeof(why->reason)]; /* since an argument may be the former reason */
	va_list arguments;
	int n;

	assert(code > REJECT_NONE && code < REJECT_CODES);
	va_start(arguments, format);
	n = vsnprintf(raw, sizeof(raw), format, arguments);
	va_end(arguments);
	assert(n >= 0);
	copy_clean(why->reason, raw, (size_t)n >= sizeof(raw));
	why->code = code;
	return code;
}

/* {"result":NAME}, or NULL. */
static json_t *answer_new(enum answer_result result)
{
	json_t *answer = json_object();

	if (json_object_set_new_nocheck(answer, "result",
					json_string_nocheck(result_names[result])))
		return json_decref(answer), NULL;
	return answer;
}

/* Add a member (stolen); returns the answer, or NULL if either could not be made. */
static json_t *with(json_t *answer, const char *name, json_t *value)
{
	if (json_object_set_new_nocheck(answer, name, value))
		return json_decref(answer), NULL;
	return answer;
}

static json_t *stored(enum answer_result result, const char *id, int64_t seq)
{
	json_t *answer = with(answer_new(result), "id", json_string(id));

	return with(answer, "seq", json_integer(seq));
}

json_t *answer_accepted(const char *id, int64_t seq)
{
	return stored(ANSWER_ACCEPTED, id, seq);
}

/* "RS-58 still lacks effect_forecast and note" of each, as a sentence, cut if there are many. */
static void say_missing(char *out, size_t size, const json_t *missing)
{
	size_t i, k, used = 0;
	json_t *one, *field;

	json_array_foreach (missing, i, one) {
		const json_t *fields = json_object_get(one, "fields");

		used += (size_t)snprintf(out + used, size - used, "%s%s still lacks ",
					 i ? "; " : "",
					 json_string_value(json_object_get(one, "deadline")));
		json_array_foreach (fields, k, field)
			if (used < size)
				used += (size_t)snprintf(out + used, size - used, "%s%s",
							 k == 0 ? ""
							 : k + 1 == json_array_size(fields)
								 ? " and "
								 : ", ",
							 json_string_value(field));
		if (used >= size)
			return;
	}
	snprintf(out + used, size - used, ": report again with it");
}

json_t *answer_lacking(const char *id, int64_t seq, json_t *missing)
{
	json_t *answer = answer_accepted(id, seq);
	char raw[400], reason[400];

	if (!missing || !answer)
		return answer;
	say_missing(raw, sizeof(raw), missing);
	copy_clean(reason, raw, true);
	answer = with(answer, "missing", json_incref(missing));
	return with(answer, "reason", json_string(reason));
}

json_t *answer_duplicate(const char *id, int64_t seq)
{
	return stored(ANSWER_DUPLICATE, id, seq);
}

json_t *answer_refused(const char *id, const struct rejection *why)
{
	json_t *answer =
		answer_new(why->code >= RETRY_STORAGE_FULL ? ANSWER_RETRY : ANSWER_REJECTED);

	answer = with(answer, "id", id ? json_string(id) : json_null());
	answer = with(answer, "code", json_string_nocheck(reject_code_name(why->code)));
	return with(answer, "reason", json_string_nocheck(why->reason));
}

json_t *answer_rows(json_t *rows, const char *next)
{
	json_t *answer = with(answer_new(ANSWER_OK), "rows", rows);

	return next ? with(answer, "next", json_string(next)) : answer;
}
