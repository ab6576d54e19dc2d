/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/options.h"

#include <string.h>
#include <sysexits.h>

#include "client/import/amount.h"
#include "client/import/drafting.h"
#include "client/run.h"
#include "protocol/text.h"

#define BODY "NAMND" /* the id of the body that is answered, unless --body says another */

static int misused(const char *option, const char *value, const char *what)
{
	fprintf(stderr, "paminn: --%s \"%s\" %s\n", option, text_excerpt(value).text, what);
	return EX_USAGE;
}

/* --column FIELD=HEADING: 0 or an exit code. */
static int take_wish(struct column_wishes *wishes, struct keep *keep, const char *value,
		     size_t *room)
{
	const char *equals = strchr(value, '=');
	struct text_list fields = { "" };
	struct column_wish wish;
	char *name;

	if (!equals || !equals[1])
		return misused("column", value, "is not FIELD=HEADING, as in title=Åtgärd");
	name = keep_text(keep, value, (size_t)(equals - value));
	wish.heading = equals + 1;
	wish.field = (enum column_kind)text_find(name, column_kind_names, COLUMN_KINDS);
	if (wish.field == COLUMN_KINDS) {
		for (int field = 0; field < COLUMN_KINDS; field++)
			text_list_add(&fields, column_kind_names[field]);
		return misused("column", value,
			       keep_print(keep, "names no field: they are %s", fields.text));
	}
	wishes->list = array_more(wishes->list, wishes->count, room, sizeof(*wishes->list));
	wishes->list[wishes->count++] = wish;
	return EX_OK;
}

/* How the spreadsheet is read: 0 or an exit code. */
static int take_reading(struct import_options *o, const struct call *call, struct keep *keep)
{
	const char *unit = call_value(call, "unit"), *prefix = call_value(call, "prefix"), *value;
	size_t room = 0;
	int code = EX_OK;

	for (size_t at = 0; code == EX_OK && (value = call_more(call, "column", &at));)
		code = take_wish(&o->columns, keep, value, &room);
	if (code != EX_OK)
		return code;
	if (unit && (o->draft.unit = amount_unit(unit)) == 0)
		return misused("unit", unit, "is not kr, tkr or mnkr");
	if (prefix && (!text_is_id(prefix) || strlen(prefix) > ID_MAX / 2))
		return misused("prefix", prefix,
			       "is not the beginning of ids: up to 32 of A-Z, a-z, 0-9, \".\", "
			       "\"_\" and \"-\"");
	o->draft.prefix = prefix ? prefix : "";
	o->frame.pattern = keep_print(keep, "%s*", o->draft.prefix);
	return EX_OK;
}

/* ---- what a plan needs beside the spreadsheet -------------------------------------------------------- */

/* Is it a title or a name of a plan, with something in it? */
static bool is_line(const char *text)
{
	size_t length;

	return !text_is_blank(text) && strlen(text) <= LINE_MAX_BYTES &&
	       text_is_clean(text, strlen(text), false) && !text_turn(text) &&
	       !text_placeholder(text, &length);
}

/* --support "Ekonomi <ekonomi@region.se>": 0 or an exit code. */
static int take_support(struct plan_frame *frame, const char *value, struct keep *keep)
{
	static const char wrong[] = "is not a name and a mailbox, as in \"Ekonomi "
				    "<ekonomi@region.se>\"";
	const char *open = strchr(value, '<');
	const size_t n = open ? strlen(open) : 0;
	char *mail;

	if (n < 3 || open[n - 1] != '>')
		return misused("support", value, wrong);
	mail = keep_text(keep, open + 1, n - 2);
	frame->support = sheet_clean(keep_text(keep, value, (size_t)(open - value)));
	frame->support_mail = mail;
	if (!text_is_address(mail) || !is_line(frame->support))
		return misused("support", value, wrong);
	return EX_OK;
}

static int take_frame(struct plan_frame *frame, const struct call *call, struct keep *keep)
{
	static const char no_line[] = "is not a line of 1 to 200 bytes without a hole in it";
	const char *body = call_value(call, "body"), *support = call_value(call, "support");
	struct civil_date date;

	frame->name = call_value(call, "body-name");
	frame->meeting = call_value(call, "meeting");
	frame->asked = call_value(call, "asked");
	frame->body = body ? body : BODY;
	if (!text_is_id(frame->body) || strlen(frame->body) > ID_MAX / 2)
		return misused("body", body,
			       "is not an id: up to 32 of A-Z, a-z, 0-9, \".\", \"_\" and \"-\"");
	if (frame->name && !is_line(frame->name))
		return misused("body-name", frame->name, no_line);
	if (frame->asked && !is_line(frame->asked))
		return misused("asked", frame->asked, no_line);
	if (frame->meeting && civil_parse(frame->meeting, &date) < 0)
		return misused("meeting", frame->meeting, "is not a date, as in 2027-02-09");
	return support ? take_support(frame, support, keep) : EX_OK;
}

/* The options that the spreadsheet is read with, as for a shell: with them it is read again the same way. */
static const char *list_options(const struct call *call, struct keep *keep)
{
	static const char *const names[] = { "prefix", "unit", "body" };
	const char *all = "", *value;

	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
		if ((value = call_value(call, names[n])))
			all = keep_print(keep, "%s --%s %s", all, names[n], value);
	for (size_t at = 0; (value = call_more(call, "column", &at));)
		all = keep_print(keep, "%s --column \"%s\"", all,
				 sheet_clean(keep_print(keep, "%s", value)));
	return all;
}

int import_options_read(struct import_options *ret, const struct call *call, struct keep *keep)
{
	int code;

	*ret = (struct import_options){ 0 };
	code = take_reading(ret, call, keep);
	if (code == EX_OK)
		code = take_frame(&ret->frame, call, keep);
	ret->frame.options = list_options(call, keep);
	return code;
}

void import_options_done(struct import_options *options)
{
	free(options->columns.list);
}
