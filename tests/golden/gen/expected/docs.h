/*
 * C header of module test.docs, written by cdidl from docs.cdidl. Changes belong there.
 *
 * A module with * / and / * and ? ?/ in its doc comment.
 *
 * Second paragraph: äöü, "quotes", back\slash, %d, $dollar$.
 * Deprecated since version 9.
 */
#ifndef CDIDL_4test_4docs_H
#define CDIDL_4test_4docs_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

/*
 * How many.
 * Deprecated since version 3: count them yourself.
 */
#define DOCS_MANY UINT32_C(7)
/* What it says first. */
#define DOCS_GREETING "Say \"hello\", |\303\274ber| `all`:\012\0111 \\ 2\360\237\216\2657\?\?/, and (more, and more, and more) so that a line of a header would be too long"
#define DOCS_EMPTY ""

/*
 * A state.
 * On two lines.
 */
typedef uint8_t docs_state_t;		/* open: a value not listed here is possible */
enum {
	DOCS_STATE_IDLE = 0,
	DOCS_STATE_BUSY = 1,		/* While it runs. */
	DOCS_STATE_LATE = 2,		/* Since a while. Since version 2. */
	DOCS_STATE_EARLY = 3		/* deprecated since 2: use Late */
};
/* "Idle" and so on; NULL for a value not listed. */
const char *docs_state_name(docs_state_t state);

/* Bits. */
typedef uint16_t docs_bits_t;
#define DOCS_BITS_FIRST (UINT16_C(1) << 0) /* The first. */
/*
 * A doc comment of a flag that is so long that it does not fit at the right of its line, and so goes above
 * instead.
 */
#define DOCS_BITS_SECOND (UINT16_C(1) << 1)

/* What fails. */
enum {
	DOCS_FAILURE_MISSING = 1	/* Not there. */
};
/* "Missing" and so on; NULL for a status that is none of these. */
const char *docs_failure_name(cdrpc_status status);
/* The same, or what cdrpc_status_name() says: for any status, never NULL. */
const char *docs_failure_status_text(cdrpc_status status);

/* A point. */
struct docs_point {
	/* To the right. */
	int32_t x;
	/*
	 * Down.
	 * Not up.
	 */
	int32_t y;
};

/* A thing. */
struct docs_thing {
	/* Its name. */
	const char *name;		/* 1, <= 8 bytes */
	/* 2, <= 8 bytes, since 2, deprecated since 3: use "name" * / instead <U+202E>ä\ */
	const char *label;
};

enum {
	DOCS_CHOICE_ONE = 1,
	DOCS_CHOICE_OTHER = 2
};
/* A choice. */
struct docs_choice {
	uint32_t kind;			/* DOCS_CHOICE_*; 0 is none; a value not listed here is possible */
	union {
		/* The one. */
		uint32_t one;		/* 1 */
		uint32_t other;		/* 2, since 2 */
	} as;
};

/* ---- Docs ---- */

/*
 * An interface.
 *
 * With two paragraphs.
 * Deprecated since version 4: use Docs2. A call is made, begun and finished by the thread that has
 * connected the client. Its deadline is the client's options.call_timeout_ms, unless its method or
 * cdrpc_client_set_timeout() states another. Its handler runs on a thread of the server's; any thread
 * replies. Any thread emits; the client's thread listens, and hears. docs_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface docs_interface;

/*
 * Does a thing.
 * @param thing what to do
 * @param count how often,
 *     on two lines
 * Since version 2.
 *
 * do_it(Thing thing, u32 count) fails Failure @1;
 */
cdrpc_status docs_do_it(struct cdrpc_client *client, const struct docs_thing *thing, uint32_t count);
cdrpc_status docs_do_it_begin(struct cdrpc_client *client, const struct docs_thing *thing, uint32_t count,
			      struct cdrpc_pending **ret_pending);
cdrpc_status docs_do_it_finish(struct cdrpc_pending *pending);

/*
 * undocumented_with_a_long_list_of_parameters(u32 the_first_parameter, u32 the_second_parameter,
 *     u32 the_third_parameter, string[<=MANY][<=MANY] the_fourth_parameter) @2;
 */
cdrpc_status docs_undocumented_with_a_long_list_of_parameters(struct cdrpc_client *client, uint32_t the_first_parameter,
							      uint32_t the_second_parameter,
							      uint32_t the_third_parameter,
							      const char *const *the_fourth_parameter,
							      uint32_t the_fourth_parameter_count);
cdrpc_status docs_undocumented_with_a_long_list_of_parameters_begin(struct cdrpc_client *client,
								    uint32_t the_first_parameter,
								    uint32_t the_second_parameter,
								    uint32_t the_third_parameter,
								    const char *const *the_fourth_parameter,
								    uint32_t the_fourth_parameter_count,
								    struct cdrpc_pending **ret_pending);
cdrpc_status docs_undocumented_with_a_long_list_of_parameters_finish(struct cdrpc_pending *pending);

/* What a client of Docs listens to; a NULL member is not subscribed. */
struct docs_events {
	/*
	 * Something happened.
	 *
	 * event happened(Choice choice) @3;
	 */
	void (*happened)(void *self, const struct docs_choice *choice);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status docs_listen(struct cdrpc_client *client, const struct docs_events *events, void *self);

/* What a server of Docs does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct docs_handlers {
	cdrpc_status (*do_it)(struct cdrpc_call *call, void *self, const struct docs_thing *thing, uint32_t count);
	cdrpc_status (*undocumented_with_a_long_list_of_parameters)(struct cdrpc_call *call, void *self,
								    uint32_t the_first_parameter,
								    uint32_t the_second_parameter,
								    uint32_t the_third_parameter,
								    const char *const *the_fourth_parameter,
								    uint32_t the_fourth_parameter_count);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status docs_serve(struct cdrpc_server *server, const struct docs_handlers *handlers, void *self);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status docs_emit_happened(struct cdrpc_server *server, struct cdrpc_peer *to, const struct docs_choice *choice);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void docs_thing_write(struct cdrpc_writer *w, const struct docs_thing *thing);
void docs_thing_read(struct cdrpc_reader *r, struct docs_thing *thing);
extern const struct cdrpc_shape docs_thing_shape;
void docs_choice_write(struct cdrpc_writer *w, const struct docs_choice *choice);
void docs_choice_read(struct cdrpc_reader *r, struct docs_choice *choice);
extern const struct cdrpc_shape docs_choice_shape;
/* Where methods and events stand in the tables of docs_interface. */
enum {
	docs_do_it_in_table,
	docs_undocumented_with_a_long_list_of_parameters_in_table,
	docs_emit_happened_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
