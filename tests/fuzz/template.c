/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a template: it is refused with a sentence or rendered in each context and laid out.
 * Every partial is the text itself after its first line, so that partials are gone into as well.
 */
#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "message/layout.h"
#include "message/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct template_var inner[] = { { .name = "id", .kind = VAR_FILLED },
					     { .name = "note", .kind = VAR_OPTIONAL },
					     { .name = "late", .kind = VAR_FLAG },
					     { .name = NULL } };
static const struct template_var vars[] = {
	{ .name = "name", .kind = VAR_FILLED },
	{ .name = "reply", .kind = VAR_OPTIONAL },
	{ .name = "many", .kind = VAR_FLAG },
	{ .name = "items", .kind = VAR_LIST, .inner = inner },
	{ .name = NULL },
};
#define VIEW                                                                       \
	"{\"name\":\"<K> & \\\"å\\\"\\r\\nX: y\\u0085\",\"many\":true,\"items\":" \
	"[{\"id\":\"A\",\"late\":true,\"note\":\"1\\n2\"},{\"id\":\"B\"}]}"

static int read_text(void *userdata, const char *path, char **ret)
{
	const char *text = userdata, *rest = strchr(text, '\n');

	if (strcmp(path, "t/a.txt"))
		text = rest ? rest + 1 : "";
	*ret = strdup(text);
	return *ret ? 0 : -ENOMEM;
}

static void render(const struct template *t, enum template_context context, const json_t *view)
{
	char *out = NULL, *laid = NULL;

	if (template_render(t, view, &out) < 0)
		return;
	if (context == TEMPLATE_HEADER)
		assert(!strpbrk(out, "\r\n\t"));
	if (layout_text(out, LAYOUT_MAIL, &laid) == 0)
		free(laid);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static json_t *view;
	char *text = strndup((const char *)data, size);

	if (!view)
		view = json_loads(VIEW, 0, NULL);
	for (enum template_context context = 0; context < TEMPLATE_CONTEXTS; context++) {
		struct template *t = NULL;
		char *error = NULL;
		int r = template_new(
			&t, &(struct template_source){ "t/a.txt", context, vars, read_text, text },
			&error);

		if (r == 0)
			render(t, context, view);
		else
			assert(r == -ENOMEM || (error && !strncmp(error, "t/", 2)));
		free(error);
		template_free(t);
	}
	free(text);
	return 0;
}
