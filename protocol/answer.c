/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/answer.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/json_text.h"
#include "protocol/rfc3339.h"
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

bool answer_result_parse(const char *name, enum answer_result *ret)
{
	const size_t count = sizeof(result_names) / sizeof(*result_names);
	const size_t result = text_find(name, result_names, count);

	if (result < count)
		*ret = (enum answer_result)result;
	return result < count;
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

__attribute__((format(printf, 2, 0))) static void format_reason(struct rejection *why,
								const char *format,
								va_list arguments)
{
	char raw[sizeof(why->reason)]; /* since an argument may be the former reason */
	int n = vsnprintf(raw, sizeof(raw), format, arguments);

	assert(n >= 0);
	copy_clean(why->reason, raw, (size_t)n >= sizeof(raw));
}

enum reject_code reject(struct rejection *why, enum reject_code code, const char *format, ...)
{
	va_list arguments;

	assert(code > REJECT_NONE && code < REJECT_CODES);
	va_start(arguments, format);
	format_reason(why, format, arguments);
	va_end(arguments);
	why->code = code;
	why->cause = CAUSE_OTHER;
	return code;
}

enum reject_code reject_data(struct rejection *why, enum reject_cause cause, const char *format,
			     ...)
{
	va_list arguments;

	assert(cause > CAUSE_OTHER && cause < REJECT_CAUSES);
	va_start(arguments, format);
	format_reason(why, format, arguments);
	va_end(arguments);
	why->code = REJECT_BAD_DATA;
	why->cause = cause;
	return REJECT_BAD_DATA;
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

/* A sentence that grows; what there is no room for is left out. All of it is ASCII: ids, names of fields, dates. */
struct sentence {
	char text[400];
	size_t used;
};

static void say(struct sentence *s, const char *text)
{
	s->used += text_copy(s->text + s->used, sizeof(s->text) - s->used, text);
}

static void say_number(struct sentence *s, size_t number)
{
	char text[24];

	*json_text_number(text, (int64_t)number) = '\0';
	say(s, text);
}

/* "2026-05-12 08:00" of an RFC 3339 time. */
static void say_time(struct sentence *s, const char *time)
{
	char text[RFC3339_TEXT];

	text_copy(text, sizeof("2026-05-12T08:00"), time);
	text[strcspn(text, "T")] = ' ';
	say(s, text);
}

static const char *deadline_of(const json_t *one)
{
	return json_string_value(json_object_get(one, "deadline"));
}

#define NAMED 3 /* of several, in a sentence */

/* "RS-58 still lacks effect_forecast and note; RS-70 still lacks note: report again with them" */
static void say_missing(struct sentence *s, const json_t *missing)
{
	size_t i, k;
	json_t *one, *field;
	size_t lacking = 0;

	json_array_foreach (missing, i, one) {
		const json_t *fields = json_object_get(one, "fields");

		lacking += json_array_size(fields);
		say(s, i ? "; " : "");
		say(s, deadline_of(one));
		say(s, " still lacks ");
		json_array_foreach (fields, k, field) {
			say(s, k == 0 ? "" : k + 1 == json_array_size(fields) ? " and " : ", ");
			say(s, json_string_value(field));
		}
	}
	say(s, lacking > 1 ? ": report again with them" : ": report again with it");
}

/* Of count things, NAMED were named. */
static void say_more(struct sentence *s, size_t count)
{
	if (count <= NAMED)
		return;
	say(s, " and ");
	say_number(s, count - NAMED);
	say(s, " more");
}

/* "it comes too early for RS-58 (from 2026-05-12 08:00 on) and 2 more" */
static void say_early(struct sentence *s, const struct remarks *r)
{
	say(s, "it comes too early for ");
	for (size_t i = 0; i < r->early_count && i < NAMED; i++) {
		say(s, i ? ", " : "");
		say(s, r->early[i].deadline);
		say(s, " (from ");
		say_time(s, r->early[i].opens);
		say(s, " on)");
	}
	say_more(s, r->early_count);
}

static const char *answered(const struct remarks *r, size_t i)
{
	return i < ANSWERED_NEAR ? r->answered[i].deadline
				 : r->answered_more[i - ANSWERED_NEAR].deadline;
}

/* "it answers K@2026-05-29; one for K@2026-06-30, the next of 2, counts from 2026-06-16 08:00 on": of what it
 * is too early for what comes next is enough, since all is as it should be. */
static void say_answered(struct sentence *s, const struct remarks *r)
{
	const struct early *next = &r->early[0];

	say(s, "it answers ");
	for (size_t i = 0; i < r->answered_count && i < NAMED; i++) {
		say(s, i ? ", " : "");
		say(s, answered(r, i));
	}
	say_more(s, r->answered_count);
	for (size_t i = 1; i < r->early_count; i++)
		if (strcmp(r->early[i].opens, next->opens) < 0)
			next = &r->early[i];
	say(s, "; one for ");
	say(s, next->deadline);
	if (r->early_count > 1) {
		say(s, ", the next of ");
		say_number(s, r->early_count);
		say(s, ",");
	}
	say(s, " counts from ");
	say_time(s, next->opens);
	say(s, " on");
}

void remarks_done(struct remarks *r)
{
	json_decref(r->missing);
	json_decref(r->warnings);
	free(r->early);
	free(r->answered_more);
	*r = (struct remarks){ NULL };
}

int remarks_add_answered(struct remarks *r, const char *deadline)
{
	const size_t at = r->answered_count;
	struct answered *more = r->answered_more, *to = r->answered + at;

	if (at >= ANSWERED_NEAR && at - ANSWERED_NEAR == r->answered_room) {
		r->answered_room = r->answered_room ? r->answered_room * 2 : 8;
		more = realloc(more, r->answered_room * sizeof(*more));
		if (!more)
			return -ENOMEM;
		r->answered_more = more;
	}
	if (at >= ANSWERED_NEAR)
		to = more + (at - ANSWERED_NEAR);
	assert(strlen(deadline) < sizeof(to->deadline));
	strcpy(to->deadline, deadline);
	r->answered_count++;
	return 0;
}

#define HEAD_ROOM \
	(80 + EVENT_ID_MAX * 4) /* an id's character has 4 bytes, or 2 when it is escaped */
#define REASON_ROOM (20 + 2 * sizeof(((struct sentence *)0)->text))

size_t answer_room(const struct remarks *r)
{
	return !r ? HEAD_ROOM
		  : HEAD_ROOM + REASON_ROOM + 80 + json_dumpb(r->missing, NULL, 0, JSON_COMPACT) +
			       json_dumpb(r->warnings, NULL, 0, JSON_COMPACT) +
			       r->early_count * (sizeof(struct early) + 30) +
			       r->answered_count * (sizeof(struct answered) + 3);
}

static char *write_list(char *at, const char *name, const json_t *list)
{
	if (!list)
		return at;
	at = stpcpy(stpcpy(stpcpy(at, ",\""), name), "\":");
	return at + json_dumpb(list, at, json_dumpb(list, NULL, 0, JSON_COMPACT), JSON_COMPACT);
}

static char *write_answered(char *at, const struct remarks *r)
{
	for (size_t i = 0; i < r->answered_count; i++)
		at = json_text_string(stpcpy(at, i ? "," : ",\"answers\":["), answered(r, i));
	return r->answered_count ? stpcpy(at, "]") : at;
}

static char *write_early(char *at, const struct remarks *r)
{
	for (size_t i = 0; i < r->early_count; i++) {
		at = stpcpy(at, i ? ",{\"deadline\":" : ",\"early\":[{\"deadline\":");
		at = stpcpy(json_text_string(at, r->early[i].deadline), ",\"opens\":");
		at = stpcpy(json_text_string(at, r->early[i].opens), "}");
	}
	return r->early_count ? stpcpy(at, "]") : at;
}

static char *write_reason(char *at, const struct remarks *r)
{
	struct sentence s = { .used = 0 };

	if (r->missing)
		say_missing(&s, r->missing);
	if (r->missing && r->early_count)
		say(&s, "; ");
	if (r->early_count && r->answered_count && !r->missing)
		say_answered(&s, r);
	else if (r->early_count)
		say_early(&s, r);
	return s.used ? json_text_string(stpcpy(at, ",\"reason\":"), s.text) : at;
}

size_t answer_write(enum answer_result result, const char *id, int64_t seq,
		    const struct remarks *remarks, char *out)
{
	char *at = out;

	at = stpcpy(stpcpy(stpcpy(at, "{\"result\":\""), result_names[result]), "\",\"id\":");
	at = stpcpy(json_text_string(at, id), ",\"seq\":");
	at = json_text_number(at, seq);
	if (remarks) {
		at = write_answered(at, remarks);
		at = write_list(at, "missing", remarks->missing);
		at = write_early(at, remarks);
		at = write_list(at, "warnings", remarks->warnings);
		at = write_reason(at, remarks);
	}
	*at++ = '}';
	return (size_t)(at - out);
}

json_t *answer_remarks(const struct remarks *remarks)
{
	static const char *const of_answer[] = { "result", "id", "seq" };
	char *text = malloc(answer_room(remarks));
	json_t *json = text ? json_loadb(text, answer_write(ANSWER_ACCEPTED, "", 0, remarks, text),
					 0, NULL)
			    : NULL;

	free(text);
	for (size_t i = 0; i < sizeof(of_answer) / sizeof(of_answer[0]); i++)
		json_object_del(json, of_answer[i]);
	return json;
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
