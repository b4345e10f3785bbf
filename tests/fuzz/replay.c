/*
 * Run a fuzzer's input function on every file of a folder, without a fuzzing engine: whatever was found once stays found.
 * Built with the sanitizers, which end the program at the first fault; the file's name is on standard error by then.
 *
 * Usage: replay FOLDER. Each file is a test case.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of a file, in a block of exactly their size, so that a read past the end is seen. The caller frees. */
static uint8_t *
read_file(const char *path, size_t *ret_size)
{
	uint8_t *data = NULL;
	FILE *file;
	long size;

	file = fopen(path, "rb");
	if (!file)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
		data = malloc(size ? (size_t)size : 1);
		if (data && fread(data, 1, (size_t)size, file) != (size_t)size) {
			free(data);
			data = NULL;
		}
		*ret_size = (size_t)size;
	}
	fclose(file);
	return data;
}

int
main(int argc, char **argv)
{
	struct dirent **entries;
	int failed = 0;
	int cases = 0;
	int count;
	int i;

	if (argc != 2 || (count = scandir(argv[1], &entries, NULL, alphasort)) < 0) {
		fprintf(stderr, "usage: replay FOLDER\n");
		return 2;
	}
	for (i = 0; i < count; i++) {
		char path[4096];
		uint8_t *data;
		size_t size = 0;

		if (entries[i]->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
			fprintf(stderr, "%s\n", path);
			data = read_file(path, &size);
			if (data)
				LLVMFuzzerTestOneInput(data, size);
			printf("%s %d - %s\n", data ? "ok" : "not ok", ++cases, entries[i]->d_name);
			failed += !data;
			free(data);
		}
		free(entries[i]);
	}
	free(entries);
	printf("1..%d\n", cases);
	return failed ? 1 : 0;
}
