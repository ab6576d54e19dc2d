/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "client/command.h"
#include "client/run.h"
#include "unit.h"

#define MANUAL "client/paminn.1"
#define WORDS_MAX 10

static const struct {
	int line;
	const char *words[WORDS_MAX]; /* after the program's name */
	const char *fault;	      /* a part of it; NULL: there is none */
} lines[] = {
	{ __LINE__, { "list", "--json" }, NULL },
	{ __LINE__, { "--json", "list" }, NULL },
	{ __LINE__, { "status", "--as", "a", "M", "--progress", "4", "done" }, NULL },
	{ __LINE__, { "note", "M", "--", "--json" }, NULL },
	{ __LINE__, { "send", "-" }, NULL },
	{ __LINE__, { "status", "M", "done", "--effect", "-5" }, NULL },
	{ __LINE__, { "nosuch" }, "no command nosuch" },
	{ __LINE__, { "list", "x" }, "does not take \"x\"" },
	{ __LINE__, { "--late", "list" }, "after its name" },
	{ __LINE__, { "list", "--lat" }, "no option --lat" },
	{ __LINE__, { "list", "-l" }, "no option -l" },
	{ __LINE__, { "list", "--late=1" }, "takes no value" },
	{ __LINE__, { "list", "--owner" }, "needs a value" },
	{ __LINE__, { "list", "--owner", "a", "--owner", "b" }, "given twice" },
	{ __LINE__, { "list", "--timeout", "1e9" }, "--timeout" },
	{ __LINE__, { "list", "--timeout", "nan" }, "--timeout" },
	{ __LINE__, { "list", "--as", "/people/" }, "--as" },
	{ __LINE__, { "list", "--server=" }, "--server" },
	{ __LINE__, { "status", "M" }, "needs STATUS" },
	{ __LINE__, { "submit", "D" }, "needs --reference R" },
	{ __LINE__, { "request", "M", "--reason", "r" }, "needs --due DUE" },
	{ __LINE__, { "deny", "a", "b", "c", "d", "--reason", "r" }, NULL },
	{ __LINE__, { "deny", "--reason", "r" }, "needs ID..." },
	{ __LINE__, { "grant", "a", "--all", "b", "--reference", "r" }, NULL },
};

static int parse(const char *const *words, struct call *call, struct fault *fault)
{
	char *argv[WORDS_MAX + 1] = { NULL };
	int argc = 1, r;

	while (words[argc - 1]) {
		argv[argc] = strdup(words[argc - 1]);
		argc++;
	}
	r = command_parse(argc, argv, call, fault);
	if (r == 0)
		r = command_check(call, fault);
	for (int i = 1; i < argc; i++)
		free(argv[i]); /* the call's values are not read after this */
	return r;
}

START_TEST(words_are_understood_or_named)
{
	struct fault fault = { "" };
	struct call call;
	int r = parse(lines[_i].words, &call, &fault);

	ck_assert_msg((r < 0) == (lines[_i].fault != NULL), "line %d: %s", lines[_i].line,
		      fault.text);
	ck_assert_msg(!lines[_i].fault || strstr(fault.text, lines[_i].fault), "line %d: %s",
		      lines[_i].line, fault.text);
	call_done(&call);
}
END_TEST

START_TEST(table_is_consistent)
{
	for (const struct command *c = commands; c->name; c++) {
		bool optional = false;

		ck_assert_ptr_eq(command_find(c->name), c);
		ck_assert_msg(c->what && c->run, "%s", c->name);
		for (const struct command_value *a = c->arguments; a->name; a++) {
			ck_assert_msg(!(optional && a->required), "%s %s", c->name, a->name);
			optional = optional || !a->required;
		}
		for (const struct command_value *o = c->options; o->name; o++) {
			ck_assert_msg(o->what, "%s --%s", c->name, o->name);
			for (const struct command_value *x = common_options; x->name; x++)
				ck_assert_str_ne(o->name, x->name);
		}
	}
}
END_TEST

/* Requests that a command of another name makes: a word of it, or what it lists. */
static const struct {
	int request;
	const char *command;
} made_by[] = {
	{ COMMAND_MESSAGE, "outbox" }, { COMMAND_RETRY, "outbox" },
	{ COMMAND_DROP, "outbox" },    { COMMAND_END_SESSIONS, "sessions" },
	{ QUERY_ACTS, "undo" },
};

static const struct command *command_of(int request)
{
	const struct command *command = NULL;

	for (size_t i = 0; i < UNIT_COUNT(made_by); i++)
		if (made_by[i].request == request)
			return command_find(made_by[i].command);
	command = command_find(request_kinds[request].name);
	return command && (int)command->request == request ? command : NULL;
}

/* The ITEM of a report is given as its deadline, which may be the id of an assignment; the mail to receive is
 * standard input, sent in pieces. */
static bool is_given_otherwise(int request, const char *parameter)
{
	return (request == QUERY_REPORT && strcmp(parameter, "assignment") == 0) ||
	       (request == COMMAND_RECEIVE && strcmp(parameter, "to") != 0);
}

static bool has_option(const struct command *c, const char *name)
{
	for (const struct command_value *o = c->options; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return true;
	return false;
}

/* What would follow from an event is asked by the command that would send it. */
START_TEST(every_event_can_be_tried_first)
{
	for (const struct command *c = commands; c->name; c++)
		if (c->run == event_command || c->run == decide_command || c->run == undo_command)
			ck_assert_msg(has_option(c, "dry-run"), "%s", c->name);
}
END_TEST

/* Every query and command that the protocol knows has its command, with all of its parameters. */
START_TEST(requests_are_all_there)
{
	for (int request = 0; request < REQUESTS; request++) {
		const struct request_kind *kind = &request_kinds[request];
		const struct command *command = command_of(request);

		if (request == QUERY_CONSEQUENCES)
			continue; /* --dry-run */
		ck_assert_msg(command != NULL, "%s", kind->name);
		for (const struct request_param *p = kind->params; p->name; p++) {
			bool found = is_given_otherwise(request, p->name);

			for (const struct command_value *v = command->options; v->name; v++)
				found = found || (v->member && strcmp(v->member, p->name) == 0);
			for (const struct command_value *v = command->arguments; v->name; v++)
				found = found || (v->member && strcmp(v->member, p->name) == 0);
			ck_assert_msg(found, "%s has nothing for %s", kind->name, p->name);
		}
	}
}
END_TEST

/* One word more of what the manual or the table says, "status --progress N" for one. */
static void add(char *list, size_t size, const char *command, const char *option,
		const char *parameter)
{
	size_t n = strlen(list);

	snprintf(list + n, size - n, "%s%s%s%s%s\n", command, option ? " --" : "",
		 option ? option : "", parameter ? " " : "", parameter ? parameter : "");
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a list in order, so that two can be compared. */
static void sort_lines(char *list, char *out)
{
	char *words[800], *rest = list;
	size_t count = 0;

	for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
		ck_assert_uint_lt(count, UNIT_COUNT(words));
		words[count++] = line;
	}
	qsort(words, count, sizeof(*words), by_text);
	for (size_t i = 0; i < count; i++)
		out += sprintf(out, "%s\n", words[i]);
}

static void list_table(char *list, size_t size)
{
	for (const struct command_value *o = common_options; o->name; o++)
		add(list, size, "paminn", o->name, o->parameter);
	for (const struct command *c = commands; c->name; c++) {
		add(list, size, c->name, NULL, NULL);
		for (const struct command_value *o = c->options; o->name; o++)
			add(list, size, c->name, o->name, o->parameter);
	}
}

static void list_manual(char *list, size_t size)
{
	char line[500], command[40] = "paminn", option[40], parameter[40];
	FILE *manual = fopen(MANUAL, "r");

	ck_assert_ptr_nonnull(manual);
	while (fgets(line, sizeof(line), manual)) {
		if (sscanf(line, ".It Ic %39s", command) == 1) {
			add(list, size, command, NULL, NULL);
			continue;
		}
		*parameter = '\0';
		if (sscanf(line, ".It Fl -%39s Ar %39s", option, parameter) >= 1)
			add(list, size, command, option, *parameter ? parameter : NULL);
	}
	fclose(manual);
}

START_TEST(manual_lists_the_table)
{
	static char table[20000], manual[20000], a[20000], b[20000];

	list_table(table, sizeof(table));
	list_manual(manual, sizeof(manual));
	sort_lines(table, a);
	sort_lines(manual, b);
	for (char *in_table = a, *in_manual = b; in_table || in_manual;)
		ck_assert_pstr_eq(strsep(&in_table, "\n"), strsep(&in_manual, "\n"));
}
END_TEST

UNIT_TESTS("client/command", UNIT_ROWS(words_are_understood_or_named, UNIT_COUNT(lines)),
	   UNIT(table_is_consistent), UNIT(every_event_can_be_tried_first),
	   UNIT(requests_are_all_there), UNIT(manual_lists_the_table))
