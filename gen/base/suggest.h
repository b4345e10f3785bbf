/*
 * Did you mean: the known name that is nearest to a misspelt one.
 *
 *	struct suggest suggest = suggest_begin(written);
 *	for (...) suggest_add(&suggest, known[i]);
 *	suggest.best;                   // NULL: nothing is near
 *
 * Near is a distance (insert, delete, replace, swap of neighbours; a change of case alone counts nothing) of at most
 * a third of the length, and of 1 for short names. Of equally near names the first added wins.
 */
#ifndef CDIDL_SUGGEST_H
#define CDIDL_SUGGEST_H

#include <stddef.h>

/* Longer names are never suggested; it bounds the work for each name. */
#define SUGGEST_LENGTH_MAX 64

struct suggest {
	const char *written;
	size_t length;
	unsigned limit; /* the best so far, or one past the farthest that counts */
	const char *best;
};

struct suggest suggest_begin(const char *written);
void suggest_add(struct suggest *suggest, const char *known);

/* The distance described above; more than 'limit' is told as limit + 1. Both at most SUGGEST_LENGTH_MAX long. */
unsigned suggest_distance(const char *a, const char *b, unsigned limit);

#endif
