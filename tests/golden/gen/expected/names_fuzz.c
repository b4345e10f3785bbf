/* Fuzz harness of module test.names, written by cdidl from names.cdidl. Changes belong there. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with names_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
 *
 * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many handles there are (1),
 * and whether the peer can still write to the blob area (1); then the body, then the blob area.
 */
struct cdrpc_fuzz_target {
	void (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);
	const struct cdrpc_handle_item *handles;
	uint32_t handle_count;
};

static void
fuzz_nm_w(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct nm_w *value = (struct nm_w *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		nm_w_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		nm_w_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_nm_class(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct nm_class *value = (struct nm_class *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		nm_class_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		nm_class_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_nm_r(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct nm_r *value = (struct nm_r *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		nm_r_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		nm_r_write(w, value);
	} while (cdrpc_write_again(w));
}

/*
 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
 *     out string[<=4][<=4] outs) @1;
 */
static void
fuzz_nm_own_request(struct cdrpc_reader *r_, struct cdrpc_writer *w__)
{
	uint32_t client;
	uint32_t call;
	uint32_t self;
	uint32_t reply;
	uint32_t pending;
	uint32_t ret_pending;
	uint32_t w;
	uint32_t r;
	uint32_t i;
	uint32_t n;
	uint32_t status;
	uint32_t to;
	uint32_t handlers;
	uint32_t events;
	uint32_t server;
	uint32_t w_;
	const char **texts;
	uint32_t texts_count;
	uint32_t i_, n_;

	client = cdrpc_read_u32(r_);
	call = cdrpc_read_u32(r_);
	self = cdrpc_read_u32(r_);
	reply = cdrpc_read_u32(r_);
	pending = cdrpc_read_u32(r_);
	ret_pending = cdrpc_read_u32(r_);
	w = cdrpc_read_u32(r_);
	r = cdrpc_read_u32(r_);
	i = cdrpc_read_u32(r_);
	n = cdrpc_read_u32(r_);
	status = cdrpc_read_u32(r_);
	to = cdrpc_read_u32(r_);
	handlers = cdrpc_read_u32(r_);
	events = cdrpc_read_u32(r_);
	server = cdrpc_read_u32(r_);
	w_ = cdrpc_read_u32(r_);
	texts_count = cdrpc_read_count(r_, 4, 5);
	texts = (const char **)cdrpc_read_alloc(r_, texts_count, sizeof *texts);
	for (i_ = 0; texts && i_ < texts_count; i_++)
		texts[i_] = cdrpc_read_string(r_, 4);
	if (cdrpc_reader_end(r_) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w__, client);
		cdrpc_write_u32(w__, call);
		cdrpc_write_u32(w__, self);
		cdrpc_write_u32(w__, reply);
		cdrpc_write_u32(w__, pending);
		cdrpc_write_u32(w__, ret_pending);
		cdrpc_write_u32(w__, w);
		cdrpc_write_u32(w__, r);
		cdrpc_write_u32(w__, i);
		cdrpc_write_u32(w__, n);
		cdrpc_write_u32(w__, status);
		cdrpc_write_u32(w__, to);
		cdrpc_write_u32(w__, handlers);
		cdrpc_write_u32(w__, events);
		cdrpc_write_u32(w__, server);
		cdrpc_write_u32(w__, w_);
		n_ = cdrpc_write_count(w__, texts, texts_count, 4);
		for (i_ = 0; i_ < n_; i_++)
			cdrpc_write_string(w__, texts[i_], 4);
	} while (cdrpc_write_again(w__));
}

/*
 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
 *     out string[<=4][<=4] outs) @1;
 */
static void
fuzz_nm_own_reply(struct cdrpc_reader *r_, struct cdrpc_writer *w__)
{
	const char **outs;
	uint32_t outs_count;
	uint32_t i_, n_;

	outs_count = cdrpc_read_count(r_, 4, 5);
	outs = (const char **)cdrpc_read_alloc(r_, outs_count, sizeof *outs);
	for (i_ = 0; outs && i_ < outs_count; i_++)
		outs[i_] = cdrpc_read_string(r_, 4);
	if (cdrpc_reader_end(r_) != CDRPC_OK)
		return;
	do {
		n_ = cdrpc_write_count(w__, outs, outs_count, 4);
		for (i_ = 0; i_ < n_; i_++)
			cdrpc_write_string(w__, outs[i_], 4);
	} while (cdrpc_write_again(w__));
}

/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
static void
fuzz_nm_export_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t int_;
	uint32_t new_;
	uint32_t stdin_;

	int_ = cdrpc_read_u32(r);
	new_ = cdrpc_read_u32(r);
	stdin_ = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, int_);
		cdrpc_write_u32(w, new_);
		cdrpc_write_u32(w, stdin_);
	} while (cdrpc_write_again(w));
}

/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
static void
fuzz_nm_export_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t memcpy_;
	uint32_t nm_export_;

	memcpy_ = cdrpc_read_u32(r);
	nm_export_ = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, memcpy_);
		cdrpc_write_u32(w, nm_export_);
	} while (cdrpc_write_again(w));
}

/* HTTPGet(u32 URL) @3; */
static void
fuzz_nm_other_name_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t url;

	url = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, url);
	} while (cdrpc_write_again(w));
}

/* register(u32 x) @4; */
static void
fuzz_unprefixed_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t x;

	x = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, x);
	} while (cdrpc_write_again(w));
}

/* event default(u32 self, u32 events, u32 to, u32 r) @5; */
static void
fuzz_nm_emit_default_request(struct cdrpc_reader *r_, struct cdrpc_writer *w)
{
	uint32_t self;
	uint32_t events;
	uint32_t to;
	uint32_t r;

	self = cdrpc_read_u32(r_);
	events = cdrpc_read_u32(r_);
	to = cdrpc_read_u32(r_);
	r = cdrpc_read_u32(r_);
	if (cdrpc_reader_end(r_) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, self);
		cdrpc_write_u32(w, events);
		cdrpc_write_u32(w, to);
		cdrpc_write_u32(w, r);
	} while (cdrpc_write_again(w));
}

/* event case(u32 server, u32 w) @6; */
static void
fuzz_nm_tell_request(struct cdrpc_reader *r, struct cdrpc_writer *w_)
{
	uint32_t server;
	uint32_t w;

	server = cdrpc_read_u32(r);
	w = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w_, server);
		cdrpc_write_u32(w_, w);
	} while (cdrpc_write_again(w_));
}

/* cdrpc(u32 cdrpc, out u32 std) @2; */
static void
fuzz_nm_second_cdrpc_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t cdrpc_;

	cdrpc_ = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, cdrpc_);
	} while (cdrpc_write_again(w));
}

/* cdrpc(u32 cdrpc, out u32 std) @2; */
static void
fuzz_nm_second_cdrpc_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t std;

	std = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, std);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_nm_w, NULL, 0},
	{fuzz_nm_class, NULL, 0},
	{fuzz_nm_r, NULL, 0},
	{fuzz_nm_own_request, NULL, 0},
	{fuzz_nm_own_reply, NULL, 0},
	{fuzz_nm_export_request, NULL, 0},
	{fuzz_nm_export_reply, NULL, 0},
	{fuzz_nm_other_name_request, NULL, 0},
	{fuzz_unprefixed_request, NULL, 0},
	{fuzz_nm_emit_default_request, NULL, 0},
	{fuzz_nm_tell_request, NULL, 0},
	{fuzz_nm_second_cdrpc_request, NULL, 0},
	{fuzz_nm_second_cdrpc_reply, NULL, 0},
};

/* A message as it travels, each part in a block of its own, so that a sanitizer sees a read past its end. */
struct cdrpc_fuzz_message {
	uint8_t *body;
	uint8_t *blob;
	size_t body_size;
	size_t blob_size;
	uint32_t handle_count;
	bool blob_shared;
};

static uint8_t *
cdrpc_fuzz_copy(const void *data, size_t size)
{
	uint8_t *copy = (uint8_t *)malloc(size > 0 ? size : 1);

	if (!copy)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

static void
cdrpc_fuzz_free(struct cdrpc_fuzz_message *message)
{
	free(message->body);
	free(message->blob);
}

static cdrpc_status
cdrpc_fuzz_grow(struct cdrpc_writer *w, size_t size)
{
	w->base = (uint8_t *)malloc(size);
	w->capacity = size;
	return w->base ? CDRPC_OK : CDRPC_E_NOMEM;
}

static void
cdrpc_fuzz_written(const struct cdrpc_writer *w, struct cdrpc_fuzz_message *ret_message)
{
	uint8_t *blob = (uint8_t *)calloc(w->blob_size + 1, 1);
	size_t at = 0;
	uint32_t i;

	if (!blob)
		abort();
	for (i = 0; i < w->blob_count; i++) {
		if (w->blobs[i].size > 0)
			memcpy(blob + at, w->blobs[i].data, w->blobs[i].size);
		at += ((size_t)w->blobs[i].size + 7) & ~(size_t)7;
	}
	ret_message->body = cdrpc_fuzz_copy(w->base, w->at);
	ret_message->blob = cdrpc_fuzz_copy(blob, w->blob_size);
	ret_message->body_size = w->at;
	ret_message->blob_size = w->blob_size;
	ret_message->handle_count = w->handle_count;
	ret_message->blob_shared = false;
	free(blob);
}

/* Decodes a message and encodes what came of it; false where one of the two is refused, and nothing is returned. */
static bool
cdrpc_fuzz_turn(const struct cdrpc_fuzz_target *target, const struct cdrpc_fuzz_message *message,
		struct cdrpc_fuzz_message *ret_message)
{
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, (size_t)1 << 24);
	struct cdrpc_reader r;
	struct cdrpc_writer w;
	bool good;

	if (!arena)
		abort();
	cdrpc_reader_init(&r, arena, message->body, message->body_size, message->blob, message->blob_size);
	r.handles = target->handles;
	r.handle_count = message->handle_count;
	r.blob_shared = message->blob_shared;
	cdrpc_writer_init(&w, NULL, 0, cdrpc_fuzz_grow, NULL);
	target->run(&r, &w);
	/* Of an unknown member of a union no value is kept, so it cannot be written. */
	if (w.status != CDRPC_OK && w.status != CDRPC_E_ARGUMENT)
		abort();
	good = r.status == CDRPC_OK && w.status == CDRPC_OK;
	if (good)
		cdrpc_fuzz_written(&w, ret_message);
	free(w.base);
	cdrpc_arena_free(arena);
	return good;
}

static bool
cdrpc_fuzz_equal(const struct cdrpc_fuzz_message *a, const struct cdrpc_fuzz_message *b)
{
	return a->body_size == b->body_size && memcmp(a->body, b->body, a->body_size) == 0 &&
	       a->blob_size == b->blob_size && memcmp(a->blob, b->blob, a->blob_size) == 0 &&
	       a->handle_count == b->handle_count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t count = sizeof cdrpc_fuzz_targets / sizeof cdrpc_fuzz_targets[0];
	const size_t head = 8;
	const struct cdrpc_fuzz_target *target;
	struct cdrpc_fuzz_message input, once, twice;

	if (size < head)
		return 0;
	target = &cdrpc_fuzz_targets[(data[0] | (size_t)data[1] << 8) % count];
	input.blob_size = (data[2] | (size_t)data[3] << 8) % (size - head + 1) & ~(size_t)7;
	input.body_size = size - head - input.blob_size;
	input.body = cdrpc_fuzz_copy(data + head, input.body_size);
	input.blob = cdrpc_fuzz_copy(data + head + input.body_size, input.blob_size);
	input.handle_count = data[4] % (target->handle_count + 1);
	input.blob_shared = (data[5] & 1) != 0;
	if (cdrpc_fuzz_turn(target, &input, &once)) {
		/* What was written is read, and written as the same. */
		if (!cdrpc_fuzz_turn(target, &once, &twice) || !cdrpc_fuzz_equal(&once, &twice))
			abort();
		cdrpc_fuzz_free(&once);
		cdrpc_fuzz_free(&twice);
	}
	cdrpc_fuzz_free(&input);
	return 0;
}
