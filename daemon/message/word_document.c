/* SPDX-License-Identifier: Apache-2.0 */
#include "message/word_document.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/array.h"
#include "message/word_part.h"
#include "message/word_tables.h"
#include "protocol/text.h"

#define PARTS_MAX 500
#define BYTES_MAX (16U << 20) /* of all parts */
/* In a zip archive each part has a time; what is packed now must not tell when. 1 January 2000, 00:00. */
#define NO_DATE (20 << 9 | 1 << 5 | 1)
#define NO_TIME 0

struct part {
	char *name;
	char *bytes; /* with a NUL behind them; NULL of a template */
	size_t length;
	struct template *template; /* or NULL */
	bool text;		   /* a template of text with runs and tables */
};
struct word_document {
	struct part *parts;
	size_t count, room;
};

struct word_document *word_document_free(struct word_document *d)
{
	if (!d)
		return NULL;
	for (size_t i = 0; i < d->count; i++) {
		free(d->parts[i].name);
		free(d->parts[i].bytes);
		template_free(d->parts[i].template);
	}
	free(d->parts);
	free(d);
	return NULL;
}

/* ---- reading ------------------------------------------------------------------------------------- */

struct loading {
	struct word_document *d;
	const char *path;
	const struct template_var *vars;
	char **ret_error;
};

__attribute__((format(printf, 2, 3))) static int fault(const struct loading *l, const char *format,
						       ...)
{
	char why[400];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (asprintf(l->ret_error, "%s: %s", l->path, why) < 0) {
		*l->ret_error = NULL;
		return -ENOMEM;
	}
	return -EINVAL;
}

static int read_part(const struct loading *l, zip_t *zip, zip_uint64_t at, size_t *left)
{
	struct word_document *d = l->d;
	zip_stat_t stat;
	zip_file_t *file;
	struct part *part;
	zip_int64_t got;

	if (zip_stat_index(zip, at, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME) ||
	    !(stat.valid & ZIP_STAT_SIZE))
		return fault(l, "it is a damaged zip archive");
	if (stat.size > *left)
		return fault(l, "unpacked it is larger than %u MiB", BYTES_MAX >> 20);
	*left -= stat.size;
	if (array_grow(&d->parts, d->count, &d->room) < 0)
		return -ENOMEM;
	part = &d->parts[d->count++];
	*part = (struct part){ .name = strdup(stat.name),
			       .bytes = malloc(stat.size + 1),
			       .length = stat.size };
	if (!part->name || !part->bytes)
		return -ENOMEM;
	file = zip_fopen_index(zip, at, 0);
	got = file ? zip_fread(file, part->bytes, stat.size) : -1;
	if (file)
		zip_fclose(file);
	if (got < 0 || (zip_uint64_t)got != stat.size)
		return fault(l, "%s in it can't be unpacked", stat.name);
	part->bytes[stat.size] = '\0';
	return 0;
}

/* Anything but a file, as a pipe, would be waited for. */
static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) < 0 || S_ISREG(status.st_mode);
}

static int read_parts(const struct loading *l)
{
	int error = ZIP_ER_NOZIP, r = 0;
	zip_t *zip = is_file(l->path) ? zip_open(l->path, ZIP_RDONLY, &error) : NULL;
	zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : 0;
	size_t left = BYTES_MAX;

	if (!zip)
		return error == ZIP_ER_MEMORY ? -ENOMEM
		       : error == ZIP_ER_NOENT || error == ZIP_ER_OPEN
			       ? fault(l, "the template %s", strerrordesc_np(errno))
			       : fault(l, "it is no Word document (.docx), which is a zip archive");
	if (count > PARTS_MAX)
		r = fault(l, "it has more than %d parts", PARTS_MAX);
	for (zip_int64_t i = 0; r == 0 && i < count; i++)
		r = read_part(l, zip, (zip_uint64_t)i, &left);
	zip_discard(zip);
	return r;
}

/* ---- its templates --------------------------------------------------------------------------------- */

struct one_part {
	const char *text;
};

/* A part takes no other in. */
static int read_one(void *userdata, const char *path, char **ret)
{
	struct one_part *part = userdata;

	(void)path;
	if (!part->text)
		return -ENOENT;
	*ret = strdup(part->text);
	part->text = NULL;
	return *ret ? 0 : -ENOMEM;
}

static int compile(const struct loading *l, struct part *part, const char *source,
		   enum template_context context)
{
	struct one_part one = { source };
	char *path = NULL;
	int r;

	if (asprintf(&path, "%s: %s", l->path, part->name) < 0)
		return -ENOMEM;
	r = template_new(&part->template,
			 &(struct template_source){ .path = path,
						    .context = context,
						    .vars = l->vars,
						    .read = read_one,
						    .userdata = &one },
			 l->ret_error);
	free(path);
	return r;
}

static int compile_text(const struct loading *l, struct part *part)
{
	char *source = NULL;
	int r;

	r = word_part_source(&(struct word_source){ .path = l->path,
						    .name = part->name,
						    .xml = part->bytes,
						    .length = part->length },
			     &source, l->ret_error);
	if (r == 0)
		r = compile(l, part, source, TEMPLATE_WORD);
	free(source);
	return r;
}

/* One kind of line end, as any reader of XML makes of them; no text: a fault. */
static int make_text(const struct loading *l, struct part *part)
{
	size_t kept = 0;

	for (size_t i = 0; i < part->length; i++)
		if (part->bytes[i] != '\r')
			part->bytes[kept++] = part->bytes[i];
	part->length = kept;
	part->bytes[kept] = '\0';
	return text_is_clean(part->bytes, kept, true)
		       ? 0
		       : fault(l, "%s in it is not text in UTF-8", part->name);
}

static int compile_part(const struct loading *l, struct part *part)
{
	static const struct {
		const char *names;
		bool text;
	} kinds[] = {
		{ "word/document.xml", true },	{ "word/header*.xml", true },
		{ "word/footer*.xml", true },	{ "word/footnotes.xml", true },
		{ "docProps/core.xml", false },
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (fnmatch(kinds[i].names, part->name, FNM_PATHNAME) != 0)
			continue;
		part->text = kinds[i].text;
		r = make_text(l, part);
		if (r == 0)
			r = part->text ? compile_text(l, part)
				       : compile(l, part, part->bytes, TEMPLATE_XML);
		free(part->bytes);
		part->bytes = NULL;
	}
	return r;
}

static const struct part *find_part(const struct loading *l, const char *name)
{
	for (size_t i = 0; i < l->d->count; i++)
		if (strcmp(l->d->parts[i].name, name) == 0)
			return &l->d->parts[i];
	return NULL;
}

/* What is handed on under the name of a document and is another thing inside is not opened by Word. */
static int check_kind(const struct loading *l)
{
	const struct part *text = find_part(l, "word/document.xml");
	const struct part *types = find_part(l, "[Content_Types].xml");

	if (!text)
		return fault(l, "it is no Word document: it has no word/document.xml");
	if (types &&
	    (strstr(types->bytes, "ml.template.main+xml") || strstr(types->bytes, "macroEnabled")))
		return fault(l, "it is a template (.dotx) or has macros: save it as a Word "
				"document (.docx)");
	if (!memmem(text->bytes, text->length, "{{", 2))
		return fault(l, "it has no {{names}} in it, so that nothing of the paper would be: "
				"begin with a copy of report.docx");
	return 0;
}

static int compile_parts(const struct loading *l)
{
	int r = check_kind(l);

	for (size_t i = 0; r == 0 && i < l->d->count; i++)
		r = compile_part(l, &l->d->parts[i]);
	return r;
}

int word_document_new(struct word_document **ret, const char *path, const struct template_var *vars,
		      char **ret_error)
{
	struct word_document *d = calloc(1, sizeof(*d));
	const struct loading l = { d, path, vars, ret_error };
	int r = d ? 0 : -ENOMEM;

	*ret_error = NULL;
	if (r == 0)
		r = read_parts(&l);
	if (r == 0)
		r = compile_parts(&l);
	if (r < 0)
		word_document_free(d);
	else
		*ret = d;
	return r;
}

/* ---- filling in ------------------------------------------------------------------------------------ */

struct filling {
	const json_t *view;
	const struct template_lists *lists;
};

/* The bytes of a part, filled in: *ret is the caller's. */
static int render_part(const struct part *part, const struct filling *with, char **ret,
		       size_t *ret_length)
{
	char *text;
	int r;

	if (!part->template) {
		*ret = malloc(part->length + 1);
		if (*ret)
			memcpy(*ret, part->bytes, part->length);
		*ret_length = part->length;
		return *ret ? 0 : -ENOMEM;
	}
	r = template_render_lists(part->template, with->view, with->lists, &text);
	if (r < 0)
		return r;
	*ret = text;
	*ret_length = strlen(text);
	if (!part->text)
		return 0;
	r = word_tables_mend(text, *ret_length, ret, ret_length);
	free(text);
	return r;
}

static int add_part(zip_t *zip, const struct part *part, const struct filling *with)
{
	zip_source_t *source;
	zip_int64_t at;
	char *bytes = NULL;
	size_t length;
	int r = render_part(part, with, &bytes, &length);

	if (r < 0)
		return r;
	source = zip_source_buffer(zip, bytes, length, 1);
	if (!source) {
		free(bytes);
		return -ENOMEM;
	}
	at = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return -EIO;
	}
	return zip_file_set_dostime(zip, (zip_uint64_t)at, NO_TIME, NO_DATE, 0) == 0 ? 0 : -EIO;
}

/* What was written into the source. */
static int read_archive(zip_source_t *archive, char **ret, size_t *ret_length)
{
	zip_stat_t stat;
	char *bytes;
	zip_int64_t got;

	if (zip_source_stat(archive, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
	    zip_source_open(archive) != 0)
		return -EIO;
	bytes = malloc(stat.size + 1);
	got = bytes ? zip_source_read(archive, bytes, stat.size) : -1;
	zip_source_close(archive);
	if (!bytes || got < 0 || (zip_uint64_t)got != stat.size) {
		free(bytes);
		return bytes ? -EIO : -ENOMEM;
	}
	bytes[stat.size] = '\0';
	*ret = bytes;
	*ret_length = stat.size;
	return 0;
}

int word_document_render(const struct word_document *d, const json_t *view,
			 const struct template_lists *lists, char **ret, size_t *ret_length)
{
	const struct filling with = { view, lists };
	zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = archive ? zip_open_from_source(archive, ZIP_TRUNCATE, NULL) : NULL;
	int r = 0;

	if (!zip) {
		zip_source_free(archive);
		return -ENOMEM;
	}
	zip_source_keep(archive);
	for (size_t i = 0; r == 0 && i < d->count; i++)
		r = add_part(zip, &d->parts[i], &with);
	if (r == 0 && zip_close(zip) == 0)
		zip = NULL;
	else if (r == 0)
		r = -EIO;
	if (zip)
		zip_discard(zip);
	if (r == 0)
		r = read_archive(archive, ret, ret_length);
	zip_source_free(archive);
	return r;
}
