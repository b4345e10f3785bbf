/*
 * The C++ of golden/gen/expected/player.hpp at work, over the loopback: a client, a server and a listener in one
 * process.
 */
#include "player.hpp"

#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

extern "C" {
#include "loopback.h"

/* The runtime's; a loopback call has ended when it has begun. */
void
cdrpc_pending_cancel(struct cdrpc_pending *)
{
}

bool
cdrpc_pending_is_done(struct cdrpc_pending *)
{
	return true;
}

/* What was caught last. */
static std::string caught;

cdrpc_status
cdrpc_call_threw(struct cdrpc_call *, cdrpc_status status, const char *what)
{
	caught = what ? what : "?";
	return status;
}

void
cdrpc_callback_threw(const char *name, const char *what)
{
	caught = std::string(name) + ": " + (what ? what : "?");
}
}

namespace player = contoso::player;

static int failures;

static void
check(bool holds, const char *what)
{
	if (!holds) {
		std::printf("failed: %s\n", what);
		failures++;
	}
}

class test_server : public player::player_server {
public:
	std::string logged;
	std::vector<std::uint8_t> key;
	std::vector<player_track> tracks;

	cdrpc_status open(cdrpc::call call, const player::source &src, std::optional<uint64_t> at) override
	{
		if (src.kind != PLAYER_SOURCE_URL)
			return PLAYER_ERROR_NOT_FOUND;
		return open_reply(call, static_cast<uint32_t>(std::strlen(src.as.url) + at.value_or(0)));
	}
	cdrpc_status list(cdrpc::call call) override { return list_reply(call, tracks); }
	cdrpc_status nudge(cdrpc::call call, uint32_t handle_id, const player::rect &view) override
	{
		player::rect moved = view;

		if (handle_id == 100)
			throw std::runtime_error("a hundred");
		if (handle_id == 101)
			throw std::bad_alloc();
		if (handle_id == 102)
			throw 102;

		moved.x += static_cast<int32_t>(handle_id);
		return nudge_reply(call, moved);
	}
	void log(cdrpc::call, cdrpc::zstring_view line) override
	{
		if (line == "no")
			throw std::runtime_error("no line");
		logged = line;
	}
	cdrpc_status unlock(cdrpc::call, cdrpc::bytes given) override
	{
		key.assign(given.begin(), given.end());
		return CDRPC_OK;
	}
	cdrpc_status frame(cdrpc::call call) override { return frame_reply(call, key); }
};

class test_listener : public player::player_listener {
public:
	uint64_t position = 0;
	bool absent = false;

	void progress(uint64_t position_ns) override
	{
		position = position_ns;
		if (position_ns == 1)
			throw std::runtime_error("one");
	}
	void state_changed(player::state now, std::optional<player::rect> view) override
	{
		absent = now == PLAYER_STATE_PAUSED && !view;
	}
};

static void
check_calls(const player::player_client &client, test_server &server)
{
	const std::vector<std::uint8_t> long_key(65), key{7, 8, 9};
	player::source source = {};
	player::rect rect = {1, 2, 3, 4};

	check(client.open(source, {}).status() == PLAYER_ERROR_NOT_FOUND, "an error of the interface");
	source.kind = PLAYER_SOURCE_URL;
	source.as.url = "http:";
	auto opened = client.open(source, 10);
	check(opened && opened->handle_id == 15, "open");
	auto nudged = client.nudge(5, rect);
	check(nudged && nudged->view.x == 6 && nudged->view.h == 4, "nudge");
	check(static_cast<bool>(client.log("a line")) && server.logged == "a line", "log");
	check(client.log(nullptr).status() == CDRPC_E_ARGUMENT, "log without a line");
	check(client.position().status() == CDRPC_E_NOT_IMPLEMENTED, "a handler that is not overridden");
	check(client.unlock(long_key).status() == CDRPC_E_ARGUMENT, "a key past its bound");
	check(static_cast<bool>(client.unlock(key)), "unlock");
	auto frame = client.frame();
	check(frame && frame->pixels.size() == 3 && frame->pixels[2] == 9, "frame");
}

static void
check_ownership(const player::player_client &client, test_server &server)
{
	server.tracks.resize(2);
	server.tracks[0] = player_track();
	server.tracks[1] = player_track();
	server.tracks[1].title = "second";
	auto list = client.list();
	check(list && list->tracks.size() == 2 && std::strcmp(list->tracks[1].title, "second") == 0, "list");
	player::player_client::list_outputs moved = std::move(*list);
	list = client.list();
	check(std::strcmp(moved.tracks[1].title, "second") == 0, "outputs live on where they were moved to");

	auto begun = client.list_begin();
	check(static_cast<bool>(begun), "begin");
	auto finished = begun->finish();
	check(finished && finished->tracks.size() == 2, "finish");
	check(begun->finish().status() == CDRPC_E_STATE && begun->done(), "finish once more");
	auto dropped = client.list_begin();
	check(static_cast<bool>(dropped), "a call that is dropped");
}

static void
check_exceptions(const player::player_client &client)
{
	player::rect rect = {};

	check(client.nudge(100, rect).status() == CDRPC_E_HANDLER && caught == "a hundred", "an exception");
	check(client.nudge(101, rect).status() == CDRPC_E_NOMEM && caught == "std::bad_alloc", "no memory");
	check(client.nudge(102, rect).status() == CDRPC_E_HANDLER && caught == "?", "a thrown number");
	check(client.log("no") && caught == "no line", "an exception of what answers nothing");
}

/* Views know what they are of, and what there is not. */
static void
check_views()
{
	const std::uint8_t four[] = {1, 2, 3, 4};
	const std::uint32_t number = 7;
	const std::optional<cdrpc::bytes> empty = cdrpc::bytes();
	const std::string text = "text";

	check(cdrpc::zstring_view(text) == "text" && cdrpc::zstring_view(text).c_str() == text.c_str(), "text");
	check(cdrpc::zstring_view(nullptr).c_str() == nullptr && cdrpc::zstring_view("").c_str() != nullptr, "no text");
	check(!cdrpc::maybe_text(static_cast<const char *>(nullptr)) && cdrpc::maybe_text("")->empty(), "maybe text");
	check(cdrpc::maybe(&number) == 7u && !cdrpc::maybe(static_cast<const std::uint32_t *>(nullptr)), "maybe");
	check(!cdrpc::maybe_bytes({nullptr, 0}) && cdrpc::maybe_bytes({four, 0})->empty(), "maybe bytes");
	check((*cdrpc::maybe_array<4>(four))[3] == 4 && !cdrpc::maybe_array<4>(static_cast<const int *>(nullptr)), "maybe array");
	check(cdrpc::maybe_span(four, 2)->size() == 2 && !cdrpc::maybe_span(static_cast<const int *>(nullptr), 0), "maybe span");
	check(cdrpc::maybe_to_c(empty).data && !cdrpc::maybe_to_c(std::nullopt).data, "there, and empty");
	check(cdrpc::to_c(std::optional<cdrpc::span<const int>>(cdrpc::span<const int>())) != nullptr, "a list that is there");
	check(cdrpc::count_of(static_cast<std::size_t>(UINT32_MAX) + 5) == UINT32_MAX, "more than fits");
}

int
main()
{
	struct loopback *loop = loopback_new(256, 1);
	player::player_client client(loopback_client(loop));
	test_server server;
	test_listener listener;

	check(server.cdrpc_serve(loopback_server(loop)) == CDRPC_OK, "serve");
	check(listener.cdrpc_listen(loopback_client(loop)) == CDRPC_OK, "listen");
	check_calls(client, server);
	check_ownership(client, server);
	check_exceptions(client);
	check_views();
	check(test_server::emit_progress(loopback_server(loop), nullptr, 5000) == CDRPC_OK, "emit progress");
	check(listener.position == 5000, "progress");
	check(test_server::emit_progress(loopback_server(loop), nullptr, 1) == CDRPC_OK &&
		      caught == "contoso.player.Player.progress: one",
	      "an exception of a listener");
	check(test_server::emit_state_changed(loopback_server(loop), nullptr, PLAYER_STATE_PAUSED, {}) == CDRPC_OK,
	      "emit state_changed");
	check(listener.absent, "state_changed");
	loopback_free(loop);
	std::printf(failures ? "%d failures\n" : "ok\n", failures);
	return failures ? 1 : 0;
}
