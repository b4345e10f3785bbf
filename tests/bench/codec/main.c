/*
 * Encoding plus decoding of a few messages by three codecs, side by side: in each round each codec has one measurement of each
 * message, and begins in turn. Everything runs on one core, and what is compared are medians over the rounds.
 *
 * Usage: bench [ROUNDS]. The result is a Markdown table; bounds that are not met make the exit status 1.
 */
#define _GNU_SOURCE
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codec.h"

#define CODECS      4
#define ROUNDS_MAX  2001
#define MEASURE_NS  400000      /* one measurement takes about so long */

static const struct codec *const codecs[CODECS] = {&codec_cdrpc, &codec_cdrpc_copied, &codec_protobuf_c, &codec_nanopb};

static const struct {
	const char *name;
	double bound;                   /* how often as fast as the better of the others; 0: for information */
} messages[MESSAGE_COUNT] = {
	[SMALL] = {"small flat message", 3},
	[SMALL_TABLE] = {"the same as a table", 0},
	[LIST] = {"list of 1,000 tracks", 3},
	[DATA] = {"1 MiB of bytes, from elsewhere", 2},
	[DATA_BUILT] = {"1 MiB of bytes, built in the message", 2},
};

size_t bytes_shift;

static struct sample sample;
static double times[MESSAGE_COUNT][CODECS][ROUNDS_MAX];
static size_t sizes[MESSAGE_COUNT][CODECS];
static volatile uint64_t sink;

void
codec_fail(const char *codec, const char *what)
{
	fprintf(stderr, "%s: %s\n", codec, what);
	exit(2);
}

void
use_small(struct use *use, const struct small *small)
{
	const struct small *expected = &sample.small;

	use->sum += small->id + small->time_ns + (uint64_t)small->level + (uint64_t)small->delta + small->loud +
		    (uint8_t)small->name[0];
	if (!use->expected)
		return;
	use->items++;
	use->differs |= small->id != expected->id || small->time_ns != expected->time_ns ||
			memcmp(&small->level, &expected->level, sizeof small->level) != 0 ||
			small->delta != expected->delta || small->loud != expected->loud ||
			strcmp(small->name, expected->name) != 0;
}

void
use_track(struct use *use, uint32_t index, const struct track *track)
{
	const struct track *expected = &use->expected->tracks[index];

	use->items++;
	use->differs |= strcmp(track->title, expected->title) != 0 || strcmp(track->path, expected->path) != 0 ||
			track->duration_ns != expected->duration_ns ||
			memcmp(track->id, expected->id, sizeof track->id) != 0 || track->codec != expected->codec ||
			track->rating != expected->rating;
}

/* A byte of each page. */
void
use_data(struct use *use, const uint8_t *data, size_t size)
{
	size_t i;

	for (i = 0; i < size; i += 4096)
		use->sum += data[i];
	if (!use->expected)
		return;
	use->items++;
	use->differs |= size != DATA_SIZE || memcmp(data, use->expected->data, size) != 0;
}

static void
fill_sample(void)
{
	static const char *const artists[] = {"Ella", "Nina Simone", "Sigur R\303\263s", "The Quiet Ones"};
	static char texts[TRACK_COUNT][2][128];
	struct track *track;
	uint32_t seed = 1;
	size_t i, k;

	sample.small.id = 70001;
	sample.small.time_ns = UINT64_C(1763845200123456789);
	sample.small.level = -12.5;
	sample.small.delta = -300;
	sample.small.loud = true;
	sample.small.name = "hello, small world";
	for (i = 0; i < TRACK_COUNT; i++) {
		track = &sample.tracks[i];
		snprintf(texts[i][0], sizeof texts[i][0], "Track number %zu of many", i);
		snprintf(texts[i][1], sizeof texts[i][1], "C:\\Users\\somebody\\Music\\%s\\Album\\%04zu.flac",
			 artists[i % 4], i);
		track->title = texts[i][0];
		track->path = texts[i][1];
		track->duration_ns = UINT64_C(180000000000) + i * UINT64_C(1234567);
		for (k = 0; k < sizeof track->id; k++)
			track->id[k] = (uint8_t)(i * 31 + k);
		track->codec = 1 + i % 2;
		track->rating = (uint32_t)(i % 6);
	}
	for (i = 0; i < DATA_SIZE; i++) {
		seed = seed * 1664525 + 1013904223;
		sample.data[i] = (uint8_t)(seed >> 24);
	}
}

static void
verify(void)
{
	struct use use;
	enum message m;
	size_t c;

	for (m = 0; m < MESSAGE_COUNT; m++) {
		for (c = 0; c < CODECS; c++) {
			memset(&use, 0, sizeof use);
			use.expected = &sample;
			codecs[c]->turn(&use, m);
			if (use.differs || use.items != (m == LIST ? TRACK_COUNT : 1))
				codec_fail(codecs[c]->name, "what was decoded differs from what was encoded");
			sizes[m][c] = use.size;
		}
	}
}

static double
now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Nanoseconds of one turn, on average over 'turns' of them. */
static double
measure(enum message message, size_t codec, uint32_t turns)
{
	struct use use = {0};
	double begin = now_ns();
	uint32_t i;

	for (i = 0; i < turns; i++)
		codecs[codec]->turn(&use, message);
	sink += use.sum;
	return (now_ns() - begin) / turns;
}

static uint32_t
turns_for(enum message message, size_t codec)
{
	double ns = measure(message, codec, 3);

	ns = measure(message, codec, ns < MEASURE_NS / 10 ? (uint32_t)(MEASURE_NS / 10 / ns) : 1);
	return ns < MEASURE_NS ? (uint32_t)(MEASURE_NS / ns) : 1;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
	return values[count / 2];
}

static void
run(size_t rounds)
{
	uint32_t turns[MESSAGE_COUNT][CODECS];
	size_t round, c, i;
	enum message m;

	for (m = 0; m < MESSAGE_COUNT; m++) {
		for (c = 0; c < CODECS; c++)
			turns[m][c] = turns_for(m, c);
	}
	for (round = 0; round < rounds; round++) {
		bytes_shift = round * 13 * 64 % 4096;
		for (m = 0; m < MESSAGE_COUNT; m++) {
			for (i = 0; i < CODECS; i++) {
				c = (round + i) % CODECS;
				times[m][c][round] = measure(m, c, turns[m][c]);
			}
		}
	}
}

static void
put_time(double ns)
{
	if (ns < 10000)
		printf(" %.0f ns |", ns);
	else
		printf(" %.1f us |", ns / 1000);
}

static bool
put_ratio(double ratio, double bound)
{
	if (bound == 0)
		printf(" %.2f |", ratio);
	else
		printf(" %.2f, %s |", ratio, ratio >= bound ? "met" : "not met");
	return ratio >= bound;
}

/* Whether all bounds are met by what is decoded in place. */
static bool
report(size_t rounds)
{
	double medians[CODECS], better;
	bool met = true;
	enum message m;
	size_t c;

	printf("| message | bytes, of cdrpc and the others | bound | cdrpc in place | cdrpc copied | protobuf-c | nanopb |"
	       " ratio in place | ratio copied |\n");
	printf("|---|---|---|---|---|---|---|---|---|\n");
	for (m = 0; m < MESSAGE_COUNT; m++) {
		printf("| %s | %zu, %zu | ", messages[m].name, sizes[m][0], sizes[m][CODECS - 1]);
		printf(messages[m].bound == 0 ? "none |" : "%.0f |", messages[m].bound);
		for (c = 0; c < CODECS; c++) {
			medians[c] = median(times[m][c], rounds);
			put_time(medians[c]);
		}
		better = medians[2] < medians[3] ? medians[2] : medians[3];
		met = put_ratio(better / medians[0], messages[m].bound) && met;
		put_ratio(better / medians[1], messages[m].bound);
		printf("\n");
	}
	return met;
}

/* The last core: interrupts tend to be on the first. */
static void
pin(void)
{
	cpu_set_t allowed, one;
	int core;

	if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
		codec_fail("bench", "sched_getaffinity");
	for (core = CPU_SETSIZE - 1; core > 0 && !CPU_ISSET(core, &allowed); core--)
		;
	CPU_ZERO(&one);
	CPU_SET(core, &one);
	if (sched_setaffinity(0, sizeof one, &one) != 0)
		codec_fail("bench", "sched_setaffinity");
}

int
main(int argc, char **argv)
{
	size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 501;
	size_t c;

	if (rounds == 0 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench [ROUNDS], at most %d\n", ROUNDS_MAX);
		return 2;
	}
	/* The heap keeps what was freed, so that no codec pays for pages that another gave back. */
	mallopt(M_MMAP_THRESHOLD, 1 << 25);
	mallopt(M_TRIM_THRESHOLD, 1 << 28);
	pin();
	fill_sample();
	for (c = 0; c < CODECS; c++)
		codecs[c]->prepare(&sample);
	verify();
	run(rounds);
	verify();
	return report(rounds) ? 0 : 1;
}
