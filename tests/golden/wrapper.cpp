/*
 * The C++ of golden/gen/expected/player.hpp at work, over the loopback: a client, a server and a listener in one
 * process.
 */
#include "player.hpp"

#include <cstdio>
#include <cstring>
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

	cdrpc_status open(cdrpc_call *call, const player_source &src, const uint64_t *at) override
	{
		if (src.kind != PLAYER_SOURCE_URL)
			return PLAYER_ERROR_NOT_FOUND;
		return open_reply(call, static_cast<uint32_t>(std::strlen(src.as.url) + (at ? *at : 0)));
	}
	cdrpc_status list(cdrpc_call *call) override { return list_reply(call, tracks); }
	cdrpc_status nudge(cdrpc_call *call, uint32_t handle_id, const player_rect &view) override
	{
		player_rect moved = view;

		moved.x += static_cast<int32_t>(handle_id);
		return nudge_reply(call, moved);
	}
	void log(cdrpc_call *, const char *line) override { logged = line; }
	cdrpc_status unlock(cdrpc_call *, cdrpc::bytes given) override
	{
		key.assign(given.begin(), given.end());
		return CDRPC_OK;
	}
	cdrpc_status frame(cdrpc_call *call) override { return frame_reply(call, key); }
};

class test_listener : public player::player_listener {
public:
	uint64_t position = 0;
	bool absent = false;

	void progress(uint64_t position_ns) override { position = position_ns; }
	void state_changed(player_state_t now, const player_rect *view) override
	{
		absent = now == PLAYER_STATE_PAUSED && view == nullptr;
	}
};

static void
check_calls(const player::player_client &client, test_server &server)
{
	player_source source = {};
	uint64_t at = 10;
	player_rect rect = {1, 2, 3, 4};

	check(client.open(source, nullptr).status() == PLAYER_ERROR_NOT_FOUND, "an error of the interface");
	source.kind = PLAYER_SOURCE_URL;
	source.as.url = "http:";
	auto opened = client.open(source, &at);
	check(opened && opened->handle_id == 15, "open");
	auto nudged = client.nudge(5, rect);
	check(nudged && nudged->view.x == 6 && nudged->view.h == 4, "nudge");
	check(static_cast<bool>(client.log("a line")) && server.logged == "a line", "log");
	check(client.log(nullptr).status() == CDRPC_E_ARGUMENT, "log without a line");
	check(client.position().status() == CDRPC_E_NOT_IMPLEMENTED, "a handler that is not overridden");
	check(client.unlock(std::vector<std::uint8_t>(65)).status() == CDRPC_E_ARGUMENT, "a key past its bound");
	check(static_cast<bool>(client.unlock(std::vector<std::uint8_t>{7, 8, 9})), "unlock");
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
	auto dropped = client.list_begin();
	check(static_cast<bool>(dropped), "a call that is dropped");
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
	check(test_server::emit_progress(loopback_server(loop), nullptr, 5000) == CDRPC_OK, "emit progress");
	check(listener.position == 5000, "progress");
	check(test_server::emit_state_changed(loopback_server(loop), nullptr, PLAYER_STATE_PAUSED, nullptr) == CDRPC_OK,
	      "emit state_changed");
	check(listener.absent, "state_changed");
	loopback_free(loop);
	std::printf(failures ? "%d failures\n" : "ok\n", failures);
	return failures ? 1 : 0;
}
