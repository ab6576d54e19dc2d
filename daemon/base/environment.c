/* SPDX-License-Identifier: Apache-2.0 */
#include "base/environment.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void environment_drop(const char *prefix)
{
	char **next = environ;

	while (next && *next) {
		const char *end = strchr(*next, '=');
		char name[256];
		if (end && end - *next < (long)sizeof(name) &&
		    strncmp(*next, prefix, strlen(prefix)) == 0) {
			memcpy(name, *next, (size_t)(end - *next));
			name[end - *next] = '\0';
			unsetenv(name); /* those after it move up */
		} else {
			next++;
		}
	}
}
