/* SPDX-License-Identifier: Apache-2.0 */
/* What a template is compiled to: for template.c, which compiles, and template_render.c. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "message/template.h"

#define TEMPLATE_DEPTH_MAX 16 /* sections within each other */

enum op { OP_TEXT, OP_VALUE, OP_DRAWING, OP_SECTION, OP_INVERTED };
struct node {
	enum op op;
	char *text;  /* OP_TEXT: literal; else the name */
	bool list;   /* OP_SECTION of a list */
	unsigned up; /* lists between here and the object that has the name */
	size_t end;  /* sections: the node after the last one inside */
};
struct template
{
	enum template_context context;
	struct node *nodes;
	size_t count, room;
};
