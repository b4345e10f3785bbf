#include "wire/utf8.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

static uint64_t
load64(const uint8_t *bytes)
{
	uint64_t value;

	memcpy(&value, bytes, sizeof value);
	return value;
}

/* Nonzero if one of 8 bytes is 0 or above 0x7F: only a zero byte borrows, and the lowest one does so visibly. */
static uint64_t
not_plain(uint64_t eight)
{
	return (eight | (eight - ONES)) & HIGHS;
}

/* The length of the character that begins at 'text', which is not ASCII; 0 when it is not valid. */
static size_t
multibyte(const uint8_t *text, size_t left)
{
	uint8_t lead = text[0];
	uint8_t low = 0x80;
	uint8_t high = 0xBF;
	size_t length;
	size_t i;

	if (lead >= 0xC2 && lead <= 0xDF)
		length = 2;
	else if (lead >= 0xE0 && lead <= 0xEF)
		length = 3;
	else if (lead >= 0xF0 && lead <= 0xF4)
		length = 4;
	else
		return 0;
	if (left < length)
		return 0;
	if (lead == 0xE0)
		low = 0xA0;     /* below: overlong */
	else if (lead == 0xED)
		high = 0x9F;    /* above: surrogates */
	else if (lead == 0xF0)
		low = 0x90;     /* below: overlong */
	else if (lead == 0xF4)
		high = 0x8F;    /* above: past U+10FFFF */
	if (text[1] < low || text[1] > high)
		return 0;
	for (i = 2; i < length; i++)
		if ((text[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

bool
utf8_valid(const void *text, size_t size)
{
	const uint8_t *at = (const uint8_t *)text;
	const uint8_t *end = at + size;
	size_t length;

	while (at < end) {
		while (end - at >= 16 && (not_plain(load64(at)) | not_plain(load64(at + 8))) == 0)
			at += 16;
		if (end - at >= 8 && not_plain(load64(at)) == 0)
			at += 8;
		/* The last bytes are looked at together with some that were good already, instead of one by one. */
		if (end - at < 8 && size >= 8 && not_plain(load64(end - 8)) == 0)
			return true;
		while (at < end && *at != 0 && *at < 0x80)
			at++;
		while (at < end && *at >= 0x80) {
			length = multibyte(at, (size_t)(end - at));
			if (length == 0)
				return false;
			at += length;
		}
		if (at < end && *at == 0)
			return false;
	}
	return true;
}

bool
wide_valid(const void *units, size_t count)
{
	const uint8_t *at = (const uint8_t *)units;
	uint64_t four;
	uint16_t one;

	for (; count >= 4; count -= 4, at += 8) {
		four = load64(at);
		if (((four - UINT64_C(0x0001000100010001)) & ~four & UINT64_C(0x8000800080008000)) != 0)
			return false;
	}
	for (; count > 0; count--, at += 2) {
		memcpy(&one, at, sizeof one);
		if (one == 0)
			return false;
	}
	return true;
}

size_t
wide_length(const cdrpc_wchar *text)
{
	const cdrpc_wchar *at = text;

	while (*at)
		at++;
	return (size_t)(at - text);
}
