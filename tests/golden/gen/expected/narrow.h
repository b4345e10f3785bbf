/*
 * C header of module test.narrow, written by cdidl from narrow.cdidl. Changes belong there.
 *
 * What wide.cdidl sends, this may refuse.
 */
#ifndef CDIDL_4test_6narrow_H
#define CDIDL_4test_6narrow_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t narrow_mode_t;		/* strict: only the values below are possible */
enum {
	NARROW_MODE_OFF = 1,
	NARROW_MODE_ON = 2
};
/* "Off" and so on; NULL for a value not listed. */
const char *narrow_mode_name(narrow_mode_t mode);

enum {
	NARROW_ANY_NUMBER = 1,
	NARROW_ANY_TEXT = 2
};
struct narrow_any {
	uint32_t kind;			/* NARROW_ANY_*; 0 is none */
	union {
		uint32_t number;	/* 1 */
		const char *text;	/* 2, <= 4 bytes */
	} as;
};

struct narrow_pair {
	bool flag;
	narrow_mode_t mode;
	uint16_t rest;
};

struct narrow_box {
	const char *text;		/* 1, <= 4 bytes */
	const uint32_t *list;		/* 2, <= 4 */
	uint32_t list_count;
	const char *const *texts;	/* 3, <= 4 of <= 4 bytes */
	uint32_t texts_count;
	struct cdrpc_bytes data;	/* 4, <= 4 bytes */
	bool flag;			/* 5 */
	uint16_t little;		/* 6 */
	int8_t negative;		/* 7 */
	narrow_mode_t mode;		/* 8, 0 when absent */
	struct narrow_any any;		/* 9 */
	const narrow_mode_t *maybe;	/* 10, optional: NULL is absent */
	struct narrow_pair pair;	/* 11 */
	bool two[2];			/* 12 */
};

/* ---- Narrow ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. narrow_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface narrow_interface;

/* text(string[<=4] x) @1; */
cdrpc_status narrow_text(struct cdrpc_client *client, const char *x);
cdrpc_status narrow_text_begin(struct cdrpc_client *client, const char *x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_text_finish(struct cdrpc_pending *pending);

/* wide(wstring[<=4] x) @2; */
cdrpc_status narrow_wide(struct cdrpc_client *client, const cdrpc_wchar *x);
cdrpc_status narrow_wide_begin(struct cdrpc_client *client, const cdrpc_wchar *x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_wide_finish(struct cdrpc_pending *pending);

/* data(bytes[<=4] x) @3; */
cdrpc_status narrow_data(struct cdrpc_client *client, struct cdrpc_bytes x);
cdrpc_status narrow_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_data_finish(struct cdrpc_pending *pending);

/* list(u32[<=4] x) @4; */
cdrpc_status narrow_list(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count);
cdrpc_status narrow_list_begin(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count,
			       struct cdrpc_pending **ret_pending);
cdrpc_status narrow_list_finish(struct cdrpc_pending *pending);

/* texts(string[<=4][<=4] x) @5; */
cdrpc_status narrow_texts(struct cdrpc_client *client, const char *const *x, uint32_t x_count);
cdrpc_status narrow_texts_begin(struct cdrpc_client *client, const char *const *x, uint32_t x_count,
				struct cdrpc_pending **ret_pending);
cdrpc_status narrow_texts_finish(struct cdrpc_pending *pending);

/* mode(Mode x) @6; */
cdrpc_status narrow_mode(struct cdrpc_client *client, narrow_mode_t x);
cdrpc_status narrow_mode_begin(struct cdrpc_client *client, narrow_mode_t x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_mode_finish(struct cdrpc_pending *pending);

/* modes(Mode[<=4] x) @7; */
cdrpc_status narrow_modes(struct cdrpc_client *client, const narrow_mode_t *x, uint32_t x_count);
cdrpc_status narrow_modes_begin(struct cdrpc_client *client, const narrow_mode_t *x, uint32_t x_count,
				struct cdrpc_pending **ret_pending);
cdrpc_status narrow_modes_finish(struct cdrpc_pending *pending);

/* fixed_modes(Mode[3] x) @8; */
cdrpc_status narrow_fixed_modes(struct cdrpc_client *client, const narrow_mode_t x[3]);
cdrpc_status narrow_fixed_modes_begin(struct cdrpc_client *client, const narrow_mode_t x[3],
				      struct cdrpc_pending **ret_pending);
cdrpc_status narrow_fixed_modes_finish(struct cdrpc_pending *pending);

/* choice(Any x) @9; */
cdrpc_status narrow_choice(struct cdrpc_client *client, const struct narrow_any *x);
cdrpc_status narrow_choice_begin(struct cdrpc_client *client, const struct narrow_any *x,
				 struct cdrpc_pending **ret_pending);
cdrpc_status narrow_choice_finish(struct cdrpc_pending *pending);

/* flag(bool x) @10; */
cdrpc_status narrow_flag(struct cdrpc_client *client, bool x);
cdrpc_status narrow_flag_begin(struct cdrpc_client *client, bool x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_flag_finish(struct cdrpc_pending *pending);

/* flags(bool[<=4] x) @11; */
cdrpc_status narrow_flags(struct cdrpc_client *client, const bool *x, uint32_t x_count);
cdrpc_status narrow_flags_begin(struct cdrpc_client *client, const bool *x, uint32_t x_count,
				struct cdrpc_pending **ret_pending);
cdrpc_status narrow_flags_finish(struct cdrpc_pending *pending);

/* fixed_flags(bool[3] x) @12; */
cdrpc_status narrow_fixed_flags(struct cdrpc_client *client, const bool x[3]);
cdrpc_status narrow_fixed_flags_begin(struct cdrpc_client *client, const bool x[3], struct cdrpc_pending **ret_pending);
cdrpc_status narrow_fixed_flags_finish(struct cdrpc_pending *pending);

/* one_pair(Pair x) @13; */
cdrpc_status narrow_one_pair(struct cdrpc_client *client, const struct narrow_pair *x);
cdrpc_status narrow_one_pair_begin(struct cdrpc_client *client, const struct narrow_pair *x,
				   struct cdrpc_pending **ret_pending);
cdrpc_status narrow_one_pair_finish(struct cdrpc_pending *pending);

/* pairs(Pair[<=4] x) @14; */
cdrpc_status narrow_pairs(struct cdrpc_client *client, const struct narrow_pair *x, uint32_t x_count);
cdrpc_status narrow_pairs_begin(struct cdrpc_client *client, const struct narrow_pair *x, uint32_t x_count,
				struct cdrpc_pending **ret_pending);
cdrpc_status narrow_pairs_finish(struct cdrpc_pending *pending);

/* maybe_flag(bool? x) @15; */
cdrpc_status narrow_maybe_flag(struct cdrpc_client *client, const bool *x);
cdrpc_status narrow_maybe_flag_begin(struct cdrpc_client *client, const bool *x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_maybe_flag_finish(struct cdrpc_pending *pending);

/* maybe_mode(Mode? x) @16; */
cdrpc_status narrow_maybe_mode(struct cdrpc_client *client, const narrow_mode_t *x);
cdrpc_status narrow_maybe_mode_begin(struct cdrpc_client *client, const narrow_mode_t *x,
				     struct cdrpc_pending **ret_pending);
cdrpc_status narrow_maybe_mode_finish(struct cdrpc_pending *pending);

/* maybe_pair(Pair? x) @17; */
cdrpc_status narrow_maybe_pair(struct cdrpc_client *client, const struct narrow_pair *x);
cdrpc_status narrow_maybe_pair_begin(struct cdrpc_client *client, const struct narrow_pair *x,
				     struct cdrpc_pending **ret_pending);
cdrpc_status narrow_maybe_pair_finish(struct cdrpc_pending *pending);

/* store(Box x) @18; */
cdrpc_status narrow_store(struct cdrpc_client *client, const struct narrow_box *x);
cdrpc_status narrow_store_begin(struct cdrpc_client *client, const struct narrow_box *x,
				struct cdrpc_pending **ret_pending);
cdrpc_status narrow_store_finish(struct cdrpc_pending *pending);

/* file(handle<file: read> x) @19; */
cdrpc_status narrow_file(struct cdrpc_client *client, cdrpc_handle x);
cdrpc_status narrow_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_file_finish(struct cdrpc_pending *pending);

/* maybe_file(handle<file: read> x) @20; */
cdrpc_status narrow_maybe_file(struct cdrpc_client *client, cdrpc_handle x);
cdrpc_status narrow_maybe_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_maybe_file_finish(struct cdrpc_pending *pending);

/* more(u32 x) @21; */
cdrpc_status narrow_more(struct cdrpc_client *client, uint32_t x);
cdrpc_status narrow_more_begin(struct cdrpc_client *client, uint32_t x, struct cdrpc_pending **ret_pending);
cdrpc_status narrow_more_finish(struct cdrpc_pending *pending);

/* more_data(bytes[<=4] x) @22; */
cdrpc_status narrow_more_data(struct cdrpc_client *client, struct cdrpc_bytes x);
cdrpc_status narrow_more_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x,
				    struct cdrpc_pending **ret_pending);
cdrpc_status narrow_more_data_finish(struct cdrpc_pending *pending);

/* What a server of Narrow does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct narrow_handlers {
	cdrpc_status (*text)(struct cdrpc_call *call, void *self, const char *x);
	cdrpc_status (*wide)(struct cdrpc_call *call, void *self, const cdrpc_wchar *x);
	cdrpc_status (*data)(struct cdrpc_call *call, void *self, struct cdrpc_bytes x);
	cdrpc_status (*list)(struct cdrpc_call *call, void *self, const uint32_t *x, uint32_t x_count);
	cdrpc_status (*texts)(struct cdrpc_call *call, void *self, const char *const *x, uint32_t x_count);
	cdrpc_status (*mode)(struct cdrpc_call *call, void *self, narrow_mode_t x);
	cdrpc_status (*modes)(struct cdrpc_call *call, void *self, const narrow_mode_t *x, uint32_t x_count);
	cdrpc_status (*fixed_modes)(struct cdrpc_call *call, void *self, const narrow_mode_t x[3]);
	cdrpc_status (*choice)(struct cdrpc_call *call, void *self, const struct narrow_any *x);
	cdrpc_status (*flag)(struct cdrpc_call *call, void *self, bool x);
	cdrpc_status (*flags)(struct cdrpc_call *call, void *self, const bool *x, uint32_t x_count);
	cdrpc_status (*fixed_flags)(struct cdrpc_call *call, void *self, const bool x[3]);
	cdrpc_status (*one_pair)(struct cdrpc_call *call, void *self, const struct narrow_pair *x);
	cdrpc_status (*pairs)(struct cdrpc_call *call, void *self, const struct narrow_pair *x, uint32_t x_count);
	cdrpc_status (*maybe_flag)(struct cdrpc_call *call, void *self, const bool *x);
	cdrpc_status (*maybe_mode)(struct cdrpc_call *call, void *self, const narrow_mode_t *x);
	cdrpc_status (*maybe_pair)(struct cdrpc_call *call, void *self, const struct narrow_pair *x);
	cdrpc_status (*store)(struct cdrpc_call *call, void *self, const struct narrow_box *x);
	cdrpc_status (*file)(struct cdrpc_call *call, void *self, cdrpc_handle x);
	cdrpc_status (*maybe_file)(struct cdrpc_call *call, void *self, cdrpc_handle x);
	cdrpc_status (*more)(struct cdrpc_call *call, void *self, uint32_t x);
	cdrpc_status (*more_data)(struct cdrpc_call *call, void *self, struct cdrpc_bytes x);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status narrow_serve(struct cdrpc_server *server, const struct narrow_handlers *handlers, void *self);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool narrow_mode_valid(narrow_mode_t mode);
void narrow_any_write(struct cdrpc_writer *w, const struct narrow_any *any);
void narrow_any_read(struct cdrpc_reader *r, struct narrow_any *any);
extern const struct cdrpc_shape narrow_any_shape;
bool narrow_pair_valid(const struct narrow_pair *pair);
void narrow_pair_write(struct cdrpc_writer *w, const struct narrow_pair *pair);
void narrow_box_write(struct cdrpc_writer *w, const struct narrow_box *box);
void narrow_box_read(struct cdrpc_reader *r, struct narrow_box *box);
extern const struct cdrpc_shape narrow_box_shape;
/* Where methods and events stand in the tables of narrow_interface. */
enum {
	narrow_text_in_table,
	narrow_wide_in_table,
	narrow_data_in_table,
	narrow_list_in_table,
	narrow_texts_in_table,
	narrow_mode_in_table,
	narrow_modes_in_table,
	narrow_fixed_modes_in_table,
	narrow_choice_in_table,
	narrow_flag_in_table,
	narrow_flags_in_table,
	narrow_fixed_flags_in_table,
	narrow_one_pair_in_table,
	narrow_pairs_in_table,
	narrow_maybe_flag_in_table,
	narrow_maybe_mode_in_table,
	narrow_maybe_pair_in_table,
	narrow_store_in_table,
	narrow_file_in_table,
	narrow_maybe_file_in_table,
	narrow_more_in_table,
	narrow_more_data_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
