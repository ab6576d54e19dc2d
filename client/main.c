/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "client/command.h"
#include "client/need.h"

static int refuse(const struct call *call, const struct fault *fault)
{
	fprintf(stderr, "paminn: %s\n", fault->text);
	fprintf(stderr, "\"paminn help%s%s\" tells how it is used.\n", call->command ? " " : "",
		call->command ? call->command->name : "");
	return EX_USAGE;
}

static int run(struct call *call)
{
	struct fault fault;

	if (call->version) {
		puts("paminn " PAMINN_VERSION);
		return EX_OK;
	}
	if (call->help) {
		command_help(call->command, stdout);
		return EX_OK;
	}
	if (!call->command) {
		command_help(NULL, stderr);
		return EX_USAGE;
	}
	if (command_check(call, &fault) < 0)
		return refuse(call, &fault);
	if (!call->command->offline && settings_load(&call->settings, stderr) > 0)
		return call->command->pipe ? EX_TEMPFAIL : EX_CONFIG;
	return call->command->run(call);
}

static void *need_bytes(size_t count)
{
	return need(malloc(count));
}

int main(int argc, char **argv)
{
	struct call call;
	struct fault fault;
	int code;

	/* Else an answer lacks a part, or seems to be none. */
	json_set_alloc_funcs(need_bytes, free);
	/* For the width of characters only: dates and numbers are written without the locale. */
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	if (command_parse(argc, argv, &call, &fault) < 0)
		code = refuse(&call, &fault);
	else
		code = run(&call);
	call_done(&call);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "paminn: the output can't be written: %s\n", strerror(errno));
		return EX_IOERR;
	}
	return code;
}
