/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "client/command.h"
#include "client/need.h"

#define LINE 78

/* "--name PARAMETER". */
static char *option_text(const struct command_value *option)
{
	return need_text("--%s%s%s", option->name, option->parameter ? " " : "",
			 option->parameter ? option->parameter : "");
}

/* A piece of the usage, on the next line if this one has no room for it. */
static void put(FILE *out, int *at, int indent, const char *text, bool optional)
{
	int n = (int)strlen(text) + (optional ? 3 : 1);

	if (*at + n > LINE) {
		fprintf(out, "\n%*s", indent, "");
		*at = indent;
	}
	fprintf(out, optional ? " [%s]" : " %s", text);
	*at += n;
}

static void usage(const struct command *command, FILE *out)
{
	int indent = fprintf(out, "usage: paminn %s", command->name), at = indent;

	for (const struct command_value *value = command->arguments; value->name; value++)
		put(out, &at, indent, value->name, !value->required);
	for (const struct command_value *value = command->options; value->name; value++) {
		auto_free char *text = option_text(value);

		put(out, &at, indent, text, !value->required);
	}
	fputc('\n', out);
}

static void list(const struct command_value *values, const char *title, bool options, FILE *out)
{
	if (!values->name)
		return;
	fprintf(out, "\n%s:\n", title);
	for (; values->name; values++) {
		auto_free char *text = options ? option_text(values) : need(strdup(values->name));
		const char letter[] = { '-', values->letter, ',', ' ', '\0' };

		fprintf(out, "  %s%-*s %s\n", values->letter ? letter : "",
			values->letter ? 20 : 24, text, values->what);
	}
}

static void program_help(FILE *out)
{
	fputs("usage: paminn COMMAND [ARGUMENT...] [OPTION...]\n\nCommands:\n", out);
	for (const struct command *command = commands; command->name; command++)
		fprintf(out, "  %-10s %s\n", command->name, command->what);
	list(common_options, "Options, before or after the command", true, out);
	fputs("\n\"paminn help COMMAND\" tells how a command is used; paminn(1) tells all.\n", out);
}

void command_help(const struct command *command, FILE *out)
{
	if (!command) {
		program_help(out);
		return;
	}
	usage(command, out);
	fprintf(out, "\n%s: %s.\n", command->name, command->what);
	if (command->more)
		fprintf(out, "%s\n", command->more);
	list(command->arguments, "Arguments", false, out);
	list(command->options, "Options", true, out);
	list(common_options, "Options of every command", true, out);
}
