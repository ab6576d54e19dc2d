/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every word of the command line is an option, an option's value, the command's name (the first that
 * is neither) or one of its arguments. Options may stand anywhere, those of a command after its name;
 * "--" ends them.
 */
#include "client/command.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "client/need.h"
#include "client/stamp.h"
#include "protocol/parsed.h"
#include "protocol/text.h"

__attribute__((format(printf, 2, 3))) static int fail(struct fault *fault, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(fault->text, sizeof(fault->text), format, arguments);
	va_end(arguments);
	return -EINVAL;
}

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

/* The row that is called the n bytes at name; -1 if there is none. */
static int find(const struct command_value *values, const char *name, size_t n)
{
	for (int i = 0; values[i].name; i++)
		if (strlen(values[i].name) == n && memcmp(values[i].name, name, n) == 0)
			return i;
	return -1;
}

static int take_server(struct call *call, const char *value, struct fault *fault)
{
	if (!*value)
		return fail(fault, "--server needs an endpoint, such as " SETTINGS_SERVER);
	if (!settings_add(&call->settings.servers, value))
		return fail(fault, "--server may be given %d times at most", SETTINGS_SERVERS);
	return 0;
}

static int take_as(struct call *call, const char *value, struct fault *fault)
{
	if (!settings_is_as(value))
		return fail(fault, "--as \"%s\" is neither a person's id nor /systems/ID",
			    text_excerpt(value).text);
	free(call->settings.as);
	call->settings.as = need(strdup(value));
	return 0;
}

static int take_key(struct call *call, const char *value, struct fault *fault)
{
	if (!*value)
		return fail(fault, "--key needs the file that holds your secret key");
	free(call->settings.key);
	call->settings.key = need(strdup(value));
	return 0;
}

static int take_server_key(struct call *call, const char *value, struct fault *fault)
{
	if (*value && !key_is_valid(value))
		return fail(fault,
			    "--server-key \"%s\" is not a public key: 40 characters, in single "
			    "quotes so that the shell leaves them alone",
			    text_excerpt(value).text);
	if (!settings_add(&call->settings.server_keys, value))
		return fail(fault, "--server-key may be given %d times at most", SETTINGS_SERVERS);
	return 0;
}

static int take_timeout(struct call *call, const char *value, struct fault *fault)
{
	call->settings.timeout = settings_timeout(value);
	if (call->settings.timeout == 0)
		return fail(fault, "--timeout \"%s\" is not a number of seconds from 0.001 to %d",
			    text_excerpt(value).text, SETTINGS_TIMEOUT_MAX);
	return 0;
}

static int take_json(struct call *call, const char *value, struct fault *fault)
{
	(void)value, (void)fault;
	call->json = true;
	return 0;
}

static int take_help(struct call *call, const char *value, struct fault *fault)
{
	(void)value, (void)fault;
	call->help = true;
	return 0;
}

static int take_version(struct call *call, const char *value, struct fault *fault)
{
	(void)value, (void)fault;
	call->version = true;
	return 0;
}

enum { SERVER, AS, KEY, SERVER_KEY, JSON, TIMEOUT, HELP, VERSION, COMMON };

const struct command_value common_options[COMMON + 1] = {
	[SERVER] = { "server", "ENDPOINT",
		     .what = "the daemon's intake.submit; again for each that shares its store" },
	[AS] = { "as", "ID", .what = "the person who says it; or /systems/ID" },
	[KEY] = { "key", "FILE", .what = "your secret key, to be known by on another machine" },
	[SERVER_KEY] = { "server-key", "Z85", .what = "the daemon's public key; or one for each" },
	[JSON] = { "json", .what = "print one JSON document" },
	[TIMEOUT] = { "timeout", "SECONDS", .what = "how long to wait for an answer" },
	[HELP] = { "help", .what = "say how it is used" },
	[VERSION] = { "version", .what = "say which version this is" },
};

static int (*const takers[COMMON])(struct call *call, const char *value, struct fault *fault) = {
	[SERVER] = take_server, [AS] = take_as,
	[KEY] = take_key,	[SERVER_KEY] = take_server_key,
	[JSON] = take_json,	[TIMEOUT] = take_timeout,
	[HELP] = take_help,	[VERSION] = take_version,
};

static void add_option(struct call *call, const struct command_value *option, const char *value)
{
	call->repeated =
		need(realloc(call->repeated, (call->repeated_count + 1) * sizeof(*call->repeated)));
	call->repeated[call->repeated_count++] = (struct call_option){ option, value };
}

/* "--name", "--name=value" or "--name" "value": how many words it took, or -EINVAL. */
static int take_option(struct call *call, const char *word, const char *next, struct fault *fault)
{
	const char *name = word + 2, *equals = strchr(name, '=');
	size_t n = equals ? (size_t)(equals - name) : strlen(name);
	int common = find(common_options, name, n);
	int own = call->command ? find(call->command->options, name, n) : -1;
	const struct command_value *option = common >= 0 ? &common_options[common]
					     : own >= 0	 ? &call->command->options[own]
							 : NULL;
	const char *value = equals ? equals + 1 : next;

	if (!option && !call->command)
		return fail(fault,
			    "there is no option %s; options of a command stand after its name",
			    text_excerpt(word).text);
	if (!option)
		return fail(fault, "%s has no option %s", call->command->name,
			    text_excerpt(word).text);
	if (!option->parameter && equals)
		return fail(fault, "--%s takes no value", option->name);
	if (option->parameter && !value)
		return fail(fault, "--%s needs a value: --%s %s", option->name, option->name,
			    option->parameter);
	if (common >= 0) {
		int r = takers[common](call, value, fault);

		if (r < 0)
			return r;
	} else if (option->many) {
		add_option(call, option, value);
		call->options[own] = value;
	} else if (call->options[own]) {
		return fail(fault, "--%s is given twice", option->name);
	} else {
		call->options[own] = option->parameter ? value : option->name;
	}
	return option->parameter && !equals ? 2 : 1;
}

/* "-o FILE" is "--output FILE". As take_option. */
static int take_letter(struct call *call, const char *word, const char *next, struct fault *fault)
{
	const struct command_value *options = call->command ? call->command->options : NULL;

	for (size_t i = 0; options && options[i].name; i++)
		if (options[i].letter && options[i].letter == word[1] && !word[2]) {
			auto_free char *whole = need_text("--%s", options[i].name);

			return take_option(call, whole, next, fault);
		}
	return fail(fault, "there is no option %s; before a text that begins with \"-\" put --",
		    text_excerpt(word).text);
}

static void add_word(struct call *call, const char *word)
{
	call->words = need(realloc(call->words, (call->word_count + 1) * sizeof(*call->words)));
	call->words[call->word_count++] = word;
}

static int take_argument(struct call *call, const char *word, struct fault *fault)
{
	if (!call->command) {
		call->command = command_find(word);
		return call->command
			       ? 0
			       : fail(fault, "there is no command %s; \"paminn help\" lists them",
				      text_excerpt(word).text);
	}
	for (size_t i = 0; call->command->arguments[i].name; i++) {
		const bool many = call->command->arguments[i].many;

		if (many)
			add_word(call, word);
		if (!call->arguments[i])
			call->arguments[i] = word;
		else if (!many)
			continue;
		return 0;
	}
	return fail(fault, "%s does not take \"%s\"; a text of several words needs quotes",
		    call->command->name, text_excerpt(word).text);
}

int command_parse(int argc, char *const *argv, struct call *ret, struct fault *ret_fault)
{
	bool options = true;

	*ret = (struct call){ 0 };
	for (int i = 1; i < argc;) {
		const char *word = argv[i];
		int r = 1;

		if (options && strcmp(word, "--") == 0)
			options = false;
		else if (options && strncmp(word, "--", 2) == 0)
			r = take_option(ret, word, i + 1 < argc ? argv[i + 1] : NULL, ret_fault);
		else if (options && word[0] == '-' && word[1] != '\0')
			r = take_letter(ret, word, i + 1 < argc ? argv[i + 1] : NULL, ret_fault);
		else if (take_argument(ret, word, ret_fault) < 0)
			r = -EINVAL;
		if (r < 0)
			return r;
		i += r;
	}
	return 0;
}

int command_check(const struct call *call, struct fault *ret_fault)
{
	const struct command *command = call->command;

	for (size_t i = 0; command->arguments[i].name; i++)
		if (command->arguments[i].required && !call->arguments[i])
			return fail(ret_fault, "%s needs %s: %s", command->name,
				    command->arguments[i].name, command->arguments[i].what);
	for (size_t i = 0; command->options[i].name; i++)
		if (command->options[i].required && !call->options[i])
			return fail(ret_fault, "%s needs --%s %s: %s", command->name,
				    command->options[i].name, command->options[i].parameter,
				    command->options[i].what);
	return 0;
}

void call_done(struct call *call)
{
	settings_done(&call->settings);
	free(call->words);
	free(call->repeated);
}

const char *call_value(const struct call *call, const char *name)
{
	int i = find(call->command->options, name, strlen(name));

	if (i >= 0)
		return call->options[i];
	i = find(call->command->arguments, name, strlen(name));
	assert(i >= 0);
	return call->arguments[i];
}

const char *call_more(const struct call *call, const char *name, size_t *at)
{
	while (*at < call->repeated_count) {
		const struct call_option *given = &call->repeated[(*at)++];

		if (strcmp(given->option->name, name) == 0)
			return given->value;
	}
	return NULL;
}

/* A whole number, written as events have it too: 40, 40.0, 1.25e6. */
static bool read_number(const char *given, int64_t *ret)
{
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	auto_free char *list = need_text("[%s]", given);
	const struct parsed *parsed;
	struct rejection why;
	char *end;

	errno = 0;
	*ret = strtoll(given, &end, 10);
	if (!errno && end != given && !*end && *given != ' ')
		return true;
	if (parser_new(&parser) < 0)
		need(NULL);
	parsed = parser_parse(parser, list, strlen(list), &why);
	return parsed && parsed->count == 1 && parsed_integer(parsed + 1, ret);
}

/* The value as JSON, of its kind; NULL if it is not of it. */
static json_t *member_value(const struct command_value *value, const char *given)
{
	char time[RFC3339_TEXT];
	int64_t number;

	switch (value->kind) {
	case VALUE_INTEGER:
		return read_number(given, &number) ? need(json_integer(number)) : NULL;
	case VALUE_TIME:
		return stamp_parse(given, time) ? need(json_string(time)) : NULL;
	case VALUE_SWITCH:
		return strcmp(given, "on") == 0	   ? json_true()
		       : strcmp(given, "off") == 0 ? json_false()
						   : NULL;
	case VALUE_TEXT:
		break;
	}
	return json_string(given); /* NULL if it is not UTF-8 */
}

int call_members(const struct call *call, json_t **ret, struct fault *ret_fault)
{
	static const char *const wanted[] = {
		[VALUE_TEXT] = "valid UTF-8",
		[VALUE_INTEGER] = "a whole number",
		[VALUE_TIME] = "a time such as 2026-05-11T09:30 or 2026-05-11T09:30:00+02:00",
	};
	auto_json json_t *members = need(json_object());

	for (size_t i = 0; i < COMMAND_ARGUMENTS + COMMAND_OPTIONS; i++) {
		bool option = i >= COMMAND_ARGUMENTS;
		size_t at = option ? i - COMMAND_ARGUMENTS : i;
		const struct command_value *value =
			option ? &call->command->options[at] : &call->command->arguments[at];
		const char *given = option ? call->options[at] : call->arguments[at];
		json_t *json;

		if (!given || !value->member)
			continue;
		json = option && !value->parameter ? json_true() : member_value(value, given);
		if (!json && value->kind == VALUE_SWITCH)
			return fail(ret_fault, "%s takes on or off, not \"%s\"",
				    call->command->name, text_excerpt(given).text);
		if (!json)
			return fail(ret_fault, "%s%s \"%s\" is not %s", option ? "--" : "",
				    value->name, text_excerpt(given).text, wanted[value->kind]);
		need_set(members, value->member, json);
	}
	*ret = json_incref(members);
	return 0;
}
