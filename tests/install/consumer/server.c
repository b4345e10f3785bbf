/* Usage: server SERVICE. Plays tracks, and shows them on the screens of its clients, until it is stopped. */
#include <stdio.h>

#include "player.h"

static cdrpc_status
on_play(struct cdrpc_call *call, void *self, const struct common_track *track)
{
	struct cdrpc_client *caller = NULL;
	uint32_t columns;
	cdrpc_status status;

	(void)self;
	status = cdrpc_peer_client(cdrpc_call_peer(call), NULL, &caller);
	if (status == CDRPC_OK)
		status = player_screen_show(caller, track->title, &columns);
	cdrpc_client_free(caller);
	return status == CDRPC_OK ? player_play_reply(call, columns + track->seconds) : status;
}

static cdrpc_status
on_stop(struct cdrpc_call *call, void *self)
{
	(void)call;
	cdrpc_server_stop(self);
	return CDRPC_OK;
}

int
main(int argc, char **argv)
{
	static const struct player_handlers handlers = { .play = on_play, .stop = on_stop };
	struct cdrpc_server *server;
	cdrpc_status status;

	if (argc != 2 || cdrpc_server_new(argv[1], NULL, &server) != CDRPC_OK ||
	    player_serve(server, &handlers, server) != CDRPC_OK || cdrpc_server_start(server) != CDRPC_OK)
		return 1;
	puts("ready");
	fflush(stdout);
	status = cdrpc_server_run(server);
	cdrpc_server_free(server);
	return status == CDRPC_OK ? 0 : 1;
}
