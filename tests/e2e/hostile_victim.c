/* The process that is attacked. */
#include <stdio.h>
#include <string.h>

#include "hostile.h"
#include "port.h"
#include "window.h"
#include "wire/frame.h"

enum { LISTENING_MOST = 64 };

static struct {
	struct proc *starter;
	struct cdrpc_server *server;
	uint32_t honest;
	uint32_t others;
	uint32_t wrong;
	uint32_t heard;
	struct listening {
		struct cdrpc_peer *peer;        /* NULL: none */
		struct cdrpc_client *client;
	} listening[LISTENING_MOST];
	WNDPROC previous;
} state;

void
victim_name(char name[CDRPC_NAME_MAX + 1], DWORD starter)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.attacked.%lu", (unsigned long)starter);
}

static void
count_run(struct cdrpc_call *call)
{
	struct cdrpc_peer_facts facts;

	cdrpc_call_peer_facts(call, &facts);
	if (facts.process_id == state.starter->process_id)
		state.honest++;
	else
		state.others++;
}

/* ---- whether what was handed over can be ---- */

static bool
text_can_be(const char *text, size_t max)
{
	size_t size = strlen(text);

	return size <= max && (size == 0 || MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, (int)size, NULL, 0) > 0);
}

static bool
mode_can_be(attacked_mode_t mode)
{
	return mode == ATTACKED_MODE_OFF || mode == ATTACKED_MODE_ON;
}

/* By bytes: a bool that is none must not be read as one. */
static bool
items_can_be(const struct attacked_item *items, uint32_t count, uint32_t max)
{
	const uint8_t *bytes = (const uint8_t *)items;
	uint32_t i;

	for (i = 0; i < count; i++, bytes += sizeof *items) {
		if (bytes[0] > 1 || !mode_can_be(bytes[1]) || bytes[2] > 1 || bytes[3] > 1)
			return false;
	}
	return count <= max;
}

static bool
leaf_can_be(const struct attacked_leaf *leaf)
{
	return (!leaf->text || text_can_be(leaf->text, 200)) && leaf->numbers_count <= 64 && (!leaf->mode || mode_can_be(*leaf->mode));
}

static uint32_t
sum_of(const void *bytes, size_t size, uint32_t sum)
{
	const uint8_t *at = bytes;

	while (size-- > 0)
		sum = sum * 31 + *at++;
	return sum;
}

/* ---- handlers ---- */

static cdrpc_status
on_exchange(struct cdrpc_call *call, void *self, uint32_t a, struct cdrpc_bytes data)
{
	(void)self;
	count_run(call);
	return attacked_exchange_reply(call, a, data);
}

struct looked_at {
	const char *text;
	const char *const *words;
	uint32_t words_count;
	const struct attacked_item *items;
	uint32_t items_count;
	const cdrpc_wchar *wide;
	const struct attacked_leaf *leaf;
	struct cdrpc_bytes data;
};

static uint32_t
look_over(const struct looked_at *at)
{
	bool can_be = text_can_be(at->text, 4096) && at->words_count <= 64 && items_can_be(at->items, at->items_count, 256) &&
		      wcslen(at->wide) <= 200 && leaf_can_be(at->leaf) && at->data.size <= 262144;
	uint32_t sum = sum_of(at->text, strlen(at->text), 0), i;

	for (i = 0; i < at->words_count && i < 64; i++) {
		can_be = can_be && text_can_be(at->words[i], 40);
		sum = sum_of(at->words[i], strlen(at->words[i]), sum);
	}
	sum = sum_of(at->items, at->items_count * sizeof *at->items, sum);
	sum = sum_of(at->wide, wcslen(at->wide) * sizeof *at->wide, sum);
	if (at->leaf->numbers)
		sum = sum_of(at->leaf->numbers, at->leaf->numbers_count * sizeof *at->leaf->numbers, sum);
	sum = sum_of(at->data.data, at->data.size, sum);
	state.wrong += !can_be;
	return sum;
}

static void
on_ticked(void *self, const char *text, const struct attacked_item *items, uint32_t items_count, uint32_t sum)
{
	(void)self;
	(void)sum;
	state.heard++;
	state.wrong += !text_can_be(text, 200) || !items_can_be(items, items_count, 16);
}

static struct listening *
listening_of(const struct cdrpc_peer *peer)
{
	uint32_t i = 0;

	while (i < LISTENING_MOST && state.listening[i].peer != peer)
		i++;
	return i < LISTENING_MOST ? &state.listening[i] : NULL;
}

/* It listens to whoever calls and may have events. */
static void
listen_to(struct cdrpc_peer *peer)
{
	static const struct attacked_events events = { .ticked = on_ticked };
	struct cdrpc_client_options options = { .connect_timeout_ms = 500, .call_timeout_ms = 500 };
	struct listening *to = listening_of(NULL);

	if (listening_of(peer) || !to || cdrpc_peer_client(peer, &options, &to->client) != CDRPC_OK)
		return;
	to->peer = peer;
	attacked_listen(to->client, &events, NULL);
}

static void
on_session_ended(void *self, struct cdrpc_peer *peer)
{
	struct listening *to = listening_of(peer);

	(void)self;
	if (!to)
		return;
	cdrpc_client_free(to->client);
	*to = (struct listening){ 0 };
}

/* Twice, with time for whoever could still change it. */
static cdrpc_status
on_look(struct cdrpc_call *call, void *self, const char *text, const char *const *words, uint32_t words_count,
	const struct attacked_item *items, uint32_t items_count, const cdrpc_wchar *wide, const struct attacked_leaf *leaf,
	struct cdrpc_bytes data)
{
	const struct looked_at at = { text, words, words_count, items, items_count, wide, leaf, data };
	uint32_t sum = look_over(&at);

	(void)self;
	SwitchToThread();
	state.wrong += look_over(&at) != sum;
	count_run(call);
	listen_to(cdrpc_call_peer(call));
	return attacked_look_reply(call, sum);
}

static cdrpc_status
on_take(struct cdrpc_call *call, void *self, cdrpc_handle event)
{
	(void)self;
	count_run(call);
	return SetEvent(event) ? CDRPC_OK : CDRPC_E_OS;
}

static cdrpc_status
on_tell(struct cdrpc_call *call, void *self)
{
	struct cdrpc_stats stats;

	(void)self;
	cdrpc_server_get_stats(state.server, &stats);
	return attacked_tell_reply(call, stats.refused_frames, stats.refused_calls, (uint32_t)stats.sessions, state.honest,
				   state.others, state.wrong, state.heard);
}

static void
on_quit(struct cdrpc_call *call, void *self)
{
	(void)call;
	(void)self;
	cdrpc_server_stop(state.server);
}

static const struct attacked_handlers handlers = {
	.exchange = on_exchange,
	.look = on_look,
	.take = on_take,
	.tell = on_tell,
	.quit = on_quit,
};

/* ---- what goes over the wire, for those who replay it ---- */

static LRESULT CALLBACK
watch_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;
	volatile uint64_t *words = state.starter->words;
	struct frame frame;

	if (message == WM_COPYDATA && wparam && wparam == words[VICTIM_WATCHED] && data->dwData == COPYDATA_TAG &&
	    data->cbData <= ATTACK_FRAME_MAX && frame_decode(data->lpData, data->cbData, &frame) == CDRPC_OK &&
	    frame.type == FRAME_REQUEST) {
		memcpy((void *)&words[VICTIM_FRAME], data->lpData, data->cbData);
		words[VICTIM_FRAME_SIZE] = data->cbData;
	}
	return CallWindowProcW(state.previous, window, message, wparam, lparam);
}

int
victim_run(struct proc *starter)
{
	struct cdrpc_server_options options = { .session_ended = on_session_ended, .reentry = CDRPC_REENTRY_ALLOW };
	char name[CDRPC_NAME_MAX + 1];
	HWND window;

	state.starter = starter;
	victim_name(name, starter->process_id);
	proc_check(cdrpc_server_new(name, &options, &state.server) == CDRPC_OK);
	proc_check(attacked_serve(state.server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(state.server) == CDRPC_OK);
	window = window_of_class(PORT_SERVICE_CLASS);
	proc_check(window != NULL);
	state.previous = (WNDPROC)SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)watch_procedure);
	proc_check(state.previous != NULL);
	proc_signal(starter);
	proc_check(cdrpc_server_run(state.server) == CDRPC_OK);
	cdrpc_server_free(state.server);
	return 0;
}
