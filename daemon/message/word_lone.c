/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds nothing but sections' tags is there for them alone: the row of a table first, since its cells do so too;
 * then a cell; then a paragraph.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "message/word_part.h"

/* What is seen without being text. */
static bool shows_something(const struct word_part *p, size_t from, size_t to)
{
	static const char *const shown[] = { "w:drawing", "w:pict", "w:object", "w:fldChar" };

	for (size_t i = from; i <= to; i++)
		for (size_t k = 0; k < sizeof(shown) / sizeof(*shown); k++)
			if (word_token_is(&p->tokens.list[i], shown[k]))
				return true;
	return false;
}

/* The tags of a text that has nothing else, into out: 1; 0: it has, or has none; or -ENOMEM. */
static int take_tags(const char *text, struct buffer *out)
{
	bool any = false;
	const char *tag;
	size_t length;

	for (; (tag = word_section_tag(text, &length)); text = tag + length, any = true) {
		if (strspn(text, " \t\n") < (size_t)(tag - text))
			return 0;
		if (buffer_add(out, tag, length) < 0)
			return -ENOMEM;
	}
	if (!any || text[strspn(text, " \t\n")] != '\0')
		return 0;
	return buffer_add(out, "", 1) < 0 ? -ENOMEM : 1;
}

static int lift(struct word_part *p, size_t from)
{
	struct buffer tags __attribute__((cleanup(buffer_done))) = { NULL };
	const size_t to = p->tokens.list[from].partner;
	char *text = word_part_text(p, from, to);
	const int lone = text ? take_tags(text, &tags) : -ENOMEM;

	free(text);
	if (lone < 0)
		return lone;
	if (!lone || shows_something(p, from, to))
		return 0;
	for (size_t i = from; i <= to; i++) {
		if (word_token_is(&p->tokens.list[i], "w:sectPr"))
			return word_part_fault(
				p,
				"%s stands alone in the paragraph that ends a section "
				"of the document: give it one of its own",
				tags.bytes);
		p->pieces[i].gone = true;
	}
	free(p->pieces[from].text);
	p->pieces[from] = (struct word_piece){ .text = tags.bytes };
	tags = (struct buffer){ NULL };
	return 0;
}

int word_lift_lone(struct word_part *p)
{
	static const char *const kinds[] = { "w:tr", "w:tc", "w:p" };
	int r = 0;

	for (size_t k = 0; r == 0 && k < sizeof(kinds) / sizeof(*kinds); k++)
		for (size_t i = 0; r == 0 && i < p->tokens.count; i++)
			if (!p->pieces[i].gone && !p->pieces[i].text &&
			    p->tokens.list[i].kind == WORD_OPEN &&
			    word_token_is(&p->tokens.list[i], kinds[k]))
				r = lift(p, i);
	return r;
}
