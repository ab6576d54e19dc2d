/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A spreadsheet's export becomes a draft of a plan: read as text (encoding, sheet), its columns found by their
 * headings (column), its rows turned into groups with holes where something is missing (draft), and written as
 * a plan file (plan_text). Every decision on the way is a remark, on standard error; the plan alone is on
 * standard output, so that it may go into a file. No daemon is asked, and no file is written.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "client/import/amount.h"
#include "client/import/difference.h"
#include "client/import/encoding.h"
#include "client/import/plan_text.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "protocol/text.h"

#define BODY "NAMND" /* the id of the body that is answered, unless --body says another */

struct import {
	const struct call *call;
	const char *path, *file; /* the whole, and its last part */
	struct keep keep;
	struct column_wishes wishes;
	struct draft_wishes draft_wishes;
	struct sheet sheet;
	struct columns columns;
	struct draft draft;
	struct notices notices;
	struct known_plan plan; /* of --plan */
	struct difference difference;
};

static void done(struct import *i)
{
	difference_done(&i->difference);
	known_done(&i->plan);
	notices_done(&i->notices);
	draft_done(&i->draft);
	sheet_done(&i->sheet);
	free(i->wishes.list);
	keep_done(&i->keep);
}

/* What is wrong with the file, in a sentence; the exit code. */
static int refuse(const struct import *i, int code, const char *what)
{
	fprintf(stderr, "paminn: %s %s\n", i->path, what);
	return code;
}

static int misused(const struct import *i, const char *option, const char *value, const char *what)
{
	(void)i;
	fprintf(stderr, "paminn: --%s \"%s\" %s\n", option, text_excerpt(value).text, what);
	return EX_USAGE;
}

/* --column FIELD=HEADING: 0 or an exit code. */
static int take_wish(struct import *i, const char *value, size_t *room)
{
	const char *equals = strchr(value, '=');
	struct text_list fields = { "" };
	struct column_wish wish;
	char *name;

	if (!equals || !equals[1])
		return misused(i, "column", value, "is not FIELD=HEADING, as in title=Åtgärd");
	name = keep_text(&i->keep, value, (size_t)(equals - value));
	wish.heading = equals + 1;
	wish.field = (enum column_kind)text_find(name, column_kind_names, COLUMN_KINDS);
	if (wish.field == COLUMN_KINDS) {
		for (int field = 0; field < COLUMN_KINDS; field++)
			text_list_add(&fields, column_kind_names[field]);
		return misused(i, "column", value,
			       keep_print(&i->keep, "names no field: they are %s", fields.text));
	}
	i->wishes.list = array_more(i->wishes.list, i->wishes.count, room, sizeof(*i->wishes.list));
	i->wishes.list[i->wishes.count++] = wish;
	return EX_OK;
}

/* What the command line asks for: 0 or an exit code. */
static int take_options(struct import *i)
{
	const char *unit = call_value(i->call, "unit"), *prefix = call_value(i->call, "prefix");
	const char *body = call_value(i->call, "body"), *value;
	size_t room = 0;
	int code = EX_OK;

	for (size_t at = 0; code == EX_OK && (value = call_more(i->call, "column", &at));)
		code = take_wish(i, value, &room);
	if (code != EX_OK)
		return code;
	if (unit && (i->draft_wishes.unit = amount_unit(unit)) == 0)
		return misused(i, "unit", unit, "is not kr, tkr or mnkr");
	if (prefix && (!text_is_id(prefix) || strlen(prefix) > ID_MAX / 2))
		return misused(i, "prefix", prefix,
			       "is not the beginning of ids: up to 32 of A-Z, a-z, 0-9, \".\", "
			       "\"_\" and \"-\"");
	i->draft_wishes.prefix = prefix ? prefix : "";
	if (body && (!text_is_id(body) || strlen(body) > ID_MAX / 2))
		return misused(i, "body", body,
			       "is not an id: up to 32 of A-Z, a-z, 0-9, \".\", \"_\" and \"-\"");
	return EX_OK;
}

/* The file's bytes, of keep: 0 or an exit code. */
static int read_bytes(struct import *i, char **ret, size_t *ret_n)
{
	auto_close int fd = open(i->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	size_t n = 0;
	ssize_t got = 1;

	if (fd < 0 || fstat(fd, &status) < 0)
		return refuse(i, EX_NOINPUT,
			      keep_print(&i->keep, "can't be read: %s", strerror(errno)));
	if (!S_ISREG(status.st_mode))
		return refuse(i, EX_NOINPUT, "is not a file");
	if (status.st_size > SHEET_BYTES)
		return refuse(i, EX_DATAERR, "is larger than 16 MiB");
	*ret = keep_bytes(&i->keep, (size_t)status.st_size + 1);
	while (got > 0 && n < (size_t)status.st_size) {
		got = read(fd, *ret + n, (size_t)status.st_size - n);
		n += got > 0 ? (size_t)got : 0;
	}
	if (got < 0)
		return refuse(i, EX_NOINPUT,
			      keep_print(&i->keep, "can't be read: %s", strerror(errno)));
	*ret_n = n;
	return EX_OK;
}

/* The separator by which most headings are known; between equals the one that Swedish spreadsheets write. */
static char find_separator(const struct import *i, const struct decoded *text)
{
	static const char separators[] = { ';', '\t', ',' };
	const size_t n = text->length < SHEET_CELL ? text->length : SHEET_CELL;
	size_t most = 0, row;
	char best = ';';

	for (size_t s = 0; s < sizeof(separators); s++) {
		struct sheet sheet;
		struct fault fault;
		size_t known;

		/* What it ends with may be half a row, which is no fault here. */
		(void)sheet_read(&sheet, text->text, n, separators[s], &fault);
		known = columns_known(&sheet, &i->wishes, &row);
		if (known > most) {
			most = known;
			best = separators[s];
		}
		sheet_done(&sheet);
	}
	return best;
}

/* Excel's own first line, "sep=;", is none of the rows. */
static char told_separator(struct decoded *text)
{
	char separator;

	if (strncmp(text->text, "sep=", 4) != 0 || !text->text[4] || text->text[5] != '\n')
		return '\0';
	separator = text->text[4];
	text->text += 6;
	text->length -= 6;
	return separator;
}

static int read_sheet(struct import *i)
{
	struct decoded text;
	struct fault fault;
	char *bytes = NULL, separator;
	size_t n = 0;
	int code = read_bytes(i, &bytes, &n);

	if (code != EX_OK)
		return code;
	if (encoding_read(&i->keep, bytes, n, &text, &fault) < 0)
		return refuse(i, EX_DATAERR, fault.text);
	separator = told_separator(&text);
	if (separator && !strchr(";,\t", separator))
		return refuse(i, EX_DATAERR, "is not apart by \";\", \",\" or tabs");
	separator = separator ? separator : find_separator(i, &text);
	if (sheet_read(&i->sheet, text.text, text.length, separator, &fault) < 0)
		return refuse(i, EX_DATAERR, fault.text);
	notice(&i->notices, 0, "%s; columns apart by %s", encoding_names[text.encoding],
	       separator == '\t'  ? "tabs"
	       : separator == ';' ? "\";\""
				  : "\",\"");
	if (columns_find(&i->sheet, &i->wishes, &i->columns, &i->notices, &fault) < 0) {
		notices_print(&i->notices, i->file, stderr);
		return refuse(i, EX_DATAERR, fault.text);
	}
	return EX_OK;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void tell_next(const struct import *i, size_t holes)
{
	const size_t measures = i->draft.sections[SECTION_MEASURES].count;
	const size_t people = i->draft.sections[SECTION_PEOPLE].count;

	fprintf(stderr,
		"\n%zu measure%s, %zu %s, %zu hole%s to fill in, written <fyll i ...>.\n"
		"Next: put this into plan.d/, fill in, and run paminnd --check: it names what is "
		"left, "
		"then the\n"
		"first morning that mails leave, and the command that rehearses it.\n",
		measures, plural(measures), people, people == 1 ? "person" : "people", holes,
		plural(holes));
}

/* The options that it is read with, as for a shell. */
static const char *list_options(struct import *i)
{
	static const char *const names[] = { "prefix", "unit", "body" };
	const char *all = "", *value;

	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
		if ((value = call_value(i->call, names[n])))
			all = keep_print(&i->keep, "%s --%s %s", all, names[n], value);
	for (size_t at = 0; (value = call_more(i->call, "column", &at));)
		all = keep_print(&i->keep, "%s --column \"%s\"", all,
				 sheet_clean(keep_print(&i->keep, "%s", value)));
	return all;
}

static int write_plan(struct import *i)
{
	const char *body = call_value(i->call, "body");
	const struct plan_frame frame = {
		.file = i->file,
		.options = list_options(i),
		.body = body ? body : BODY,
		.pattern = keep_print(&i->keep, "%s*", i->draft_wishes.prefix),
	};
	char *plan = NULL;
	size_t length = 0, holes;
	FILE *out;

	if (!i->call->json) {
		holes = plan_text_write(stdout, &i->draft, &frame);
		notices_print(&i->notices, i->file, stderr);
		tell_next(i, holes);
		return EX_OK;
	}
	out = need(open_memstream(&plan, &length));
	holes = plan_text_write(out, &i->draft, &frame);
	fclose(out);
	auto_json json_t *row =
		need(json_pack("{s:s,s:I,s:o}", "plan", need(plan), "holes", (json_int_t)holes,
			       "notices", notices_json(&i->notices)));
	print_json(stdout, row);
	free(plan);
	return EX_OK;
}

/* What the plan has to be compared with: 0 or an exit code. */
static int read_plan(struct import *i)
{
	struct fault fault;
	const char *path;

	for (size_t at = 0; (path = call_more(i->call, "plan", &at));)
		if (known_read(&i->plan, path, &fault) < 0) {
			fprintf(stderr, "paminn: %s\n", fault.text);
			return access(path, R_OK) < 0 ? EX_NOINPUT : EX_DATAERR;
		}
	return EX_OK;
}

/* What to do with what has been printed. */
static void tell_what_to_do(const struct import *i, bool news, size_t holes)
{
	bool old = false;

	for (size_t n = 0; n < i->difference.count; n++)
		old |= i->difference.list[n].kind != CHANGE_NEW &&
		       i->difference.list[n].kind != CHANGE_MISSING;
	fputs("\nNext:\n", stderr);
	if (news)
		fprintf(stderr,
			"  what is new goes into a file of its own beside the plan's: this command "
			"with "
			"> new.conf\n"
			"  (%zu hole%s to fill in there)\n",
			holes, plural(holes));
	if (old)
		fputs("  a changed line, and its comment, takes the place of the one whose number "
		      "it has, the last first\n",
		      stderr);
	fputs("  paminnd --check      names each hole and fault, by file and line\n"
	      "  paminn reload        takes it into use\n",
	      stderr);
}

/* On the screen what has changed comes first, then what was read of it, then what to put in. */
static void tell_difference(struct import *i, const char *text, size_t holes)
{
	bool news = false;

	for (size_t n = 0; n < i->difference.count; n++)
		news |= i->difference.list[n].kind == CHANGE_NEW;
	if (i->difference.count == 0)
		fprintf(stderr, "Nothing has changed: the plan has all of it.\n");
	else
		difference_print(stderr, &i->difference);
	difference_narrow(&i->draft, &i->notices);
	if (notices_shown(&i->notices)) {
		fputc('\n', stderr);
		notices_print(&i->notices, i->file, stderr);
	}
	if (i->difference.count == 0)
		return;
	fputc('\n', stderr);
	fputs(text, stdout);
	fflush(stdout);
	tell_what_to_do(i, news, holes);
}

static int write_difference(struct import *i)
{
	auto_free char *text = NULL;
	size_t length = 0, holes;
	FILE *out = need(open_memstream(&text, &length));

	difference_find(&i->difference, &i->draft, &i->plan, &i->notices);
	holes = difference_write(out, &i->difference, i->file);
	fclose(out);
	if (i->call->json) {
		auto_json json_t *row =
			need(json_pack("{s:o,s:s,s:I,s:o}", "changes",
				       difference_json(&i->difference), "plan", need(text), "holes",
				       (json_int_t)holes, "notices", notices_json(&i->notices)));

		print_json(stdout, row);
		return EX_OK;
	}
	tell_difference(i, text, holes);
	return EX_OK;
}

static int import(struct import *i)
{
	int code = take_options(i);

	if (code == EX_OK)
		code = read_plan(i);
	if (code == EX_OK)
		code = read_sheet(i);
	if (code != EX_OK)
		return code;
	i->draft_wishes.again = call_value(i->call, "plan");
	draft_make(&i->draft, &i->sheet, &i->columns, &i->draft_wishes, &i->notices);
	if (i->draft.sections[SECTION_MEASURES].count == 0) {
		notices_print(&i->notices, i->file, stderr);
		return refuse(i, EX_DATAERR, "has no measure below its headings");
	}
	return call_value(i->call, "plan") ? write_difference(i) : write_plan(i);
}

int import_command(const struct call *call)
{
	const char *path = call_value(call, "FILE.csv"), *slash = strrchr(path, '/');
	struct import i = { .call = call, .path = path, .file = slash ? slash + 1 : path };
	int code = import(&i);

	done(&i);
	return code;
}
