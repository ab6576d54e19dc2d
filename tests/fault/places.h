/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places in a preloaded program's code from where something is asked for, and which of them are to fail.
 *
 * Whose request it is tells the first caller outside the C library. Those of others than a library says may fail are let
 * alone. A place is such a request with a few of its callers; a number made of them is its name, the same in every
 * life.
 *
 *	PAMINN_PLACES_LIST	a file in which stands, at the end, each place: whose, its number, how often it asked,
 *				and where the callers are, from the beginning of what they are in
 *	PAMINN_PLACES_FAIL	NUMBER/CALLER/N, for several places with blanks between: the N-th request of the place
 *				with that number, whose first caller is there, fails; 0/0/N: the N-th of any place
 *	PAMINN_PLACES_WHEN	a file: requests are counted from when it is there
 *	PAMINN_PLACES_FOR_GOOD	set: when one has failed, all that could fail do so from then on, at any place
 *	PAMINN_PLACES_STRUCK	a file to which a place is added, as in the list, when it has failed
 */
#pragma once
#include <dlfcn.h>
#include <stdbool.h>

/* Whose code it is. */
enum owner { PROGRAM, SQLITE, JANSSON, OWNERS, PLUMBING, STRANGER };

/* Given by the library: how many of an owner's own frames, and how many of the program's behind them, make a place of
 * its requests; none of its own: they may not fail. */
struct frames {
	int own, callers;
};
extern const struct frames place_frames[OWNERS];
/* How many frames are looked at. */
extern const int place_depth;

/* Does this request fail, whose asker is the address to which it returns? */
bool place_fails(void *asker);

#define ASKER __builtin_return_address(0)

/* The next function of that name, found once. */
#define NEXT(type, name, ...)             \
	static type (*next)(__VA_ARGS__); \
	if (!next)                        \
	next = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
