/* nanopb with everything in the struct, as bench.options asks: nothing is allocated, so nothing is to be freed. */
#include <string.h>

#include <pb_decode.h>
#include <pb_encode.h>

#include "bench.pb.h"
#include "codec.h"

static uint8_t memory[BYTES_MAX];
static bench_Small small, small_decoded;
static bench_List list, list_decoded;
static bench_Data data, data_decoded;

static void
prepare(const struct sample *sample)
{
	size_t i;

	small.id = sample->small.id;
	small.time_ns = sample->small.time_ns;
	small.level = sample->small.level;
	small.delta = sample->small.delta;
	small.loud = sample->small.loud;
	strcpy(small.name, sample->small.name);
	list.tracks_count = TRACK_COUNT;
	for (i = 0; i < TRACK_COUNT; i++) {
		strcpy(list.tracks[i].title, sample->tracks[i].title);
		strcpy(list.tracks[i].path, sample->tracks[i].path);
		list.tracks[i].duration_ns = sample->tracks[i].duration_ns;
		memcpy(list.tracks[i].id, sample->tracks[i].id, sizeof sample->tracks[i].id);
		list.tracks[i].codec = (bench_Codec)sample->tracks[i].codec;
		list.tracks[i].rating = sample->tracks[i].rating;
	}
	data.data.size = sizeof sample->data;
	memcpy(data.data.bytes, sample->data, sizeof sample->data);
}

static size_t
encode(const pb_msgdesc_t *fields, const void *message)
{
	pb_ostream_t stream = pb_ostream_from_buffer(memory + bytes_shift, sizeof memory - bytes_shift);

	if (!pb_encode(&stream, fields, message))
		codec_fail("nanopb", PB_GET_ERROR(&stream));
	return stream.bytes_written;
}

static void
decode(size_t size, const pb_msgdesc_t *fields, void *message, unsigned int flags)
{
	pb_istream_t stream = pb_istream_from_buffer(memory + bytes_shift, size);

	if (!pb_decode_ex(&stream, fields, message, flags))
		codec_fail("nanopb", PB_GET_ERROR(&stream));
}

static void
turn_small(struct use *use)
{
	struct small result;

	use->size = encode(bench_Small_fields, &small);
	decode(use->size, bench_Small_fields, &small_decoded, 0);
	result.id = small_decoded.id;
	result.time_ns = small_decoded.time_ns;
	result.level = small_decoded.level;
	result.delta = small_decoded.delta;
	result.loud = small_decoded.loud;
	result.name = small_decoded.name;
	use_small(use, &result);
}

static void
compare_track(struct use *use, uint32_t index, const bench_Track *from)
{
	struct track track;

	track.title = from->title;
	track.path = from->path;
	track.duration_ns = from->duration_ns;
	memcpy(track.id, from->id, sizeof track.id);
	track.codec = from->codec;
	track.rating = from->rating;
	use_track(use, index, &track);
}

static void
turn_list(struct use *use)
{
	const bench_Track *track;
	uint32_t i;

	use->size = encode(bench_List_fields, &list);
	decode(use->size, bench_List_fields, &list_decoded, 0);
	for (i = 0; i < list_decoded.tracks_count; i++) {
		track = &list_decoded.tracks[i];
		use->sum += track->duration_ns + (uint8_t)track->title[0] + (uint8_t)track->path[0] + track->id[15];
		if (use->expected)
			compare_track(use, i, track);
	}
}

/* The one field is always there, so the struct need not be cleared before: that would cost as much as a copy. */
static void
turn_data(struct use *use)
{
	use->size = encode(bench_Data_fields, &data);
	decode(use->size, bench_Data_fields, &data_decoded, PB_DECODE_NOINIT);
	use_data(use, data_decoded.data.bytes, data_decoded.data.size);
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

const struct codec codec_nanopb = {"nanopb", prepare, turn};
