/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>

#include "base/memory.h"
#include "web/plot_inside.h"

void plot_print(struct plot_writer *w, const char *format, ...)
{
	va_list args;

	if (!w->out)
		return;
	va_start(args, format);
	vfprintf(w->out, format, args);
	va_end(args);
}

void plot_put_text(struct plot_writer *w, const char *text)
{
	static const char *const escapes[128] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"
	};

	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;
		const char *escape = c < 128 ? escapes[c] : NULL;

		if (escape)
			plot_print(w, "%s", escape);
		else
			plot_print(w, "%c", c < ' ' || c == 0x7f ? ' ' : c);
	}
}

static void put_named(struct plot_writer *w, const struct plot_frame *frame)
{
	if (frame->description)
		plot_print(w,
			   " role=\"img\" aria-labelledby=\"%s-title\" "
			   "aria-describedby=\"%s-desc\"><title id=\"%s-title\">",
			   frame->id, frame->id, frame->id);
	else
		plot_print(w, " role=\"img\"><title>");
	plot_put_text(w, frame->title);
	plot_print(w, "</title>");
	if (!frame->description)
		return;
	plot_print(w, "<desc id=\"%s-desc\">", frame->id);
	plot_put_text(w, frame->description);
	plot_print(w, "</desc>");
}

void plot_begin(struct plot_writer *w, const struct plot_frame *frame)
{
	w->out = text_stream_open(&w->stream);
	plot_print(w, "<svg class=\"plot %s\" width=\"100%%\" height=\"%d\"", frame->kind,
		   frame->height);
	if (frame->title)
		put_named(w, frame);
	else
		plot_print(w, " aria-hidden=\"true\">");
}

char *plot_end(struct plot_writer *w)
{
	plot_print(w, "</svg>");
	char *text = text_stream_close(&w->stream, NULL);

	if (!text)
		memory_missed();
	return text;
}
