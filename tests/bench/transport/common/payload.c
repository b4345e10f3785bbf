#include <string.h>

#include "program.h"

void
payload_write(void *bytes, uint32_t size, uint64_t seed)
{
	uint8_t *to = bytes;
	uint64_t word;
	uint32_t i;

	for (i = 0; i < size / 8; i++) {
		word = seed + i;
		memcpy(to + (size_t)i * 8, &word, 8);
	}
}

/* All words are looked at first, and judged together, which compilers make wide instructions of. */
void
payload_check_seed(const void *bytes, uint32_t size, uint64_t seed)
{
	const uint8_t *from = bytes;
	uint64_t word, differs = 0;
	uint32_t i;

	for (i = 0; i < size / 8; i++) {
		memcpy(&word, from + (size_t)i * 8, 8);
		differs |= word ^ (seed + i);
	}
	program_check(differs == 0, "a payload that is what was written");
}

void
payload_check(const void *bytes, uint32_t size)
{
	uint64_t seed;

	program_check(size >= 8, "a payload");
	memcpy(&seed, bytes, 8);
	payload_check_seed(bytes, size, seed);
}

uint64_t
payload_seed(void)
{
	static uint64_t seed;

	return seed += UINT64_C(0x9E3779B97F4A7C15);
}
