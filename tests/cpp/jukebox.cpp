/*
 * The C++ wrapper over the library, as two processes:
 *
 *	jukebox serve NAME      says "ready", and serves until it is told to quit
 *	jukebox call NAME       calls everything, and prints what comes back
 *	jukebox follow NAME     says "following", and what becomes of its session; ends when it has had another
 */
#include "jukebox.hpp"

#include <cstdio>
#include <cstring>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <windows.h>

#include <cdrpc/single_instance.hpp>

namespace jukebox = test::jukebox;

/* What this program has to be mended for; what is said of the other side's end depends on who ends first. */
static void
log_line(void *, cdrpc_log_level level, const char *line)
{
	if (level != CDRPC_LOG_ERROR)
		return;
	std::printf("log: %s\n", line);
	std::fflush(stdout);
}

static cdrpc_env
logging()
{
	cdrpc_env env = {};

	env.log = log_line;
	return env;
}

/* What is assigned to: what it had has ended then, and is not left to what it was assigned from. */
template <class Owner, class Other>
static bool
ends_what_it_had(Owner &owner, Other other)
{
	auto raw = other ? other->get() : nullptr;

	if (!raw)
		return false;
	owner = std::move(*other);
	return owner.get() == raw && !other->get();
}

class handlers : public jukebox::jukebox_server {
public:
	explicit handlers(cdrpc::server &server) : server_(server) {}

	cdrpc_status find(cdrpc::call call, cdrpc::zstring_view title) override
	{
		static const uint32_t year = 1975;
		jukebox::track track = {};

		if (title != "Jungleland")
			return JUKEBOX_ERROR_NOT_FOUND;
		track.title = title.c_str();
		track.year = &year;
		return find_reply(call, track);
	}
	cdrpc_status list(cdrpc::call call) override
	{
		std::vector<jukebox::track> tracks(3);
		std::vector<std::uint8_t> cover(100000, 7);
		const cdrpc::peer caller = call.peer();

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
	cdrpc_status move(cdrpc::call call, const jukebox::spot &spot, std::optional<std::int32_t> by) override
	{
		const jukebox::spot moved = {spot.x + by.value_or(1), spot.y};

		if (emit_moved(server_.get(), call.peer().get(), moved) != CDRPC_OK)
			return CDRPC_E_HANDLER;
		return move_reply(call, moved);
	}
	void note(cdrpc::call, cdrpc::zstring_view line) override { notes_.emplace_back(line); }
	cdrpc_status notes(cdrpc::call call) override
	{
		std::vector<const char *> lines;

		for (const std::string &line : notes_)
			lines.push_back(line.c_str());
		return notes_reply(call, lines);
	}
	cdrpc_status cover(cdrpc::call call, cdrpc::bytes data) override { return cover_reply(call, data); }
	cdrpc_status choose(cdrpc::call call, const jukebox::choice &choice, cdrpc::array_view<const std::uint8_t, 4> key) override
	{
		const std::uint8_t opened[4] = {key[3], key[2], key[1], key[0]};

		return choose_reply(call, choice, opened);
	}
	cdrpc_status signal(cdrpc::call, cdrpc_handle done) override { return SetEvent(done) ? CDRPC_OK : CDRPC_E_HANDLER; }
	cdrpc_status quit(cdrpc::call) override
	{
		server_.stop();
		return CDRPC_OK;
	}
	cdrpc_status fail(cdrpc::call call, std::uint32_t how) override
	{
		cdrpc::kept_call kept;

		switch (how) {
		case 0: throw std::runtime_error("no needle\nin the groove");
		case 1: throw std::bad_alloc();
		case 2: throw 7;
		case 3: throw std::out_of_range("out of range");
		case 4: throw std::runtime_error(std::string(299, 'x') + "\xc3\xa4");
		case 5: throw std::runtime_error("K\xf6ln");
		case 6: kept = call.keep(); throw std::runtime_error("dropped on the way out");
		default: kept_ = call.keep(); throw std::runtime_error("kept nevertheless");
		}
	}
	cdrpc_status unlock(cdrpc::call, cdrpc::zstring_view word) override { throw std::runtime_error(word.c_str()); }
	void spoil(cdrpc::call, cdrpc::zstring_view line) override
	{
		if (line.empty())
			throw std::bad_alloc();
		throw std::runtime_error(line.c_str());
	}
	cdrpc_status wait(cdrpc::call call, std::uint32_t how) override
	{
		HANDLE thread;

		if (how == 1)
			return call.keep() ? CDRPC_KEPT : CDRPC_E_HANDLER; /* and dropped */
		kept_ = call.keep();
		if (how == 2) {
			to_be_cancelled_ = true;
			return kept_.notify(unwanted_) == CDRPC_OK ? CDRPC_KEPT : CDRPC_E_HANDLER;
		}
		thread = CreateThread(nullptr, 0, answer_elsewhere, this, 0, nullptr);
		if (!thread)
			return CDRPC_E_HANDLER;
		CloseHandle(thread);
		return CDRPC_KEPT;
	}
	/* Answers the call that fail(7) has left, or waits until that of wait(2) was cancelled. */
	cdrpc_status waits(cdrpc::call call) override
	{
		if (to_be_cancelled_ && kept_) {
			waiting_ = call.keep();
			return CDRPC_KEPT;
		}
		if (to_be_cancelled_)
			return waits_reply(call, true);
		if (kept_.cancelled() || kept_.remaining_ms() == 0 || kept_.complete(CDRPC_E_BUSY) != CDRPC_OK)
			return CDRPC_E_HANDLER;
		return waits_reply(call, false);
	}
	cdrpc_status absent(cdrpc::call call, bool some) override
	{
		const std::uint32_t list[] = {5, 6};
		const std::uint8_t data[] = {8}, key[] = {1, 2, 3, 4};
		jukebox::track track = {};
		jukebox::choice choice = {};

		if (!some)
			return absent_reply(call, {}, {}, {}, {}, {}, {}, {}, {}, {});
		track.title = "there";
		choice.kind = JUKEBOX_CHOICE_NUMBER;
		choice.as.number = 9;
		return absent_reply(call, 3, "text", L"wide", data, list, key, jukebox::spot{1, 2}, track, choice);
	}
	cdrpc_status present(cdrpc::call call, std::optional<std::uint32_t> number, std::optional<cdrpc::zstring_view> text,
			     std::optional<cdrpc::bytes> data, std::optional<cdrpc::span<const std::uint32_t>> list,
			     std::optional<cdrpc::array_view<const std::uint8_t, 4>> key, std::optional<jukebox::spot> at,
			     std::optional<jukebox::track> track) override
	{
		const std::string said = (number ? std::to_string(*number) : "-") + " " + (text ? "'" + std::string(*text) + "'" : "-") +
					 " " + (data ? std::to_string(data->size()) : "-") + " " +
					 (list ? std::to_string(list->size()) : "-") + " " + (key ? std::to_string((*key)[3]) : "-") +
					 " " + (at ? std::to_string(at->y) : "-") + " " + (track ? track->title : "-");

		return present_reply(call, said);
	}
	cdrpc_status frame(cdrpc::call call, std::uint32_t size) override
	{
		auto room = call.buffer(size);

		if (!room)
			return room.status();
		std::memset(room->data(), 5, room->size());
		return frame_reply(call, *room);
	}
	cdrpc_status hand(cdrpc::call call, cdrpc_handle done) override
	{
		HANDLE mine = call.take(done);
		bool set = mine && !call.take(done) && SetEvent(mine);

		CloseHandle(mine);
		return set ? CDRPC_OK : CDRPC_E_HANDLER;
	}
	/* Asks whoever calls, who serves this, too. */
	cdrpc_status ring(cdrpc::call call) override
	{
		auto back = cdrpc::client::of(call.peer());

		if (!back)
			return back.status();
		if (!ends_what_it_had(*back, cdrpc::client::of(call.peer())))
			return CDRPC_E_HANDLER;
		jukebox::jukebox_client caller(*back);
		auto found = caller.find("Jungleland");
		if (!found)
			return found.status();
		return ring_reply(call, found->track.title);
	}
	cdrpc_status lend(cdrpc::call call) override
	{
		HANDLE done = CreateEventW(nullptr, TRUE, TRUE, nullptr);
		cdrpc_status status = lend_reply(call, done);

		CloseHandle(done);
		return status;
	}

private:
	static DWORD WINAPI answer_elsewhere(void *self)
	{
		cdrpc::kept_call mine = std::move(static_cast<handlers *>(self)->kept_);
		const std::string too_long(65, 'x');

		/* Refused, and still to be answered; answered, and over. */
		if (wait_reply(mine, too_long) != CDRPC_E_ARGUMENT || !mine || mine.cancelled() || mine.remaining_ms() == 0)
			std::puts("it is not to be answered any more");
		if (wait_reply(mine, "from elsewhere") != CDRPC_OK || mine || !mine.cancelled() || mine.remaining_ms() != 0)
			std::puts("it is still to be answered");
		if (wait_reply(mine, "again") != CDRPC_E_STATE || mine.complete(CDRPC_OK) != CDRPC_E_STATE || mine.buffer(1) || mine.take(nullptr))
			std::puts("it is answered twice");
		return 0;
	}

	void nobody_waits()
	{
		std::printf("cancelled: %d, %s\n", kept_.cancelled(), cdrpc_status_name(kept_.complete(CDRPC_E_BUSY)));
		if (waiting_ && waits_reply(waiting_, true) != CDRPC_OK)
			std::puts("waits: failed");
		throw std::runtime_error("nobody waits");
	}

	cdrpc::server &server_;
	std::vector<std::string> notes_;
	cdrpc::kept_call kept_, waiting_;
	bool to_be_cancelled_ = false;
	std::function<void()> unwanted_ = [this] { nobody_waits(); };
};

/* Whom the server has had. */
class visitors : public cdrpc::server_listener {
	void session_opened(cdrpc::peer from) override { std::printf("opened: %d\n", from.facts().same_user); }
	void session_ended(cdrpc::peer) override { throw std::runtime_error("good bye"); }
};

class listener : public jukebox::jukebox_listener {
public:
	bool told = false;

	void moved(const jukebox::spot &now) override
	{
		std::printf("moved to %d, %d\n", static_cast<int>(now.x), static_cast<int>(now.y));
		told = true;
		if (now.x == 5)
			throw std::runtime_error("five");
	}
};

static int
serve(const char *name)
{
	const cdrpc_env env = logging();
	cdrpc_server_options options = {};
	visitors door;

	options.env = &env;
	options.exclusive = true;
	door.listen(options);
	auto server = cdrpc::server::create(name, &options);
	if (!server)
		return 1;
	handlers mine(*server);
	if (mine.cdrpc_serve(*server) != CDRPC_OK)
		return 1;
	if (server->start() != CDRPC_OK)
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
		std::printf("find: %s, %u\n", found->track.title, static_cast<unsigned>(*cdrpc::maybe(found->track.year)));
	auto lost = client.find("");
	std::printf("find: %s\n", jukebox_error_name(lost.status()));
	auto list = client.list();
	if (!list)
		return;
	/* What was moved has taken its memory along. */
	jukebox::jukebox_client::list_outputs kept = std::move(*list);
	list = client.list();
	for (const jukebox::track &track : kept.tracks)
		std::printf("list: %s, %s, %u\n", track.title, track.year ? "dated" : "not dated",
			    static_cast<unsigned>(track.cover.size));
}

static void
call_values(const jukebox::jukebox_client &client)
{
	const std::vector<std::uint8_t> data(300000, 9);
	const std::uint8_t key[] = {1, 2, 3, 4};
	jukebox::choice choice = {};

	for (std::optional<std::int32_t> step : {std::optional<std::int32_t>(), std::optional<std::int32_t>(-5)}) {
		auto moved = client.move(jukebox::spot{10, 20}, step);
		if (moved)
			std::printf("move: %d, %d\n", static_cast<int>(moved->spot.x), static_cast<int>(moved->spot.y));
	}
	std::printf("note: %d\n", client.note("one") && client.note(std::string("two").c_str()));
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
call_optional(const jukebox::jukebox_client &client)
{
	const std::vector<std::uint32_t> none;
	const std::vector<std::uint8_t> nothing;
	const std::uint8_t key[] = {1, 2, 3, 4};
	jukebox::track track = {};

	track.title = "track";
	auto all = client.absent(true);
	if (all)
		std::printf("absent: %u, %s, %d, %u, %u, %u, %d, %s, %u\n", static_cast<unsigned>(*all->number), all->text->c_str(),
			    *all->wide == L"wide", (*all->data)[0], static_cast<unsigned>((*all->list)[1]), (*all->key)[2],
			    static_cast<int>(all->at->y), all->track->title, static_cast<unsigned>(all->choice->as.number));
	auto no = client.absent(false);
	if (no)
		std::printf("absent: %d\n", no->number || no->text || no->wide || no->data || no->list || no->key || no->at ||
			    no->track || no->choice);
	auto some = client.present(1, "", nothing, none, key, jukebox::spot{5, 6}, track);
	std::printf("present: %s\n", some ? some->said.c_str() : cdrpc_status_name(some.status()));
	auto less = client.present({}, {}, {}, {}, {}, {}, {});
	std::printf("present: %s\n", less ? less->said.c_str() : cdrpc_status_name(less.status()));
}

static void
call_failing(const jukebox::jukebox_client &client)
{
	std::uint32_t how;

	for (how = 0; how < 7; how++)
		std::printf("fail %u: %s\n", static_cast<unsigned>(how), cdrpc_status_name(client.fail(how).status()));
	std::printf("unlock: %s\n", cdrpc_status_name(client.unlock("open sesame").status()));
	std::printf("spoil: %d\n", client.spoil("milk") && client.spoil(""));
	auto kept = client.fail_begin(7);
	auto waits = client.waits();
	if (kept && waits)
		std::printf("fail 7: %s, %d\n", cdrpc_status_name(kept->finish().status()), waits->cancelled);
}

static void
call_kept(const jukebox::jukebox_client &client)
{
	bool ended = false, cancelled = false;
	auto done = [&] { ended = true; };
	MSG message;

	auto waited = client.wait(0);
	if (waited)
		std::printf("wait: %s\n", waited->text.c_str());
	std::printf("wait: %s\n", cdrpc_status_name(client.wait(1).status()));
	auto begun = client.wait_begin(2);
	if (!begun || begun->notify(done) != CDRPC_OK)
		return;
	begun->cancel();
	while (!ended && GetMessageW(&message, nullptr, 0, 0) > 0)
		DispatchMessageW(&message);
	std::printf("wait: %d\n", begun->done());
	std::printf("wait: %s\n", cdrpc_status_name(begun->finish().status()));
	std::printf("wait: %s\n", cdrpc_status_name(begun->finish().status()));
	/* It may not have been heard of yet: then the call is answered, which nobody waits for. */
	auto waits = client.waits();
	cancelled = static_cast<bool>(waits);
	std::printf("waits: %d\n", cancelled);
	auto frame = client.frame(100000);
	std::printf("frame: %d\n", frame && frame->pixels.size() == 100000 && frame->pixels[99999] == 5);
}

static DWORD WINAPI
post_elsewhere(void *to)
{
	const cdrpc::client &session = *static_cast<const cdrpc::client *>(to);
	const DWORD here = GetCurrentThreadId();
	const std::string first = "first";

	cdrpc_status status = session.post([first, here](cdrpc_status why) {
		std::printf("post: %s, %d, %s\n", first.c_str(), GetCurrentThreadId() != here, cdrpc_status_name(why));
		throw std::runtime_error("of a posted one");
	});
	if (status == CDRPC_OK)
		status = session.post([](cdrpc_status) { PostQuitMessage(0); });
	return status == CDRPC_OK ? 0 : 1;
}

/* What another thread posts runs here, and what is left when the client is freed is told so. */
static void
post(const cdrpc::client &session)
{
	HANDLE thread = CreateThread(nullptr, 0, post_elsewhere, const_cast<cdrpc::client *>(&session), 0, nullptr);
	DWORD status = 1;
	MSG message;

	while (GetMessageW(&message, nullptr, 0, 0) > 0)
		DispatchMessageW(&message);
	WaitForSingleObject(thread, INFINITE);
	if (!GetExitCodeThread(thread, &status) || status != 0)
		std::puts("post: failed");
	CloseHandle(thread);
	if (session.post([](cdrpc_status why) { std::printf("post: %s\n", cdrpc_status_name(why)); }) != CDRPC_OK)
		std::puts("post: failed");
}

/* What belongs to a client beside its calls. */
static void
replace(const cdrpc::client &session, const jukebox::jukebox_client &client)
{
	auto server = cdrpc::server::create(nullptr);
	auto buffer = cdrpc::buffer::create(session, 10);
	auto begun = client.list_begin();
	auto list = client.list(), other = client.list();

	std::printf("replaced: %d, %d, %d", server && ends_what_it_had(*server, cdrpc::server::create(nullptr)),
		    buffer && ends_what_it_had(*buffer, cdrpc::buffer::create(session, 20)),
		    begun && ends_what_it_had(*begun, client.list_begin()));
	if (list && other)
		list->reply = std::move(other->reply);
	std::printf(", %d\n", other && !other->reply.get()->held);
}

static void
ask(const cdrpc::client &session, const jukebox::jukebox_client &client, const char *name)
{
	cdrpc_server_options options = {};
	HANDLE lent = nullptr;

	options.exclusive = true;
	auto second = cdrpc::server::create(name, &options);
	auto facts = session.facts();
	if (second && second->start() == CDRPC_E_NAME_IN_USE && second->holder() && facts)
		std::printf("holder: %d\n", second->holder()->process_id == facts->process_id);
	auto rung = client.ring();
	std::printf("ring: %s\n", rung ? rung->title.c_str() : cdrpc_status_name(rung.status()));
	std::printf("stats: %d\n", session.stats().calls == 1);
	{
		auto given = client.lend();
		if (given)
			lent = given->reply.take(given->done);
	}
	std::printf("lend: %d\n", lent && SetEvent(lent));
	CloseHandle(lent);
	session.set_timeout(60000);
	auto begun = client.waits_begin();
	if (begun) {
		auto event = begun->event();
		while (event && !begun->done())
			WaitForSingleObject(*event, INFINITE);
		std::printf("event: %d\n", event && begun->done() && begun->finish());
	}
}

static void
call_the_rest(const jukebox::jukebox_client &client)
{
	HANDLE done = CreateEventW(nullptr, TRUE, FALSE, nullptr);

	if (client.signal(done))
		std::printf("signal: %d\n", WaitForSingleObject(done, 0) == WAIT_OBJECT_0);
	ResetEvent(done);
	if (client.hand(done))
		std::printf("hand: %d\n", WaitForSingleObject(done, 0) == WAIT_OBJECT_0);
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
	const cdrpc_env env = logging();
	cdrpc_client_options options = {};
	cdrpc::buffer left(nullptr);
	listener mine;
	MSG message;

	/* It serves as well, those to whom it connects. */
	cdrpc_server_options own = {};
	own.env = &env;
	auto server = cdrpc::server::create(nullptr, &own);
	if (!server)
		return 1;
	handlers served(*server);
	if (served.cdrpc_serve(*server) != CDRPC_OK || server->start() != CDRPC_OK)
		return 1;
	options.env = &env;
	options.server = server->get();
	auto client = cdrpc::client::connect(name, &options);

	if (!client) {
		std::printf("%s\n", cdrpc_status_name(client.status()));
		return 1;
	}
	auto facts = client->facts();
	std::printf("server: %d\n", facts && facts->same_user && facts->process_id != GetCurrentProcessId());
	jukebox::jukebox_client calls(*client);
	if (mine.cdrpc_listen(*client) != CDRPC_OK)
		return 1;
	call_tracks(calls);
	call_values(calls);
	left = call_in_place(*client, calls);
	while (!mine.told && GetMessageW(&message, nullptr, 0, 0) > 0)
		DispatchMessageW(&message);
	call_optional(calls);
	call_failing(calls);
	call_kept(calls);
	ask(*client, calls, name);
	replace(*client, calls);
	call_the_rest(calls);
	post(*client);
	return 0;
}

/* The first that runs becomes the instance, until another has handed over to it: each after a start that an exception has ended. */
static int
once(const char *name)
{
	const cdrpc_env env = logging();
	cdrpc_server_options options = {};
	cdrpc_client_options sent = {};
	cdrpc::server served(nullptr);
	handlers mine(served);
	auto become = [&]() -> cdrpc::result<cdrpc::server> {
		auto made = cdrpc::server::create(name, &options);
		if (made && mine.cdrpc_serve(*made) != CDRPC_OK)
			return cdrpc::failure{CDRPC_E_STATE};
		return made;
	};
	auto hand_over = [](cdrpc_client *client) {
		auto found = jukebox::jukebox_client(client).find("Jungleland");

		std::printf("handed over: %s\n", found ? found->track.title : cdrpc_status_name(found.status()));
		return jukebox::jukebox_client(client).quit().status();
	};

	options.env = sent.env = &env;
	auto failed = cdrpc::single_instance(
		name, [](cdrpc_client *) -> cdrpc_status { throw std::runtime_error("handed over"); },
		[&]() -> cdrpc::result<cdrpc::server> {
			auto dropped = become();
			throw std::runtime_error("become");
		},
		&sent);
	std::printf("failed: %s\n", cdrpc_status_name(failed.status()));
	auto instance = cdrpc::single_instance(name, hand_over, become, &sent);
	if (!instance) {
		std::printf("%s\n", cdrpc_status_name(instance.status()));
		return 1;
	}
	if (!*instance)
		return 0;
	served = std::move(**instance);
	std::puts("ready");
	std::fflush(stdout);
	return served.run() == CDRPC_OK ? 0 : 1;
}

/* Told of its session's end, and of the next. */
class follower : public cdrpc::client_listener {
public:
	bool again = false;

	void disconnected(cdrpc_client *, cdrpc_status why) override
	{
		std::printf("disconnected: %s\n", cdrpc_status_name(why));
		std::fflush(stdout);
		throw 7;
	}
	void reconnected(cdrpc_client *) override
	{
		std::puts("reconnected");
		again = true;
	}
};

static int
follow(const char *name)
{
	const cdrpc_env env = logging();
	cdrpc_client_options options = {};
	follower ends;
	listener mine;
	MSG message;

	options.env = &env;
	options.reconnect_ms = 100;
	ends.listen(options);
	auto client = cdrpc::client::connect(name, &options);
	if (!client || mine.cdrpc_listen(*client) != CDRPC_OK)
		return 1;
	jukebox::jukebox_client calls(*client);
	std::puts("following");
	std::fflush(stdout);
	while (!ends.again && GetMessageW(&message, nullptr, 0, 0) > 0)
		DispatchMessageW(&message);
	auto moved = calls.move(jukebox::spot{1, 1}, {});
	while (moved && !mine.told && GetMessageW(&message, nullptr, 0, 0) > 0)
		DispatchMessageW(&message);
	std::printf("quit: %s\n", cdrpc_status_name(calls.quit().status()));
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	if (std::strcmp(argv[1], "follow") == 0)
		return follow(argv[2]);
	if (std::strcmp(argv[1], "once") == 0)
		return once(argv[2]);
	return std::strcmp(argv[1], "serve") == 0 ? serve(argv[2]) : call(argv[2]);
}
