#include "values.h"

#include <stdlib.h>
#include <string.h>

struct values_block {
	struct values_block *next;
	uint64_t data[];
};

void *
values_alloc(struct values *values, size_t size)
{
	struct values_block *block = malloc(sizeof *block + size);

	block->next = values->blocks;
	values->blocks = block;
	memset(block->data, (int)values_below(values, 256), size);
	return block->data;
}

void
values_free_all(struct values *values)
{
	struct values_block *next;

	for (; values->blocks; values->blocks = next) {
		next = values->blocks->next;
		free(values->blocks);
	}
}

uint32_t
values_below(struct values *values, uint32_t below)
{
	return loopback_below(values->loop, below);
}

uint64_t
values_u64(struct values *values)
{
	switch (values_below(values, 8)) {
	case 0:
		return 0;
	case 1:
		return UINT64_MAX;
	case 2:
		return UINT64_C(1) << values_below(values, 64);
	case 3:
		return (UINT64_C(1) << values_below(values, 64)) - 1;
	default:
		return loopback_random(values->loop);
	}
}

uint32_t
values_count(struct values *values, uint32_t bound)
{
	uint32_t few = bound < 4 ? bound : 4;

	return values_below(values, 16) == 0 ? bound : values_below(values, few + 1);
}

/* The bits of a float must survive being passed by value, which a signalling NaN's need not. */
float
values_f32(struct values *values)
{
	uint32_t bits = (uint32_t)values_u64(values);
	float value;

	if ((bits & UINT32_C(0x7F800000)) == UINT32_C(0x7F800000))
		bits |= UINT32_C(0x00400000);
	memcpy(&value, &bits, sizeof value);
	return value;
}

double
values_f64(struct values *values)
{
	uint64_t bits = values_u64(values);
	double value;

	if ((bits & UINT64_C(0x7FF0000000000000)) == UINT64_C(0x7FF0000000000000))
		bits |= UINT64_C(0x0008000000000000);
	memcpy(&value, &bits, sizeof value);
	return value;
}

/* Sequences of 1 to 4 bytes, as many as fit. */
const char *
values_string(struct values *values, uint32_t bound)
{
	static const char *const pieces[] = {"a",
					     "~",
					     "\x01",
					     "\xc3\xa4",
					     "\xdf\xbf",
					     "\xe2\x82\xac",
					     "\xef\xbf\xbf",
					     "\xf0\x9f\x8e\xb5",
					     "\xf4\x8f\xbf\xbf"};
	uint32_t length = values_count(values, bound);
	char *text = values_alloc(values, length + 1);
	uint32_t at = 0;
	const char *piece;

	while (at < length) {
		piece = pieces[values_below(values, sizeof pieces / sizeof pieces[0])];
		if (strlen(piece) > length - at)
			piece = "b";
		memcpy(text + at, piece, strlen(piece));
		at += (uint32_t)strlen(piece);
	}
	text[length] = '\0';
	return text;
}

/* Lone surrogates among them. */
const cdrpc_wchar *
values_wstring(struct values *values, uint32_t bound)
{
	uint32_t length = values_count(values, bound);
	cdrpc_wchar *text = values_alloc(values, (length + 1) * sizeof *text);
	uint32_t i;

	for (i = 0; i < length; i++)
		text[i] = (cdrpc_wchar)(1 + values_below(values, 0xFFFF));
	text[length] = 0;
	return text;
}

struct cdrpc_bytes
values_bytes(struct values *values, uint32_t bound)
{
	struct cdrpc_bytes bytes;

	bytes.size = values_count(values, bound);
	bytes.data = values_alloc(values, bytes.size);
	return bytes;
}

bool
values_same(const void *a, const void *b, size_t size)
{
	return memcmp(a, b, size) == 0;
}

bool
values_same_string(const char *a, const char *b, uint32_t bound)
{
	return strcmp(a, b) == 0 && strlen(a) <= bound;
}

bool
values_same_wstring(const cdrpc_wchar *a, const cdrpc_wchar *b, uint32_t bound)
{
	uint32_t length = 0;

	for (; a[length] && a[length] == b[length]; length++)
		continue;
	return a[length] == b[length] && length <= bound;
}

bool
values_same_bytes(struct cdrpc_bytes a, struct cdrpc_bytes b, uint32_t bound)
{
	return a.size == b.size && a.size <= bound && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
