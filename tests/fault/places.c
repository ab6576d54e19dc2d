/* SPDX-License-Identifier: Apache-2.0 */
#include "places.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH_MAX = 48, CALLERS = 12, FAULTS = 32, PLACES = 1 << 16 };

static const struct {
	const char *name, *file;
} owners[OWNERS] = {
	[PROGRAM] = { "program", NULL },
	[SQLITE] = { "sqlite", "/libsqlite3.so" },
	[JANSSON] = { "jansson", "/libjansson.so" },
};
static const char *const plumbing[] = { "/libc.so", "/libasan.so", "/libubsan.so", "/memory.so",
					"/statements.so" };

struct range {
	uintptr_t from, until, base;
	enum owner owner;
};

static struct range ranges[64]; /* executable segments */
static int range_count;

struct place {
	_Atomic uint64_t number; /* 0: free */
	atomic_long count;
	enum owner owner;
	uintptr_t callers[CALLERS];
};

static struct place places[PLACES];

/* What is to fail. */
struct fault {
	uint64_t number;
	uintptr_t caller;
	long at;
	atomic_long seen;
};

static struct fault faults[FAULTS];
static int fault_count;
static const char *list, *struck, *when;
static bool for_good, is_set_up;
static atomic_bool has_struck, is_over;
static _Thread_local __attribute__((tls_model("initial-exec"))) bool is_inside;

/* ---- whose code is where ----------------------------------------------------------------------- */

static enum owner owner_of(const char *file)
{
	if (!*file)
		return PROGRAM;
	for (int i = 0; i < OWNERS; i++)
		if (owners[i].file && strstr(file, owners[i].file))
			return (enum owner)i;
	for (size_t i = 0; i < sizeof(plumbing) / sizeof(*plumbing); i++)
		if (strstr(file, plumbing[i]))
			return PLUMBING;
	return STRANGER;
}

static int keep_ranges(struct dl_phdr_info *info, size_t size, void *userdata)
{
	bool *is_first = userdata;
	enum owner owner = *is_first	      ? PROGRAM
			   : *info->dlpi_name ? owner_of(info->dlpi_name)
					      : STRANGER;

	(void)size;
	*is_first = false;
	for (int i = 0; i < info->dlpi_phnum && owner != STRANGER; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];
		uintptr_t from = info->dlpi_addr + p->p_vaddr;
		if (p->p_type == PT_LOAD && (p->p_flags & PF_X) && range_count < 64)
			ranges[range_count++] =
				(struct range){ from, from + p->p_memsz, info->dlpi_addr, owner };
	}
	return 0;
}

static enum owner whose(void *address, uintptr_t *ret_offset)
{
	uintptr_t a = (uintptr_t)address;

	for (int i = 0; i < range_count; i++)
		if (a >= ranges[i].from && a < ranges[i].until) {
			*ret_offset = a - ranges[i].base;
			return ranges[i].owner;
		}
	return STRANGER;
}

/* ---- the end ----------------------------------------------------------------------------------- */

static void tell(int fd, const struct place *p)
{
	dprintf(fd, "%s %016llx %ld", owners[p->owner].name, (unsigned long long)p->number,
		p->count);
	for (int i = 0; i < CALLERS && p->callers[i]; i++)
		dprintf(fd, " %lx", p->callers[i]);
	dprintf(fd, "\n");
}

static void tell_places(void)
{
	int fd = open(list, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	for (int i = 0; fd >= 0 && i < PLACES; i++)
		if (places[i].number)
			tell(fd, &places[i]);
	if (fd >= 0)
		close(fd);
}

/* What a build that counts coverage asks for after main's end is not the program's. */
static void end(void)
{
	is_over = true;
	if (*list)
		tell_places();
}

static const char *text_of(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

__attribute__((constructor)) static void set_up(void)
{
	void *callers[DEPTH_MAX];
	bool is_first = true;

	backtrace(callers, DEPTH_MAX); /* which loads what it needs, once */
	dl_iterate_phdr(keep_ranges, &is_first);
	list = text_of("PAMINN_PLACES_LIST");
	struck = text_of("PAMINN_PLACES_STRUCK");
	when = text_of("PAMINN_PLACES_WHEN");
	for (const char *at = text_of("PAMINN_PLACES_FAIL"); *at && fault_count < FAULTS;
	     fault_count++) {
		struct fault *f = &faults[fault_count];
		char *end;
		f->number = strtoull(at, &end, 16);
		f->caller = strtoul(end + 1, &end, 16);
		f->at = strtol(end + 1, &end, 10);
		at = end + (*end == ' ');
	}
	for_good = getenv("PAMINN_PLACES_FOR_GOOD");
	is_set_up = true;
}

/* ---- a request --------------------------------------------------------------------------------- */

static uint64_t mixed(uint64_t number, uint64_t more)
{
	number = (number ^ more) * 0x9e3779b97f4a7c15u;
	return number ^ (number >> 29);
}

/* false: it may not fail. */
static bool look(struct place *ret)
{
	void *frames[DEPTH_MAX];
	int n = backtrace(frames, place_depth), kept = 0, own = 0, callers = 0;
	enum owner whole = STRANGER;

	for (int i = 1; i < n; i++) {
		uintptr_t offset = 0;
		enum owner owner = whose(frames[i], &offset);
		if (owner == PLUMBING)
			continue;
		if (whole == STRANGER)
			whole = owner;
		if (whole == STRANGER || !place_frames[whole].own)
			return false;
		if (whole == PROGRAM && owner == JANSSON && own < place_frames[PROGRAM].own)
			own = place_frames[PROGRAM].own - 1;
		bool counts = owner == whole	 ? own++ < place_frames[whole].own
			      : owner == PROGRAM ? callers++ < place_frames[whole].callers
						 : false;
		if (counts)
			ret->callers[kept++] = offset;
	}
	if (whole == STRANGER)
		return false;
	ret->owner = whole;
	ret->number = whole + 1;
	for (int i = 0; i < kept; i++)
		ret->number = mixed(ret->number, ret->callers[i]);
	return true;
}

static void count_place(const struct place *found)
{
	for (size_t i = found->number % PLACES;; i = (i + 1) % PLACES) {
		struct place *p = &places[i];
		uint64_t none = 0;
		if (atomic_compare_exchange_strong(&p->number, &none, found->number)) {
			p->owner = found->owner;
			memcpy(p->callers, found->callers, sizeof(p->callers));
			none = found->number;
		}
		if (none == found->number) {
			atomic_fetch_add(&p->count, 1);
			return;
		}
	}
}

static void strike(const struct place *place)
{
	int fd = open(struck, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd >= 0) {
		tell(fd, place);
		close(fd);
	}
	has_struck = true;
}

/* Can it be told from who asks, without a look at their callers, that it is another place? */
static bool is_another(void *asker)
{
	uintptr_t offset = 0;
	enum owner owner = whose(asker, &offset);

	if (owner < OWNERS && !place_frames[owner].own)
		return true;
	for (int i = 0; i < fault_count && owner != STRANGER; i++)
		if (owner == PLUMBING || faults[i].number == 0 || offset == faults[i].caller)
			return false;
	return true;
}

/* Whether there is a file is asked of few requests. */
static bool is_yet(void)
{
	static atomic_bool begun;
	static atomic_uint asked;

	if (*when && !begun && atomic_fetch_add(&asked, 1) % 64 == 0)
		begun = access(when, F_OK) == 0;
	return !*when || begun;
}

/* The program has begun, and its end will be told. */
static void expect_end(void)
{
	static atomic_flag is_expected = ATOMIC_FLAG_INIT;

	if (!atomic_flag_test_and_set(&is_expected))
		atexit(end);
}

static bool fails_here(void *asker)
{
	struct place place = { .owner = STRANGER };
	bool all_fail = has_struck && for_good;

	if (is_over || !is_yet() || (!*list && !all_fail && is_another(asker)) || !look(&place))
		return false;
	expect_end();
	if (*list)
		count_place(&place);
	for (int i = 0; i < fault_count && !all_fail; i++)
		if ((faults[i].number == 0 || place.number == faults[i].number) &&
		    atomic_fetch_add(&faults[i].seen, 1) + 1 == faults[i].at) {
			strike(&place);
			return true;
		}
	return all_fail;
}

bool place_fails(void *asker)
{
	int saved = errno;

	if (!is_set_up || is_inside)
		return false;
	is_inside = true;
	bool it_does = fails_here(asker);
	is_inside = false;
	errno = saved;
	return it_does;
}
