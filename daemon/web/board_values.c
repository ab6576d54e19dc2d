/* SPDX-License-Identifier: Apache-2.0 */
/* What the query's rows hold, as the board's pages take it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "web/board_inside.h"

const char *board_text(const json_t *object, const char *member)
{
	const char *text = json_string_value(json_object_get(object, member));

	return text && *text ? text : NULL;
}

struct optional board_amount(const json_t *object, const char *member)
{
	const json_t *value = json_object_get(object, member);

	return (struct optional){ json_is_integer(value), json_integer_value(value) };
}

void board_put_raw(json_t *object, const char *name, struct optional amount)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, amount.value);
	page_put(object, name, amount.given ? text : NULL);
}

struct civil_date board_day(const json_t *object, const char *member)
{
	const char *text = board_text(object, member);
	struct civil_date day = CIVIL_NONE;
	char date[CIVIL_TEXT] = "";

	if (!text)
		return CIVIL_NONE;
	memcpy(date, text, strnlen(text, CIVIL_TEXT - 1));
	return civil_parse(date, &day) == 0 ? day : CIVIL_NONE;
}

const char *board_words(enum language language, const json_t *object)
{
	const char *own = board_text(object, "words"), *word = board_text(object, "word");

	return own ? own : word ? catalogue_word(language, word) : NULL;
}

/* Without its weekday. */
void board_put_day(const struct page_reader *to, json_t *object, const char *name,
		   struct civil_date day)
{
	char text[CATALOGUE_DATE];

	if (!civil_is_none(day))
		page_put(object, name, catalogue_day(to->language, day, text));
}

/* "Title (id)". */
void board_put_item(const struct page_reader *to, json_t *object, const char *title, const char *id)
{
	char shown[CATALOGUE_ID];

	if (title && id)
		json_object_set_new(
			object, "item",
			json_sprintf("%s (%s)", title, catalogue_id(to->language, id, shown)));
	else
		page_put(object, "item", title ? title : id);
}
