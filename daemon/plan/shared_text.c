/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/shared_text.h"

#include <errno.h>
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"
#include "protocol/text_stream.h"

static const char *const of_the_host[] = { "store",	"store_password_file",
					   "templates", "intake",
					   "web",	"mail" };

/* paminnd.conf without what is the host's, as libconfig writes it. NULL: no memory. */
static char *write_main(const struct source *source)
{
	char *copy = strndup(source->text, source->length);
	struct text_stream stream;
	config_t config;
	FILE *out = copy ? text_stream_open(&stream) : NULL;

	if (!out) {
		free(copy);
		return NULL;
	}
	config_init(&config);
	/* It was read before, so it can be read. */
	if (config_read_string(&config, copy) == CONFIG_TRUE) {
		for (size_t i = 0; i < sizeof(of_the_host) / sizeof(of_the_host[0]); i++)
			config_setting_remove(config_root_setting(&config), of_the_host[i]);
		config_write(&config, out);
	}
	config_destroy(&config);
	free(copy);
	return text_stream_close(&stream, NULL);
}

static bool is_same_file(const struct source *a, const struct source *b)
{
	return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

int shared_text_is_same(const struct plan *a, const struct plan *b, bool *ret_same)
{
	const struct plan_private *x = a->private, *y = b->private;
	bool same = x->source_count == y->source_count;

	for (size_t i = 1; same && i < x->source_count; i++)
		same = is_same_file(&x->sources[i], &y->sources[i]);
	if (same) {
		char *one = write_main(&x->sources[0]), *other = write_main(&y->sources[0]);
		int r = one && other ? 0 : -ENOMEM;

		same = r == 0 && strcmp(one, other) == 0;
		free(one);
		free(other);
		if (r < 0)
			return r;
	}
	*ret_same = same;
	return 0;
}
