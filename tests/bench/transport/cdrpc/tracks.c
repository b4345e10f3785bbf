#include "tracks.h"

#include <stdio.h>
#include <string.h>

#include "program.h"

static uint64_t
duration(uint32_t index)
{
	return UINT64_C(180000000000) + index * UINT64_C(1234567);
}

const struct bench_track *
tracks_make(void)
{
	static struct bench_track tracks[TRACK_COUNT];
	static char texts[TRACK_COUNT][2][128];
	static const char *const artists[] = { "Ella", "Nina Simone", "Sigur R\303\263s", "The Quiet Ones" };
	uint32_t i;

	for (i = 0; i < TRACK_COUNT; i++) {
		snprintf(texts[i][0], sizeof texts[i][0], "Track number %u of many", i);
		snprintf(texts[i][1], sizeof texts[i][1], "C:\\Users\\somebody\\Music\\%s\\Album\\%04u.flac", artists[i % 4], i);
		tracks[i].title = texts[i][0];
		tracks[i].path = texts[i][1];
		tracks[i].duration_ns = duration(i);
		memset(tracks[i].id, (int)(i % 251), sizeof tracks[i].id);
		tracks[i].codec = i % 2 ? BENCH_CODEC_FLAC : BENCH_CODEC_PCM;
		tracks[i].rating = i % 6;
	}
	return tracks;
}

void
tracks_check(const struct bench_track *tracks, uint32_t count)
{
	size_t length = 0;
	uint64_t id[2], differs = 0;
	uint32_t i;

	for (i = 0; i < count; i++) {
		length += strlen(tracks[i].title) + strlen(tracks[i].path);
		memcpy(id, tracks[i].id, sizeof id);
		differs |= (id[0] ^ id[1]) | (tracks[i].duration_ns ^ duration(i)) | (tracks[i].rating ^ i % 6) |
			   ((uint32_t)tracks[i].codec ^ (i % 2 ? BENCH_CODEC_FLAC : BENCH_CODEC_PCM));
	}
	program_check(count == TRACK_COUNT && length > 0 && differs == 0, "the tracks");
}
