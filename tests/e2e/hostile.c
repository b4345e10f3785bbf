/*
 * A server is attacked by a process, while an honest client calls it: every call of the client is run, once, and no other; what the
 * attacker sends is refused and counted, but for what is well-formed and its own; the server holds afterwards what it held before.
 */
#include <string.h>

#include "hostile.h"
#include "leaks.h"
#include "session/client.h"

static struct proc *victim;
static struct cdrpc_client *client;
static char name[CDRPC_NAME_MAX + 1];
static uint32_t made;           /* calls, by this process */
static uint8_t data[20000];

struct told {
	uint64_t refused_frames;
	uint64_t refused_calls;
	uint32_t sessions;
	uint32_t honest;
	uint32_t others;
	uint32_t wrong;
	uint32_t heard;
};

static struct told
tell(void)
{
	struct told told = { 0 };

	ck_assert_int_eq(attacked_tell(client, &told.refused_frames, &told.refused_calls, &told.sessions, &told.honest, &told.others,
				       &told.wrong, &told.heard),
			 CDRPC_OK);
	return told;
}

/* Of any size up to 20,000 bytes, by message or arena. */
static cdrpc_status
call_by(struct cdrpc_client *by)
{
	struct cdrpc_bytes sent = { data, made * 997 % sizeof data }, back = { 0 };
	struct cdrpc_reply reply = { 0 };
	uint32_t same = 0;
	cdrpc_status status = attacked_exchange(by, made, sent, &same, &back, &reply);

	if (status == CDRPC_OK && (same != made || back.size != sent.size || (back.size && memcmp(back.data, data, back.size) != 0)))
		status = CDRPC_E_DECODE;
	made++;
	cdrpc_reply_free(&reply);
	return status;
}

/* Another client is let in meanwhile, too. */
static void
come_and_go(void)
{
	struct cdrpc_client *another = NULL;

	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &another), CDRPC_OK);
	ck_assert_int_eq(call_by(another), CDRPC_OK);
	cdrpc_client_free(another);
}

/* Returns what the attacker has done. */
static void
under(enum attack attack, uint64_t ret_done[PROC_WORDS])
{
	struct proc *attacker = proc_start("attacker");
	uint32_t bad = 0, i;

	attacker->words[ATTACK_KIND] = attack;
	attacker->words[ATTACK_CLIENT] = client->endpoint->window;
	attacker->words[ATTACK_TXN] = client->session->next_txn;
	attacker->words[ATTACK_FRAME_SIZE] = victim->words[VICTIM_FRAME_SIZE];
	memcpy((void *)&attacker->words[ATTACK_FRAME], (const void *)&victim->words[VICTIM_FRAME], ATTACK_FRAME_MAX);
	proc_signal(attacker);
	for (i = 0; WaitForSingleObject(attacker->process, 0) == WAIT_TIMEOUT || i < 20; i++) {
		bad += call_by(client) != CDRPC_OK;
		attacker->words[ATTACK_TXN] = client->session->next_txn;
		if (i % 16 == 0)
			come_and_go();
	}
	ck_assert_uint_eq(bad, 0);
	memcpy(ret_done, (const void *)attacker->words, PROC_WORDS * sizeof *ret_done);
	ck_assert_int_eq(proc_finish(attacker), 0);
}

/* Until the attacker's sessions are gone. */
static void
settle(struct leaks *ret_leaks)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;

	/* Posted ones: the server looks after its sessions when its bell rings. */
	while (tell().sessions > 1 && GetTickCount64() < end)
		ck_assert_int_eq(call_by(client), CDRPC_OK);
	ck_assert_uint_eq(tell().sessions, 1);
	ck_assert(leaks_count(victim->process, ret_leaks));
}

static void
check_holds_soon(const struct leaks *before)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	struct leaks after;

	do
		settle(&after);
	while ((after.handles != before->handles || after.views != before->views) && GetTickCount64() < end);
	ck_assert_uint_eq(after.handles, before->handles);
	ck_assert_uint_eq(after.views, before->views);
}

static void
begin(void)
{
	made = 0;
	victim_name(name, GetCurrentProcessId());
	victim = proc_start("victim");
	proc_await(victim);
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	victim->words[VICTIM_WATCHED] = client->endpoint->window;
	ck_assert_int_eq(call_by(client), CDRPC_OK);
	victim->words[VICTIM_WATCHED] = 0;
	ck_assert_uint_gt(victim->words[VICTIM_FRAME_SIZE], 0);
}

static void
end(void)
{
	ck_assert_int_eq(attacked_quit(client), CDRPC_OK);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(victim), 0);
}

static void
attacked_by(enum attack attack, struct told *ret_told, uint64_t ret_done[PROC_WORDS])
{
	struct leaks before;
	struct told was;

	begin();
	/* Whoever comes first makes threads that stay. */
	under(ATTACK_NOT, ret_done);
	settle(&before);
	was = tell();
	ck_assert_uint_eq(was.others, 1);
	under(attack, ret_done);
	check_holds_soon(&before);
	*ret_told = tell();
	ck_assert_uint_eq(ret_told->honest, made);
	ck_assert_uint_eq(ret_told->wrong, 0);
	ret_told->others -= was.others;
	ret_told->refused_frames -= was.refused_frames;
	ret_told->refused_calls -= was.refused_calls;
}

/* What must not be let in. */
START_TEST(nothing_reaches_a_handler)
{
	uint64_t done[PROC_WORDS], refused = 0;
	struct told told;

	attacked_by((enum attack)_i, &told, done);
	refused = atomic_u64_load(&client->endpoint->counters.refused_frames);
	ck_assert_uint_eq(done[ATTACK_UNEXPECTED], 0);
	ck_assert_uint_eq(told.others, 0);
	ck_assert_uint_eq(told.refused_frames, done[ATTACK_REFUSED_FRAMES]);
	ck_assert_uint_eq(told.refused_calls, done[ATTACK_REFUSED_CALLS]);
	ck_assert_uint_eq(refused, done[ATTACK_REFUSED_THERE]);
	ck_assert(done[ATTACK_REFUSED_FRAMES] + done[ATTACK_REFUSED_CALLS] > 0 || _i == ATTACK_FLOOD);
	end();
}
END_TEST

/* What is the attacker's own is let in, if it is well-formed when it is looked at; 'wrong' says whether it was. */
START_TEST(only_what_can_be_reaches_a_handler)
{
	uint64_t done[PROC_WORDS];
	struct told told;

	attacked_by((enum attack)_i, &told, done);
	ck_assert_uint_eq(done[ATTACK_UNEXPECTED], 0);
	ck_assert_uint_gt(done[ATTACK_RUN], 0);
	ck_assert_uint_ge(told.others, done[ATTACK_RUN]);
	if (_i == ATTACK_REWRITTEN) {
		ck_assert_uint_eq(told.others, done[ATTACK_RUN]);
		ck_assert_uint_eq(told.refused_frames, done[ATTACK_REFUSED_FRAMES]);
		ck_assert_uint_lt(told.others + told.refused_frames, 600);
	}
	if (_i == ATTACK_RING)
		ck_assert_uint_ge(told.heard, 60);
	end();
}
END_TEST

/* ---- HELLO in this process's name ---- */

enum { NAMED_CONNECTS = 60, ATTACKERS_MOST = 3 };

static HANDLE let_go;

static DWORD WINAPI
own_a_busy_window(void *ready)
{
	HWND window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);

	SetEvent(ready);
	WaitForSingleObject(let_go, INFINITE);
	DestroyWindow(window);
	return 0;
}

/* This process has a window whose thread takes no messages; or only those that connect, and one that has connected. Each attacker says HELLO
 * as often as it can. */
START_TEST(whoever_is_named_pays_nothing)
{
	HANDLE ready = CreateEventW(NULL, FALSE, FALSE, NULL), thread = NULL;
	struct cdrpc_client *another = NULL;
	uint32_t connected = 0, bad = 0, count = _i == 2 ? ATTACKERS_MOST : 1, i;
	struct proc *attackers[ATTACKERS_MOST];

	let_go = CreateEventW(NULL, TRUE, FALSE, NULL);
	begin();
	if (_i == 1) {
		thread = CreateThread(NULL, 0, own_a_busy_window, ready, 0, NULL);
		proc_await_handle(ready);
	}
	for (i = 0; i < count; i++) {
		attackers[i] = proc_start("attacker");
		attackers[i]->words[ATTACK_KIND] = ATTACK_NAMED;
		attackers[i]->words[ATTACK_CLIENT] = GetCurrentProcessId();
		proc_signal(attackers[i]);
		while (attackers[i]->words[ATTACK_RUN] == 0)
			bad += call_by(client) != CDRPC_OK;
	}
	for (i = 0; i < NAMED_CONNECTS; i++) {
		another = NULL;
		connected += cdrpc_client_connect(name, NULL, &another) == CDRPC_OK;
		bad += another && call_by(another) != CDRPC_OK;
		cdrpc_client_free(another);
	}
	for (i = 0; i < count; i++) {
		attackers[i]->words[ATTACK_TXN] = 1;
		proc_await_handle(attackers[i]->process);
	}
	ck_assert_uint_eq(connected, NAMED_CONNECTS);
	ck_assert_uint_eq(bad, 0);
	for (i = 0; i < count; i++) {
		ck_assert_uint_eq(attackers[i]->words[ATTACK_UNEXPECTED], 0);
		ck_assert_int_eq(proc_finish(attackers[i]), 0);
	}
	SetEvent(let_go);
	if (thread) {
		proc_await_handle(thread);
		CloseHandle(thread);
	}
	CloseHandle(ready);
	CloseHandle(let_go);
	end();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("hostile");
	TCase *refused = tcase_create("refused"), *rewritten = tcase_create("rewritten");
	size_t i;

	for (i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	tcase_add_loop_test(refused, nothing_reaches_a_handler, ATTACK_FORGED, ATTACK_REWRITTEN);
	tcase_add_loop_test(rewritten, only_what_can_be_reaches_a_handler, ATTACK_REWRITTEN, ATTACKS);
	tcase_add_loop_test(refused, whoever_is_named_pays_nothing, 0, 3);
	tcase_set_timeout(refused, 0);
	tcase_set_timeout(rewritten, 0);
	suite_add_tcase(suite, refused);
	suite_add_tcase(suite, rewritten);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "victim", victim_run }, { "attacker", attacker_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
