/* C header of module test.names, written by cdidl from names.cdidl. Changes belong there. */
#ifndef CDIDL_4test_5names_H
#define CDIDL_4test_5names_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

#define nm_the_limit UINT32_C(3)
#define NM_TWICE UINT32_C(4)

typedef uint8_t nm_http_server_t;	/* open: a value not listed here is possible */
enum {
	NM_HTTP_SERVER_UTF8_TEXT = 1,
	NM_SPECIAL = 2,
	NM_HTTP_SERVER_IO_ERROR = 3
};
/* "UTF8Text" and so on; NULL for a value not listed. */
const char *nm_http_server_name(nm_http_server_t http_server);

struct nm_near {
	uint32_t near_;
	uint32_t small_;
	uint32_t far_;
	uint32_t errno_;
	uint32_t flags;
};

struct nm_cdrpc {
	uint32_t cdrpc_status_;
	uint32_t uint32_t_;
	uint32_t edt1_;
	uint32_t other;
};

struct nm_w {
	uint32_t w;			/* 1 */
	const char *const *items;	/* 2, <= 4 of <= 4 bytes */
	uint32_t items_count;
	const uint32_t *item;		/* 3, optional: NULL is absent */
	float bits;			/* 4 */
	const struct nm_w *table;	/* 5, optional: NULL is absent */
};

struct nm_class {
	uint32_t class_;		/* 1 */
	uint32_t size;			/* 2 */
	uint32_t second;		/* 3 */
};

enum {
	NM_R_RECORD = 1,
	NM_R_TEMPLATE = 2,
	NM_R_THIRD = 3
};
struct nm_r {
	uint32_t kind;			/* NM_R_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t record;	/* 1 */
		const char *template_;	/* 2, <= 4 bytes */
		uint32_t third;		/* 3 */
	} as;
};

struct nm_words {
	uint32_t interface_;		/* 1 */
	uint32_t struct_;		/* 2 */
	const uint32_t *union_;		/* 3, <= 2 */
	uint32_t union_count;
	const uint32_t *enum_;		/* 4, optional: NULL is absent */
	uint32_t const_;		/* 5 */
	uint32_t event;			/* 6 */
};

/* ---- Nm ---- */

/*
 * Its parameters are the generator's own names.
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. Any thread emits; the client's thread
 * listens, and hears. nm_serve comes before the server is started.
 */
extern const struct cdrpc_interface nm_interface;

/*
 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
 *     out string[<=4][<=4] outs) @1;
 */
cdrpc_status nm_own(struct cdrpc_client *client_, uint32_t client, uint32_t call, uint32_t self, uint32_t reply,
		    uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n,
		    uint32_t status, uint32_t to, uint32_t handlers, uint32_t events, uint32_t server, uint32_t w_,
		    const char *const *texts, uint32_t texts_count, const char *const **ret_outs,
		    uint32_t *ret_outs_count, struct cdrpc_reply *reply_);
cdrpc_status nm_own_begin(struct cdrpc_client *client_, uint32_t client, uint32_t call, uint32_t self, uint32_t reply,
			  uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n,
			  uint32_t status, uint32_t to, uint32_t handlers, uint32_t events, uint32_t server,
			  uint32_t w_, const char *const *texts, uint32_t texts_count,
			  struct cdrpc_pending **ret_pending_);
cdrpc_status nm_own_finish(struct cdrpc_pending *pending_, const char *const **ret_outs, uint32_t *ret_outs_count,
			   struct cdrpc_reply *reply_);

/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
cdrpc_status nm_export(struct cdrpc_client *client, uint32_t int_, uint32_t new_, uint32_t stdin_,
		       uint32_t *ret_memcpy_, uint32_t *ret_nm_export_);
cdrpc_status nm_export_begin(struct cdrpc_client *client, uint32_t int_, uint32_t new_, uint32_t stdin_,
			     struct cdrpc_pending **ret_pending);
cdrpc_status nm_export_finish(struct cdrpc_pending *pending, uint32_t *ret_memcpy_, uint32_t *ret_nm_export_);

/* HTTPGet(u32 URL) @3; */
cdrpc_status nm_other_name(struct cdrpc_client *client, uint32_t url);
cdrpc_status nm_other_name_begin(struct cdrpc_client *client, uint32_t url, struct cdrpc_pending **ret_pending);
cdrpc_status nm_other_name_finish(struct cdrpc_pending *pending);

/* register(u32 x) @4; */
cdrpc_status unprefixed(struct cdrpc_client *client, uint32_t x);
cdrpc_status unprefixed_begin(struct cdrpc_client *client, uint32_t x, struct cdrpc_pending **ret_pending);
cdrpc_status unprefixed_finish(struct cdrpc_pending *pending);

/* interface2() @7; */
cdrpc_status nm_interface2(struct cdrpc_client *client);
cdrpc_status nm_interface2_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status nm_interface2_finish(struct cdrpc_pending *pending);

/* keyword(u32 interface, Words struct, u32[<=2] union, u32? enum, out u32 const, inout u32[2] table) @8; */
cdrpc_status nm_keyword(struct cdrpc_client *client, uint32_t interface_, const struct nm_words *struct_,
			const uint32_t *union_, uint32_t union_count, const uint32_t *enum_, const uint32_t table[2],
			uint32_t *ret_const_, uint32_t ret_table[2]);
cdrpc_status nm_keyword_begin(struct cdrpc_client *client, uint32_t interface_, const struct nm_words *struct_,
			      const uint32_t *union_, uint32_t union_count, const uint32_t *enum_,
			      const uint32_t table[2], struct cdrpc_pending **ret_pending);
cdrpc_status nm_keyword_finish(struct cdrpc_pending *pending, uint32_t *ret_const_, uint32_t ret_table[2]);

/* What a client of Nm listens to; a NULL member is not subscribed. */
struct nm_events {
	/* event default(u32 self, u32 events, u32 to, u32 r) @5; */
	void (*default_)(void *self_, uint32_t self, uint32_t events, uint32_t to, uint32_t r);
	/* event case(u32 server, u32 w) @6; */
	void (*nm_tell)(void *self, uint32_t server, uint32_t w);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status nm_listen(struct cdrpc_client *client, const struct nm_events *events, void *self);

/* What a server of Nm does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct nm_handlers {
	cdrpc_status (*own)(struct cdrpc_call *call_, void *self_, uint32_t client, uint32_t call, uint32_t self,
			    uint32_t reply, uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i,
			    uint32_t n, uint32_t status, uint32_t to, uint32_t handlers, uint32_t events,
			    uint32_t server, uint32_t w_, const char *const *texts, uint32_t texts_count);
	cdrpc_status (*export_)(struct cdrpc_call *call, void *self, uint32_t int_, uint32_t new_, uint32_t stdin_);
	cdrpc_status (*other_name)(struct cdrpc_call *call, void *self, uint32_t url);
	cdrpc_status (*unprefixed)(struct cdrpc_call *call, void *self, uint32_t x);
	cdrpc_status (*interface2)(struct cdrpc_call *call, void *self);
	cdrpc_status (*keyword)(struct cdrpc_call *call, void *self, uint32_t interface_,
				const struct nm_words *struct_, const uint32_t *union_, uint32_t union_count,
				const uint32_t *enum_, const uint32_t table[2]);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status nm_serve(struct cdrpc_server *server, const struct nm_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status nm_own_reply(struct cdrpc_call *call_, const char *const *outs, uint32_t outs_count);
cdrpc_status nm_export_reply(struct cdrpc_call *call, uint32_t memcpy_, uint32_t nm_export_);
cdrpc_status nm_keyword_reply(struct cdrpc_call *call, uint32_t const_, const uint32_t table[2]);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status nm_emit_default(struct cdrpc_server *server, struct cdrpc_peer *to_, uint32_t self, uint32_t events,
			     uint32_t to, uint32_t r);
cdrpc_status nm_tell(struct cdrpc_server *server_, struct cdrpc_peer *to, uint32_t server, uint32_t w);

/* ---- Second ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. nm_second_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface nm_second_interface;

/* own() @1; */
cdrpc_status nm_second_own(struct cdrpc_client *client);
cdrpc_status nm_second_own_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status nm_second_own_finish(struct cdrpc_pending *pending);

/* cdrpc(u32 cdrpc, out u32 std) @2; */
cdrpc_status nm_second_cdrpc(struct cdrpc_client *client, uint32_t cdrpc_, uint32_t *ret_std);
cdrpc_status nm_second_cdrpc_begin(struct cdrpc_client *client, uint32_t cdrpc_, struct cdrpc_pending **ret_pending);
cdrpc_status nm_second_cdrpc_finish(struct cdrpc_pending *pending, uint32_t *ret_std);

/* What a server of Second does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct nm_second_handlers {
	cdrpc_status (*own)(struct cdrpc_call *call, void *self);
	cdrpc_status (*cdrpc_)(struct cdrpc_call *call, void *self, uint32_t cdrpc_);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status nm_second_serve(struct cdrpc_server *server, const struct nm_second_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status nm_second_cdrpc_reply(struct cdrpc_call *call, uint32_t std);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void nm_w_write(struct cdrpc_writer *w, const struct nm_w *value);
void nm_w_read(struct cdrpc_reader *r, struct nm_w *value);
extern const struct cdrpc_shape nm_w_shape;
void nm_class_write(struct cdrpc_writer *w, const struct nm_class *value);
void nm_class_read(struct cdrpc_reader *r, struct nm_class *value);
extern const struct cdrpc_shape nm_class_shape;
void nm_r_write(struct cdrpc_writer *w, const struct nm_r *value);
void nm_r_read(struct cdrpc_reader *r, struct nm_r *value);
extern const struct cdrpc_shape nm_r_shape;
void nm_words_write(struct cdrpc_writer *w, const struct nm_words *words);
void nm_words_read(struct cdrpc_reader *r, struct nm_words *words);
extern const struct cdrpc_shape nm_words_shape;
/* Where methods and events stand in the tables of nm_interface. */
enum {
	nm_own_in_table,
	nm_export_in_table,
	nm_other_name_in_table,
	unprefixed_in_table,
	nm_emit_default_in_table,
	nm_tell_in_table,
	nm_interface2_in_table,
	nm_keyword_in_table
};

/* Where methods and events stand in the tables of nm_second_interface. */
enum {
	nm_second_own_in_table,
	nm_second_cdrpc_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
