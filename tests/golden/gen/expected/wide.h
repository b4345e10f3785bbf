/*
 * C header of module test.wide, written by cdidl from wide.cdidl. Changes belong there.
 *
 * The same on the wire as narrow.cdidl, but for what that refuses: longer bounds, open sets, bytes for bools.
 */
#ifndef CDIDL_4test_4wide_H
#define CDIDL_4test_4wide_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t wide_mode_t;		/* open: a value not listed here is possible */
enum {
	WIDE_MODE_OFF = 1,
	WIDE_MODE_ON = 2
};
/* "Off" and so on; NULL for a value not listed. */
const char *wide_mode_name(wide_mode_t mode);

enum {
	WIDE_ANY_NUMBER = 1,
	WIDE_ANY_TEXT = 2,
	WIDE_ANY_MORE = 3
};
struct wide_any {
	uint32_t kind;			/* WIDE_ANY_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t number;	/* 1 */
		const char *text;	/* 2, <= 20 bytes */
		uint8_t more;		/* 3 */
	} as;
};

struct wide_pair {
	uint8_t flag;
	wide_mode_t mode;
	uint16_t rest;
};

struct wide_box {
	const char *text;		/* 1, <= 20 bytes */
	const uint32_t *list;		/* 2, <= 20 */
	uint32_t list_count;
	const char *const *texts;	/* 3, <= 20 of <= 20 bytes */
	uint32_t texts_count;
	struct cdrpc_bytes data;	/* 4, <= 20 bytes */
	uint8_t flag;			/* 5 */
	uint32_t little;		/* 6 */
	int32_t negative;		/* 7 */
	wide_mode_t mode;		/* 8 */
	struct wide_any any;		/* 9 */
	const wide_mode_t *maybe;	/* 10, optional: NULL is absent */
	struct wide_pair pair;		/* 11 */
	uint8_t two[2];			/* 12 */
};

/* ---- Wide ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. wide_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface wide_interface;

/* text(string[<=20] x) @1; */
cdrpc_status wide_text(struct cdrpc_client *client, const char *x);
cdrpc_status wide_text_begin(struct cdrpc_client *client, const char *x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_text_finish(struct cdrpc_pending *pending);

/* wide(wstring[<=20] x) @2; */
cdrpc_status wide_wide(struct cdrpc_client *client, const cdrpc_wchar *x);
cdrpc_status wide_wide_begin(struct cdrpc_client *client, const cdrpc_wchar *x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_wide_finish(struct cdrpc_pending *pending);

/* data(bytes[<=20] x) @3; */
cdrpc_status wide_data(struct cdrpc_client *client, struct cdrpc_bytes x);
cdrpc_status wide_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_data_finish(struct cdrpc_pending *pending);

/* list(u32[<=20] x) @4; */
cdrpc_status wide_list(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count);
cdrpc_status wide_list_begin(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count,
			     struct cdrpc_pending **ret_pending);
cdrpc_status wide_list_finish(struct cdrpc_pending *pending);

/* texts(string[<=20][<=20] x) @5; */
cdrpc_status wide_texts(struct cdrpc_client *client, const char *const *x, uint32_t x_count);
cdrpc_status wide_texts_begin(struct cdrpc_client *client, const char *const *x, uint32_t x_count,
			      struct cdrpc_pending **ret_pending);
cdrpc_status wide_texts_finish(struct cdrpc_pending *pending);

/* mode(Mode x) @6; */
cdrpc_status wide_mode(struct cdrpc_client *client, wide_mode_t x);
cdrpc_status wide_mode_begin(struct cdrpc_client *client, wide_mode_t x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_mode_finish(struct cdrpc_pending *pending);

/* modes(Mode[<=20] x) @7; */
cdrpc_status wide_modes(struct cdrpc_client *client, const wide_mode_t *x, uint32_t x_count);
cdrpc_status wide_modes_begin(struct cdrpc_client *client, const wide_mode_t *x, uint32_t x_count,
			      struct cdrpc_pending **ret_pending);
cdrpc_status wide_modes_finish(struct cdrpc_pending *pending);

/* fixed_modes(Mode[3] x) @8; */
cdrpc_status wide_fixed_modes(struct cdrpc_client *client, const wide_mode_t x[3]);
cdrpc_status wide_fixed_modes_begin(struct cdrpc_client *client, const wide_mode_t x[3],
				    struct cdrpc_pending **ret_pending);
cdrpc_status wide_fixed_modes_finish(struct cdrpc_pending *pending);

/* choice(Any x) @9; */
cdrpc_status wide_choice(struct cdrpc_client *client, const struct wide_any *x);
cdrpc_status wide_choice_begin(struct cdrpc_client *client, const struct wide_any *x,
			       struct cdrpc_pending **ret_pending);
cdrpc_status wide_choice_finish(struct cdrpc_pending *pending);

/* flag(u8 x) @10; */
cdrpc_status wide_flag(struct cdrpc_client *client, uint8_t x);
cdrpc_status wide_flag_begin(struct cdrpc_client *client, uint8_t x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_flag_finish(struct cdrpc_pending *pending);

/* flags(u8[<=20] x) @11; */
cdrpc_status wide_flags(struct cdrpc_client *client, const uint8_t *x, uint32_t x_count);
cdrpc_status wide_flags_begin(struct cdrpc_client *client, const uint8_t *x, uint32_t x_count,
			      struct cdrpc_pending **ret_pending);
cdrpc_status wide_flags_finish(struct cdrpc_pending *pending);

/* fixed_flags(u8[3] x) @12; */
cdrpc_status wide_fixed_flags(struct cdrpc_client *client, const uint8_t x[3]);
cdrpc_status wide_fixed_flags_begin(struct cdrpc_client *client, const uint8_t x[3],
				    struct cdrpc_pending **ret_pending);
cdrpc_status wide_fixed_flags_finish(struct cdrpc_pending *pending);

/* one_pair(Pair x) @13; */
cdrpc_status wide_one_pair(struct cdrpc_client *client, const struct wide_pair *x);
cdrpc_status wide_one_pair_begin(struct cdrpc_client *client, const struct wide_pair *x,
				 struct cdrpc_pending **ret_pending);
cdrpc_status wide_one_pair_finish(struct cdrpc_pending *pending);

/* pairs(Pair[<=20] x) @14; */
cdrpc_status wide_pairs(struct cdrpc_client *client, const struct wide_pair *x, uint32_t x_count);
cdrpc_status wide_pairs_begin(struct cdrpc_client *client, const struct wide_pair *x, uint32_t x_count,
			      struct cdrpc_pending **ret_pending);
cdrpc_status wide_pairs_finish(struct cdrpc_pending *pending);

/* maybe_flag(u8? x) @15; */
cdrpc_status wide_maybe_flag(struct cdrpc_client *client, const uint8_t *x);
cdrpc_status wide_maybe_flag_begin(struct cdrpc_client *client, const uint8_t *x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_maybe_flag_finish(struct cdrpc_pending *pending);

/* maybe_mode(Mode? x) @16; */
cdrpc_status wide_maybe_mode(struct cdrpc_client *client, const wide_mode_t *x);
cdrpc_status wide_maybe_mode_begin(struct cdrpc_client *client, const wide_mode_t *x,
				   struct cdrpc_pending **ret_pending);
cdrpc_status wide_maybe_mode_finish(struct cdrpc_pending *pending);

/* maybe_pair(Pair? x) @17; */
cdrpc_status wide_maybe_pair(struct cdrpc_client *client, const struct wide_pair *x);
cdrpc_status wide_maybe_pair_begin(struct cdrpc_client *client, const struct wide_pair *x,
				   struct cdrpc_pending **ret_pending);
cdrpc_status wide_maybe_pair_finish(struct cdrpc_pending *pending);

/* store(Box x) @18; */
cdrpc_status wide_store(struct cdrpc_client *client, const struct wide_box *x);
cdrpc_status wide_store_begin(struct cdrpc_client *client, const struct wide_box *x,
			      struct cdrpc_pending **ret_pending);
cdrpc_status wide_store_finish(struct cdrpc_pending *pending);

/* file(handle<file: read, write> x) @19; */
cdrpc_status wide_file(struct cdrpc_client *client, cdrpc_handle x);
cdrpc_status wide_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_file_finish(struct cdrpc_pending *pending);

/* maybe_file(handle<file: read>? x) @20; */
cdrpc_status wide_maybe_file(struct cdrpc_client *client, cdrpc_handle x);
cdrpc_status wide_maybe_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending);
cdrpc_status wide_maybe_file_finish(struct cdrpc_pending *pending);

/* more(u32 x, u32 y) @21; */
cdrpc_status wide_more(struct cdrpc_client *client, uint32_t x, uint32_t y);
cdrpc_status wide_more_begin(struct cdrpc_client *client, uint32_t x, uint32_t y, struct cdrpc_pending **ret_pending);
cdrpc_status wide_more_finish(struct cdrpc_pending *pending);

/* more_data(bytes[<=20] x, bytes[<=20] y) @22; */
cdrpc_status wide_more_data(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_bytes y);
cdrpc_status wide_more_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_bytes y,
				  struct cdrpc_pending **ret_pending);
cdrpc_status wide_more_data_finish(struct cdrpc_pending *pending);

/* What a server of Wide does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct wide_handlers {
	cdrpc_status (*text)(struct cdrpc_call *call, void *self, const char *x);
	cdrpc_status (*wide)(struct cdrpc_call *call, void *self, const cdrpc_wchar *x);
	cdrpc_status (*data)(struct cdrpc_call *call, void *self, struct cdrpc_bytes x);
	cdrpc_status (*list)(struct cdrpc_call *call, void *self, const uint32_t *x, uint32_t x_count);
	cdrpc_status (*texts)(struct cdrpc_call *call, void *self, const char *const *x, uint32_t x_count);
	cdrpc_status (*mode)(struct cdrpc_call *call, void *self, wide_mode_t x);
	cdrpc_status (*modes)(struct cdrpc_call *call, void *self, const wide_mode_t *x, uint32_t x_count);
	cdrpc_status (*fixed_modes)(struct cdrpc_call *call, void *self, const wide_mode_t x[3]);
	cdrpc_status (*choice)(struct cdrpc_call *call, void *self, const struct wide_any *x);
	cdrpc_status (*flag)(struct cdrpc_call *call, void *self, uint8_t x);
	cdrpc_status (*flags)(struct cdrpc_call *call, void *self, const uint8_t *x, uint32_t x_count);
	cdrpc_status (*fixed_flags)(struct cdrpc_call *call, void *self, const uint8_t x[3]);
	cdrpc_status (*one_pair)(struct cdrpc_call *call, void *self, const struct wide_pair *x);
	cdrpc_status (*pairs)(struct cdrpc_call *call, void *self, const struct wide_pair *x, uint32_t x_count);
	cdrpc_status (*maybe_flag)(struct cdrpc_call *call, void *self, const uint8_t *x);
	cdrpc_status (*maybe_mode)(struct cdrpc_call *call, void *self, const wide_mode_t *x);
	cdrpc_status (*maybe_pair)(struct cdrpc_call *call, void *self, const struct wide_pair *x);
	cdrpc_status (*store)(struct cdrpc_call *call, void *self, const struct wide_box *x);
	cdrpc_status (*file)(struct cdrpc_call *call, void *self, cdrpc_handle x);
	cdrpc_status (*maybe_file)(struct cdrpc_call *call, void *self, cdrpc_handle x);
	cdrpc_status (*more)(struct cdrpc_call *call, void *self, uint32_t x, uint32_t y);
	cdrpc_status (*more_data)(struct cdrpc_call *call, void *self, struct cdrpc_bytes x, struct cdrpc_bytes y);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status wide_serve(struct cdrpc_server *server, const struct wide_handlers *handlers, void *self);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void wide_any_write(struct cdrpc_writer *w, const struct wide_any *any);
void wide_any_read(struct cdrpc_reader *r, struct wide_any *any);
extern const struct cdrpc_shape wide_any_shape;
void wide_box_write(struct cdrpc_writer *w, const struct wide_box *box);
void wide_box_read(struct cdrpc_reader *r, struct wide_box *box);
extern const struct cdrpc_shape wide_box_shape;
/* Where methods and events stand in the tables of wide_interface. */
enum {
	wide_text_in_table,
	wide_wide_in_table,
	wide_data_in_table,
	wide_list_in_table,
	wide_texts_in_table,
	wide_mode_in_table,
	wide_modes_in_table,
	wide_fixed_modes_in_table,
	wide_choice_in_table,
	wide_flag_in_table,
	wide_flags_in_table,
	wide_fixed_flags_in_table,
	wide_one_pair_in_table,
	wide_pairs_in_table,
	wide_maybe_flag_in_table,
	wide_maybe_mode_in_table,
	wide_maybe_pair_in_table,
	wide_store_in_table,
	wide_file_in_table,
	wide_maybe_file_in_table,
	wide_more_in_table,
	wide_more_data_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
