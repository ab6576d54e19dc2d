/* SPDX-License-Identifier: Apache-2.0 */
/* What every call needs to know: from the options, else the person's file, else the machine's. */
#pragma once
#include <stdbool.h>
#include <stdio.h>

#include "protocol/key.h"

#define SETTINGS_SERVER "ipc:///run/paminn/submit.sock"
#define SETTINGS_TIMEOUT 10000	  /* milliseconds */
#define SETTINGS_TIMEOUT_MAX 3600 /* seconds */
#define SETTINGS_FILE "/etc/paminn/client.conf"

#define SETTINGS_SERVERS 8

struct settings_list {
	char *texts[SETTINGS_SERVERS];
	size_t count; /* 0: not set */
};
struct settings {
	struct settings_list servers; /* endpoints of daemons that share one store */
	char *as;		      /* NULL: not set */
	char *key;		      /* file with our secret key; NULL: not set */
	/* The daemons' public keys, Z85: one for all, or one for each in the same order, "" for one that takes none. */
	struct settings_list server_keys;
	int timeout;	       /* milliseconds; 0: not set */
	char secret[KEY_TEXT]; /* what the file holds, once settings_load has read it; or "" */
};

/*
 * Read the file at path, if there is one; what is set in s already stays. Each fault is printed as
 * "file:line: reason". The number of faults, or a negative errno.
 */
int settings_read(struct settings *s, const char *path, FILE *faults);
/* As that, from a file that is open; the path is its name. */
int settings_read_file(struct settings *s, FILE *file, const char *path, FILE *faults);
/* Read both files, then set what is left to its default, and read the key. The number of faults. */
int settings_load(struct settings *s, FILE *faults);
void settings_done(struct settings *s);

/* Append to a list; false: it is full. */
bool settings_add(struct settings_list *list, const char *text);
/* The public key of a server, by its number; NULL: nobody is known by keys there. */
const char *settings_server_key(const struct settings *s, size_t server);

/* Seconds, a fraction allowed, 0.001 to SETTINGS_TIMEOUT_MAX, in milliseconds; 0 if text is not that. */
int settings_timeout(const char *text);
/* Is it a person's id, /people/ID or /systems/ID? */
bool settings_is_as(const char *text);
