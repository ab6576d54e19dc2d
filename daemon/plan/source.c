/* SPDX-License-Identifier: Apache-2.0 */
/* The files: found by the patterns in plan, read whole, and parsed by libconfig. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan/reader.h"

#define FILE_MAX (64 << 20)
#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* that some editors put first */

/* Is all of it text? The first byte that is not is a fault. */
static bool is_text(struct reader *r, const struct source *source)
{
	struct where where = { source->name, 1 };
	uint32_t code;
	size_t n;

	for (size_t i = 0; i < source->length; i += n) {
		n = text_utf8(source->text + i, source->length - i, &code);
		where.line += n && code == '\n';
		if (n && (!text_is_control(code) || strchr("\n\r\t", (int)code)) && code)
			continue;
		fault(r, where,
		      n ? "a control character: the file is not plain text"
			: "bytes that are not UTF-8: save the file as UTF-8");
		return false;
	}
	return true;
}

static void index_lines(struct reader *r, const struct source *source, struct open_source *open)
{
	size_t count = 1, *lines;

	for (size_t i = 0; i < source->length; i++)
		count += source->text[i] == '\n';
	open->line_count = count;
	open->lines = lines = reader_alloc(r, count, sizeof(*lines));
	for (size_t i = 0, line = 1; i < source->length; i++)
		if (source->text[i] == '\n')
			lines[line++] = i + 1;
}

void source_parse(struct reader *r, size_t n)
{
	struct source *source = &r->plan->private->sources[n];
	struct open_source *open = &r->open[n];
	struct where where = { source->name, 1 };
	const char *why;

	config_init(&open->config);
	open->begun = true;
	if (!source->text || !is_text(r, source))
		return;
	if (strncmp(source->text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
		source->text += strlen(BYTE_ORDER_MARK);
		source->length -= strlen(BYTE_ORDER_MARK);
	}
	index_lines(r, source, open);
	if (!syntax_check(r, source))
		return;
	open->parsed = config_read_string(&open->config, source->text);
	if (open->parsed)
		return;
	where.line = (unsigned)config_error_line(&open->config);
	why = config_error_text(&open->config);
	if (strstr(why, "duplicate"))
		why = "a key that this group has already";
	else if (strstr(why, "mismatched"))
		why = "values of different types in one [ ]: use ( ), or make them alike";
	fault(r, where, "%s", why);
	config_destroy(&open->config);
	config_init(&open->config); /* no half of a file is read */
}

void source_read(struct reader *r, struct source *source)
{
	struct where where = { source->name, 0 };
	int fd = open(source->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	ssize_t length = -1;
	char *text;

	if (fd >= 0 && fstat(fd, &status) == 0) {
		if (!S_ISREG(status.st_mode) || status.st_size > FILE_MAX) {
			errno = S_ISDIR(status.st_mode) ? EISDIR : EFBIG;
		} else {
			/* From the arena by hand: fd is to be closed when there is no memory. */
			text = arena_alloc(&r->plan->private->arena, (size_t)status.st_size + 1);
			if (!text) {
				close(fd);
				reader_out_of_memory(r);
			}
			length = read(fd, text, (size_t)status.st_size);
			source->text = length < 0 ? NULL : text;
			source->length = length < 0 ? 0 : (size_t)length;
		}
	}
	if (length < 0)
		fault(r, where, "the file can't be read: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* The pattern in the folder of paminnd.conf, in whose name nothing is a pattern. */
static const char *glob_pattern(struct reader *r, const char *pattern)
{
	const char *main = r->plan->private->sources[0].name, *slash = strrchr(main, '/');
	size_t folder = slash && *pattern != '/' ? (size_t)(slash - main) + 1 : 0, n = 0;
	char *whole = reader_alloc(r, 2 * folder + strlen(pattern) + 1, 1);

	for (size_t i = 0; i < folder; i++) {
		if (strchr("*?[\\", main[i]))
			whole[n++] = '\\';
		whole[n++] = main[i];
	}
	strcpy(whole + n, pattern);
	return whole;
}

static bool is_known(const struct plan_private *private, const char *name)
{
	for (size_t i = 0; i < private->source_count; i++)
		if (strcmp(private->sources[i].name, name) == 0)
			return true;
	return false;
}

/* Allocate the sources that `plan` names, and note their names. */
void sources_find(struct reader *r)
{
	struct plan_private *private = r->plan->private;
	config_setting_t *list, *element;
	struct open_source *open;
	struct source *sources;
	int flags = 0;

	list = config_setting_get_member(config_root_setting(&r->open[0].config), "plan");
	if (list && !is_aggregate(list)) /* which its group says when it is read */
		list = NULL;
	for (unsigned i = 0; list && (element = config_setting_get_elem(list, i)); i++) {
		const char *pattern = config_setting_get_string(element);
		int error;

		if (!pattern || !*pattern)
			continue;
		error = glob(glob_pattern(r, pattern), flags, NULL, &r->found);
		if (error == GLOB_NOSPACE)
			reader_out_of_memory(r);
		r->partial |= error != 0;
		if (error)
			fault(r, where_text(r, element), "plan \"%s\" matches no file",
			      text_excerpt(pattern).text);
		r->found_any = true;
		flags = GLOB_APPEND;
	}
	sources = reader_alloc(r, 1 + r->found.gl_pathc, sizeof(*sources));
	open = calloc(1 + r->found.gl_pathc, sizeof(*open));
	if (!open)
		reader_out_of_memory(r);
	sources[0] = private->sources[0];
	open[0] = r->open[0];
	free(r->open);
	r->open = open;
	private->sources = sources;
	for (size_t i = 0; i < r->found.gl_pathc; i++) {
		const char *name = r->found.gl_pathv[i];

		if (!is_known(private, name))
			sources[private->source_count++].name = reader_text(r, name, strlen(name));
	}
}
