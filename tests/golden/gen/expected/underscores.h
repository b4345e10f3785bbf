/*
 * C header of module test_.small, written by cdidl from underscores.cdidl. Changes belong there.
 *
 * Names that end in '_', as they are or because they would be keywords or macros. What is made of them has no "__" in it.
 */
#ifndef CDIDL_5test_5small_H
#define CDIDL_5test_5small_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t small_state_t;		/* open: a value not listed here is possible */
enum {
	SMALL_STATE_OFF_ = 0,
	SMALL_STATE_ON = 1
};
/* "Off_" and so on; NULL for a value not listed. */
const char *small_state_name(small_state_t state_);

typedef uint8_t small_codec_t;		/* strict: only the values below are possible */
enum {
	SMALL_CODEC_PCM = 0
};
/* "Pcm" and so on; NULL for a value not listed. */
const char *small_codec_name(small_codec_t codec_);

typedef uint32_t small_caps_t;
#define SMALL_CAPS_SEEK (UINT32_C(1) << 0)

enum {
	SMALL_FAILURE_GONE_ = 1
};
/* "Gone_" and so on; NULL for a status that is none of these. */
const char *small_failure_name(cdrpc_status status);
/* The same, or what cdrpc_status_name() says: for any status, never NULL. */
const char *small_failure_status_text(cdrpc_status status);

struct small_pair_ {
	bool near_;
	small_state_t state_;
	uint32_t far_[2];
};

struct small_row_ {
	const uint32_t *union_;		/* 1, <= 4 */
	uint32_t union_count;
	const char *const *names_;	/* 2, <= 4 of <= 8 bytes */
	uint32_t names_count;
	const struct small_row_ *near_;	/* 3, <= 2, optional: NULL is absent */
	uint32_t near_count;
	const struct small_pair_ *pairs_; /* 4, <= 2 */
	uint32_t pairs_count;
	struct cdrpc_bytes data_;	/* 5, <= 8 bytes */
};

enum {
	SMALL_PICK_NUMBER_ = 1,
	SMALL_PICK_ROW = 2
};
struct small_pick_ {
	uint32_t kind;			/* SMALL_PICK_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t number_;	/* 1 */
		const struct small_row_ *row; /* 2 */
	} as;
};

/* ---- Small ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. A oneway is sent by the thread that has
 * connected the client; its handler runs on a thread of the server's. Any thread emits; the client's thread
 * listens, and hears. small__serve comes before the server is started.
 */
extern const struct cdrpc_interface small_interface;

/* delete(u32[<=4] union, inout Row_[<=2] near, bytes[<=8] data_, out Pick_ pick_) fails Failure_ @1; */
cdrpc_status small_delete(struct cdrpc_client *client, const uint32_t *union_, uint32_t union_count,
			  const struct small_row_ *near_, uint32_t near_count, struct cdrpc_bytes data_,
			  const struct small_row_ **ret_near_, uint32_t *ret_near_count, struct small_pick_ *ret_pick_,
			  struct cdrpc_reply *reply);
cdrpc_status small_delete_begin(struct cdrpc_client *client, const uint32_t *union_, uint32_t union_count,
				const struct small_row_ *near_, uint32_t near_count, struct cdrpc_bytes data_,
				struct cdrpc_pending **ret_pending);
cdrpc_status small_delete_finish(struct cdrpc_pending *pending, const struct small_row_ **ret_near_,
				 uint32_t *ret_near_count, struct small_pick_ *ret_pick_, struct cdrpc_reply *reply);

/* open_(u32 w, u32 w_, u32 i, u32 i_, Codec_[<=4] codecs_, out Row_[<=2] rows_, out u32[<=2] union) @2; */
cdrpc_status small_open_(struct cdrpc_client *client, uint32_t w, uint32_t w_, uint32_t i, uint32_t i_,
			 const small_codec_t *codecs_, uint32_t codecs_count, const struct small_row_ **ret_rows_,
			 uint32_t *ret_rows_count, const uint32_t **ret_union_, uint32_t *ret_union_count,
			 struct cdrpc_reply *reply);
cdrpc_status small_open_begin(struct cdrpc_client *client, uint32_t w, uint32_t w_, uint32_t i, uint32_t i_,
			      const small_codec_t *codecs_, uint32_t codecs_count, struct cdrpc_pending **ret_pending);
cdrpc_status small_open_finish(struct cdrpc_pending *pending, const struct small_row_ **ret_rows_,
			       uint32_t *ret_rows_count, const uint32_t **ret_union_, uint32_t *ret_union_count,
			       struct cdrpc_reply *reply);

/* register(handle<event: sync> event_, Caps_ caps_) @3; */
cdrpc_status small_register(struct cdrpc_client *client, cdrpc_handle event_, small_caps_t caps_);
cdrpc_status small_register_begin(struct cdrpc_client *client, cdrpc_handle event_, small_caps_t caps_,
				  struct cdrpc_pending **ret_pending);
cdrpc_status small_register_finish(struct cdrpc_pending *pending);

/* oneway say_(string[<=8] text_) @4; */
cdrpc_status small_say_(struct cdrpc_client *client, const char *text_);

/* What a client of Small listens to; a NULL member is not subscribed. */
struct small_events {
	/* event case(u32[<=2] near, Row_? row_) @5; */
	void (*case_)(void *self, const uint32_t *near_, uint32_t near_count, const struct small_row_ *row_);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status small_listen(struct cdrpc_client *client, const struct small_events *events, void *self);

/* What a server of Small does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct small_handlers {
	cdrpc_status (*delete_)(struct cdrpc_call *call, void *self, const uint32_t *union_, uint32_t union_count,
				const struct small_row_ *near_, uint32_t near_count, struct cdrpc_bytes data_);
	cdrpc_status (*open_)(struct cdrpc_call *call, void *self, uint32_t w, uint32_t w_, uint32_t i, uint32_t i_,
			      const small_codec_t *codecs_, uint32_t codecs_count);
	cdrpc_status (*register_)(struct cdrpc_call *call, void *self, cdrpc_handle event_, small_caps_t caps_);
	void (*say_)(struct cdrpc_call *call, void *self, const char *text_);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status small_serve(struct cdrpc_server *server, const struct small_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status small_delete_reply(struct cdrpc_call *call, const struct small_row_ *near_, uint32_t near_count,
				const struct small_pick_ *pick_);
cdrpc_status small_open_reply(struct cdrpc_call *call, const struct small_row_ *rows_, uint32_t rows_count,
			      const uint32_t *union_, uint32_t union_count);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status small_emit_case(struct cdrpc_server *server, struct cdrpc_peer *to, const uint32_t *near_,
			     uint32_t near_count, const struct small_row_ *row_);

/* ---- Other_ ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. Any thread emits; the client's thread
 * listens, and hears. small_other__serve comes before the server is started.
 */
extern const struct cdrpc_interface small_other_interface;

/* ask_() @1; */
cdrpc_status small_other_ask_(struct cdrpc_client *client);
cdrpc_status small_other_ask_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status small_other_ask_finish(struct cdrpc_pending *pending);

/* What a client of Other_ listens to; a NULL member is not subscribed. */
struct small_other_events {
	/* event tell_(Pair_ pair_) @2; */
	void (*tell_)(void *self, const struct small_pair_ *pair_);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status small_other_listen(struct cdrpc_client *client, const struct small_other_events *events, void *self);

/* What a server of Other_ does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct small_other_handlers {
	cdrpc_status (*ask_)(struct cdrpc_call *call, void *self);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status small_other_serve(struct cdrpc_server *server, const struct small_other_handlers *handlers, void *self);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status small_other_emit_tell_(struct cdrpc_server *server, struct cdrpc_peer *to,
				    const struct small_pair_ *pair_);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool small_codec_valid(small_codec_t codec_);
bool small_pair_valid(const struct small_pair_ *pair_);
void small_pair_write(struct cdrpc_writer *w, const struct small_pair_ *pair_);
void small_row_write(struct cdrpc_writer *w, const struct small_row_ *row_);
void small_row_read(struct cdrpc_reader *r, struct small_row_ *row_);
extern const struct cdrpc_shape small_row_shape;
void small_pick_write(struct cdrpc_writer *w, const struct small_pick_ *pick_);
void small_pick_read(struct cdrpc_reader *r, struct small_pick_ *pick_);
extern const struct cdrpc_shape small_pick_shape;
/* Where methods and events stand in the tables of small_interface. */
enum {
	small_delete_in_table,
	small_open_in_table,
	small_register_in_table,
	small_say_in_table,
	small_emit_case_in_table
};

/* Where methods and events stand in the tables of small_other_interface. */
enum {
	small_other_ask_in_table,
	small_other_emit_tell_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
