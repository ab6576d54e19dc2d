/* SPDX-License-Identifier: Apache-2.0 */
#include "message/word_xml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define DEPTH_MAX 256 /* elements within each other */

struct parser_state {
	struct word_tokens *tokens;
	size_t open[DEPTH_MAX]; /* those that are not closed yet */
	size_t depth;
};

/* Bytes of the name that a tag has from `at` on. */
static size_t name_length(const char *at, const char *end)
{
	const char *from = at;

	while (at < end && !strchr(" \t\r\n/>", *at))
		at++;
	return (size_t)(at - from);
}

static const char *name_of(const struct word_token *t, size_t *ret_length)
{
	const char *name = t->text + 1 + (t->kind == WORD_CLOSE);

	*ret_length = name_length(name, t->text + t->length);
	return name;
}

bool word_token_is(const struct word_token *t, const char *name)
{
	size_t length;
	const char *own;

	if (t->kind == WORD_TEXT || t->kind == WORD_OTHER)
		return false;
	own = name_of(t, &length);
	return length == strlen(name) && memcmp(own, name, length) == 0;
}

static bool has_same_name(const struct word_token *a, const struct word_token *b)
{
	size_t n, m;
	const char *one = name_of(a, &n), *other = name_of(b, &m);

	return n == m && n > 0 && memcmp(one, other, n) == 0;
}

/* The ">" that ends the tag, whatever stands in quotes before it; NULL: there is none. */
static const char *find_end(const char *at, const char *end)
{
	char quote = 0;

	for (; at < end; at++) {
		if (quote)
			quote = *at == quote ? 0 : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
		else if (*at == '>')
			return at;
		else if (*at == '<')
			return NULL;
	}
	return NULL;
}

static int add(struct parser_state *p, struct word_token token)
{
	struct word_tokens *tokens = p->tokens;
	int r = array_grow(&tokens->list, tokens->count, &tokens->room);

	if (r == 0)
		tokens->list[tokens->count++] = token;
	return r;
}

static int note_nesting(struct parser_state *p)
{
	const size_t at = p->tokens->count - 1;
	struct word_token *token = &p->tokens->list[at], *opened;

	if (token->kind == WORD_OPEN) {
		if (p->depth == DEPTH_MAX)
			return -EBADMSG;
		p->open[p->depth++] = at;
		return 0;
	}
	if (token->kind != WORD_CLOSE)
		return 0;
	if (p->depth == 0)
		return -EBADMSG;
	opened = &p->tokens->list[p->open[--p->depth]];
	opened->partner = at;
	token->partner = (size_t)(opened - p->tokens->list);
	return has_same_name(opened, token) ? 0 : -EBADMSG;
}

static int add_tag(struct parser_state *p, const char *begin, const char *end,
		   const char **ret_next)
{
	const bool comment = end - begin >= 4 && memcmp(begin, "<!--", 4) == 0;
	const char *last =
		comment ? memmem(begin, (size_t)(end - begin), "-->", 3) : find_end(begin + 1, end);
	struct word_token token = { .kind = WORD_OPEN, .text = begin };
	int r;

	if (!last)
		return -EBADMSG;
	*ret_next = last + (comment ? 3 : 1);
	token.length = (size_t)(*ret_next - begin);
	if (begin[1] == '!' && !comment)
		return -EBADMSG;
	if (begin[1] == '!' || begin[1] == '?')
		token.kind = WORD_OTHER;
	else if (begin[1] == '/')
		token.kind = WORD_CLOSE;
	else if (last[-1] == '/')
		token.kind = WORD_EMPTY;
	r = add(p, token);
	return r < 0 ? r : note_nesting(p);
}

int word_tokens_new(struct word_tokens *ret, const char *xml, size_t n)
{
	const char *at = xml, *end = xml + n;
	struct parser_state p = { .tokens = ret };
	int r = 0;

	*ret = (struct word_tokens){ NULL };
	while (r == 0 && at < end) {
		const char *next = memchr(at, '<', (size_t)(end - at));

		if (next == at) {
			r = add_tag(&p, at, end, &at);
			continue;
		}
		next = next ? next : end;
		r = add(&p, (struct word_token){ WORD_TEXT, at, (size_t)(next - at), 0 });
		at = next;
	}
	if (r == 0 && (p.depth > 0 || ret->count == 0))
		r = -EBADMSG;
	if (r < 0)
		word_tokens_done(ret);
	return r;
}

void word_tokens_done(struct word_tokens *t)
{
	free(t->list);
	*t = (struct word_tokens){ NULL };
}
