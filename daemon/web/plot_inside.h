/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of plots: how an SVG begins, is written into, and ends. */
#pragma once
#include <stdio.h>

#include "protocol/text_stream.h"
#include "web/plot.h"

struct plot_writer {
	FILE *out; /* NULL: there is no memory, and nothing is written */
	struct text_stream stream;
};

/* An SVG as wide as there is room, of this height in CSS pixels. With a title it is an image of that name, else
 * decoration. id: needed for a description only, and unique on the page. */
struct plot_frame {
	const char *kind; /* its class, behind "plot" */
	int height;
	const char *id, *title, *description; /* or NULL */
};
void plot_begin(struct plot_writer *w, const struct plot_frame *frame);
void plot_print(struct plot_writer *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The text, or NULL. */
char *plot_end(struct plot_writer *w);
/* A text in an element or in quotes. */
void plot_put_text(struct plot_writer *w, const char *text);
