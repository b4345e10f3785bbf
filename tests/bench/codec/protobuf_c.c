/* protobuf-c as its manual shows it: the size, pack, unpack, free. */
#include <string.h>

#include "bench.pb-c.h"
#include "codec.h"

static uint8_t memory[BYTES_MAX];
static Bench__Small small = BENCH__SMALL__INIT;
static Bench__List list = BENCH__LIST__INIT;
static Bench__Track tracks[TRACK_COUNT];
static Bench__Track *track_pointers[TRACK_COUNT];
static Bench__Data data = BENCH__DATA__INIT;

static void
prepare(const struct sample *sample)
{
	size_t i;

	small.id = sample->small.id;
	small.time_ns = sample->small.time_ns;
	small.level = sample->small.level;
	small.delta = sample->small.delta;
	small.loud = sample->small.loud;
	small.name = (char *)sample->small.name;
	for (i = 0; i < TRACK_COUNT; i++) {
		bench__track__init(&tracks[i]);
		tracks[i].title = (char *)sample->tracks[i].title;
		tracks[i].path = (char *)sample->tracks[i].path;
		tracks[i].duration_ns = sample->tracks[i].duration_ns;
		tracks[i].id.data = (uint8_t *)sample->tracks[i].id;
		tracks[i].id.len = sizeof sample->tracks[i].id;
		tracks[i].codec = (Bench__Codec)sample->tracks[i].codec;
		tracks[i].rating = sample->tracks[i].rating;
		track_pointers[i] = &tracks[i];
	}
	list.tracks = track_pointers;
	list.n_tracks = TRACK_COUNT;
	data.data.data = (uint8_t *)sample->data;
	data.data.len = sizeof sample->data;
}

static void
must(bool holds)
{
	if (!holds)
		codec_fail("protobuf-c", "a message");
}

static void
turn_small(struct use *use)
{
	struct small result;
	Bench__Small *decoded;

	use->size = bench__small__get_packed_size(&small);
	must(use->size <= sizeof memory - bytes_shift);
	bench__small__pack(&small, memory + bytes_shift);
	decoded = bench__small__unpack(NULL, use->size, memory + bytes_shift);
	must(decoded != NULL);
	result.id = decoded->id;
	result.time_ns = decoded->time_ns;
	result.level = decoded->level;
	result.delta = (int16_t)decoded->delta;
	result.loud = decoded->loud;
	result.name = decoded->name;
	use_small(use, &result);
	bench__small__free_unpacked(decoded, NULL);
}

static void
compare_track(struct use *use, uint32_t index, const Bench__Track *from)
{
	struct track track;

	track.title = from->title;
	track.path = from->path;
	track.duration_ns = from->duration_ns;
	must(from->id.len == sizeof track.id);
	memcpy(track.id, from->id.data, sizeof track.id);
	track.codec = from->codec;
	track.rating = from->rating;
	use_track(use, index, &track);
}

static void
turn_list(struct use *use)
{
	const Bench__Track *track;
	Bench__List *decoded;
	uint32_t i;

	use->size = bench__list__get_packed_size(&list);
	must(use->size <= sizeof memory - bytes_shift);
	bench__list__pack(&list, memory + bytes_shift);
	decoded = bench__list__unpack(NULL, use->size, memory + bytes_shift);
	must(decoded && decoded->n_tracks == TRACK_COUNT);
	for (i = 0; i < TRACK_COUNT; i++) {
		track = decoded->tracks[i];
		use->sum += track->duration_ns + (uint8_t)track->title[0] + (uint8_t)track->path[0] + track->id.data[15];
		if (use->expected)
			compare_track(use, i, track);
	}
	bench__list__free_unpacked(decoded, NULL);
}

static void
turn_data(struct use *use)
{
	Bench__Data *decoded;

	use->size = bench__data__get_packed_size(&data);
	must(use->size <= sizeof memory - bytes_shift);
	bench__data__pack(&data, memory + bytes_shift);
	decoded = bench__data__unpack(NULL, use->size, memory + bytes_shift);
	must(decoded != NULL);
	use_data(use, decoded->data.data, decoded->data.len);
	bench__data__free_unpacked(decoded, NULL);
}

static void
turn(struct use *use, enum message message)
{
	switch (message) {
	case SMALL:
	case SMALL_TABLE:
		turn_small(use);
		break;
	case LIST:
		turn_list(use);
		break;
	case DATA:
	case DATA_BUILT:
		turn_data(use);
		break;
	case MESSAGE_COUNT:
		break;
	}
}

const struct codec codec_protobuf_c = {"protobuf-c", prepare, turn};
