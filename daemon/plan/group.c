/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One walker for every group of every file. A table says which keys a group has and where each goes;
 * the walker finds what is unknown, missing, empty or of the wrong type, and placeholders in texts, and
 * hands clean text to value.c. Doubled keys are a syntax error of libconfig already.
 */
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"

/* The text of a setting, or NULL when it can't be used. */
static const char *clean_text(struct reader *r, const struct field *field, struct where where,
			      const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting), *hole;
	uint32_t turn;
	size_t length;

	if (!text) {
		fault(r, where, "%s must be text in quotes", field->key);
	} else if (!text_is_clean(text, strlen(text), field->kind == VALUE_PROSE)) {
		fault(r, where, "%s has a control character or bytes that are not UTF-8 in it",
		      field->key);
	} else if (r->present && (turn = text_turn(text))) {
		fault(r, where,
		      "%s has U+%04X in it, which turns the direction of text: take it away",
		      field->key, turn);
	} else if (text_is_blank(text) && (field->required || field->list)) {
		fault(r, where, "%s is empty: %s", field->key, field->what);
	} else if (field->kind != VALUE_KEY && (hole = text_placeholder(text, &length))) {
		fault(r, where, "%s has the hole \"%.*s\" in it: fill it in", field->key,
		      (int)length, hole);
	} else {
		return text;
	}
	return NULL;
}

/* Is the text there before? */
static bool is_doubled(config_setting_t *list, unsigned at)
{
	const char *text = config_setting_get_string_elem(list, (int)at), *other;

	for (unsigned i = 0; i < at; i++) {
		other = config_setting_get_string_elem(list, (int)i);
		if (other && strcmp(other, text) == 0)
			return true;
	}
	return false;
}

/* The digits of a number that is written as a text, "2 000 000" or "2.000.000L", in groups of three if in any, with
 * its sign. false: they are none. */
static bool digits_of(const char *text, char ret[static 24])
{
	static const char *const between[] = { " ", "\u00a0", "\u202f", "\u2009", ".", ",", "'" };
	size_t used = 0, length = 0;
	bool first = true;

	if (*text == '-')
		ret[used++] = *text++;
	for (;; first = false) {
		length = strspn(text, "0123456789");
		if (length == 0 || used + length > 20 || (!first && length != 3))
			return false;
		memcpy(ret + used, text, length);
		used += length;
		text += length;
		if (!*text || strcmp(text, "L") == 0)
			break;
		if (first && length > 3)
			return false;
		length = 0;
		for (size_t i = 0; length == 0 && i < sizeof(between) / sizeof(*between); i++)
			if (strncmp(text, between[i], strlen(between[i])) == 0)
				length = strlen(between[i]);
		if (length == 0)
			return false;
		text += length;
	}
	ret[used] = '\0';
	return true;
}

/* A text stands where a number is wanted, as when the quotation marks of a hole are left. */
static void fail_text(struct reader *r, const struct field *field, const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting);
	char digits[24] = "";
	const bool number = digits_of(text, digits);
	const long long value = strtoll(digits, NULL, 10);
	const bool large = value > INT32_MAX || value < INT32_MIN;

	if (number)
		fault(r, where_of(r, setting),
		      "%s \"%s\" is a text, and must be a whole number: write %s%s, without "
		      "quotation marks",
		      field->key, text_excerpt(text).text, digits, large ? "L" : "");
	else
		fault(r, where_of(r, setting),
		      "%s \"%s\" is a text, and must be a whole number: write it in digits alone, "
		      "without quotation marks",
		      field->key, text_excerpt(text).text);
}

/* A whole number, which goes to `to`. false: it is none, or out of range. */
static bool read_number(struct reader *r, const struct field *field, config_setting_t *setting,
			void *to)
{
	int type = config_setting_type(setting);
	long long number;
	size_t length;

	/* A hole is a text, wherever it stands. */
	if (type == CONFIG_TYPE_STRING &&
	    text_placeholder(config_setting_get_string(setting), &length)) {
		clean_text(r, field, where_of(r, setting), setting);
		return false;
	}
	if (type == CONFIG_TYPE_STRING) {
		fail_text(r, field, setting);
		return false;
	}
	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64) {
		fault(r, where_of(r, setting), "%s must be a whole number", field->key);
		return false;
	}
	number = config_setting_get_int64(setting);
	if (number < field->min || number > field->max) {
		fault(r, where_of(r, setting), "%s must be %lld to %lld", field->key,
		      (long long)field->min, (long long)field->max);
		return false;
	}
	if (field->kind == VALUE_INT)
		*(int *)to = (int)number;
	else
		*(int64_t *)to = number;
	return true;
}

/* One element of a list. false: it has a fault. */
static bool read_element(struct reader *r, const struct field *field, config_setting_t *list,
			 unsigned at, void *to)
{
	config_setting_t *element = config_setting_get_elem(list, at);
	struct where where = where_text(r, element);
	const char *text;

	if (field->kind == VALUE_INT)
		return read_number(r, field, element, to);
	text = clean_text(r, field, where, element);
	if (text && is_doubled(list, at))
		fault(r, where, "%s names \"%s\" twice", field->key, text_excerpt(text).text);
	return text && !is_doubled(list, at) && value_read(r, field, where, text, to);
}

static void read_list(struct reader *r, const struct field *field, config_setting_t *list, char *to)
{
	const size_t size = value_size(field->kind);
	size_t count = 0, length;
	char *values;

	if (!is_aggregate(list)) {
		fault(r, where_of(r, list), "%s must be a list: %s = [ %s ];", field->key,
		      field->key, field->kind == VALUE_INT ? "…" : "\"…\"");
		return;
	}
	length = (size_t)config_setting_length(list);
	if (length == 0 && field->required)
		fault(r, where_of(r, list), "%s is empty: %s", field->key, field->what);
	values = reader_alloc(r, length, size);
	for (unsigned i = 0; i < length; i++)
		count += read_element(r, field, list, i, values + count * size);
	*(void **)(void *)(to + field->at) = values;
	*(size_t *)(void *)(to + field->count) = count;
}

static void check_groups(struct reader *r, const struct field *field, config_setting_t *list)
{
	config_setting_t *element;

	if (!config_setting_is_list(list)) {
		fault(r, where_of(r, list), "%s must be a list of groups: %s = ( { … }, { … } );",
		      field->key, field->key);
		return;
	}
	if (field->required && config_setting_length(list) == 0)
		fault(r, where_of(r, list), "%s is empty: %s", field->key, field->what);
	for (unsigned i = 0; (element = config_setting_get_elem(list, i)); i++)
		if (!config_setting_is_group(element))
			fault(r, where_of(r, element),
			      "%s has something other than a { group } in it", field->key);
}

static void read_field(struct reader *r, const struct field *field, config_setting_t *setting,
		       char *to)
{
	const char *text;

	if (field->given)
		*(bool *)(to + field->given) = true;
	if (field->decisions)
		r->plan->decisions = true;
	if (field->list) {
		read_list(r, field, setting, to);
		return;
	}
	switch (field->kind) {
	case VALUE_GROUPS:
		check_groups(r, field, setting);
		break;
	case VALUE_GROUP:
		if (!config_setting_is_group(setting))
			fault(r, where_of(r, setting), "%s must be a group: %s = { … };",
			      field->key, field->key);
		break;
	case VALUE_EFFECT:
		if (config_setting_is_list(setting))
			check_groups(r, field, setting);
		else
			read_number(r, field, setting, to + field->at);
		break;
	case VALUE_INT:
	case VALUE_AMOUNT:
		read_number(r, field, setting, to + field->at);
		break;
	case VALUE_BOOL:
		if (config_setting_type(setting) == CONFIG_TYPE_BOOL)
			*(bool *)(to + field->at) = config_setting_get_bool(setting);
		else
			fault(r, where_of(r, setting), "%s must be true or false", field->key);
		break;
	default:
		text = clean_text(r, field, where_of(r, setting), setting);
		if (text)
			value_read(r, field, where_of(r, setting), text, to + field->at);
	}
}

static const struct field *find_field(const struct table *table, const char *key)
{
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->fields[i].key, key) == 0)
			return &table->fields[i];
	return NULL;
}

static void note_unknown(struct reader *r, const struct table *table, config_setting_t *setting)
{
	struct text_list keys = { "" };

	for (size_t i = 0; i < table->count; i++)
		text_list_add(&keys, table->fields[i].key);
	fault(r, where_of(r, setting), "unknown key \"%s\" in %s: the keys are %s",
	      text_excerpt(config_setting_name(setting)).text, table->noun, keys.text);
}

/* "the deadline RS-58", or "the deadline" when it has no id that can be read. */
static void name_group(const struct table *table, config_setting_t *group, struct excerpt *ret)
{
	const char *id = NULL;

	if (table->id)
		config_setting_lookup_string(group, table->id, &id);
	if (id && text_is_id(id))
		snprintf(ret->text, sizeof(ret->text), " %s", id);
	else
		ret->text[0] = '\0';
}

void read_group(struct reader *r, const struct table *table, config_setting_t *group, void *to)
{
	config_setting_t *setting;
	struct excerpt name;

	for (unsigned i = 0; (setting = config_setting_get_elem(group, i)); i++)
		if (!find_field(table, config_setting_name(setting)))
			note_unknown(r, table, setting);
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		setting = config_setting_get_member(group, field->key);
		if (setting) {
			read_field(r, field, setting, to);
		} else if (field->required) {
			name_group(table, group, &name);
			fault(r, where_of(r, group), "%s%s has no %s: %s", table->noun, name.text,
			      field->key, field->what);
		}
	}
}
