/* SPDX-License-Identifier: Apache-2.0 */
#include "message/markdown.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "protocol/text.h"

void markdown_see(struct markdown_line *line, char ch)
{
	const bool mark = ch == '-' || ch == '*' || ch == '+', blank = ch == ' ' || ch == '>';

	if (ch == '\n') {
		*line = (struct markdown_line){ .table = false };
		return;
	}
	if (!line->inside && ch == '|')
		line->table = true;
	if (!line->inside && (mark || blank) && line->length < MARKDOWN_PREFIX - 1)
		line->prefix[line->length++] = mark ? ' ' : ch;
	if (mark || blank)
		return;
	line->digits = isdigit((unsigned char)ch) && (!line->inside || line->digits);
	line->inside = true;
}

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || (unsigned char)ch >= 0x80;
}

/* Would the character be markup where it stands? */
static bool is_markup(const struct markdown_line *line, const char *begin, const char *at)
{
	const char before = at > begin ? at[-1] : ' ', after = at[1];

	if (strchr("\\`*<[]|~", *at))
		return true;
	if (*at == '_')
		return !is_word(before) || !is_word(after);
	if (*at == '&')
		return isalpha((unsigned char)after) || after == '#';
	if (!line->inside)
		return strchr("#>-+=", *at);
	return line->digits && (*at == '.' || *at == ')');
}

/* A value's further line: with the prefix of the first, or after it where that is the row of a table. */
static const char *next_line(const struct markdown_line *line, const char *begin, const char *at,
			     char out[static MARKDOWN_ESCAPED])
{
	const char *rest = at + strspn(at, " \t\n\r");
	const bool parted = memchr(at + 1, '\n', (size_t)(rest - at) - 1) != NULL;

	if (!*rest || at == begin)
		return "";
	if (line->table)
		return " ";
	/* Two spaces break the line within its paragraph; an empty line begins a new one. */
	snprintf(out, MARKDOWN_ESCAPED, "%s\n%s%s%s", parted ? "" : "  ",
		 parted ? line->prefix : "", parted ? "\n" : "", line->prefix);
	return out;
}

const char *markdown_escape(const struct markdown_line *line, const char *begin, const char *at,
			    char out[static MARKDOWN_ESCAPED])
{
	const char *blank = at;

	while (blank > begin && strchr(" \t\r", blank[-1]))
		blank--;
	if (*at == '\n')
		return blank > begin && blank[-1] == '\n' ? "" : next_line(line, begin, at, out);
	if (*at == ' ' || *at == '\t')
		return blank < at || at == begin || at[-1] == '\n' ? "" : " ";
	if (text_is_control((unsigned char)*at))
		return "";
	snprintf(out, MARKDOWN_ESCAPED, "%s%c", is_markup(line, begin, at) ? "\\" : "", *at);
	return out;
}
