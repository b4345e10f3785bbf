/* Bodies in sections, made by hand, which are wrong, or become so while they are read. */
#include <string.h>

#include "hostile_attacker.h"
#include "offers.h"

#define METHOD_LOOK 2

/* ---- sections that are not what they are said to be ---- */

void
look_make(struct look *look, uint32_t step)
{
	static const char *const some[] = { "", "Jungleland", "Z\xc3\xbcrich", "\xe2\x82\xac" };
	uint32_t i;

	memset(look->text, 'a' + (int)(step % 26), sizeof look->text - 1);
	look->text[sizeof look->text - 1] = '\0';
	for (i = 0; i < 20; i++)
		look->words[i] = some[(i + step) % 4];
	for (i = 0; i < 40; i++)
		look->items[i] = (struct attacked_item){ i & 1, i & 2 ? ATTACKED_MODE_ON : ATTACKED_MODE_OFF, { i & 4, i & 8 } };
	for (i = 0; i < 30; i++)
		look->numbers[i] = i * step;
	look->mode = ATTACKED_MODE_ON;
	look->leaf = (struct attacked_leaf){ some[step % 4], look->numbers, 30, &look->mode };
	memset(look->data, (int)step, sizeof look->data);
}

/* As the generated client does it. */
static size_t
look_encode(const struct look *look, uint64_t *body, size_t size)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_writer_init(&w, (uint8_t *)body, size, NULL, NULL);
	cdrpc_write_string(&w, look->text, 4096);
	n = cdrpc_write_count(&w, look->words, 20, 64);
	for (i = 0; i < n; i++)
		cdrpc_write_string(&w, look->words[i], 40);
	n = cdrpc_write_count(&w, look->items, 40, 256);
	for (i = 0; i < n; i++)
		attacked_item_write(&w, &look->items[i]);
	cdrpc_write_wstring(&w, L"wide", 200);
	attacked_leaf_write(&w, &look->leaf);
	cdrpc_write_blob(&w, (struct cdrpc_bytes){ look->data, sizeof look->data }, 262144);
	proc_check(w.status == CDRPC_OK);
	return w.at;
}

static struct frame
look_request(size_t body_size)
{
	struct frame frame = raw_request(&raw, attacked_interface.id, METHOD_LOOK);

	frame.route = FRAME_ROUTE_SECTION;
	frame.body_size = (uint32_t)body_size;
	frame.blob_size = sizeof ((struct look *)NULL)->data;
	frame.section_size = OFFER_BODY_AT + ((body_size + 7) & ~(size_t)7) + frame.blob_size;
	proc_check(random_fill(frame.nonce, sizeof frame.nonce) == CDRPC_OK);
	return frame;
}

static struct look look;
static uint64_t body[1024];

void
attack_sections(void)
{
	struct frame frame;
	HANDLE offered;
	uint32_t round;
	size_t size;
	int offer;

	look_make(&look, 1);
	size = look_encode(&look, body, sizeof body);
	begin_session();
	for (round = 0; round < 20; round++) {
		for (offer = OFFER_GOOD + 1; offer < OFFERS_TO_FETCH; offer++) {
			frame = look_request(size);
			offered = offer_make((enum offer)offer, &frame, body, size);
			/* As its own already, too: the value names nothing of that kind there. */
			frame.flags = round % 2 ? FRAME_FLAG_PUSHED : 0;
			expect(raw_send_frame(&raw, &frame, NULL), CDRPC_E_BAD_FRAME);
			if (offered)
				CloseHandle(offered);
		}
	}
}

/* ---- a section that is rewritten while it is read ---- */

static struct {
	uint8_t *view;
	uint32_t size;
	volatile uint32_t good; /* that many bytes are left alone: the nonce, in part of the time */
	volatile LONG stop;
} scribbling;

static DWORD WINAPI
scribble(void *unused)
{
	uint32_t random = 12345, at, kept;

	(void)unused;
	while (!scribbling.stop) {
		random = random * 1664525 + 1013904223;
		at = scribbling.good + (random >> 8) % (scribbling.size - scribbling.good - 4);
		memcpy(&kept, scribbling.view + at, 4);
		memcpy(scribbling.view + at, &random, 4);
		if (random % 16)
			YieldProcessor();
		else
			SwitchToThread();
		memcpy(scribbling.view + at, &kept, 4);
	}
	return 0;
}

static void
look_once(struct frame *frame)
{
	uint32_t frames = raw.frames, result = raw_send_frame(&raw, frame, NULL);

	if (result != FRAME_RESULT_ACCEPTED) {
		expect(result, CDRPC_E_BAD_FRAME);
		return;
	}
	proc_check(raw_await(&raw, frames + 1));
	if (raw.last.status == CDRPC_OK)
		words[ATTACK_RUN]++;
	else if (raw.last.status != CDRPC_E_BAD_REQUEST)
		words[ATTACK_UNEXPECTED]++;
}

void
attack_rewritten(void)
{
	HANDLE section, thread;
	struct frame frame;
	uint32_t round;
	size_t size;

	look_make(&look, 2);
	size = look_encode(&look, body, sizeof body);
	begin_session();
	frame = look_request(size);
	section = offer_make(OFFER_GOOD, &frame, body, size);
	scribbling.view = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0);
	scribbling.size = (uint32_t)(OFFER_BODY_AT + size);
	scribbling.good = OFFER_BODY_AT;
	thread = CreateThread(NULL, 0, scribble, NULL, 0, NULL);
	proc_check(scribbling.view && thread);
	for (round = 0; round < 600; round++) {
		if (round == 500)
			scribbling.good = 0;
		frame.txn = ++raw.txn;
		look_once(&frame);
	}
	scribbling.stop = 1;
	proc_await_handle(thread);
}
