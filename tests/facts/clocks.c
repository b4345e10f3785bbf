/*
 * Which clocks stand still while the machine sleeps, and in what steps they move. Nothing here puts it to sleep: 'clocks standby' waits ten
 * minutes for somebody to do so, and says what the clocks make of it.
 */
#include "fact.h"

#include <stdint.h>
#include <stdio.h>

#define STANDBY_MS 600000
#define SECOND UINT64_C(10000000)       /* in units of 100 ns */

static uint64_t
unbiased(void)
{
	ULONGLONG now = 0;

	QueryUnbiasedInterruptTime(&now);
	return now;
}

static uint64_t
counter(void)
{
	LARGE_INTEGER now, frequency;

	QueryPerformanceCounter(&now);
	QueryPerformanceFrequency(&frequency);
	return (uint64_t)((double)now.QuadPart / (double)frequency.QuadPart * (double)SECOND);
}

static const char *
wait_for_standby(void)
{
	uint64_t u = unbiased(), c = counter();
	DWORD waited;

	puts("# let the machine sleep for a minute, and wake it");
	for (waited = 0; waited < STANDBY_MS; waited += 200) {
		uint64_t du = unbiased() - u, dc = counter() - c;

		if (dc > du + 10 * SECOND)
			return "the counter went on, unbiased time did not";
		/* A sleep that both have seen. */
		if (du > (uint64_t)waited * 10000 + 30 * SECOND)
			return "both went on";
		Sleep(200);
	}
	return "no standby in ten minutes";
}

int
main(int argc, char **argv)
{
	uint64_t first, next, step = 0, begin, spent;
	int i;

	(void)argv;
	if (argc > 1) {
		facts_begin(1);
		fact("clocks over standby", "the counter went on, unbiased time did not", "no standby in ten minutes", "%s", wait_for_standby());
		return facts_end();
	}
	facts_begin(2);
	for (i = 0; i < 20; i++) {
		for (first = unbiased(); (next = unbiased()) == first;)
			;
		if (next - first > step)
			step = next - first;
	}
	printf("# unbiased time moves by %lu us at most, as far as seen\n", (unsigned long)(step / 10));
	/* A loaded machine may let us see a later one. */
	fact("unbiased time moves in steps of a clock's tick", "of 15.6 ms and less, or a few of them", "of 15.6 ms and less, or a few of them", "%s",
	     step <= SECOND ? "of 15.6 ms and less, or a few of them" : "of more than a second");
	begin = unbiased();
	Sleep(100);
	spent = unbiased() - begin;
	fact("100 ms asleep", "counted", "counted", "%s", spent >= SECOND / 20 && spent < 60 * SECOND ? "counted" : "not counted");
	return facts_end();
}
