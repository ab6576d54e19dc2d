/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A template is compiled to a flat list of nodes: literal text, values, and sections, each of which
 * knows where it ends. Every name is resolved when compiling, to its var and to how many lists
 * further out its object is, so that rendering never guesses and an unknown name never waits for
 * the day it is needed. A partial is compiled in place, once for each place, against the names
 * known there.
 *
 * A value that may be missing is known only inside its own section. So no field can come out blank.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "message/template_nodes.h"

#define NODES_MAX 8000 /* of one template with its partials */
#define PARTIALS_MAX 4 /* partials within each other */

/* A file being compiled. */
struct source {
	const char *path;
	const char *text, *at;
	unsigned line;	/* of at */
	unsigned depth; /* of partials */
};
/* An open section. The outermost scope is the view itself. */
struct scope {
	const struct scope *outer;
	const struct template_var *names; /* of the objects of a list; NULL when another section */
	const struct template_var *var;	  /* what it tests; NULL for the view */
	bool inverted;
	unsigned depth;
};
struct compiler {
	struct template *t;
	const struct template_source *from;
	char **ret_error;
};
/* {{SIGIL NAME}} */
struct tag {
	bool alone; /* on its line */
	char sigil; /* 0 for a value */
	char name[64];
	const char *begin, *end; /* of the whole tag in the source */
	unsigned line;
};

static int compile(struct compiler *c, struct source *s, const struct scope *scope);

static int fault(struct compiler *c, const struct source *s, unsigned line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
static int fault(struct compiler *c, const struct source *s, unsigned line, const char *format, ...)
{
	char why[1000];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (asprintf(c->ret_error, "%s:%u: %s", s->path, line, why) < 0) {
		*c->ret_error = NULL;
		return -ENOMEM;
	}
	return -EINVAL;
}

static int add_node(struct compiler *c, struct source *s, struct node node, const char *text,
		    size_t length)
{
	struct template *t = c->t;

	if (t->count == NODES_MAX)
		return fault(c, s, s->line, "the template has more than %d parts", NODES_MAX);
	if (array_grow(&t->nodes, t->count, &t->room) < 0)
		return -ENOMEM;
	node.text = strndup(text, length);
	if (!node.text)
		return -ENOMEM;
	t->nodes[t->count++] = node;
	return 0;
}

static int add_text(struct compiler *c, struct source *s, const char *from, const char *to)
{
	if (to <= from)
		return 0;
	return add_node(c, s, (struct node){ .op = OP_TEXT }, from, (size_t)(to - from));
}

/* The var called name as seen from scope. *ret_tested: inside a section that tests it. */
static const struct template_var *find_var(const struct scope *scope, const char *name,
					   unsigned *ret_up, bool *ret_tested)
{
	*ret_up = 0;
	*ret_tested = false;
	for (; scope; scope = scope->outer) {
		if (!scope->names) {
			*ret_tested |= !scope->inverted && !strcmp(scope->var->name, name);
			continue;
		}
		for (const struct template_var *w = scope->names; w->name; w++)
			if (!strcmp(w->name, name))
				return w;
		++*ret_up;
	}
	return NULL;
}

static int unknown_word(struct compiler *c, const struct source *s, const struct scope *scope,
			const struct tag *tag)
{
	char known[900] = "";
	size_t length = 0;

	for (; scope; scope = scope->outer)
		for (const struct template_var *w = scope->names; w && w->name; w++) {
			const int n = snprintf(known + length, sizeof(known) - length, "%s%s",
					       length ? ", " : "", w->name);

			if (n < 0 || (size_t)n >= sizeof(known) - length) {
				known[length] = '\0';
				break;
			}
			length += (size_t)n;
		}
	return fault(c, s, tag->line, "{{%s}} is not known here; known: %s", tag->name, known);
}

/* The tag that begins at s->at, which is "{{". */
static int read_tag(struct compiler *c, struct source *s, struct tag *ret)
{
	const char *close = strstr(s->at, "}}"), *from = s->at + 2, *to = close;

	*ret = (struct tag){ .begin = s->at, .line = s->line };
	if (!close)
		return fault(c, s, s->line, "{{ is not closed by }}");
	ret->end = close + 2;
	for (const char *p = s->at; p < ret->end; p++)
		s->line += *p == '\n';
	if (strchr("#^/>!", *from))
		ret->sigil = *from++;
	if (ret->sigil == '!')
		return 0;
	if (strchr("{&=", *from))
		return fault(c, s, ret->line,
			     "{{%c is not supported: values are always escaped, write {{name}}",
			     *from);
	while (from < to && (*from == ' ' || *from == '\t'))
		from++;
	while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	const size_t length = (size_t)(to - from);

	if (length == 0 || length >= sizeof(ret->name) ||
	    strspn(from, "abcdefghijklmnopqrstuvwxyz_") < length)
		return fault(c, s, ret->line,
			     "a name is 1 to %zu of the letters a-z and _, which this is not: %.*s",
			     sizeof(ret->name) - 1, (int)(length < 60 ? length : 60), from);
	memcpy(ret->name, from, length);
	return 0;
}

/* Is the tag alone on its line? Then *ret_begin and *ret_end are what goes with it. */
static bool stands_alone(const struct source *s, const struct tag *tag, const char **ret_begin,
			 const char **ret_end)
{
	const char *begin = tag->begin, *end = tag->end;

	while (begin > s->text && (begin[-1] == ' ' || begin[-1] == '\t'))
		begin--;
	if (begin > s->text && begin[-1] != '\n')
		return false;
	end += strspn(end, " \t");
	if (*end != '\n' && *end != '\0')
		return false;
	*ret_begin = begin;
	*ret_end = *end ? end + 1 : end;
	return true;
}

static int compile_value(struct compiler *c, struct source *s, const struct scope *scope,
			 const struct tag *tag)
{
	unsigned up;
	bool tested;
	const struct template_var *var = find_var(scope, tag->name, &up, &tested);

	if (!var)
		return unknown_word(c, s, scope, tag);
	if (var->kind == VAR_FLAG || var->kind == VAR_LIST)
		return fault(c, s, tag->line, "{{%s}} is no text: write {{#%s}}…{{/%s}}", tag->name,
			     tag->name, tag->name);
	if ((var->kind == VAR_OPTIONAL || var->kind == VAR_DRAWING) && !tested)
		return fault(c, s, tag->line,
			     "{{%s}} may be missing: use it inside {{#%s}}…{{/%s}}", tag->name,
			     tag->name, tag->name);
	if (var->kind == VAR_DRAWING && c->t->context != TEMPLATE_HTML)
		return fault(c, s, tag->line, "{{%s}} is a drawing: it is for HTML alone",
			     tag->name);
	return add_node(
		c, s,
		(struct node){ .op = var->kind == VAR_DRAWING ? OP_DRAWING : OP_VALUE, .up = up },
		tag->name, strlen(tag->name));
}

static int compile_section(struct compiler *c, struct source *s, const struct scope *scope,
			   const struct tag *tag)
{
	unsigned up;
	bool tested;
	const struct template_var *var = find_var(scope, tag->name, &up, &tested);

	if (!var)
		return unknown_word(c, s, scope, tag);
	if (var->kind == VAR_FILLED)
		return fault(c, s, tag->line, "{{%s}} is always there: it makes no section",
			     tag->name);
	if (scope->depth == TEMPLATE_DEPTH_MAX)
		return fault(c, s, tag->line, "more than %d sections are open", TEMPLATE_DEPTH_MAX);
	const bool inverted = tag->sigil == '^', list = var->kind == VAR_LIST && !inverted;
	const struct scope inner = {
		.outer = scope,
		.names = list ? var->inner : NULL,
		.var = var,
		.inverted = inverted,
		.depth = scope->depth + 1,
	};
	const size_t at = c->t->count;
	const unsigned line = tag->line;
	int r = add_node(
		c, s,
		(struct node){ .op = inverted ? OP_INVERTED : OP_SECTION, .list = list, .up = up },
		tag->name, strlen(tag->name));

	if (r < 0)
		return r;
	r = compile(c, s, &inner);
	if (r < 0)
		return r;
	if (r == 0)
		return fault(c, s, line, "{{%c%s}} is not closed by {{/%s}}", tag->sigil, tag->name,
			     tag->name);
	c->t->nodes[at].end = c->t->count;
	return 0;
}

static const char *unreadable(int error)
{
	switch (-error) {
	case ENOENT:
		return "does not exist";
	case EFBIG:
		return "is larger than 64 KiB";
	case EBADMSG:
		return "is not text in UTF-8";
	default:
		return strerrordesc_np(-error);
	}
}

static int compile_partial(struct compiler *c, struct source *s, const struct scope *scope,
			   const struct tag *tag)
{
	const char *name = strrchr(s->path, '/'), *extension = strrchr(s->path, '.');
	const int folder = name ? (int)(name + 1 - s->path) : 0;
	char *path = NULL, *text = NULL;
	int r;

	if (s->depth == PARTIALS_MAX)
		return fault(c, s, tag->line, "{{> %s}}: more than %d partials within each other",
			     tag->name, PARTIALS_MAX);
	if (asprintf(&path, "%.*s%s%s", folder, s->path, tag->name, extension ? extension : "") < 0)
		return -ENOMEM;
	r = c->from->read(c->from->userdata, path, &text);
	if (r < 0 && r != -ENOMEM)
		r = fault(c, s, tag->line, "{{> %s}}: the file %s %s", tag->name, path,
			  unreadable(r));
	/* Within a line it is words of that line, which goes on behind it. */
	if (r == 0 && !tag->alone && *text && text[strlen(text) - 1] == '\n')
		text[strlen(text) - 1] = '\0';
	if (r == 0) {
		struct source inner = { path, text, text, 1, s->depth + 1 };

		r = compile(c, &inner, scope);
		if (r > 0)
			r = fault(c, &inner, inner.line,
				  "a section is closed that was opened in %s", s->path);
	}
	free(text);
	free(path);
	return r;
}

/* 0, 1 when the tag closes the section that is open, or a negative errno. */
static int compile_tag(struct compiler *c, struct source *s, const struct scope *scope,
		       const struct tag *tag)
{
	switch (tag->sigil) {
	case '!':
		return 0;
	case '#':
	case '^':
		return compile_section(c, s, scope, tag);
	case '>':
		return compile_partial(c, s, scope, tag);
	case '/':
		if (!scope->var)
			return fault(c, s, tag->line, "{{/%s}} closes nothing", tag->name);
		if (strcmp(scope->var->name, tag->name) != 0)
			return fault(c, s, tag->line, "{{/%s}} where {{/%s}} is expected",
				     tag->name, scope->var->name);
		return 1;
	default:
		return compile_value(c, s, scope, tag);
	}
}

/* To the end of the file (0) or of the section that is open (1). */
static int compile(struct compiler *c, struct source *s, const struct scope *scope)
{
	for (;;) {
		const char *begin = strstr(s->at, "{{"), *end;
		struct tag tag;
		int r;

		if (!begin)
			begin = s->at + strlen(s->at);
		for (const char *p = s->at; p < begin; p++)
			s->line += *p == '\n';
		const char *text = s->at;

		s->at = begin;
		if (!*begin)
			return add_text(c, s, text, begin);
		r = read_tag(c, s, &tag);
		if (r < 0)
			return r;
		end = tag.end;
		tag.alone = tag.sigil && stands_alone(s, &tag, &begin, &end);
		if (tag.alone && end[-1] == '\n')
			s->line++;
		r = add_text(c, s, text, begin);
		if (r < 0)
			return r;
		s->at = end;
		r = compile_tag(c, s, scope, &tag);
		if (r != 0)
			return r;
	}
}

int template_new(struct template **ret, const struct template_source *source, char **ret_error)
{
	struct template *t = calloc(1, sizeof(*t));
	struct compiler c = { t, source, ret_error };
	const struct scope view = { .names = source->vars };
	char *text = NULL;
	int r;

	*ret_error = NULL;
	if (!t)
		return -ENOMEM;
	t->context = source->context;
	r = source->read(source->userdata, source->path, &text);
	if (r < 0 && r != -ENOMEM &&
	    asprintf(ret_error, "%s:1: the template %s", source->path, unreadable(r)) < 0)
		*ret_error = NULL;
	if (r == 0) {
		struct source s = { source->path, text, text, 1, 0 };

		r = compile(&c, &s, &view);
	}
	free(text);
	if (r < 0) {
		template_free(t);
		return r == -ENOMEM ? r : -EINVAL;
	}
	*ret = t;
	return 0;
}

struct template *template_free(struct template *t)
{
	if (!t)
		return NULL;
	for (size_t i = 0; i < t->count; i++)
		free(t->nodes[i].text);
	free(t->nodes);
	free(t);
	return NULL;
}
