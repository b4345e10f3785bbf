/* Connecting to a server that may first have to be started. */
#include "base/deadline.h"
#include "base/env.h"
#include "connect/handshake.h"
#include "connect/turn.h"
#include "session/endpoint.h"

#define LOOK_MS         250     /* between looks at whether the server is there */
#define START_LEAST_MS  250

static bool
is_separator(cdrpc_wchar c)
{
	return c == '\\' || c == '/';
}

/* C:\..., \\server\share\..., \\?\... */
static bool
is_full_path(const cdrpc_wchar *path)
{
	int letter = path[0] | 0x20;

	if (letter >= 'a' && letter <= 'z')
		return path[1] == ':' && is_separator(path[2]);
	return is_separator(path[0]) && is_separator(path[1]);
}

/*
 * NOT_FOUND: there is no server yet, nor a program under way that will be one, and it is ours to start it. *ret_turn is to be dropped then;
 * it is NULL where the turn could not be had, and our start may be one too many, which a single-instance server bears.
 */
static cdrpc_status
await_turn(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy, uint64_t deadline_us,
	   struct turn **ret_turn, struct session **ret_session)
{
	uint64_t seen_us = awake_us();
	bool ours, under_way;
	cdrpc_status taken, status;

	for (;;) {
		taken = turn_take(&endpoint->env, TURN_START, service, deadline_slice_ms(deadline_us, LOOK_MS), ret_turn);
		/* Before the look: one that is ready by then is found. */
		under_way = start_is_under_way(&endpoint->env, &endpoint->own, service);
		status = handshake_connect(endpoint, service, policy, deadline_rest_ms(deadline_us), ret_session);
		if (status != CDRPC_E_NOT_FOUND)
			return status;
		ours = taken != CDRPC_E_TIMEOUT || !turn_is_held(endpoint, TURN_START, service, &seen_us);
		if (ours && !under_way)
			return status;
		turn_drop(*ret_turn);
		*ret_turn = NULL;
		if (deadline_is_over(deadline_us))
			return CDRPC_E_TIMEOUT;
		if (ours)
			port_wait(endpoint->port, NULL, deadline_slice_ms(deadline_us, LOOK_MS));
	}
}

/*
 * Waits for the program that we have started, and for any other that comes to serve meanwhile. One that has ended without having served,
 * and says that all is well, may have started another, or left it to one to serve: nobody says when that is ready, for its parent is not we.
 */
static cdrpc_status
await_server(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy, struct program *program, uint64_t deadline_us,
	     struct session **ret_session)
{
	cdrpc_status said = CDRPC_E_TIMEOUT, status;
	uint32_t look_ms;

	do {
		look_ms = deadline_slice_ms(deadline_us, LOOK_MS);
		if (said == CDRPC_E_TIMEOUT)
			said = start_program_await(program, look_ms);
		else
			port_wait(endpoint->port, NULL, look_ms);
		/* One that failed may have done so because another instance serves. */
		status = handshake_connect(endpoint, service, policy, deadline_rest_ms(deadline_us), ret_session);
		if (status != CDRPC_E_NOT_FOUND)
			return status;
	} while ((said == CDRPC_E_TIMEOUT || said == CDRPC_E_PEER_GONE) && deadline_rest_ms(deadline_us) > 0);
	if (said == CDRPC_OK || said == CDRPC_E_PEER_DIED)
		return CDRPC_E_NOT_FOUND;
	return said == CDRPC_E_PEER_GONE ? CDRPC_E_TIMEOUT : said;
}

cdrpc_status
start_connect(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy, const struct start *start,
	      uint32_t timeout_ms, struct session **ret_session)
{
	uint64_t deadline_us = deadline_in(timeout_ms);
	struct program *program = NULL;
	struct turn *turn = NULL;
	cdrpc_status status;

	if (start->image && !is_full_path(start->image)) {
		env_log(&endpoint->env, CDRPC_LOG_ERROR, "start_image is no full path, such as C:\\Program Files\\App\\server.exe; what a relative one "
			"means is up to the current directory");
		return CDRPC_E_ARGUMENT;
	}
	status = handshake_connect(endpoint, service, policy, timeout_ms, ret_session);
	if (status != CDRPC_E_NOT_FOUND || !start->image)
		return status;
	status = await_turn(endpoint, service, policy, deadline_us, &turn, ret_session);
	/* What is started without time to wait for it is started again by the next who looks. */
	if (status == CDRPC_E_NOT_FOUND && deadline_rest_ms(deadline_us) < START_LEAST_MS + DEADLINE_TICK_US / 1000)
		status = CDRPC_E_TIMEOUT;
	if (status == CDRPC_E_NOT_FOUND) {
		status = start_program(&endpoint->env, service, start->image, start->arguments, &program);
		if (status == CDRPC_OK)
			status = await_server(endpoint, service, policy, program, deadline_us, ret_session);
		start_program_leave(program);
	}
	turn_drop(turn);
	return status;
}

/* Whoever has it gets the server started. It may be changing hands just now: one look is not enough to pass it over. */
static bool
turn_is_anothers(const struct endpoint *endpoint, const char *service, cdrpc_status taken, uint64_t *since_us)
{
	if (taken != CDRPC_E_TIMEOUT) {
		*since_us = 0;
		return false;
	}
	if (*since_us == 0)
		*since_us = awake_us();
	return turn_is_held(endpoint, TURN_START, service, since_us);
}

cdrpc_status
start_try(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy, const struct start *start, uint64_t *since_us,
	  uint32_t timeout_ms, struct session **ret_session)
{
	uint64_t deadline_us = deadline_in(timeout_ms);
	struct program *program = NULL;
	struct turn *turn = NULL;
	cdrpc_status status, taken;

	status = handshake_connect(endpoint, service, policy, timeout_ms, ret_session);
	if (status != CDRPC_E_NOT_FOUND || !start->image)
		return status;
	taken = turn_take(&endpoint->env, TURN_START, service, 0, &turn);
	if (!turn_is_anothers(endpoint, service, taken, since_us) && !start_is_under_way(&endpoint->env, &endpoint->own, service)) {
		/* Whoever had the turn before has waited for one that is there now. */
		status = handshake_connect(endpoint, service, policy, deadline_rest_ms(deadline_us), ret_session);
		if (status == CDRPC_E_NOT_FOUND)
			start_program(&endpoint->env, service, start->image, start->arguments, &program);
		start_program_leave(program);
	}
	turn_drop(turn);
	return status;
}
