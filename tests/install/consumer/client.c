/* Usage: client SERVICE. Prints what the server has shown, and what it answers. */
#include <stdio.h>
#include <string.h>

#include "player.h"

static cdrpc_status
on_show(struct cdrpc_call *call, void *self, const char *line)
{
	(void)self;
	printf("shown: %s\n", line);
	return player_screen_show_reply(call, (uint32_t)strlen(line));
}

static cdrpc_status
run(struct cdrpc_server *screen, const char *service)
{
	static const struct player_screen_handlers handlers = { .show = on_show };
	const struct common_track track = { .title = "Jungleland", .seconds = 573 };
	const struct cdrpc_client_options options = { .server = screen };
	struct cdrpc_client *client = NULL;
	uint32_t columns = 0;
	cdrpc_status status;

	if ((status = player_screen_serve(screen, &handlers, NULL)) != CDRPC_OK ||
	    (status = cdrpc_server_start(screen)) != CDRPC_OK ||
	    (status = cdrpc_client_connect(service, &options, &client)) != CDRPC_OK)
		return status;
	status = player_play(client, &track, &columns);
	if (status == CDRPC_OK) {
		printf("played: %u\n", (unsigned)columns);
		status = player_stop(client);
	}
	cdrpc_client_free(client);
	return status;
}

int
main(int argc, char **argv)
{
	struct cdrpc_server *screen;
	cdrpc_status status;

	if (argc != 2 || cdrpc_server_new(NULL, NULL, &screen) != CDRPC_OK)
		return 1;
	status = run(screen, argv[1]);
	printf("%s\n", cdrpc_status_name(status));
	cdrpc_server_free(screen);
	return status == CDRPC_OK ? 0 : 1;
}
