/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A part of a Word document that people fill with tags becomes the source of a template:
 *
 *	word_runs.c	a tag that Word has split among runs is one again; sections' tags stand between runs
 *	word_lone.c	a row, cell or paragraph that holds only sections' tags goes, and its tags stand there
 *	word_part.c	what leads, and what is refused: a section that ends in another place than it begins in, a
 *			tag where no text may stand, what is yet to be filled in
 *
 * So a section in a paragraph repeats or leaves out what stands in it; one whose tags have paragraphs, rows or cells
 * of their own what stands between them.
 */
#pragma once
#include "message/word_xml.h"

struct word_piece {
	char *text; /* instead of the token's; NULL: its own */
	bool gone;
};
struct word_part {
	const char *path; /* of the document, and in it of this part: for sentences */
	const char *name;
	struct word_tokens tokens;
	size_t *parents;	   /* of each token: the WORD_OPEN around it; WORD_NONE */
	struct word_piece *pieces; /* of each token */
	char **ret_error;
};
#define WORD_NONE ((size_t)-1)

/*
 * The source for TEMPLATE_WORD of a part, n bytes at xml. Caller frees *ret. 0, -ENOMEM, or -EINVAL with a sentence in
 * *ret_error, which the caller frees.
 */
struct word_source {
	const char *path, *name;
	const char *xml;
	size_t length;
};
int word_part_source(const struct word_source *from, char **ret, char **ret_error);

/* ---- among its files ----------------------------------------------------------------------------- */

/* -EINVAL with the sentence. */
int word_part_fault(struct word_part *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The text of what people see in the tokens from `from` to `to`, in order, as it stands; a new string or NULL. */
char *word_part_text(const struct word_part *p, size_t from, size_t to);
/* Is the token text that people see: of an element w:t? */
bool word_part_is_text(const struct word_part *p, size_t at);
/* What stands there now. */
const char *word_part_piece(const struct word_part *p, size_t at, size_t *ret_length);
/* The next section's tag in the text, {{#name}}, {{^name}} or {{/name}}: its begin and length, or NULL. */
const char *word_section_tag(const char *text, size_t *ret_length);

int word_join_runs(struct word_part *p);
int word_part_runs(struct word_part *p);
int word_lift_lone(struct word_part *p);
