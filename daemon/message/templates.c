/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/calendar_view.h"
#include "message/card.h"
#include "message/letterheads.h"
#include "message/paper_file.h"
#include "message/paper_view.h"
#include "message/template.h"
#include "message/template_view.h"
#include "message/templates.h"

#define FILE_MAX 65536 /* bytes of a template */

struct templates {
	struct template *templates[LANGUAGES][KINDS][PARTS];
	struct template *cards[LANGUAGES];
	struct template *pages[LANGUAGES][PAGES]; /* NULL: nobody serves any */
	struct template *calendars[LANGUAGES][CALENDAR_TEXTS];
	struct template *papers[LANGUAGES][PAPER_FORMS]; /* NULL of PAPER_WORD */
	struct word_document *word_papers[LANGUAGES];
	struct letterheads *letterheads; /* instead of word_papers; or NULL */
};

static const char *const language_folders[LANGUAGES] = {
	[LANGUAGE_SV] = "sv",
	[LANGUAGE_EN] = "en",
};
static const struct {
	const char *extension;
	enum template_context context;
} parts[PARTS] = {
	[PART_SUBJECT] = { "subject", TEMPLATE_HEADER },
	[PART_TEXT] = { "txt", TEMPLATE_TEXT },
	[PART_HTML] = { "html", TEMPLATE_HTML },
};

/* Where templates are loaded from, and the text of each file that has been read, by its path. */
struct folder {
	const char *name;
	json_t *texts;
};

/* FOLDER/LANGUAGE/NAME; where that is missing FOLDER/shared/NAME, which both languages use. */
static FILE *open_file(const char *path)
{
	FILE *file = fopen(path, "re");
	const char *name = strrchr(path, '/'),
		   *language = memrchr(path, '/', (size_t)(name - path));
	char *shared = NULL;

	if (file || errno != ENOENT || !language)
		return file;
	if (asprintf(&shared, "%.*s/shared%s", (int)(language - path), path, name) < 0) {
		errno = ENOMEM;
		return NULL;
	}
	file = fopen(shared, "re");
	free(shared);
	return file;
}

/* Line ends of either kind; what is no text gives -EBADMSG. */
static int read_file(const char *path, char **ret)
{
	FILE *file = open_file(path);
	char text[FILE_MAX + 1];
	size_t length, kept = 0;
	int r;

	if (!file)
		return -errno;
	length = fread(text, 1, sizeof(text), file);
	r = ferror(file) ? -EIO : length > FILE_MAX ? -EFBIG : 0;
	fclose(file);
	for (size_t i = 0; r == 0 && i < length; i++)
		if (text[i] != '\r' || i + 1 == length || text[i + 1] != '\n')
			text[kept++] = text[i];
	if (r == 0 && !text_is_clean(text, kept, true))
		r = -EBADMSG;
	if (r < 0)
		return r;
	*ret = strndup(text, kept);
	return *ret ? 0 : -ENOMEM;
}

/* A file is read once, however many places it is a partial of. texts: those of struct folder. */
static int read_once(void *texts, const char *path, char **ret)
{
	const json_t *known = json_object_get(texts, path);
	int r;

	if (known) {
		*ret = strdup(json_string_value(known));
		return *ret ? 0 : -ENOMEM;
	}
	r = read_file(path, ret);
	if (r == 0 && json_object_set_new_nocheck(texts, path, json_string_nocheck(*ret)) < 0) {
		free(*ret);
		*ret = NULL;
		return -ENOMEM;
	}
	return r;
}

static int load_one(struct templates *w, const struct folder *from, struct template_key key,
		    char **ret_error)
{
	char *path = NULL;
	int r;

	if (asprintf(&path, "%s/%s/%s.%s", from->name, language_folders[key.language],
		     message_kind_name(key.kind), parts[key.part].extension) < 0)
		return -ENOMEM;
	r = template_new(&w->templates[key.language][key.kind][key.part],
			 &(struct template_source){ .path = path,
						    .context = parts[key.part].context,
						    .vars = template_view_vars,
						    .read = read_once,
						    .userdata = from->texts },
			 ret_error);
	free(path);
	return r;
}

static int load_card(struct templates *w, const struct folder *from, enum language language,
		     char **ret_error)
{
	char *path = NULL;
	int r;

	if (asprintf(&path, "%s/%s/card.json", from->name, language_folders[language]) < 0)
		return -ENOMEM;
	r = template_new(&w->cards[language],
			 &(struct template_source){ .path = path,
						    .context = TEMPLATE_JSON,
						    .vars = template_card_vars,
						    .read = read_once,
						    .userdata = from->texts },
			 ret_error);
	if (r == 0)
		r = card_check(w->cards[language], path, ret_error);
	free(path);
	return r;
}

static int load_calendar(struct templates *w, const struct folder *from, enum language language,
			 char **ret_error)
{
	static const struct {
		const char *name;
		enum template_context context;
		const struct template_var *vars;
	} files[CALENDAR_TEXTS] = {
		[CALENDAR_NAME] = { "calendar.subject", TEMPLATE_HEADER, calendar_feed_vars },
		[CALENDAR_ABOUT] = { "calendar.txt", TEMPLATE_TEXT, calendar_feed_vars },
		[CALENDAR_SUMMARY] = { "entry.subject", TEMPLATE_HEADER, calendar_entry_vars },
		[CALENDAR_DESCRIPTION] = { "entry.txt", TEMPLATE_TEXT, calendar_entry_vars },
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < CALENDAR_TEXTS; i++) {
		char *path = NULL;

		if (asprintf(&path, "%s/%s/%s", from->name, language_folders[language],
			     files[i].name) < 0)
			return -ENOMEM;
		r = template_new(&w->calendars[language][i],
				 &(struct template_source){ .path = path,
							    .context = files[i].context,
							    .vars = files[i].vars,
							    .read = read_once,
							    .userdata = from->texts },
				 ret_error);
		free(path);
	}
	return r;
}

static int load_papers(struct templates *w, const struct folder *from, enum language language,
		       char **ret_error)
{
	static const enum template_context contexts[PAPER_FORMS] = {
		[PAPER_MARKDOWN] = TEMPLATE_MARKDOWN,
		[PAPER_HTML] = TEMPLATE_HTML,
	};
	int r = 0;

	for (enum paper_form form = 0; r == 0 && form < PAPER_FORMS; form++) {
		char *path = NULL;

		if (asprintf(&path, "%s/%s/report.%s", from->name, language_folders[language],
			     paper_form_name(form)) < 0)
			return -ENOMEM;
		if (form == PAPER_WORD)
			r = word_document_new(&w->word_papers[language], path, paper_vars,
					      ret_error);
		else
			r = template_new(&w->papers[language][form],
					 &(struct template_source){ .path = path,
								    .context = contexts[form],
								    .vars = paper_vars,
								    .read = read_once,
								    .userdata = from->texts },
					 ret_error);
		free(path);
	}
	return r;
}

static int load_language(struct templates *w, const struct folder *from, enum language language,
			 char **ret_error)
{
	struct template_key key = { .language = language };
	int r = load_card(w, from, language, ret_error);

	if (r == 0)
		r = load_calendar(w, from, language, ret_error);
	if (r == 0)
		r = load_papers(w, from, language, ret_error);
	for (key.kind = 0; r == 0 && key.kind < KINDS; key.kind++)
		/* A reply that is passed on is in somebody else's words. */
		for (key.part = 0; r == 0 && key.kind != KIND_FORWARD && key.part < PARTS;
		     key.part++)
			r = load_one(w, from, key, ret_error);
	return r;
}

int templates_new(struct templates **ret, const char *folder, char **ret_error)
{
	const struct folder from = { folder, json_object() };
	struct templates *w = calloc(1, sizeof(*w));
	int r = w && from.texts ? 0 : -ENOMEM;

	*ret_error = NULL;
	for (enum language language = 0; r == 0 && language < LANGUAGES; language++)
		r = load_language(w, &from, language, ret_error);
	json_decref(from.texts);
	if (r < 0) {
		templates_free(w);
		return r;
	}
	*ret = w;
	return 0;
}

/* ---- pages ------------------------------------------------------------------------------------- */

static int load_page(struct template **ret, const struct folder *from, enum language language,
		     const struct page_kind *kind, char **ret_error)
{
	char *path = NULL;
	int r;

	if (asprintf(&path, "%s/%s/%s.html", from->name, language_folders[language], kind->file) <
	    0)
		return -ENOMEM;
	r = template_new(ret,
			 &(struct template_source){ .path = path,
						    .context = TEMPLATE_HTML,
						    .vars = kind->vars,
						    .read = read_once,
						    .userdata = from->texts },
			 ret_error);
	free(path);
	return r;
}

int templates_add_pages(struct templates *w, const char *folder, char **ret_error)
{
	const struct folder from = { folder, json_object() };
	int r = from.texts ? 0 : -ENOMEM;

	*ret_error = NULL;
	for (enum language language = 0; r == 0 && language < LANGUAGES; language++)
		for (enum page page = 0; r == 0 && page < PAGES; page++)
			r = load_page(&w->pages[language][page], &from, language, &page_kinds[page],
				      ret_error);
	json_decref(from.texts);
	return r;
}

int templates_page(const struct templates *w, enum language language, enum page page,
		   const json_t *view, char **ret)
{
	assert(language < LANGUAGES && page < PAGES);
	return w && w->pages[language][page] ? template_render(w->pages[language][page], view, ret)
					     : -ENOENT;
}

/* ------------------------------------------------------------------------------------------------ */

int templates_add_letterhead(struct templates *w, const char *body, const char *path,
			     char **ret_error)
{
	return letterheads_add(&w->letterheads, body, path, ret_error);
}

struct templates *templates_free(struct templates *w)
{
	if (!w)
		return NULL;
	letterheads_free(w->letterheads);
	for (size_t language = 0; language < LANGUAGES; language++) {
		template_free(w->cards[language]);
		word_document_free(w->word_papers[language]);
		for (size_t form = 0; form < PAPER_FORMS; form++)
			template_free(w->papers[language][form]);
		for (size_t page = 0; page < PAGES; page++)
			template_free(w->pages[language][page]);
		for (size_t i = 0; i < CALENDAR_TEXTS; i++)
			template_free(w->calendars[language][i]);
		for (size_t kind = 0; kind < KINDS; kind++)
			for (size_t part = 0; part < PARTS; part++)
				template_free(w->templates[language][kind][part]);
	}
	free(w);
	return NULL;
}

int templates_render(const struct templates *w, struct template_key key, const json_t *view,
		     char **ret)
{
	assert(key.language < LANGUAGES && key.kind < KINDS && key.part < PARTS);
	return template_render(w->templates[key.language][key.kind][key.part], view, ret);
}

const struct template *templates_card(const struct templates *w, enum language language)
{
	assert(language < LANGUAGES);
	return w->cards[language];
}

const struct template *templates_calendar(const struct templates *w, enum language language,
					  enum calendar_text which)
{
	assert(language < LANGUAGES && which < CALENDAR_TEXTS);
	return w->calendars[language][which];
}

int templates_paper(const struct templates *w, const struct paper_key *key, const json_t *view,
		    const struct template_lists *lists, struct paper_file *ret)
{
	const struct word_document *own = letterheads_find(w->letterheads, key->body);
	int r;

	assert(key->language < LANGUAGES && key->form < PAPER_FORMS);
	if (key->form == PAPER_WORD)
		return word_document_render(own ? own : w->word_papers[key->language], view, lists,
					    &ret->bytes, &ret->length);
	r = template_render_lists(w->papers[key->language][key->form], view, lists, &ret->bytes);
	if (r == 0)
		ret->length = strlen(ret->bytes);
	return r;
}

struct instant composed_at(const struct composing *with, const struct message_content *content)
{
	const struct instant first = content->message.first_attempt;

	return instant_is_none(first) ? with->now : first;
}

void composed_done(struct composed *c)
{
	free(c->bytes);
	free(c->text);
	*c = (struct composed){ 0 };
}
