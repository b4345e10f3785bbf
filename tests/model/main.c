/*
 * Plays sequences. Without arguments a fixed number of fixed seeds, as a test; else
 *
 *	model seed SEED [STEP...]       that sequence, or only these steps of it, and what is sent in it
 *	model shrink SEED               finds few steps of it that still fail
 *	model run SECONDS [SEED]        as many as there is time for, from a seed on
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model.h"

#define CASES 8
#define SEEDS_EACH 150

uint64_t
dice_next(struct dice *dice)
{
	uint64_t value = dice->state += UINT64_C(0x9E3779B97F4A7C15);

	value = (value ^ value >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	value = (value ^ value >> 27) * UINT64_C(0x94D049BB133111EB);
	return value ^ value >> 31;
}

uint32_t
dice_below(struct dice *dice, uint32_t below)
{
	return (uint32_t)((dice_next(dice) >> 32) * below >> 32);
}

bool
dice_chance(struct dice *dice, uint32_t percent)
{
	return dice_below(dice, 100) < percent;
}

void
fail(const struct world *world, const char *format, ...)
{
	va_list list;

	fprintf(stderr, "seed %llu, step %u: ", (unsigned long long)world->seed, world->step);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	exit(3);
}

void
tell(const struct world *world, const char *format, ...)
{
	va_list list;

	if (!world->verbose)
		return;
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
}

/* Whether a sequence of these steps fails, in a process of its own: a sanitizer may end it. */
static bool
fails(uint64_t seed, const bool *steps)
{
	struct counts counts = { 0 };
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(4);
		alarm(60);
		sequence_play(seed, steps, false, &counts);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		perror("fork");
		exit(4);
	}
	return status != 0;
}

static int
shrink(uint64_t seed)
{
	bool steps[STEPS], before;
	uint32_t size, at, i;

	memset(steps, true, sizeof steps);
	if (!fails(seed, steps)) {
		printf("seed %llu does not fail\n", (unsigned long long)seed);
		return 1;
	}
	/* Leaves out runs of steps, each half as long as those before. */
	for (size = STEPS / 2; size > 0; size /= 2) {
		for (at = 0; at < STEPS; at += size) {
			bool without[STEPS];

			memcpy(without, steps, sizeof without);
			before = false;
			for (i = at; i < at + size && i < STEPS; i++) {
				before |= without[i];
				without[i] = false;
			}
			if (before && fails(seed, without))
				memcpy(steps, without, sizeof steps);
		}
	}
	printf("seed %llu", (unsigned long long)seed);
	for (i = 0; i < STEPS; i++) {
		if (steps[i])
			printf(" %u", i);
	}
	printf("\n");
	return 0;
}

static void
print_counts(FILE *to, const struct counts *counts)
{
	static const char *const names[] = { "none",  "HELLO",   "CHALLENGE", "OPEN",  "REQUEST", "REPLY", "CANCEL",
					     "EVENT", "RELEASE", "CHUNK",     "CLOSE", NULL };
	uint32_t i;

	fprintf(to, "# %llu sequences, %llu steps, %llu hostile frames (%llu while another was under way), %llu calls, %llu events\n",
		(unsigned long long)counts->sequences, (unsigned long long)counts->steps, (unsigned long long)counts->frames,
		(unsigned long long)counts->nested, (unsigned long long)counts->calls, (unsigned long long)counts->events);
	fprintf(to, "# connects: %llu had to succeed, %llu did besides, %llu failed; handlers ran %llu times, %llu of them for the "
		    "hostile process\n", (unsigned long long)counts->connects[0], (unsigned long long)counts->connects[1],
		(unsigned long long)counts->connects[2], (unsigned long long)counts->runs, (unsigned long long)counts->hostile_runs);
	fprintf(to, "# sessions of the hostile process: %llu as a client, %llu as a server; calls that it answered: %llu\n",
		(unsigned long long)counts->opened[0], (unsigned long long)counts->opened[1], (unsigned long long)counts->answered);
	for (i = 0; names[i]; i++)
		fprintf(to, "# %-9s no answer %llu, taken %llu, refused %llu, errors %llu\n", names[i],
			(unsigned long long)counts->results[i][0], (unsigned long long)counts->results[i][1],
			(unsigned long long)counts->results[i][2], (unsigned long long)counts->results[i][3]);
}

static int
run(uint64_t seconds, uint64_t seed)
{
	struct counts counts = { 0 };
	time_t until = time(NULL) + (time_t)seconds, told = time(NULL);

	for (; time(NULL) < until; seed++) {
		sequence_play(seed, NULL, false, &counts);
		if (time(NULL) - told >= 60) {
			told = time(NULL);
			printf("seed %llu, %llu sequences, %llu steps\n", (unsigned long long)seed, (unsigned long long)counts.sequences,
			       (unsigned long long)counts.steps);
			fflush(stdout);
		}
	}
	print_counts(stdout, &counts);
	printf("no finding up to seed %llu\n", (unsigned long long)seed - 1);
	return 0;
}

/* Everything that the model speaks of has to happen, or it would show nothing. */
static bool
all_happened(const struct counts *counts)
{
	uint32_t i;

	for (i = FRAME_HELLO; i <= FRAME_CLOSE; i++) {
		if (!counts->results[i][1] || !counts->results[i][2])
			return false;
	}
	return counts->connects[0] && counts->connects[1] && counts->opened[0] && counts->opened[1] && counts->answered && counts->nested &&
	       counts->hostile_runs && counts->events && counts->results[FRAME_REQUEST][3];
}

static int
test(void)
{
	struct counts counts = { 0 };
	uint64_t seed = 1;
	uint32_t i;
	bool happened;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%u\n", CASES + 1);
	for (i = 1; i <= CASES; i++) {
		for (; seed <= (uint64_t)i * SEEDS_EACH; seed++)
			sequence_play(seed, NULL, false, &counts);
		printf("ok %u - seeds up to %llu\n", i, (unsigned long long)seed - 1);
	}
	happened = all_happened(&counts);
	printf("%sok %u - everything has happened\n", happened ? "" : "not ", i);
	print_counts(stdout, &counts);
	return !happened;
}

int
main(int argc, char **argv)
{
	struct counts counts = { 0 };
	bool steps[STEPS];
	uint64_t number = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	int i;

	if (argc == 1)
		return test();
	if (argc > 2 && strcmp(argv[1], "run") == 0)
		return run(number, argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	if (argc > 2 && strcmp(argv[1], "shrink") == 0)
		return shrink(number);
	if (argc > 2 && strcmp(argv[1], "seed") == 0) {
		memset(steps, argc == 3, sizeof steps);
		for (i = 3; i < argc; i++)
			steps[strtoul(argv[i], NULL, 10) % STEPS] = true;
		sequence_play(number, steps, true, &counts);
		print_counts(stderr, &counts);
		return 0;
	}
	fprintf(stderr, "usage: %s [run SECONDS [SEED] | seed SEED [STEP...] | shrink SEED]\n", argv[0]);
	return 2;
}
