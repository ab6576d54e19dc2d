/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The commands as a table, from which come the parsing of the command line, the help, and the check of
 * the manual's lists.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "client/settings.h"
#include "protocol/event.h"
#include "protocol/query.h"

#define COMMAND_ARGUMENTS 3 /* at most */
#define COMMAND_OPTIONS 9   /* at most */

enum value_kind { VALUE_TEXT, VALUE_INTEGER, VALUE_TIME, VALUE_SWITCH /* "on" or "off" */ };

struct command_value {
	const char *name;      /* "MEASURE", "progress" */
	const char *parameter; /* of an option: what its value is called; NULL: it is a flag */
	/* The member of data (events) or params (requests) that it gives; NULL: it is no member. */
	const char *member;
	enum value_kind kind;
	bool required;
	const char *what;
	char letter; /* of an option: its short name, as "-o"; 0: none */
	bool many; /* it may be given several times: the last argument, or an option, see call_more */
};

struct call;
struct command {
	const char *name, *what;
	const char *more; /* a paragraph for its help, or NULL */
	struct command_value arguments[COMMAND_ARGUMENTS + 1], options[COMMAND_OPTIONS + 1];
	enum event_type event; /* of what it sends, for event_command() */
	enum request request;  /* of what it asks, for the others */
	bool offline;	       /* needs neither settings nor the daemon */
	bool pipe; /* a mail server runs it: with EX_TEMPFAIL for what can be mended it tries again */
	int (*run)(const struct call *call); /* the exit code of the program */
};
extern const struct command commands[]; /* ends with a NULL name */
/* Those that every command takes, before it or after it. */
extern const struct command_value common_options[]; /* ends with a NULL name */

/* What the command line says. */
struct call {
	const struct command *command; /* NULL: none was named */
	const char *arguments[COMMAND_ARGUMENTS], *options[COMMAND_OPTIONS]; /* NULL: not given */
	const char **words; /* all that was given of the argument that may be many, the first too */
	size_t word_count;
	struct call_option {
		const struct command_value *option;
		const char *value;
	} * repeated; /* what was given of options that may be many */
	size_t repeated_count;
	struct settings settings;
	bool json, help, version;
};

/* One sentence on what is wrong. */
struct fault {
	char text[400];
};

const struct command *command_find(const char *name);
/* Parse: 0, or -EINVAL and the sentence. call_done releases ret either way. */
int command_parse(int argc, char *const *argv, struct call *ret, struct fault *ret_fault);
void call_done(struct call *call);
/* Is everything there that the command requires? 0, or -EINVAL and the sentence. */
int command_check(const struct call *call, struct fault *ret_fault);

/* The value of an option or argument, NULL when not given. It has to be in the table. */
const char *call_value(const struct call *call, const char *name);
/* The next value of an option that may be many, *at being where to look on, 0 at first; NULL after the last. */
const char *call_more(const struct call *call, const char *name, size_t *at);
/* The members of data or params that were given, a new object. 0, or -EINVAL and the sentence. */
int call_members(const struct call *call, json_t **ret, struct fault *ret_fault);

/* The help of a command; of the program if command is NULL. */
void command_help(const struct command *command, FILE *out);
