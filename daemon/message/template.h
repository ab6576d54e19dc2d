/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates: a strict subset of mustache, compiled against the names that are known.
 *
 *	{{name}}			a value, written as the context demands
 *	{{#name}} … {{/name}}		a section: for each of a list; once when there is something
 *	{{^name}} … {{/name}}		inverted: when there is nothing
 *	{{> name}}			a partial: the file name.EXT beside this one, read in place
 *	{{! … }}			a comment
 *
 * A section's tag, a comment or a partial alone on its line takes the whole line with it; a partial within a
 * line is that line's words, without a line end of its own. There is
 * no raw value: what a value may do to a mail is decided here, not by who writes the template. A drawing
 * alone is written as it is: of it the table of names says so (VAR_DRAWING).
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>

/* Where the output goes, by the file's kind. */
enum template_context {
	TEMPLATE_HEADER, /* one line: controls and line ends become spaces, runs of spaces one */
	/* plain text: controls vanish, a value's further lines keep the indent; no-break spaces stay, for
	 * layout_text */
	TEMPLATE_TEXT,
	TEMPLATE_HTML, /* values are escaped for elements and for quoted attributes */
	TEMPLATE_JSON, /* values are escaped for strings, whose quotes the template has */
	/* what would be markup in a value is escaped; its further lines stay in the list or quotation that the
	 * first is in, and in a row of a table they follow it on its line */
	TEMPLATE_MARKDOWN,
	TEMPLATE_XML, /* values are escaped, and are one line */
	/* the same for the text of a Word document, an element w:t: line ends and tabs are its breaks and tabs */
	TEMPLATE_WORD,
	TEMPLATE_CONTEXTS
};

enum template_var_kind {
	VAR_FILLED,   /* text that is always there */
	VAR_OPTIONAL, /* text or nothing: {{name}} is known only inside {{#name}} */
	VAR_FLAG,     /* only a section */
	VAR_LIST,     /* a section for each of its objects, which have the names of `inner` */
	/* Text or nothing, as VAR_OPTIONAL, that is HTML already and is written as it is: a plot that the daemon has
	 * drawn, in which every text is escaped. Only in HTML. */
	VAR_DRAWING,
};
/* A name a template may use. Tables of them end with a NULL name. */
struct template_var {
	const char *name;
	enum template_var_kind kind;
	const struct template_var *inner;
};

struct template;

/* What a template is compiled from: a file, how its output is written, and the names it may use. */
struct template_source {
	const char *path;
	enum template_context context;
	const struct template_var *vars;
	/* Gives the text of a file, this one or a partial's, to be freed here; or a negative errno. */
	int (*read)(void *userdata, const char *path, char **ret);
	void *userdata;
};
/*
 * Compile; the source is not kept. On failure -EINVAL or -ENOMEM, and *ret_error a sentence with file
 * and line (caller frees; NULL when out of memory).
 */
int template_new(struct template **ret, const struct template_source *source, char **ret_error);
struct template *template_free(struct template *t);
/* Does it name this anywhere, as a value or a section? */
bool template_uses(const struct template *t, const char *name);

/*
 * Render view: an object with strings, true, and arrays of objects under the vars' names; what is
 * left out is nothing. Caller frees *ret. -ENODATA when a value that is always there is not, or when
 * nothing at all comes out: a blank field never leaves.
 */
int template_render(const struct template *t, const json_t *view, char **ret);

/*
 * The same of a view whose own lists may be long: what an element of theirs is written from is made when it is its turn,
 * and freed behind it. object: a new reference; NULL: no memory.
 */
struct template_lists {
	json_t *(*object)(void *userdata, const char *name, const json_t *list, size_t i);
	void *userdata;
};
int template_render_lists(const struct template *t, const json_t *view,
			  const struct template_lists *lists, char **ret);
