/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report of 20,000 measures is built as 20,000 objects and then written as one text. glibc keeps what
 * is freed: it gives back only what lies at the heap's end, and some small thing always lies there. So a
 * daemon of 35 MiB would stay at 80 after one report. A lower M_TRIM_THRESHOLD was no help, for the same
 * reason; what gives back pages in the middle of the heap is malloc_trim.
 */
#include "base/memory.h"

#include <jansson.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

#define WORTHWHILE (4U << 20) /* bytes that are free */

void memory_give_back(void)
{
	struct mallinfo2 info = mallinfo2();

	if (info.fordblks >= WORTHWHILE)
		malloc_trim(0);
}

static atomic_size_t failures;

void memory_missed(void)
{
	atomic_fetch_add(&failures, 1);
}

size_t memory_failures(void)
{
	return atomic_load(&failures);
}

static void *allocate(size_t size)
{
	void *memory = malloc(size);

	if (!memory)
		memory_missed();
	return memory;
}

void memory_watch(void)
{
	json_set_alloc_funcs(allocate, free);
}
