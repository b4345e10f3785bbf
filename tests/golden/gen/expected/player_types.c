/*
 * Types of module contoso.player, written by cdidl from player.cdidl. Changes belong there.
 *
 * Media control. Doc comments travel into C headers, Markdown and introspection.
 */
#include "player.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

static_assert(sizeof(struct player_rect) == 16, "struct player_rect is laid out as on the wire");
static_assert(offsetof(struct player_rect, x) == 0, "x stands where it does on the wire");
static_assert(offsetof(struct player_rect, y) == 4, "y stands where it does on the wire");
static_assert(offsetof(struct player_rect, w) == 8, "w stands where it does on the wire");
static_assert(offsetof(struct player_rect, h) == 12, "h stands where it does on the wire");

const char *
player_state_name(player_state_t state)
{
	switch (state) {
	case PLAYER_STATE_STOPPED:
		return "Stopped";
	case PLAYER_STATE_PLAYING:
		return "Playing";
	case PLAYER_STATE_PAUSED:
		return "Paused";
	default:
		return NULL;
	}
}

const char *
player_codec_name(player_codec_t codec)
{
	switch (codec) {
	case PLAYER_CODEC_PCM:
		return "Pcm";
	case PLAYER_CODEC_FLAC:
		return "Flac";
	default:
		return NULL;
	}
}

bool
player_codec_valid(player_codec_t codec)
{
	switch (codec) {
	case PLAYER_CODEC_PCM:
	case PLAYER_CODEC_FLAC:
		return true;
	default:
		return false;
	}
}

const struct cdrpc_shape player_track_shape = {
	"1=title:s,2=path:w,3=duration_ns:8,4=id:f16.1,5=cover:b,6=codec:2,8=rating:4,",
	NULL,
};

void
player_track_write(struct cdrpc_writer *w, const struct player_track *track)
{
	struct cdrpc_mark table, field;

	if (!track) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: string[<=512] title; */
	if (track->title && track->title[0]) {
		field = cdrpc_field_begin(w, 1);
		cdrpc_write_string(w, track->title, 512);
		cdrpc_field_end(w, field);
	}
	/* 2: wstring[<=32767] path; */
	if (track->path && track->path[0]) {
		field = cdrpc_field_begin(w, 2);
		cdrpc_write_wstring(w, track->path, 32767);
		cdrpc_field_end(w, field);
	}
	/* 3: u64 duration_ns; */
	if (track->duration_ns) {
		field = cdrpc_field_begin(w, 3);
		cdrpc_write_u64(w, track->duration_ns);
		cdrpc_field_end(w, field);
	}
	/* 4: u8[16] id; */
	field = cdrpc_field_begin(w, 4);
	cdrpc_write_flat(w, track->id, sizeof track->id, 1);
	cdrpc_field_end(w, field);
	/* 5: bytes[<=1M] cover; */
	if (track->cover.size) {
		field = cdrpc_field_begin(w, 5);
		cdrpc_write_bytes(w, track->cover, (1 << 20));
		cdrpc_field_end(w, field);
	}
	/* 6: Codec codec; */
	if (track->codec) {
		cdrpc_field_u32(w, 6, track->codec);
		if (!player_codec_valid(track->codec))
			cdrpc_write_invalid(w);
	}
	/* 8: u32? rating; */
	if (track->rating)
		cdrpc_field_u32(w, 8, *track->rating);
	cdrpc_table_end(w, table);
}

void
player_track_read(struct cdrpc_reader *r, struct player_track *track)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(track, 0, sizeof *track);
	track->title = "";
	track->path = cdrpc_empty_wstring();
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			track->title = cdrpc_read_string(r, 512);
			break;
		case 2:
			track->path = cdrpc_read_wstring(r, 32767);
			break;
		case 3:
			track->duration_ns = cdrpc_read_u64(r);
			break;
		case 4:
			cdrpc_read_into(r, track->id, sizeof track->id, 1);
			break;
		case 5:
			track->cover = cdrpc_read_bytes(r, (1 << 20));
			break;
		case 6:
			track->codec = (player_codec_t)cdrpc_field_value(r, &field, UINT16_MAX);
			if (!player_codec_valid(track->codec))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 8: {
			uint32_t *item;

			item = (uint32_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_value(r, &field, UINT32_MAX);
			track->rating = item;
			break;
		}
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

const struct cdrpc_shape player_source_shape = {
	"1=file:w,2=url:s,3=data:b,",
	NULL,
};

void
player_source_write(struct cdrpc_writer *w, const struct player_source *source)
{
	struct cdrpc_mark record;

	switch (source ? source->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case PLAYER_SOURCE_FILE:
		record = cdrpc_union_begin(w, PLAYER_SOURCE_FILE);
		cdrpc_write_wstring(w, source->as.file, 32767);
		cdrpc_union_end(w, record);
		break;
	case PLAYER_SOURCE_URL:
		record = cdrpc_union_begin(w, PLAYER_SOURCE_URL);
		cdrpc_write_string(w, source->as.url, 2048);
		cdrpc_union_end(w, record);
		break;
	case PLAYER_SOURCE_DATA:
		record = cdrpc_union_begin(w, PLAYER_SOURCE_DATA);
		cdrpc_write_bytes(w, source->as.data, (64 << 20));
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
player_source_read(struct cdrpc_reader *r, struct player_source *source)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(source, 0, sizeof *source);
	source->kind = field.id;
	switch (field.id) {
	case PLAYER_SOURCE_FILE:
		source->as.file = cdrpc_read_wstring(r, 32767);
		break;
	case PLAYER_SOURCE_URL:
		source->as.url = cdrpc_read_string(r, 2048);
		break;
	case PLAYER_SOURCE_DATA:
		source->as.data = cdrpc_read_bytes(r, (64 << 20));
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

const char *
player_error_name(cdrpc_status status)
{
	switch (status) {
	case PLAYER_ERROR_NOT_FOUND:
		return "NotFound";
	case PLAYER_ERROR_DENIED:
		return "Denied";
	case PLAYER_ERROR_UNSUPPORTED:
		return "Unsupported";
	default:
		return NULL;
	}
}

const char *
player_error_status_text(cdrpc_status status)
{
	const char *name = player_error_name(status);

	return name ? name : cdrpc_status_name(status);
}

static const struct cdrpc_shape *const player_shapes[] = {
	&player_source_shape,
	&player_track_shape,
};

/* Name, ordinal, since, flags, deadline in ms; the most bytes of inputs and of outputs; members. */
static const struct cdrpc_method player_method_table[] = {
	{"open", 1, 1, CDRPC_METHOD_OUTPUTS, 5000,
		CDRPC_UNBOUNDED, 4, "src:u0,at:?8,|handle_id:4,|PlayerError:1,2,3,"},
	{"list", 2, 1, CDRPC_METHOD_OUTPUTS, 5000,
		0, CDRPC_UNBOUNDED, "|tracks:[t1,|"},
	{"nudge", 3, 1, CDRPC_METHOD_OUTPUTS, 5000,
		20, 16, "handle_id:4,view:f16.4,|view:f16.4,|PlayerError:1,2,3,"},
	{"log", 4, 1, CDRPC_METHOD_ONEWAY, 5000,
		1029, 0, "line:s,||"},
	{"export", 5, 2, 0, 30000,
		12, 0, "dst:h,done:h,||PlayerError:1,2,3,"},
	{"watch", 6, 2, CDRPC_METHOD_OUTPUTS, 5000,
		4, 4, "owner:h,|ring:h,|"},
	{"unlock", 7, 1, CDRPC_METHOD_SECRET, 5000,
		68, 0, "key:B,||"},
	{"position", 8, 1, CDRPC_METHOD_INLINE | CDRPC_METHOD_OUTPUTS, 5000,
		0, 8, "|ns:8,|"},
	{"play", 9, 1, 0, 5000,
		526, 0, "path:w,||"},
	{"frame", 10, 1, CDRPC_METHOD_OUTPUTS | CDRPC_METHOD_SHARED_OUTPUTS, 5000,
		0, 67108868, "|pixels:B,|"},
	{"state_changed", 100, 1, CDRPC_METHOD_EVENT, 5000,
		24, 0, "now:1,view:?f16.4,||"},
	{"progress", 101, 1, CDRPC_METHOD_EVENT | CDRPC_METHOD_COALESCE, 5000,
		8, 0, "position_ns:8,||"},
};

/* Its id and name; version, whom it lets in, deadline in ms; methods and events. */
const struct cdrpc_interface player_interface = {
	UINT64_C(0xccfa1039aa793fb6), "contoso.player.Player",
	2, CDRPC_INTEGRITY_MEDIUM, CDRPC_SAME_USER, 5000,
	12, player_method_table, player_shapes,
};
