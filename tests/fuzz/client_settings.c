/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as the client's settings. What is taken from them is good; what is not is told as file:line: reason, a
 * clean line each.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/settings.h"
#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of a text that the file's end cuts off; not ours to mend. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig.so\n";
}

static void check_list(const struct settings_list *list, bool keys)
{
	assert(list->count <= SETTINGS_SERVERS);
	for (size_t i = 0; i < list->count; i++)
		assert(keys ? key_is_valid(list->texts[i]) || !*list->texts[i]
			    : *list->texts[i] && text_is_clean(list->texts[i],
							       strlen(list->texts[i]), false));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings s = { 0 };
	char *told = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&told, &length);
	FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "r") : fopen("/dev/null", "r");
	int faults;

	assert(out && file);
	faults = settings_read_file(&s, file, "/etc/paminn/paminn.conf", out);
	fclose(file);
	fclose(out);
	assert(faults >= 0 && text_is_clean(told, length, true));
	assert((faults > 0) == (length > 0));
	check_list(&s.servers, false);
	check_list(&s.server_keys, true);
	assert(!s.as || settings_is_as(s.as));
	assert(s.timeout >= 0 && s.timeout <= SETTINGS_TIMEOUT_MAX * 1000);
	settings_done(&s);
	free(told);
	return 0;
}
