/*
 * The C++ wrapper over the library, as two processes:
 *
 *	jukebox serve NAME      says "ready", and serves until it is told to quit
 *	jukebox call NAME       calls everything, and prints what comes back
 */
#include "jukebox.hpp"

#include <cstdio>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <windows.h>

namespace jukebox = test::jukebox;

class handlers : public jukebox::jukebox_server {
public:
	explicit handlers(cdrpc::server &server) : server_(server) {}

	cdrpc_status find(cdrpc_call *call, const char *title) override
	{
		static const uint32_t year = 1975;
		jukebox_track track = {};

		if (std::strcmp(title, "Jungleland") != 0)
			return JUKEBOX_ERROR_NOT_FOUND;
		track.title = title;
		track.year = &year;
		return find_reply(call, track);
	}
	cdrpc_status list(cdrpc_call *call) override
	{
		std::vector<jukebox_track> tracks(3);
		std::vector<std::uint8_t> cover(100000, 7);
		const cdrpc::peer caller(cdrpc_call_peer(call));

		/* It comes more than once. */
		if (caller.data<handlers>() && (caller.data<handlers>() != this || caller.facts().process_id == 0))
			return CDRPC_E_HANDLER;
		caller.set_data(this);

		tracks[0].title = "first";
		tracks[1].title = "second";
		tracks[2].title = "third";
		tracks[2].cover = cdrpc::to_c(cover);
		return list_reply(call, tracks);
	}
	cdrpc_status move(cdrpc_call *call, const jukebox_spot &spot, const int32_t *by) override
	{
		const jukebox_spot moved = {spot.x + (by ? *by : 1), spot.y};

		emit_moved(server_.get(), cdrpc_call_peer(call), moved);
		return move_reply(call, moved);
	}
	void note(cdrpc_call *, const char *line) override { notes_.push_back(line); }
	cdrpc_status notes(cdrpc_call *call) override
	{
		std::vector<const char *> lines;

		for (const std::string &line : notes_)
			lines.push_back(line.c_str());
		return notes_reply(call, lines);
	}
	cdrpc_status cover(cdrpc_call *call, cdrpc::bytes data) override { return cover_reply(call, data); }
	cdrpc_status choose(cdrpc_call *call, const jukebox_choice &choice, const uint8_t (&key)[4]) override
	{
		const std::uint8_t opened[4] = {key[3], key[2], key[1], key[0]};

		return choose_reply(call, choice, opened);
	}
	cdrpc_status signal(cdrpc_call *, cdrpc_handle done) override { return SetEvent(done) ? CDRPC_OK : CDRPC_E_HANDLER; }
	cdrpc_status quit(cdrpc_call *) override
	{
		server_.stop();
		return CDRPC_OK;
	}

private:
	cdrpc::server &server_;
	std::vector<std::string> notes_;
};

class listener : public jukebox::jukebox_listener {
public:
	bool told = false;

	void moved(const jukebox_spot &now) override
	{
		std::printf("moved to %d, %d\n", static_cast<int>(now.x), static_cast<int>(now.y));
		told = true;
	}
};

static int
serve(const char *name)
{
	auto server = cdrpc::server::create(name);

	if (!server)
		return 1;
	handlers mine(*server);
	if (mine.cdrpc_serve(server->get()) != CDRPC_OK || server->start() != CDRPC_OK)
		return 1;
	std::puts("ready");
	std::fflush(stdout);
	return server->run() == CDRPC_OK ? 0 : 1;
}

static void
call_tracks(const jukebox::jukebox_client &client)
{
	auto found = client.find("Jungleland");
	if (found)
		std::printf("find: %s, %u\n", found->track->title, static_cast<unsigned>(*found->track->year));
	auto lost = client.find("");
	std::printf("find: %s\n", jukebox_error_name(lost.status()));
	auto list = client.list();
	if (!list)
		return;
	/* What was moved has taken its memory along. */
	jukebox::jukebox_client::list_outputs kept = std::move(*list);
	list = client.list();
	for (const jukebox_track &track : kept.tracks)
		std::printf("list: %s, %s, %u\n", track.title, track.year ? "dated" : "not dated",
			    static_cast<unsigned>(track.cover.size));
}

static void
call_values(const jukebox::jukebox_client &client)
{
	const std::int32_t by = -5;
	const std::vector<std::uint8_t> data(300000, 9);
	const std::uint8_t key[] = {1, 2, 3, 4};
	jukebox_choice choice = {};

	for (const std::int32_t *step : {static_cast<const std::int32_t *>(nullptr), &by}) {
		auto moved = client.move(jukebox_spot{10, 20}, step);
		if (moved)
			std::printf("move: %d, %d\n", static_cast<int>(moved->spot.x), static_cast<int>(moved->spot.y));
	}
	client.note("one");
	client.note("two");
	auto notes = client.notes();
	if (notes)
		std::printf("notes: %u, %s\n", static_cast<unsigned>(notes->lines.size()), notes->lines[1]);
	auto cover = client.cover(data);
	std::printf("cover: %d\n", cover && cover->back.size() == data.size() &&
		    std::memcmp(cover->back.data(), data.data(), data.size()) == 0);
	choice.kind = JUKEBOX_CHOICE_TITLE;
	choice.as.title = L"Gr\u00f6\u00dfe";
	auto chosen = client.choose(choice, key);
	std::printf("choose: %d, %d\n", chosen && std::wcscmp(chosen->back.as.title, choice.as.title) == 0,
		    chosen ? chosen->opened[0] : 0);
}

/* Filled where it travels; moved, and freed after the session. */
static cdrpc::buffer
call_in_place(const cdrpc::client &session, const jukebox::jukebox_client &client)
{
	const std::uint8_t first = 7;
	auto made = cdrpc::buffer::create(session, 100000);
	bool same = false;

	if (made) {
		std::memset(made->data(), first, 100000);
		auto cover = client.cover(made->send(90000));
		same = cover && cover->back.size() == 90000 && cover->back[0] == first && cover->back[89999] == first;
		std::printf("buffer: %d, %d, %s\n", same, made->data() == nullptr, cdrpc_status_name(client.cover(made->send(1)).status()));
	}
	return made ? std::move(*made) : cdrpc::buffer(nullptr);
}

static void
call_the_rest(const jukebox::jukebox_client &client)
{
	HANDLE done = CreateEventW(nullptr, TRUE, FALSE, nullptr);

	if (client.signal(done))
		std::printf("signal: %d\n", WaitForSingleObject(done, 0) == WAIT_OBJECT_0);
	CloseHandle(done);
	std::printf("missing: %s\n", cdrpc_status_name(client.missing().status()));
	std::printf("note: %s\n", cdrpc_status_name(client.note(nullptr).status()));
	auto begun = client.list_begin();
	if (begun) {
		auto finished = begun->finish();
		std::printf("list: %u in two halves\n", finished ? static_cast<unsigned>(finished->tracks.size()) : 0);
	}
	{
		auto dropped = client.list_begin();
		std::printf("list: begun and dropped: %d\n", static_cast<bool>(dropped));
	}
	std::printf("quit: %s\n", cdrpc_status_name(client.quit().status()));
}

static int
call(const char *name)
{
	cdrpc::buffer left(nullptr);
	auto client = cdrpc::client::connect(name);
	listener mine;
	MSG message;

	if (!client) {
		std::printf("%s\n", cdrpc_status_name(client.status()));
		return 1;
	}
	auto server = client->facts();
	std::printf("server: %d\n", server && server->same_user && server->process_id != GetCurrentProcessId());
	jukebox::jukebox_client calls(client->get());
	if (mine.cdrpc_listen(client->get()) != CDRPC_OK)
		return 1;
	call_tracks(calls);
	call_values(calls);
	left = call_in_place(*client, calls);
	while (!mine.told && GetMessageW(&message, nullptr, 0, 0) > 0)
		DispatchMessageW(&message);
	call_the_rest(calls);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	return std::strcmp(argv[1], "serve") == 0 ? serve(argv[2]) : call(argv[2]);
}
