/* SPDX-License-Identifier: Apache-2.0 */
#include "client/output.h"

#include <errno.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int fault(const char *path, int error)
{
	fprintf(stderr, "paminn: %s is not written: %s\n", path, strerror(error));
	return EX_CANTCREAT;
}

int output_open(struct output *ret, const char *path)
{
	*ret = (struct output){ path ? fopen(path, "we") : stdout, path };
	return ret->file ? EX_OK : fault(path, errno);
}

/* What standard output could not take is said where the program ends. */
int output_close(struct output *out)
{
	if (!out->path)
		return EX_OK;
	if (fclose(out->file) == 0)
		return EX_OK;
	const int error = errno;

	unlink(out->path);
	return fault(out->path, error);
}

void output_abandon(struct output *out)
{
	if (!out->path)
		return;
	fclose(out->file);
	unlink(out->path);
}
