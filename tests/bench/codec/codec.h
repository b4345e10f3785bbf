/*
 * What the three codecs have in common: the values that they send, and what is asked of each.
 *
 * A turn is the work that is measured: from structs in memory to bytes and back to structs, which are then used and freed. The
 * structs to be sent are made before, the memory for the bytes is there already.
 */
#ifndef BENCH_CODEC_H
#define BENCH_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACK_COUNT 1000
#define DATA_SIZE   ((size_t)1 << 20)
#define BYTES_MAX   ((size_t)1 << 21)   /* of an encoded message, and of the shift */

/* Where in its page an encoded message begins: a copy is slow when source and target stand at certain distances. */
extern size_t bytes_shift;

struct small {
	uint64_t time_ns;
	double level;
	uint32_t id;
	int16_t delta;
	bool loud;
	const char *name;
};

struct track {
	const char *title;
	const char *path;
	uint64_t duration_ns;
	uint8_t id[16];
	uint32_t codec;
	uint32_t rating;
};

struct sample {
	struct small small;
	struct track tracks[TRACK_COUNT];
	uint8_t data[DATA_SIZE];
};

/* What a decoded message is given to: it looks at it everywhere, or compares all of it with the sample. */
struct use {
	const struct sample *expected;  /* NULL: the turn is measured */
	uint64_t sum;
	uint32_t items;                 /* that were compared */
	bool differs;
	size_t size;                    /* of the encoded message, set by the turn */
};

void use_small(struct use *use, const struct small *small);
void use_track(struct use *use, uint32_t index, const struct track *track);
void use_data(struct use *use, const uint8_t *data, size_t size);

enum message {
	SMALL,
	SMALL_TABLE,
	LIST,
	DATA,
	DATA_BUILT,     /* the same bytes, made in memory that the message can have, where there is such; else as DATA */
	MESSAGE_COUNT
};

struct codec {
	const char *name;
	void (*prepare)(const struct sample *sample);
	void (*turn)(struct use *use, enum message message);
};

extern const struct codec codec_cdrpc;
extern const struct codec codec_cdrpc_copied;
extern const struct codec codec_protobuf_c;
extern const struct codec codec_nanopb;

/* Ends the program: a codec refused what it must take. */
void codec_fail(const char *codec, const char *what);

#endif
