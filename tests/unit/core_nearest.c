/* The hint that no server of a name is there, but one of nearly that name. */
#include <stdio.h>
#include <string.h>

#include "fake_world.h"
#include "rig_check.h"

static char told[1024];

static void
keep_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	ck_assert_int_eq(level, CDRPC_LOG_NOTE);
	snprintf(told + strlen(told), sizeof told - strlen(told), "%s\n", line);
}

static cdrpc_status
connect_to(const char *name)
{
	struct cdrpc_client *client = NULL;
	cdrpc_status status;

	told[0] = '\0';
	status = cdrpc_client_connect(name, &rig.client_options, &client);
	cdrpc_client_free(client);
	return status;
}

#define HINT(name, there)                                                                                                      \
	"cdrpc_client_connect: no server '" name "' on this desktop, but there is one '" there "': is that meant? Else see whether it " \
	"runs, in this session, and what its cdrpc_server_start() has returned\n"

/* What is asked for, and what is told, where these are there. */
static const char *const there[] = { "acme.calc", "acme.thumbs", "x", "acme.thumbnails.of.large.pictures" };
static const struct {
	const char *name;
	const char *hint;
} asked[] = {
	{ "acme.calk", HINT("acme.calk", "acme.calc") },
	{ "Acme.Calc", HINT("Acme.Calc", "acme.calc") },
	{ "acmecalc", HINT("acmecalc", "acme.calc") },
	{ "acme.thumsb", HINT("acme.thumsb", "acme.thumbs") },
	{ "acme.thumbs2", HINT("acme.thumbs2", "acme.thumbs") },
	{ "acme.thumbnail.of.larg.picture", HINT("acme.thumbnail.of.larg.picture", "acme.thumbnails.of.large.pictures") },
	/* As near to one as to another: the nearest. */
	{ "acme.thumb", HINT("acme.thumb", "acme.thumbs") },
	{ "y", HINT("y", "x") },
	{ "yy", "" },
	{ "acme.player", "" },
	{ "contoso.calc", "" },
	{ "acme", "" },
};

START_TEST(the_name_next_to_it)
{
	struct cdrpc_server *servers[sizeof there / sizeof *there];
	size_t i;

	rig_prepared();
	rig.env.log = keep_line;
	rig_started();
	for (i = 0; i < sizeof there / sizeof *there; i++)
		ck_assert_int_eq(rig_serve_too(&rig, there[i], NULL, &servers[i]), CDRPC_OK);
	for (i = 0; i < sizeof asked / sizeof *asked; i++) {
		ck_assert_int_eq(connect_to(asked[i].name), CDRPC_E_NOT_FOUND);
		ck_assert_str_eq(told, asked[i].hint);
	}
	/* Whoever finds one is told nothing, nor is who has it started. */
	ck_assert_int_eq(connect_to("acme.calc"), CDRPC_OK);
	ck_assert_str_eq(told, "");
	for (i = 0; i < sizeof there / sizeof *there; i++)
		cdrpc_server_free(servers[i]);
	rig_stopped();
}
END_TEST

/* A window says of itself what it likes, and a name is put into the log. */
START_TEST(what_is_no_name)
{
	struct cdrpc_server *server = NULL;
	window_id window = 0;

	rig_prepared();
	rig.env.log = keep_line;
	rig_started();
	ck_assert_int_eq(rig_serve_too(&rig, "acme.calc", NULL, &server), CDRPC_OK);
	ck_assert_uint_eq(port_find(NULL, "acme.calc", &window, 1), 1);
	strcpy(fake_port_find(window)->service, "acme\ncalc");
	ck_assert_int_eq(connect_to("acme.calc"), CDRPC_E_NOT_FOUND);
	ck_assert_str_eq(told, "");
	cdrpc_server_free(server);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, the_name_next_to_it);
	tcase_add_test(tcase, what_is_no_name);
}

int
main(void)
{
	return check_main(rig_suite("nearest", add));
}
