/*
 * cdrpc/generated.h: the contract between generated code and the runtime.
 *
 * Programs include <cdrpc/cdrpc.h> and the headers that cdidl writes; this file is for the .c files that cdidl writes, for
 * their fuzz harnesses, and for tools that encode or decode bodies by themselves.
 *
 * Writing. A stub states its inputs once, between cdrpc_request_begin() and cdrpc_write_again():
 *
 *	cdrpc_request_begin(&w, client, &calc_interface, 0);
 *	do {
 *		cdrpc_write_u32(&w, a);
 *	} while (cdrpc_write_again(&w));
 *	return cdrpc_request_send(&w, ret_pending);
 *
 * The first round stores into the session's buffer and goes on counting when that is full; a second round, into memory of the
 * exact size, happens only then. The first error sticks in the writer and is reported by the function that ends the writing, so
 * nothing in between has to be checked.
 *
 * Reading. One cursor moves over a private copy of the body. What it returns points into that copy or into the reader's
 * arena, and lives as long as they do. The first error sticks; from then on scalars read as zero, strings as "", counts as 0
 * and pointers as NULL. Each bound is checked before anything is used or allocated.
 *
 * Layout. Integers are little-endian and stand at multiples of their size, counted from the body's start; padding precedes
 * an item, never follows one, and is zero. runtime/PROTOCOL.md is the reference.
 *
 * Threads: a writer or reader belongs to the thread that began it.
 */
#ifndef CDRPC_GENERATED_H
#define CDRPC_GENERATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cdrpc/cdrpc.h>
#include <cdrpc/descriptors.h>

/* The structs are those of the library, whatever '#pragma pack' is in force. */
#pragma pack(push, 8)

#ifdef __cplusplus
extern "C" {
#endif

/* Structs, arrays and wide strings are used where they stand, so the wire's byte order is the machine's. */
#if defined(__BYTE_ORDER__) && defined(__ORDER_LITTLE_ENDIAN__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "cdrpc runs on little-endian machines only"
#endif

/*
 * The version of this contract. Generated code states the one that it was written for, and does not compile with a header that has no
 * room for it; what is linked is looked at by NAME_serve.
 */
#define CDRPC_GENERATED       1
#define CDRPC_GENERATED_LEAST 1                 /* the oldest that this library and its header still serve */

#define CDRPC_BODY_MAX      (UINT32_C(1) << 30) /* bytes of a body and its blob area together */
#define CDRPC_BLOBS_MAX     8                   /* bytes parameters in one direction of a method */
#define CDRPC_HANDLES_MAX   16                  /* handle parameters in one direction of a method */
#define CDRPC_DEPTH_MAX     16                  /* tables and unions inside one another */

/* ---- writer ---- */

/* The first thing that was wrong with a body, for the log. Set only when something is. */
struct cdrpc_wrong {
	uint32_t what;                  /* the runtime's own enum */
	uint32_t depth;
	size_t at;                      /* bytes of body before it */
	uint64_t is;                    /* the size or count that there is, and ... */
	uint64_t bound;                 /* ... that there may be */
};

struct cdrpc_handle_item {
	cdrpc_handle handle;
	uint32_t kind;                  /* enum cdrpc_handle_kind */
	uint32_t rights;                /* CDRPC_RIGHT_* */
};

/* The members are the runtime's own; they stand here so that a writer can live on a stub's stack. */
struct cdrpc_writer {
	uint8_t *base;                  /* the body's start, at a multiple of 8 */
	size_t at;                      /* bytes of body so far, stored or only counted */
	size_t capacity;                /* bytes that may be stored at base; 0 once something did not fit, or failed */
	cdrpc_status status;            /* the first error; generated code looks at it to end a recursion */
	uint32_t round;
	uint32_t depth;
	uint32_t blob_count;
	uint32_t handle_count;
	size_t blob_size;               /* bytes of blob area so far, each blob padded to 8 */
	size_t first_at;                /* what the first round came to, when there is a second */
	size_t first_blob_size;
	struct cdrpc_bytes blobs[CDRPC_BLOBS_MAX];
	struct cdrpc_handle_item handles[CDRPC_HANDLES_MAX];
	/* Makes room for 'size' bytes of body, all of it, and sets base and capacity; called once at most. NULL: the first
	 * round's buffer is all there is. */
	cdrpc_status (*grow)(struct cdrpc_writer *w, size_t size);
	void *target;                   /* for grow, and for the function that ends the writing */
	const void *about;              /* likewise */
	/* Called when an argument was refused: true to have all of it written again, into memory in which the refused one can be found,
	 * and to be called again after that. NULL: nobody is told. */
	bool (*refused)(struct cdrpc_writer *w);
	struct cdrpc_wrong wrong;       /* where 'status' is not CDRPC_OK */
};

/* What has begun and not ended: where its content begins, counted from the body's start. The size stands 8 or 4 bytes before. */
struct cdrpc_mark {
	size_t at;
};

CDRPC_API void cdrpc_write_fail(struct cdrpc_writer *w, cdrpc_status status);     /* kept if it is the first */
CDRPC_API void cdrpc_write_null(struct cdrpc_writer *w);        /* CDRPC_E_ARGUMENT: there is nothing to be written next */
/* CDRPC_E_ARGUMENT: what was written last is not a value that its type has. */
CDRPC_API void cdrpc_write_invalid(struct cdrpc_writer *w);
CDRPC_API bool cdrpc_write_again(struct cdrpc_writer *w);       /* true: the whole is to be written again */

static inline void cdrpc_write_bool(struct cdrpc_writer *w, bool value);
static inline void cdrpc_write_u8(struct cdrpc_writer *w, uint8_t value);
static inline void cdrpc_write_u16(struct cdrpc_writer *w, uint16_t value);
static inline void cdrpc_write_u32(struct cdrpc_writer *w, uint32_t value);
static inline void cdrpc_write_u64(struct cdrpc_writer *w, uint64_t value);
static inline void cdrpc_write_i8(struct cdrpc_writer *w, int8_t value);
static inline void cdrpc_write_i16(struct cdrpc_writer *w, int16_t value);
static inline void cdrpc_write_i32(struct cdrpc_writer *w, int32_t value);
static inline void cdrpc_write_i64(struct cdrpc_writer *w, int64_t value);
static inline void cdrpc_write_f32(struct cdrpc_writer *w, float value);
static inline void cdrpc_write_f64(struct cdrpc_writer *w, double value);

/* 'size' bytes as they are in memory, at a multiple of 'align': structs without holes, fixed arrays. A size of 0 only pads.
 * NULL is CDRPC_E_ARGUMENT. */
static inline void cdrpc_write_flat(struct cdrpc_writer *w, const void *data, size_t size, size_t align);

/* A u32 of 1 for a pointer, 0 for NULL, and whether it was a pointer. */
static inline bool cdrpc_write_present(struct cdrpc_writer *w, const void *value);

/* A u32 count. More than 'bound' is CDRPC_E_ARGUMENT, and so is a count without 'items'; returns the count to write, 0 after an error. */
CDRPC_API uint32_t cdrpc_write_count(struct cdrpc_writer *w, const void *items, uint32_t count, uint32_t bound);

/* A bounded array of flat items in one piece: its count, then the items. */
CDRPC_API void cdrpc_write_array(struct cdrpc_writer *w, const void *items, uint32_t count, uint32_t bound, size_t item_size,
				 size_t item_align);

/* NULL, invalid UTF-8 and more than 'bound' bytes (units for a wstring) are CDRPC_E_ARGUMENT. */
CDRPC_API void cdrpc_write_string(struct cdrpc_writer *w, const char *text, uint32_t bound);
CDRPC_API void cdrpc_write_wstring(struct cdrpc_writer *w, const cdrpc_wchar *text, uint32_t bound);

/* bytes inside a table, union or array: in the body. data may be NULL where size is 0. */
CDRPC_API void cdrpc_write_bytes(struct cdrpc_writer *w, struct cdrpc_bytes bytes, uint32_t bound);
/* bytes as a parameter: its size in the body, its data in the blob area. It must stay until the writing has ended. */
CDRPC_API void cdrpc_write_blob(struct cdrpc_writer *w, struct cdrpc_bytes bytes, uint32_t bound);

/* Borrowed until the writing has ended. NULL is none: CDRPC_E_ARGUMENT unless 'optional'. */
CDRPC_API void cdrpc_write_handle(struct cdrpc_writer *w, cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights,
				  bool optional);

/* Tables. Fields come in rising order of ids; field_u32 stores a scalar of up to 4 bytes in the record itself. */
static inline struct cdrpc_mark cdrpc_table_begin(struct cdrpc_writer *w);
static inline void cdrpc_table_end(struct cdrpc_writer *w, struct cdrpc_mark table);
static inline struct cdrpc_mark cdrpc_field_begin(struct cdrpc_writer *w, uint16_t id);
static inline void cdrpc_field_end(struct cdrpc_writer *w, struct cdrpc_mark field);
static inline void cdrpc_field_u32(struct cdrpc_writer *w, uint16_t id, uint32_t value);
/* A union is one record: union_begin is field_begin at one level deeper; scalars of up to 4 bytes go by field_u32. */
CDRPC_API struct cdrpc_mark cdrpc_union_begin(struct cdrpc_writer *w, uint32_t kind);
CDRPC_API void cdrpc_union_end(struct cdrpc_writer *w, struct cdrpc_mark record);

/* ---- reader ---- */

struct cdrpc_arena;

struct cdrpc_reader {
	const uint8_t *base;            /* the body's start, at a multiple of 8, in private memory */
	size_t at;
	size_t end;                     /* of the innermost record that is being read */
	cdrpc_status status;
	uint32_t depth;
	const uint8_t *blob;            /* what is left of the blob area */
	size_t blob_left;
	bool blob_shared;               /* the peer can still write to the blob area: only read_shared may point into it */
	uint32_t handle_at;
	uint32_t handle_count;
	const struct cdrpc_handle_item *handles;
	struct cdrpc_arena *arena;
	void *target;                   /* the function that ends the reading */
	struct cdrpc_wrong wrong;       /* where 'status' is not CDRPC_OK */
};

/* A table or union that is being read: what to go back to when it ends. */
struct cdrpc_scope {
	size_t table_end;
	size_t outer_end;
	size_t payload;                 /* where the payload of the record in hand begins */
	uint32_t last_id;
	uint32_t outer_depth;
};

struct cdrpc_field {
	uint16_t id;
	uint16_t flag;                  /* 1: the value stands in the record */
	uint32_t value;
	size_t end;                     /* where the record's payload ends, before its padding */
};

CDRPC_API void cdrpc_read_fail(struct cdrpc_reader *r, cdrpc_status status);      /* kept if it is the first */

static inline bool cdrpc_read_bool(struct cdrpc_reader *r);             /* any other byte than 0 or 1 is CDRPC_E_DECODE */
static inline uint8_t cdrpc_read_u8(struct cdrpc_reader *r);
static inline uint16_t cdrpc_read_u16(struct cdrpc_reader *r);
static inline uint32_t cdrpc_read_u32(struct cdrpc_reader *r);
static inline uint64_t cdrpc_read_u64(struct cdrpc_reader *r);
static inline int8_t cdrpc_read_i8(struct cdrpc_reader *r);
static inline int16_t cdrpc_read_i16(struct cdrpc_reader *r);
static inline int32_t cdrpc_read_i32(struct cdrpc_reader *r);
static inline int64_t cdrpc_read_i64(struct cdrpc_reader *r);
static inline float cdrpc_read_f32(struct cdrpc_reader *r);
static inline double cdrpc_read_f64(struct cdrpc_reader *r);

/* 'size' bytes in place, at a multiple of 'align' (1, 2, 4 or 8); NULL after an error, or where size is 0. */
CDRPC_API const void *cdrpc_read_flat(struct cdrpc_reader *r, size_t size, size_t align);
/* The same copied to 'ret_data', which is zeroed after an error. */
static inline void cdrpc_read_into(struct cdrpc_reader *r, void *ret_data, size_t size, size_t align);

static inline bool cdrpc_read_present(struct cdrpc_reader *r);

/* A count, checked against 'bound' and, times 'smallest' (the least bytes one item can take, 1 at least), against what is left. */
CDRPC_API uint32_t cdrpc_read_count(struct cdrpc_reader *r, uint32_t bound, size_t smallest);
/* A bounded array of flat items, in place. */
CDRPC_API const void *cdrpc_read_array(struct cdrpc_reader *r, uint32_t bound, size_t item_size, size_t item_align,
				       uint32_t *ret_count);
/* Zeroed memory from the arena, at a multiple of 8; NULL where 'count' is 0 or after an error (CDRPC_E_TOO_LARGE past its limit). */
CDRPC_API void *cdrpc_read_alloc(struct cdrpc_reader *r, size_t count, size_t item_size);

CDRPC_API const char *cdrpc_read_string(struct cdrpc_reader *r, uint32_t bound);
CDRPC_API const cdrpc_wchar *cdrpc_read_wstring(struct cdrpc_reader *r, uint32_t bound);
CDRPC_API const cdrpc_wchar *cdrpc_empty_wstring(void);

/* 'data' is NULL after an error only: where bytes are optional, NULL is absent and a size of 0 is not. */
CDRPC_API struct cdrpc_bytes cdrpc_read_bytes(struct cdrpc_reader *r, uint32_t bound);
CDRPC_API struct cdrpc_bytes cdrpc_read_blob(struct cdrpc_reader *r, uint32_t bound);     /* private memory in any case */
CDRPC_API struct cdrpc_bytes cdrpc_read_shared(struct cdrpc_reader *r, uint32_t bound);   /* may still be written to by the peer */

/* The frame's next handle, which must be of 'kind'. NULL is none: CDRPC_E_DECODE unless 'optional'. It stays the call's or reply's. */
CDRPC_API cdrpc_handle cdrpc_read_handle(struct cdrpc_reader *r, enum cdrpc_handle_kind kind, uint32_t rights, bool optional);

/*
 * Tables: read_table, then read_field until it returns false, then read_table_end. A field that is not asked for is skipped;
 * one that was begun and not wholly consumed, ids that do not rise and records past the table's end are CDRPC_E_DECODE.
 */
CDRPC_API struct cdrpc_scope cdrpc_read_table(struct cdrpc_reader *r);
CDRPC_API bool cdrpc_read_field(struct cdrpc_reader *r, struct cdrpc_scope *table, struct cdrpc_field *ret_field);
CDRPC_API void cdrpc_read_table_end(struct cdrpc_reader *r, struct cdrpc_scope *table);
CDRPC_API void cdrpc_read_skip(struct cdrpc_reader *r, const struct cdrpc_field *field);  /* an unknown field or union member */

/* Unions: read_union, a switch on the field's id, read_union_end. Id 0 is none. */
CDRPC_API struct cdrpc_scope cdrpc_read_union(struct cdrpc_reader *r, struct cdrpc_field *ret_field);
CDRPC_API void cdrpc_read_union_end(struct cdrpc_reader *r, struct cdrpc_scope *record);

/* The value of a record of flag 1: CDRPC_E_DECODE for flag 0, and outside the given range. */
CDRPC_API uint32_t cdrpc_field_value(struct cdrpc_reader *r, const struct cdrpc_field *field, uint32_t max);
CDRPC_API int32_t cdrpc_field_signed(struct cdrpc_reader *r, const struct cdrpc_field *field, int32_t min, int32_t max);
CDRPC_API float cdrpc_field_f32(struct cdrpc_reader *r, const struct cdrpc_field *field);

/* ---- client stubs ---- */

/* 'index' is the method's place in interface->methods. Fails in the writer: CDRPC_E_VERSION when the session's version lacks it. */
CDRPC_API void cdrpc_request_begin(struct cdrpc_writer *w, struct cdrpc_client *client, const struct cdrpc_interface *iface,
				   uint32_t index);
CDRPC_API cdrpc_status cdrpc_request_send(struct cdrpc_writer *w, struct cdrpc_pending **ret_pending);
CDRPC_API cdrpc_status cdrpc_oneway_send(struct cdrpc_writer *w);

/* Waits if it must, and consumes 'pending' at reply_end, unless it is a call of another method: CDRPC_E_STATE, and nothing
 * is done. The outputs live in 'reply', which gives up what it held before;
 * NULL where the outputs hold no pointer and no handle. */
CDRPC_API void cdrpc_reply_begin(struct cdrpc_reader *r, struct cdrpc_pending *pending, const struct cdrpc_method *method,
				 struct cdrpc_reply *reply);
/* What a stub asks after it has read the outputs: whether the call succeeded, all of them were there and in bounds, and nothing was
 * left. Only then does it copy them to its caller, who sees either all outputs or none; what was read in place lives on until
 * reply_end, which returns CDRPC_OK exactly when this was true. */
CDRPC_API bool cdrpc_reply_good(struct cdrpc_reader *r);
CDRPC_API cdrpc_status cdrpc_reply_end(struct cdrpc_reader *r);

/* Decodes an event and hands it to its listener, unless that is NULL. 'events' is the listeners' struct. */
typedef void cdrpc_event_sink(struct cdrpc_reader *r, const void *events, void *self);
/* One for each event of the interface. wanted: the user gave a listener for it. */
struct cdrpc_event_entry {
	uint32_t index;
	bool wanted;
	cdrpc_event_sink *sink;
};
/* 'events' (of 'size' bytes) and 'entries' are copied. events NULL: nothing of this interface is listened to any more. */
CDRPC_API cdrpc_status cdrpc_client_listen(struct cdrpc_client *client, const struct cdrpc_interface *iface,
					   const struct cdrpc_event_entry *entries, uint32_t entry_count, const void *events, size_t size,
					   void *self);
/* What a sink asks after it has read the event: whether all of it was there and in bounds, nothing was left, and the client that listens
 * has not been freed. Nothing comes between this and the listener. */
CDRPC_API bool cdrpc_event_end(struct cdrpc_reader *r);

/* ---- server skeletons ---- */

/* Decodes the inputs and runs the handler; NULL in the user's table is CDRPC_E_NOT_IMPLEMENTED. */
typedef cdrpc_status cdrpc_skeleton(struct cdrpc_call *call, const void *handlers, void *self);

/* 'generated' is CDRPC_GENERATED as it was when the code was compiled: CDRPC_E_VERSION where this library does not know it. 'skeletons' has
 * method_count entries, NULL for events; it and 'handlers' stay the caller's and must outlive the server. */
CDRPC_API cdrpc_status cdrpc_server_add_generated(struct cdrpc_server *server, uint32_t generated, const struct cdrpc_interface *iface,
						  cdrpc_skeleton *const *skeletons, const void *handlers, void *self);
static inline cdrpc_status
cdrpc_server_add(struct cdrpc_server *server, const struct cdrpc_interface *iface, cdrpc_skeleton *const *skeletons,
		 const void *handlers, void *self)
{
	return cdrpc_server_add_generated(server, CDRPC_GENERATED, iface, skeletons, handlers, self);
}

CDRPC_API void cdrpc_call_inputs(struct cdrpc_reader *r, struct cdrpc_call *call);
CDRPC_API cdrpc_status cdrpc_call_inputs_end(struct cdrpc_reader *r);

/* 'index' is the method's place in iface->methods. Fails in the writer: CDRPC_E_ARGUMENT when the call is of another method. */
CDRPC_API void cdrpc_answer_begin(struct cdrpc_writer *w, struct cdrpc_call *call, const struct cdrpc_interface *iface, uint32_t index);
CDRPC_API cdrpc_status cdrpc_answer_send(struct cdrpc_writer *w);

/* 'to' NULL: every listener. Any thread: see cdrpc_server_post(). */
CDRPC_API void cdrpc_event_begin(struct cdrpc_writer *w, struct cdrpc_server *server, struct cdrpc_peer *to,
				 const struct cdrpc_interface *iface, uint32_t index);
CDRPC_API cdrpc_status cdrpc_event_send(struct cdrpc_writer *w);

/* ---- bodies by themselves: fuzz harnesses, tests, tools ---- */

/* Writes into 'buffer' (at a multiple of 8) and counts past 'capacity'; grow, if not NULL, is called as described above. */
CDRPC_API void cdrpc_writer_init(struct cdrpc_writer *w, void *buffer, size_t capacity,
				 cdrpc_status (*grow)(struct cdrpc_writer *w, size_t size), void *target);

/* Heap memory for one body's decoding, 'limit' bytes at most; 'env' NULL: malloc and free. */
CDRPC_API struct cdrpc_arena *cdrpc_arena_new_sized(const struct cdrpc_env *env, size_t env_size, size_t limit);
static inline struct cdrpc_arena *
cdrpc_arena_new(const struct cdrpc_env *env, size_t limit)
{
	return cdrpc_arena_new_sized(env, sizeof *env, limit);
}
CDRPC_API void cdrpc_arena_free(struct cdrpc_arena *arena);

/* 'body' and 'blob' are borrowed, 'body' stands at a multiple of 8, and nobody else writes to them meanwhile. */
CDRPC_API void cdrpc_reader_init(struct cdrpc_reader *r, struct cdrpc_arena *arena, const void *body, size_t size, const void *blob,
				 size_t blob_size);
/* The first error, or CDRPC_E_DECODE when something of body, blob area or handles was left over. */
CDRPC_API cdrpc_status cdrpc_reader_end(struct cdrpc_reader *r);

#include <cdrpc/inline.h>

#ifdef __cplusplus
}
#endif

#pragma pack(pop)
#endif
