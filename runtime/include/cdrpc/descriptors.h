/* Interfaces and their methods, events and members, as generated tables describe them to the library. Not for applications to write. */
#ifndef CDRPC_DESCRIPTORS_H
#define CDRPC_DESCRIPTORS_H

#include <stdint.h>

/* The structs are those of the library, whatever '#pragma pack' is in force. */
#pragma pack(push, 8)

enum {
	CDRPC_METHOD_ONEWAY = 1 << 0,
	CDRPC_METHOD_EVENT = 1 << 1,
	CDRPC_METHOD_INLINE = 1 << 2,   /* answered inside the sent message */
	CDRPC_METHOD_OUTPUTS = 1 << 3,  /* success carries a body; without it a status alone comes back */
	CDRPC_METHOD_SECRET = 1 << 4,   /* zeroed after use, contents never traced */
	CDRPC_METHOD_COALESCE = 1 << 5, /* an event of which a slow listener keeps the latest only */
	CDRPC_METHOD_SHARED_INPUTS = 1 << 6,    /* one of them is [shared]: where they travel in shared memory they stay there */
	CDRPC_METHOD_SHARED_OUTPUTS = 1 << 7
};

#define CDRPC_UNBOUNDED UINT32_MAX      /* no bound is known of how many bytes inputs or outputs take */

enum {
	CDRPC_ANY_USER,
	CDRPC_SAME_USER         /* callers of the same user only */
};

/*
 * Names and kinds of members, for lines of the log that say which of them is wrong. Nothing else reads it, and NULL in its place means
 * that such a line names none.
 *
 *	members  { [ID "="] NAME ":" ["?"] KIND "," }           parameters, or, with an ID, fields of a table or members of a union
 *	KIND     "1" "2" "4" "8"        a scalar of so many bytes
 *	         "f" SIZE "." ALIGN     a struct or fixed array
 *	         "s" "w" "b" "B" "h"    string, wstring, bytes, bytes as a parameter, handle
 *	         "[" KIND               a list
 *	         "t" N, "u" N           the table, or union, of which the shape is records[N]
 */
struct cdrpc_shape {
	const char *members;
	const struct cdrpc_shape *const *records;
};

/* One method or event. inputs_max, outputs_max: the longest encoding, body plus blob area in bytes, that any version of it can send, or
 * CDRPC_UNBOUNDED. */
struct cdrpc_method {
	const char *name;
	uint16_t ordinal;
	uint16_t since;                 /* the interface version that brought it, 1 at least */
	uint32_t flags;                 /* CDRPC_METHOD_* */
	uint32_t timeout_ms;            /* 0: the interface's */
	uint32_t inputs_max;
	uint32_t outputs_max;
	/* As in struct cdrpc_shape: inputs "|" outputs "|" the errors that it declares, "NAME:1,2,"; with a "+" at the end there are more. */
	const char *members;
};

struct cdrpc_interface {
	uint64_t id;                    /* FNV-1a, 64 bit, of the name */
	const char *name;               /* with its module: "contoso.player.Player" */
	uint16_t version;               /* 1 at least */
	uint16_t min_integrity;         /* enum cdrpc_integrity */
	uint32_t same_user;             /* CDRPC_SAME_USER or CDRPC_ANY_USER */
	uint32_t timeout_ms;            /* 0: the endpoint's */
	uint32_t method_count;
	const struct cdrpc_method *methods;     /* events among them, in rising order of ordinals */
	const struct cdrpc_shape *const *records;       /* of the methods' members */
};

enum cdrpc_handle_kind {
	CDRPC_HANDLE_FILE = 1,
	CDRPC_HANDLE_PIPE,
	CDRPC_HANDLE_SECTION,
	CDRPC_HANDLE_EVENT,
	CDRPC_HANDLE_MUTEX,
	CDRPC_HANDLE_SEMAPHORE,
	CDRPC_HANDLE_PROCESS
};

enum {
	CDRPC_RIGHT_READ = 1 << 0,
	CDRPC_RIGHT_WRITE = 1 << 1,
	CDRPC_RIGHT_SYNC = 1 << 2,
	CDRPC_RIGHT_MODIFY = 1 << 3
};

#pragma pack(pop)
#endif
