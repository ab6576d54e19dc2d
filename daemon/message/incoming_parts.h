/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a mail, as slices of its bytes, and the fields of a header. Nothing is copied or decoded. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define PARTS_MAX 100	   /* of a mail, with those that hold others */
#define PARTS_DEPTH 10	   /* of parts within parts */
#define HEAD_MAX 131072	   /* bytes of the header of a mail; a large one is a quarter of that */
#define PART_HEAD_MAX 8192 /* of that of a part */
#define FIELD_VALUE 2000   /* bytes of a field's value that are looked at */
#define PART_BOUNDARY 200  /* bytes of a boundary, 70 by RFC 2046 */
#define PART_PARAMETER 100 /* of the other parameters, a NUL included */

struct slice {
	const char *at;
	size_t length;
};

struct part {
	struct slice head, body; /* without the line end before the boundary */
	size_t parent;		 /* its index, which is lower; its own: the mail itself */
	int depth;		 /* 0: the mail itself */
	/* Content-Type, in lower case but for the boundary. */
	char type[PART_PARAMETER], subtype[PART_PARAMETER];
	char charset[PART_PARAMETER], format[PART_PARAMETER], method[PART_PARAMETER];
	char report[PART_PARAMETER]; /* report-type */
	char boundary[PART_BOUNDARY];
	char encoding[PART_PARAMETER]; /* Content-Transfer-Encoding */
	bool del_sp;		       /* DelSp=yes: RFC 3676 § 4.5 */
	bool attached; /* Content-Disposition: attachment, or it has a file's name */
};

struct parts {
	struct part part[PARTS_MAX]; /* in the order of their headers */
	size_t count;
};

/*
 * Part a mail. A message within it is one part, and is not parted itself. False: there are more parts than are taken, or
 * deeper ones, or a header is too large.
 */
bool parts_read(struct parts *ret, struct slice mail);
/* Is it of this type? subtype NULL: any. */
bool part_is(const struct part *part, const char *type, const char *subtype);
/* Of the first part of this type; NULL: there is none. */
const struct part *parts_find(const struct parts *parts, const char *type, const char *subtype);

/* A header's bytes at the beginning of bytes: up to the empty line, or all. */
struct slice head_of(struct slice bytes);
/* The next field of *rest, which is moved on; false: there is none left. Lines that are none are passed over. */
bool head_next(struct slice *rest, struct slice *ret_name, struct slice *ret_value);
/* The value of the first field of this name, in whatever case, folded as it stands. */
bool head_field(struct slice head, const char *name, struct slice *ret_value);
/* The same as a text: unfolded, blanks made one space, none at the ends; cut to FIELD_VALUE. False: "" is in out. */
bool head_text(struct slice head, const char *name, char out[static FIELD_VALUE]);
bool slice_is(struct slice s, const char *text); /* but for case */
