/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps at which a daemon dies: every function of the files that CMake compiles so (-finstrument-functions), as
 * it is entered and as it is left. The rest of that daemon is what is shipped.
 *
 *	PAMINN_FAILPOINT	"in OFFSET" or "out OFFSET", as nm says it of the function: die there, as by SIGKILL
 *	PAMINN_FAILPOINT_WHEN	a file: not before it is there
 *	PAMINN_FAILPOINT_LIST	or, a file to which is added what is reached: "in OFFSET" or "out OFFSET", once each,
 *				and once more when the file of WHEN is there, behind a "then "
 */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OURS __attribute__((no_instrument_function))
#define PROGRAM_MAX (8 << 20) /* bytes of the program */

extern const char __executable_start[];

void __cyg_profile_func_enter(void *function, void *site) OURS;
void __cyg_profile_func_exit(void *function, void *site) OURS;

static const char *when, *list;
static uintptr_t where;
static bool at_entry;
static atomic_uchar seen[PROGRAM_MAX]; /* bits: in, out, and both again for then */

static void OURS __attribute__((constructor)) set_up(void)
{
	const char *point = getenv("PAMINN_FAILPOINT");

	when = getenv("PAMINN_FAILPOINT_WHEN");
	list = getenv("PAMINN_FAILPOINT_LIST");
	if (point) {
		at_entry = strncmp(point, "in ", 3) == 0;
		where = strtoull(strchr(point, ' '), NULL, 16);
	}
}

static bool OURS is_then(void)
{
	return when && access(when, F_OK) == 0;
}

static void OURS note(uintptr_t offset, bool entered)
{
	const bool then = is_then();
	const unsigned char bit = (unsigned char)((entered ? 1 : 2) << (then ? 2 : 0));
	char line[80];
	int fd, length;

	if (offset >= PROGRAM_MAX || (atomic_fetch_or(&seen[offset], bit) & bit))
		return;
	length = snprintf(line, sizeof(line), "%s%s %" PRIxPTR "\n", then ? "then " : "",
			  entered ? "in" : "out", offset);
	fd = open(list, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, line, (size_t)length) != length)
		abort();
	close(fd);
}

static void OURS reached(void *function, bool entered)
{
	const uintptr_t offset = (uintptr_t)function - (uintptr_t)__executable_start;

	if (list)
		note(offset, entered);
	else if (offset == where && entered == at_entry && (!when || is_then()))
		kill(getpid(), SIGKILL);
}

void __cyg_profile_func_enter(void *function, void *site)
{
	(void)site;
	reached(function, true);
}

void __cyg_profile_func_exit(void *function, void *site)
{
	(void)site;
	reached(function, false);
}
