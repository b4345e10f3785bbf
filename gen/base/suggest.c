#include "base/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static unsigned
smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned
suggest_distance(const char *a, const char *b, unsigned limit)
{
	unsigned rows[3][SUGGEST_LENGTH_MAX + 1];
	unsigned *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t length_a = strlen(a), length_b = strlen(b), i, j;
	unsigned least;

	for (j = 0; j <= length_b; j++)
		above[j] = (unsigned)j;
	for (i = 1; i <= length_a; i++) {
		row[0] = least = (unsigned)i;
		for (j = 1; j <= length_b; j++) {
			row[j] = smaller(above[j - 1] + !same(a[i - 1], b[j - 1]), smaller(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
				row[j] = smaller(row[j], before[j - 2] + 1);
			least = smaller(least, row[j]);
		}
		/*
		 * A swap reaches two rows back, so one row past the limit is not the end, but it costs at least one
		 * more.
		 */
		if (least > limit + 1)
			return limit + 1;
		spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return smaller(above[length_b], limit + 1);
}

struct suggest
suggest_begin(const char *written)
{
	struct suggest suggest = {.written = written, .length = strlen(written)};

	suggest.limit = suggest.length < 3 ? 2 : (unsigned)suggest.length / 3 + 1;
	if (suggest.length > SUGGEST_LENGTH_MAX)
		suggest.limit = 0;
	return suggest;
}

void
suggest_add(struct suggest *suggest, const char *known)
{
	size_t length = strlen(known);
	size_t difference = length > suggest->length ? length - suggest->length : suggest->length - length;
	unsigned distance;

	if (difference >= suggest->limit || length > SUGGEST_LENGTH_MAX)
		return;
	distance = suggest_distance(suggest->written, known, suggest->limit - 1);
	/* One letter instead of another is no likeness. */
	if (distance < suggest->limit && distance < suggest->length) {
		suggest->limit = distance;
		suggest->best = known;
	}
}
