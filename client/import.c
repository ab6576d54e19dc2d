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

#include "client/import/difference.h"
#include "client/import/encoding.h"
#include "client/import/options.h"
#include "client/import/patch.h"
#include "client/import/screen.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "protocol/text.h"
#include "protocol/text_stream.h"

struct import {
	const struct call *call;
	const char *path, *file; /* the whole, and its last part */
	struct keep keep;
	struct import_options options;
	struct sheet sheet;
	struct columns columns;
	struct draft draft;
	struct notices notices;
	struct known_plan plan; /* of --plan */
	struct difference difference;
};

static const struct notice_kinds everything = { 0, NOTICE_KINDS };

static void done(struct import *i)
{
	difference_done(&i->difference);
	known_done(&i->plan);
	notices_done(&i->notices);
	draft_done(&i->draft);
	sheet_done(&i->sheet);
	import_options_done(&i->options);
	keep_done(&i->keep);
}

/* What is wrong with the file, in a sentence; the exit code. */
static int refuse(const struct import *i, int code, const char *what)
{
	fprintf(stderr, "paminn: %s %s\n", i->path, what);
	return code;
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
		known = columns_known(&sheet, &i->options.columns, &row);
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
	notice(&i->notices,
	       (struct notice_at){ text.encoding == ENCODING_WINDOWS_1252 ? NOTICE_READ
									  : NOTICE_PLAIN },
	       "%s", encoding_names[text.encoding]);
	notice(&i->notices, (struct notice_at){ NOTICE_PLAIN }, "columns apart by %s",
	       separator == '\t'  ? "tabs"
	       : separator == ';' ? "\";\""
				  : "\",\"");
	if (columns_find(&i->sheet, &i->options.columns, &i->columns, &i->notices, &fault) < 0) {
		notices_print(&i->notices, everything, NULL, stderr);
		return refuse(i, EX_DATAERR, fault.text);
	}
	return EX_OK;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static int write_plan(struct import *i)
{
	struct plan_frame *frame = &i->options.frame;
	struct plan_holes holes = { 0 };
	auto_free char *plan = NULL;
	struct text_stream stream;
	FILE *out = need(text_stream_open(&stream));

	frame->file = i->file;
	frame->heading = columns_above(&i->sheet, &i->columns);
	plan_text_tell(&i->draft, frame, &i->notices);
	plan_text_write(out, &i->draft, frame, &holes);
	plan = need(text_stream_close(&stream, NULL));
	plan_holes_count(&holes, plan);
	if (i->call->json) {
		auto_json json_t *row = need(json_pack("{s:s,s:I,s:o}", "plan", plan, "holes",
						       (json_int_t)holes.count, "notices",
						       notices_json(&i->notices)));

		print_json(stdout, row);
	} else {
		fputs(plan, stdout);
		fflush(stdout);
		screen_plan(stderr, &(struct screen){ &i->draft, &holes, &i->notices,
						      frame->support_mail });
	}
	plan_holes_done(&holes);
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
static void tell_what_to_do(const struct patch *patch)
{
	const char *quote = strchr(patch->folder, ' ') ? "'" : "";

	fputs("\nNext:\n", stderr);
	if (!patch->empty)
		fprintf(stderr,
			"  look at what is printed; in a file of its own it is put in by\n"
			"  patch -d %s%s%s -p0 < changes.patch\n",
			quote, patch->folder, quote);
	if (patch->new_file)
		fprintf(stderr, "  what is new becomes %s, with %zu hole%s to fill in\n",
			patch->new_file, patch->holes, plural(patch->holes));
	fputs("  paminnd --check      names each hole and fault, by file and line\n"
	      "  paminn reload        takes it into use\n",
	      stderr);
}

/* On the screen what has changed comes first, then what was read of it, then what to put in. */
static void tell_difference(struct import *i, const char *text, const struct patch *patch)
{
	bool shown;

	difference_narrow(&i->draft, &i->notices);
	shown = notices_shown(&i->notices);
	if (i->difference.count)
		difference_print(stderr, &i->difference);
	else
		fputs(shown ? "Nothing to change in the plan.\n"
			    : "Nothing has changed: the plan has all of it.\n",
		      stderr);
	if (shown) {
		fputc('\n', stderr);
		notices_print(&i->notices, (struct notice_kinds){ NOTICE_LOOK, NOTICE_HOLE },
			      "Look at:", stderr);
		notices_print(&i->notices, (struct notice_kinds){ NOTICE_READ, NOTICE_READ },
			      "Read like this, nothing to do:", stderr);
	}
	if (i->difference.count == 0)
		return;
	if (*text && isatty(STDOUT_FILENO))
		fputc('\n', stderr);
	fputs(text, stdout);
	fflush(stdout);
	tell_what_to_do(patch);
}

static int write_difference(struct import *i)
{
	auto_free char *text = NULL;
	struct text_stream stream;
	struct patch patch;
	FILE *out = need(text_stream_open(&stream));

	difference_find(&i->difference, &i->draft, &i->plan, &i->notices);
	draft_tell_sums(&i->draft, &i->notices);
	patch_write(out, &i->difference, &i->plan, i->file, &patch);
	text = need(text_stream_close(&stream, NULL));
	if (i->call->json) {
		auto_json json_t *row = need(json_pack("{s:o,s:s,s:I,s:o}", "changes",
						       difference_json(&i->difference), "patch",
						       text, "holes", (json_int_t)patch.holes,
						       "notices", notices_json(&i->notices)));

		print_json(stdout, row);
		return EX_OK;
	}
	tell_difference(i, text, &patch);
	return EX_OK;
}

static int import(struct import *i)
{
	int code = import_options_read(&i->options, i->call, &i->keep);

	if (code == EX_OK)
		code = read_plan(i);
	if (code == EX_OK)
		code = read_sheet(i);
	if (code != EX_OK)
		return code;
	i->options.draft.again = call_value(i->call, "plan");
	draft_make(&i->draft, &i->sheet, &i->columns, &i->options.draft, &i->notices);
	if (i->draft.sections[SECTION_MEASURES].count == 0) {
		notices_print(&i->notices, everything, NULL, stderr);
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
