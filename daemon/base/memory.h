/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stddef.h>

/* Give memory that was used for a while, and is free, back to the kernel. To be called when the work that
 * took it is over, since it takes a millisecond or so. */
void memory_give_back(void);

/*
 * How often memory has been missing for JSON, since memory_watch, or for what memory_missed told of. Views are put
 * together by hundreds of calls that would each have to be asked; who sends one off compares this number with
 * what it was when the view was begun instead.
 */
void memory_watch(void);
size_t memory_failures(void);
void memory_missed(void);
