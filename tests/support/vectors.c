#include "vectors.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_SIZE 512
#define BYTES_MAX 4096

struct load {
	struct vectors *vectors;
	struct vector *current;
	const char *name;
	unsigned int line;
};

static void
give_up(const struct load *load, const char *why)
{
	fprintf(stderr, "%s:%u: %s\n", load->name, load->line, why);
	exit(2);
}

const struct vector *
vectors_find(const struct vectors *vectors, const char *label)
{
	size_t i;

	for (i = 0; i < vectors->count; i++)
		if (strcmp(vectors->list[i].label, label) == 0)
			return &vectors->list[i];
	fprintf(stderr, "no vector \"%s\"\n", label);
	exit(2);
}

static void
resize(const struct load *load, uint8_t **bytes, size_t *old, size_t size)
{
	uint8_t *copy = calloc(1, size > 0 ? size : 1);

	if (!copy || size > BYTES_MAX)
		give_up(load, "too many bytes");
	if (*bytes)
		memcpy(copy, *bytes, *old < size ? *old : size);
	free(*bytes);
	*bytes = copy;
	*old = size;
}

/* "0010  00 01 02  a comment": bytes at an offset, in pairs of digits with one space between; two end them. */
static void
dump_line(const struct load *load, const char *text, uint8_t **bytes, size_t *size)
{
	char *end;
	size_t at = strtoul(text, &end, 16);

	if (end == text || end[0] != ' ' || end[1] != ' ')
		give_up(load, "an offset and two spaces were expected");
	text = end + 1;
	while (text[0] == ' ' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2])) {
		if (at >= *size)
			resize(load, bytes, size, at + 1);
		(*bytes)[at++] = (uint8_t)strtoul(text + 1, NULL, 16);
		text += 3;
	}
	if (*text != '\0' && (text[0] != ' ' || text[1] != ' '))
		give_up(load, "two spaces were expected before the comment");
}

static cdrpc_status
status_of(const struct load *load, const char *name)
{
	cdrpc_status status;

	for (status = 0; status > -200; status--)
		if (strcmp(cdrpc_status_name(status), name) == 0)
			return status;
	give_up(load, "no such status");
	return CDRPC_OK;
}

static const char *
after(const char *line, const char *word)
{
	size_t length = strlen(word);

	return strncmp(line, word, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

static void
begin(struct load *load, const char *line)
{
	struct vector *vector = &load->vectors->list[load->vectors->count];
	size_t length = strlen(line);

	if (load->vectors->count == sizeof load->vectors->list / sizeof load->vectors->list[0] || length < 3 ||
	    line[length - 1] != ']' || length - 2 >= sizeof vector->label)
		give_up(load, "a label in brackets was expected");
	load->vectors->count++;
	load->current = vector;
	memcpy(vector->label, line + 1, length - 2);
	resize(load, &vector->bytes, &vector->size, 0);
	resize(load, &vector->blob, &vector->blob_size, 0);
}

static void
line_load(struct load *load, const char *line)
{
	struct vector *vector = load->current;
	const struct vector *other;
	const char *rest;

	if (line[0] == '#' || line[0] == '\0')
		return;
	if (line[0] == '[') {
		begin(load, line);
		return;
	}
	if (!vector)
		give_up(load, "nothing has been begun");
	if ((rest = after(line, "like")) != NULL) {
		other = vectors_find(load->vectors, rest);
		resize(load, &vector->bytes, &vector->size, other->size);
		memcpy(vector->bytes, other->bytes, other->size);
	} else if ((rest = after(line, "status")) != NULL) {
		vector->status = status_of(load, rest);
	} else if ((rest = after(line, "size")) != NULL) {
		resize(load, &vector->bytes, &vector->size, strtoul(rest, NULL, 10));
	} else if ((rest = after(line, "blob")) != NULL) {
		dump_line(load, rest, &vector->blob, &vector->blob_size);
	} else if ((rest = after(line, "value")) != NULL || (rest = after(line, "frame")) != NULL) {
		if (strlen(vector->text) + strlen(rest) + 2 > sizeof vector->text)
			give_up(load, "too long");
		if (vector->text[0])
			strcat(vector->text, " ");
		strcat(vector->text, rest);
	} else {
		dump_line(load, line, &vector->bytes, &vector->size);
	}
}

struct vectors *
vectors_load(const char *name)
{
	struct load load = { calloc(1, sizeof(struct vectors)), NULL, name, 0 };
	const char *folder = getenv("CDRPC_VECTORS");
	char line[LINE_MAX_SIZE];
	char path[1024];
	FILE *file;

	if (!load.vectors || !folder)
		give_up(&load, "no memory, or no CDRPC_VECTORS in the environment");
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		give_up(&load, "cannot be opened");
	while (fgets(line, sizeof line, file)) {
		load.line++;
		line[strcspn(line, "\r\n")] = '\0';
		line_load(&load, line);
	}
	fclose(file);
	return load.vectors;
}

void
vectors_free(struct vectors *vectors)
{
	size_t i;

	for (i = 0; i < vectors->count; i++) {
		free(vectors->list[i].bytes);
		free(vectors->list[i].blob);
	}
	free(vectors);
}
