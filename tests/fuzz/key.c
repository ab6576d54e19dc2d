/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as the file of a key: of CURVE, and of what posts and links are signed with. What is read of the first is
 * a key that libzmq decodes and writes the same again; what is read of the second is bounded, and more than nothing.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zmq.h>

#include "base/secret.h"
#include "protocol/key.h"
#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_curve(const char *bytes, size_t size)
{
	char key[KEY_TEXT] = "untouched", again[KEY_TEXT];
	uint8_t binary[32];

	if (!key_parse(bytes, size, key)) {
		assert(strcmp(key, "untouched") == 0);
		return;
	}
	assert(strlen(key) == KEY_TEXT - 1 && key_is_valid(key));
	assert(zmq_z85_decode(binary, key) && zmq_z85_encode(again, binary, sizeof(binary)));
	assert(strcmp(key, again) == 0);
}

static void check_secret(int (*read_it)(struct secret *ret, const char *path), const char *path)
{
	struct secret s = { .length = 0 };
	int r = read_it(&s, path);
	const char *fault = r < 0 ? secret_fault(r) : "";

	assert(r < 0 || (r == 0 && s.length > 0 && s.length <= SECRET_MAX));
	assert(text_is_clean(fault, strlen(fault), false) && (r == 0 || *fault));
	secret_done(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int file = -1;
	static char path[40];

	check_curve((const char *)data, size);
	if (file < 0)
		file = memfd_create("key", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	assert(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
	check_secret(secret_read, path);
	check_secret(secret_read_key, path);
	return 0;
}
