/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Feeds every file of the folders named to a fuzz target once, so that each find is replayed
 * by any compiler, without libFuzzer. No file at all is a failure: a lost corpus must not pass
 * for a clean one.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) < 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	long size = ftell(file);
	rewind(file);
	/* Exactly as large as the input, so that the sanitizer sees a read one byte past it. */
	uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
	if (!data || size < 0 || fread(data, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	return 1;
}

static int replay_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	if (!dir) {
		perror(folder);
		exit(EXIT_FAILURE);
	}
	int files = 0;
	for (struct dirent *entry; (entry = readdir(dir));) {
		char path[4096];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		files += replay(path);
	}
	closedir(dir);
	return files;
}

int main(int argc, char **argv)
{
	int files = 0;
	for (int i = 1; i < argc; i++)
		files += replay_folder(argv[i]);
	printf("%d inputs replayed\n", files);
	return files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
