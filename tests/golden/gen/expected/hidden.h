/*
 * C header of module system.track, written by cdidl from hidden.cdidl. Changes belong there.
 *
 * Methods with the names of types, which they hide in the classes of C++, or of their own classes, and a namespace with that
 * of a function of C.
 */
#ifndef CDIDL_6system_5track_H
#define CDIDL_6system_5track_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t track_mode_t;		/* open: a value not listed here is possible */
enum {
	TRACK_MODE_OFF = 0,
	TRACK_MODE_ON = 1
};
/* "Off" and so on; NULL for a value not listed. */
const char *track_mode_name(track_mode_t mode);

struct track {
	const char *title;		/* 1, <= 64 bytes */
	track_mode_t mode;		/* 2 */
};

struct track_position {
	uint32_t x;
	track_mode_t mode;
};

enum {
	TRACK_CHOICE_NUMBER = 1,
	TRACK_CHOICE_TRACK = 2
};
struct track_choice {
	uint32_t kind;			/* TRACK_CHOICE_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t number;	/* 1 */
		const struct track *track_; /* 2 */
	} as;
};

/* ---- Library ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. A oneway is sent by the thread that has
 * connected the client; its handler runs on a thread of the server's. Any thread emits; the client's thread
 * listens, and hears. track_library_serve comes before the server is started.
 */
extern const struct cdrpc_interface track_library_interface;

/* track(u32 id, Track like, Track[<=4] known, Track? maybe, out Track found, out Track[<=4] others) @1; */
cdrpc_status track_library_track(struct cdrpc_client *client, uint32_t id, const struct track *like,
				 const struct track *known, uint32_t known_count, const struct track *maybe,
				 const struct track **ret_found, const struct track **ret_others,
				 uint32_t *ret_others_count, struct cdrpc_reply *reply);
cdrpc_status track_library_track_begin(struct cdrpc_client *client, uint32_t id, const struct track *like,
				       const struct track *known, uint32_t known_count, const struct track *maybe,
				       struct cdrpc_pending **ret_pending);
cdrpc_status track_library_track_finish(struct cdrpc_pending *pending, const struct track **ret_found,
					const struct track **ret_others, uint32_t *ret_others_count,
					struct cdrpc_reply *reply);

/*
 * track_mode_t(Mode a, Mode? b, Mode[2] c, Mode[<=2] d, out Mode e, out Mode? f, out Mode[2] g,
 *     inout Mode[<=2] h) @2;
 */
cdrpc_status track_library_track_mode_t(struct cdrpc_client *client, track_mode_t a, const track_mode_t *b,
					const track_mode_t c[2], const track_mode_t *d, uint32_t d_count,
					const track_mode_t *h, uint32_t h_count, track_mode_t *ret_e,
					const track_mode_t **ret_f, track_mode_t ret_g[2], const track_mode_t **ret_h,
					uint32_t *ret_h_count, struct cdrpc_reply *reply);
cdrpc_status track_library_track_mode_t_begin(struct cdrpc_client *client, track_mode_t a, const track_mode_t *b,
					      const track_mode_t c[2], const track_mode_t *d, uint32_t d_count,
					      const track_mode_t *h, uint32_t h_count,
					      struct cdrpc_pending **ret_pending);
cdrpc_status track_library_track_mode_t_finish(struct cdrpc_pending *pending, track_mode_t *ret_e,
					       const track_mode_t **ret_f, track_mode_t ret_g[2],
					       const track_mode_t **ret_h, uint32_t *ret_h_count,
					       struct cdrpc_reply *reply);

/*
 * track_position(Position a, Position? b, Position[2] c, inout Position d, out Position[2] e,
 *     Position[2]? f) @3;
 */
cdrpc_status track_library_track_position(struct cdrpc_client *client, const struct track_position *a,
					  const struct track_position *b, const struct track_position c[2],
					  const struct track_position *d, const struct track_position *f,
					  struct track_position *ret_d, struct track_position ret_e[2]);
cdrpc_status track_library_track_position_begin(struct cdrpc_client *client, const struct track_position *a,
						const struct track_position *b, const struct track_position c[2],
						const struct track_position *d, const struct track_position *f,
						struct cdrpc_pending **ret_pending);
cdrpc_status track_library_track_position_finish(struct cdrpc_pending *pending, struct track_position *ret_d,
						 struct track_position ret_e[2]);

/* track_choice(Choice a, inout Choice? b, Choice[<=2] c) @4; */
cdrpc_status track_library_track_choice(struct cdrpc_client *client, const struct track_choice *a,
					const struct track_choice *b, const struct track_choice *c, uint32_t c_count,
					const struct track_choice **ret_b, struct cdrpc_reply *reply);
cdrpc_status track_library_track_choice_begin(struct cdrpc_client *client, const struct track_choice *a,
					      const struct track_choice *b, const struct track_choice *c,
					      uint32_t c_count, struct cdrpc_pending **ret_pending);
cdrpc_status track_library_track_choice_finish(struct cdrpc_pending *pending, const struct track_choice **ret_b,
					       struct cdrpc_reply *reply);

/* oneway choice(Choice choice) @5; */
cdrpc_status track_library_choice(struct cdrpc_client *client, const struct track_choice *choice);

/* list(out Track[<=4] tracks) @8; */
cdrpc_status track_library_list(struct cdrpc_client *client, const struct track **ret_tracks,
				uint32_t *ret_tracks_count, struct cdrpc_reply *reply);
cdrpc_status track_library_list_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status track_library_list_finish(struct cdrpc_pending *pending, const struct track **ret_tracks,
				       uint32_t *ret_tracks_count, struct cdrpc_reply *reply);

/* list_pending(out u32 count) @9; */
cdrpc_status track_library_list_pending(struct cdrpc_client *client, uint32_t *ret_count);
cdrpc_status track_library_list_pending_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status track_library_list_pending_finish(struct cdrpc_pending *pending, uint32_t *ret_count);

/* list_outputs(u32 client_) @10; */
cdrpc_status track_library_list_outputs(struct cdrpc_client *client, uint32_t client_);
cdrpc_status track_library_list_outputs_begin(struct cdrpc_client *client, uint32_t client_,
					      struct cdrpc_pending **ret_pending);
cdrpc_status track_library_list_outputs_finish(struct cdrpc_pending *pending);

/* on_list(handle<event: sync> done) @11; */
cdrpc_status track_library_on_list(struct cdrpc_client *client, cdrpc_handle done);
cdrpc_status track_library_on_list_begin(struct cdrpc_client *client, cdrpc_handle done,
					 struct cdrpc_pending **ret_pending);
cdrpc_status track_library_on_list_finish(struct cdrpc_pending *pending);

/* oneway list_on() @12; */
cdrpc_status track_library_list_on(struct cdrpc_client *client);

/* on_list_on(handle<event: sync> done) @13; */
cdrpc_status track_library_on_list_on(struct cdrpc_client *client, cdrpc_handle done);
cdrpc_status track_library_on_list_on_begin(struct cdrpc_client *client, cdrpc_handle done,
					    struct cdrpc_pending **ret_pending);
cdrpc_status track_library_on_list_on_finish(struct cdrpc_pending *pending);

/* client_() @14; */
cdrpc_status track_library_client_(struct cdrpc_client *client);
cdrpc_status track_library_client_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status track_library_client_finish(struct cdrpc_pending *pending);

/* track_library_client(out u32 count) @15; */
cdrpc_status track_library_track_library_client(struct cdrpc_client *client, uint32_t *ret_count);
cdrpc_status track_library_track_library_client_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status track_library_track_library_client_finish(struct cdrpc_pending *pending, uint32_t *ret_count);

/* oneway track_library_server(u32 count) @16; */
cdrpc_status track_library_track_library_server(struct cdrpc_client *client, uint32_t count);

/* What a client of Library listens to; a NULL member is not subscribed. */
struct track_library_events {
	/* event track_changed(Track track, Mode mode, Position[2] positions) @6; */
	void (*track_changed)(void *self, const struct track *track_, track_mode_t mode,
			      const struct track_position positions[2]);
	/* event mode(Mode? mode, Choice[<=2] choices) @7; */
	void (*mode)(void *self, const track_mode_t *mode, const struct track_choice *choices, uint32_t choices_count);
	/* event track_library_listener(u32 count) @17; */
	void (*track_library_listener)(void *self, uint32_t count);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status track_library_listen(struct cdrpc_client *client, const struct track_library_events *events, void *self);

/* What a server of Library does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct track_library_handlers {
	cdrpc_status (*track)(struct cdrpc_call *call, void *self, uint32_t id, const struct track *like,
			      const struct track *known, uint32_t known_count, const struct track *maybe);
	cdrpc_status (*track_mode_t)(struct cdrpc_call *call, void *self, track_mode_t a, const track_mode_t *b,
				     const track_mode_t c[2], const track_mode_t *d, uint32_t d_count,
				     const track_mode_t *h, uint32_t h_count);
	cdrpc_status (*track_position)(struct cdrpc_call *call, void *self, const struct track_position *a,
				       const struct track_position *b, const struct track_position c[2],
				       const struct track_position *d, const struct track_position *f);
	cdrpc_status (*track_choice)(struct cdrpc_call *call, void *self, const struct track_choice *a,
				     const struct track_choice *b, const struct track_choice *c, uint32_t c_count);
	void (*choice)(struct cdrpc_call *call, void *self, const struct track_choice *choice);
	cdrpc_status (*list)(struct cdrpc_call *call, void *self);
	cdrpc_status (*list_pending)(struct cdrpc_call *call, void *self);
	cdrpc_status (*list_outputs)(struct cdrpc_call *call, void *self, uint32_t client_);
	cdrpc_status (*on_list)(struct cdrpc_call *call, void *self, cdrpc_handle done);
	void (*list_on)(struct cdrpc_call *call, void *self);
	cdrpc_status (*on_list_on)(struct cdrpc_call *call, void *self, cdrpc_handle done);
	cdrpc_status (*client_)(struct cdrpc_call *call, void *self);
	cdrpc_status (*track_library_client)(struct cdrpc_call *call, void *self);
	void (*track_library_server)(struct cdrpc_call *call, void *self, uint32_t count);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status track_library_serve(struct cdrpc_server *server, const struct track_library_handlers *handlers,
				 void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status track_library_track_reply(struct cdrpc_call *call, const struct track *found, const struct track *others,
				       uint32_t others_count);
cdrpc_status track_library_track_mode_t_reply(struct cdrpc_call *call, track_mode_t e, const track_mode_t *f,
					      const track_mode_t g[2], const track_mode_t *h, uint32_t h_count);
cdrpc_status track_library_track_position_reply(struct cdrpc_call *call, const struct track_position *d,
						const struct track_position e[2]);
cdrpc_status track_library_track_choice_reply(struct cdrpc_call *call, const struct track_choice *b);
cdrpc_status track_library_list_reply(struct cdrpc_call *call, const struct track *tracks, uint32_t tracks_count);
cdrpc_status track_library_list_pending_reply(struct cdrpc_call *call, uint32_t count);
cdrpc_status track_library_track_library_client_reply(struct cdrpc_call *call, uint32_t count);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status track_library_emit_track_changed(struct cdrpc_server *server, struct cdrpc_peer *to,
					      const struct track *track_, track_mode_t mode,
					      const struct track_position positions[2]);
cdrpc_status track_library_emit_mode(struct cdrpc_server *server, struct cdrpc_peer *to, const track_mode_t *mode,
				     const struct track_choice *choices, uint32_t choices_count);
cdrpc_status track_library_emit_track_library_listener(struct cdrpc_server *server, struct cdrpc_peer *to,
						       uint32_t count);

/* ---- Emit ---- */

/*
 * Any thread emits; the client's thread listens, and hears. track_emit_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface track_emit_interface;

/* What a client of Emit listens to; a NULL member is not subscribed. */
struct track_emit_events {
	/* event emit_server() @1; */
	void (*emit_server)(void *self);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status track_emit_listen(struct cdrpc_client *client, const struct track_emit_events *events, void *self);

/* The interface has events only. */
cdrpc_status track_emit_serve(struct cdrpc_server *server);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status track_emit_emit_emit_server(struct cdrpc_server *server, struct cdrpc_peer *to);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void track_write(struct cdrpc_writer *w, const struct track *track);
void track_read(struct cdrpc_reader *r, struct track *track);
extern const struct cdrpc_shape track_shape;
void track_position_write(struct cdrpc_writer *w, const struct track_position *position);
void track_choice_write(struct cdrpc_writer *w, const struct track_choice *choice);
void track_choice_read(struct cdrpc_reader *r, struct track_choice *choice);
extern const struct cdrpc_shape track_choice_shape;
/* Where methods and events stand in the tables of track_library_interface. */
enum {
	track_library_track_in_table,
	track_library_track_mode_t_in_table,
	track_library_track_position_in_table,
	track_library_track_choice_in_table,
	track_library_choice_in_table,
	track_library_emit_track_changed_in_table,
	track_library_emit_mode_in_table,
	track_library_list_in_table,
	track_library_list_pending_in_table,
	track_library_list_outputs_in_table,
	track_library_on_list_in_table,
	track_library_list_on_in_table,
	track_library_on_list_on_in_table,
	track_library_client_in_table,
	track_library_track_library_client_in_table,
	track_library_track_library_server_in_table,
	track_library_emit_track_library_listener_in_table
};

/* Where methods and events stand in the tables of track_emit_interface. */
enum {
	track_emit_emit_emit_server_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
