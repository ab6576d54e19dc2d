/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report in the form that is asked for. The daemon writes what is read by people, with its templates; what is
 * read by programs is written here.
 */
#include <string.h>
#include <unistd.h>

#include "client/ask.h"
#include "client/base64_text.h"
#include "client/batch.h"
#include "client/csv.h"
#include "client/need.h"
#include "client/output.h"
#include "client/print.h"
#include "client/report_markdown.h"
#include "client/run.h"
#include "protocol/text_stream.h"

/* ---- what the daemon writes ---------------------------------------------------------------------- */

/* The parts of a file, in order. 0, or -EINVAL: they are none. */
static int put_parts(FILE *out, const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		const char *text = batch_text(row, "text");

		if (strcmp(batch_text(row, "encoding"), "base64") != 0)
			fputs(text, out);
		else if (!base64_text_write(text, out))
			return -1;
	}
	return 0;
}

static int put_file(FILE *out, const json_t *rows, const struct csv_form *form)
{
	(void)form;
	return put_parts(out, rows);
}

/* Of a plan that has no paper there is the row alone. */
static int put_markdown(FILE *out, const json_t *rows, const struct csv_form *form)
{
	(void)form;
	if (*batch_text(json_array_get(rows, 0), "text"))
		return put_parts(out, rows);
	report_markdown(out, json_array_get(rows, 0));
	return 0;
}

/* ---- what is written here ------------------------------------------------------------------------ */

/* What no measure covers of what an assignment requires is a row of its own: in the report's year, as what is
 * planned is. Its amount has a column of its own, since nobody plans it: it is no part of the others' sums. */
static void add_uncovered(json_t *rows, const json_t *requirement, const json_t *year)
{
	const json_int_t uncovered = json_integer_value(json_object_get(requirement, "uncovered"));

	if (uncovered > 0 && json_equal(json_object_get(requirement, "year"), year))
		json_array_append_new(
			rows, need(json_pack("{s:s,s:O,s:O,s:I}", "word", "uncovered", "title",
					     json_object_get(requirement, "title"), "assignment",
					     json_object_get(requirement, "assignment"),
					     "uncovered", uncovered)));
}

/* A row a measure; what is said once of the whole is in the other formats. */
/* The report of the rows; of a frozen one it is in their bytes. A new reference; NULL: it is none. */
static json_t *report_of(const json_t *rows)
{
	auto_free char *text = NULL;
	struct text_stream stream;
	size_t i;
	const json_t *row = json_array_get(rows, 0);
	FILE *memory;

	if (!*batch_text(row, "text"))
		return json_incref(json_array_get(rows, 0));
	memory = need(text_stream_open(&stream));
	json_array_foreach (rows, i, row)
		fputs(batch_text(row, "text"), memory);
	text = need(text_stream_close(&stream, NULL));
	return json_loads(text, 0, NULL);
}

static int put_csv(FILE *out, const json_t *all, const struct csv_form *form)
{
	static const char *const paper[] = {
		"measure",
		"title",
		"assignment",
		"owner",
		"owner_name",
		"status",
		"word",
		"words",
		"light",
		"progress",
		"done_by",
		"done_by_original",
		"done_forecast",
		"effect_planned",
		"effect_achieved",
		"effect_forecast",
		"deviation",
		"late",
		"less",
		"answered_at",
		"asked",
		"last_asked",
		"needs_support",
		"note",
		"link",
		"uncovered",
		NULL,
	};
	static const char *const members[] = {
		"measure",
		"title",
		"owner",
		"status",
		"progress",
		"effect_planned",
		"effect_achieved",
		"effect_forecast",
		"deviation",
		"answered_at",
		"asked",
		"last_asked",
		"note",
		NULL,
	};

	auto_json json_t *report = report_of(all);
	auto_json json_t *rows = report ? need(json_copy(json_object_get(report, "rows"))) : NULL;
	const json_t *requirement;
	size_t i;

	if (!report)
		return -1;
	json_array_foreach (json_object_get(report, "requirements"), i, requirement)
		add_uncovered(rows, requirement, json_object_get(report, "year"));
	csv_print(out, form, rows, json_object_get(report, "of") ? paper : members);
	return 0;
}

/* Of a frozen one exactly its bytes, whose hash is told. */
static int put_json(FILE *out, const json_t *rows, const struct csv_form *form)
{
	(void)form;
	if (*batch_text(json_array_get(rows, 0), "text"))
		return put_parts(out, rows);
	print_json(out, json_array_get(rows, 0));
	return 0;
}

/* ---- the command --------------------------------------------------------------------------------- */

static const struct format {
	const char *name;
	bool asked;  /* of the daemon, by this name */
	bool binary; /* nothing for a terminal */
	/* 0, or -1: what the daemon has answered is none. */
	int (*put)(FILE *out, const json_t *rows, const struct csv_form *form);
} formats[] = {
	{ "md", true, false, put_markdown }, { "html", true, false, put_file },
	{ "docx", true, true, put_file },    { "json", false, false, put_json },
	{ "csv", false, false, put_csv },
};

/* NULL: there is none of that name. */
static const struct format *find_format(const struct call *call)
{
	const char *name = call_value(call, "format");

	name = call->json ? "json" : name ? name : call_value(call, "frozen") ? "json" : "md";
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static int ask_report(const struct call *call, const struct format *format, json_t **ret_rows)
{
	json_t *params = NULL;
	struct fault fault;

	if (call_members(call, &params, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	if (format->asked)
		need_set(params, "format", json_string(format->name));
	else
		json_object_del(params, "format");
	return ask_for(call, QUERY_REPORT, params, ret_rows);
}

static int misuse(const char *sentence)
{
	fprintf(stderr, "paminn: %s\n", sentence);
	return EX_USAGE;
}

static int write_report(const struct call *call, const struct format *format,
			const struct csv_form *form, const json_t *rows)
{
	struct output out;
	int code = output_open(&out, call_value(call, "output"));

	if (code != EX_OK)
		return code;
	if (format->put(out.file, rows, form) < 0) {
		fprintf(stderr, "paminn: what the daemon has answered is no %s\n", format->name);
		output_abandon(&out);
		return EX_DATAERR;
	}
	return output_close(&out);
}

int report_command(const struct call *call)
{
	const struct format *format = find_format(call);
	const struct csv_form *form = csv_form_find(call_value(call, "locale"));
	auto_json json_t *rows = NULL;
	int code;

	if (!format)
		return misuse("--format is md, html, docx, json or csv");
	if (!form)
		return misuse(CSV_LOCALES);
	if (!call_value(call, "ITEM") == !call_value(call, "body"))
		return misuse("report takes a deadline or an assignment, or --body");
	if (format->binary && !call_value(call, "output") && isatty(STDOUT_FILENO))
		return misuse("a Word document is nothing for a terminal: give --output FILE");
	code = ask_report(call, format, &rows);
	if (code != EX_OK)
		return code;
	if (!json_is_object(json_array_get(rows, 0))) {
		fprintf(stderr, "paminn: the daemon has nothing to report\n");
		return EX_DATAERR;
	}
	return write_report(call, format, form, rows);
}
