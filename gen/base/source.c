#include "base/source.h"

#include <string.h>

#include "base/arena.h"

const struct source *
source_new(struct arena *arena, uint32_t order, const char *path, const char *text, size_t size)
{
	struct source *source = ARENA_NEW(arena, struct source);
	uint32_t *lines;
	uint32_t count = 1;
	size_t i;

	if (size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {
		text += 3;
		size -= 3;
	}
	for (i = 0; i < size; i++)
		count += text[i] == '\n';
	lines = ARENA_ARRAY(arena, count, uint32_t);
	count = 1;
	for (i = 0; i < size; i++)
		if (text[i] == '\n')
			lines[count++] = (uint32_t)i + 1;
	source->path = path;
	source->text = text;
	source->size = size;
	source->lines = lines;
	source->line_count = count;
	source->order = order;
	return source;
}

const char *
source_stem(struct arena *arena, const char *path)
{
	const char *name = path, *c;
	size_t length;

	for (c = path; *c; c++)
		if (*c == '/' || *c == '\\')
			name = c + 1;
	length = strlen(name);
	if (length > 6 && !strcmp(name + length - 6, ".cdidl"))
		length -= 6;
	return arena_copy(arena, name, length);
}

size_t
utf8_decode(const char *text, size_t left, uint32_t *ret_code_point)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length, i;
	uint32_t code;

	if (!left)
		return 0;
	length = bytes[0] < 0x80   ? 1
		 : bytes[0] < 0xc0 ? 0
		 : bytes[0] < 0xe0 ? 2
		 : bytes[0] < 0xf0 ? 3
		 : bytes[0] < 0xf8 ? 4
				   : 0;
	if (!length || length > left)
		return 0;
	code = length == 1 ? bytes[0] : bytes[0] & (0x7fu >> length);
	for (i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (bytes[i] & 0x3fu);
	}
	if (code < smallest[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*ret_code_point = code;
	return length;
}

size_t
utf8_encode(uint32_t code_point, char ret_bytes[4])
{
	static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
	size_t more = code_point < 0x80 ? 0 : code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3, i;

	ret_bytes[0] = (char)(first[more] | code_point >> (6 * more));
	for (i = 1; i <= more; i++)
		ret_bytes[i] = (char)(0x80 | (code_point >> (6 * (more - i)) & 0x3f));
	return more + 1;
}

struct position
source_position(const struct source *source, uint32_t offset)
{
	uint32_t low = 0, high = source->line_count, at, code;
	struct position position;
	size_t length;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	position.line = low + 1;
	position.column = 1;
	for (at = source->lines[low]; at < offset; position.column++) {
		length = utf8_decode(source->text + at, source->size - at, &code);
		at += length ? (uint32_t)length : 1;
	}
	return position;
}

const char *
source_line(const struct source *source, uint32_t line, size_t *ret_length)
{
	size_t begin = source->lines[line - 1];
	size_t end = line < source->line_count ? source->lines[line] - 1 : source->size;

	if (end > begin && source->text[end - 1] == '\r')
		end--;
	*ret_length = end - begin;
	return source->text + begin;
}

struct span
span_join(struct span first, struct span last)
{
	struct span span = first;
	uint32_t end = first.offset + first.length;

	if (last.offset < span.offset)
		span.offset = last.offset;
	if (last.offset + last.length > end)
		end = last.offset + last.length;
	span.length = end - span.offset;
	return span;
}
