/*
 * A frame: what one WM_COPYDATA carries. runtime/PROTOCOL.md has the layout and what each type may hold.
 *
 * frame_decode() proves of a frame what can be proved without knowing the session: sizes, ranges, and that fields which mean
 * nothing for its type are zero. Whether the token is right, the interface known, or the section there is its caller's question.
 *
 * All functions are pure: any thread.
 */
#ifndef CDRPC_CORE_FRAME_H
#define CDRPC_CORE_FRAME_H

#include "base/names.h"

#include <cdrpc/generated.h>

#define FRAME_MAGIC UINT32_C(0x50524443)        /* "CDRP" in memory */
#define FRAME_VERSION 1
#define FRAME_HEADER_SIZE 136
#define FRAME_HANDLE_SIZE 16
#define FRAME_TOKEN_SIZE 16                     /* and a nonce's, and a causality id's */
#define FRAME_ERROR_MAX 65535                   /* of an interface's errors */

enum frame_type {
	FRAME_HELLO = 1,
	FRAME_CHALLENGE,
	FRAME_OPEN,
	FRAME_REQUEST,
	FRAME_REPLY,
	FRAME_CANCEL,
	FRAME_EVENT,
	FRAME_RELEASE,
	FRAME_CHUNK,
	FRAME_CLOSE
};

/* Where the body and the blob area are. Their offsets count from the start of what holds them. */
enum frame_route {
	FRAME_ROUTE_NONE = 0,           /* there are none */
	FRAME_ROUTE_FRAME = 1,          /* in the frame */
	FRAME_ROUTE_SECTION = 2,        /* in a section made for them, section_handle */
	FRAME_ROUTE_RESIDENT = 3,       /* in the sender's section of the session */
	FRAME_ROUTE_CHUNKS = 4          /* in CHUNK frames that follow, one after another */
};

/* Bits 0 to 15 are critical: a receiver that does not know one refuses the frame. It passes over the others. */
enum {
	FRAME_FLAG_PUSHED = 1 << 0,     /* section_handle and the handles are the receiver's own already */
	FRAME_FLAG_OF_REPLY = 1 << 1,   /* of a RELEASE or CHUNK: the transaction is that of a REPLY, not of a REQUEST */
	FRAME_FLAG_KEEP = 1 << 16       /* the receiver may keep the section: the sender's arena grows by it then */
};
#define FRAME_FLAGS_CRITICAL UINT32_C(0xFFFF)

struct frame_handle {
	uint32_t kind;                  /* enum cdrpc_handle_kind */
	uint32_t rights;                /* CDRPC_RIGHT_*, one at least */
	uint64_t value;                 /* of the process that FRAME_FLAG_PUSHED says */
};

struct frame {
	uint32_t frame_size;            /* bytes of the whole frame */
	uint16_t header_size;           /* 136, or more from a newer sender */
	uint16_t type;                  /* enum frame_type */
	uint16_t method;                /* ordinal */
	uint16_t interface_version;
	uint32_t flags;                 /* FRAME_FLAG_* */
	cdrpc_status status;            /* 0, an interface's error, or a status of the remote side */
	uint64_t txn;
	uint8_t token[FRAME_TOKEN_SIZE];
	uint8_t causality[FRAME_TOKEN_SIZE];
	uint64_t interface_id;
	uint16_t depth;
	uint16_t route;                 /* enum frame_route */
	uint32_t deadline_ms;           /* that remain; 0: none do */
	uint32_t body_offset;
	uint32_t body_size;
	uint32_t blob_offset;
	uint32_t blob_size;
	uint32_t handle_offset;         /* from the frame's start, whatever the route */
	uint32_t handle_count;
	uint64_t section_handle;
	uint64_t section_size;
	uint8_t nonce[FRAME_TOKEN_SIZE];
	struct frame_handle handles[CDRPC_HANDLES_MAX];
};

/* What 'size' bytes take where the next part begins at a multiple of 8. */
static inline size_t
frame_padded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/*
 * Sets the offsets, header_size and frame_size from route, body_size, blob_size and handle_count: the handles first, then what
 * travels in the frame. For the routes outside it 'start' is where the body begins there, a multiple of 8; the blob area follows.
 * E_TOO_LARGE when body and blob area pass CDRPC_BODY_MAX; 'frame' is untouched then.
 */
cdrpc_status frame_arrange(struct frame *frame, uint32_t start);

/* Stores the header of an arranged frame. */
void frame_encode(const struct frame *frame, uint8_t ret_header[FRAME_HEADER_SIZE]);
/* Stores the handle table, FRAME_HANDLE_SIZE bytes for each of handle_count, which stands at handle_offset. */
void frame_encode_handles(const struct frame *frame, uint8_t *ret_table);

/*
 * 'bytes' may stand at any address and is read once. E_BAD_FRAME; E_REMOTE_VERSION for a sound frame of another version;
 * *ret_frame is written on success only.
 */
cdrpc_status frame_decode(const void *bytes, size_t size, struct frame *ret_frame);

/*
 * What the receiving window procedure returns. 0 is no answer, and a window procedure that died returns it as well. 1 and 2 are
 * these; 0x100 + n is refused with the status -n, and no handle in the frame has been touched; 0x10000 + e is an inline method that
 * ended with the error e of its interface.
 */
enum {
	FRAME_RESULT_NONE = 0,
	FRAME_RESULT_ACCEPTED = 1,
	FRAME_RESULT_DONE = 2           /* an inline method without outputs has succeeded */
};

/* 'status' is one of the remote side's. */
uint32_t frame_result_refused(cdrpc_status status);
/* 'error' is 1 to FRAME_ERROR_MAX. */
uint32_t frame_result_error(cdrpc_status error);

/*
 * What the result of a frame of this type says: OK for accepted and done, the status of a refusal, the error; E_PROTOCOL for 0 and for
 * what is none of these. Only a REQUEST has others than accepted and refused: "done" where its method has no outputs, an error where it
 * is not oneway, whether this side knows it as inline or not. 'method' is the REQUEST's; NULL where it is not known, and then both have a
 * meaning.
 */
cdrpc_status frame_result_status(uint16_t type, const struct cdrpc_method *method, uint64_t result);
/* Whether it is a refusal; *ret_status is its status. */
bool frame_result_is_refusal(uint64_t result, cdrpc_status *ret_status);

/* Whether a status is one that the remote side says: -64 or below, and listed in cdrpc.h. */
bool status_is_remote(cdrpc_status status);

#endif
