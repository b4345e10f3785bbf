/* What is wrong with a body, and with which of its members: for the log. */
#ifndef CDRPC_CORE_WRONG_H
#define CDRPC_CORE_WRONG_H

#include "base/names.h"

#include <cdrpc/generated.h>

/* 'what' of a struct cdrpc_wrong. */
enum wrong {
	WRONG_NEXT,             /* what was to be written next: its kind says what can be wrong with it */
	WRONG_LAST,             /* what was written or read last is not a value that its type has */
	WRONG_NULL,
	WRONG_BYTES,            /* 'is' and 'bound' are bytes; likewise the others */
	WRONG_UNITS,
	WRONG_ITEMS,
	WRONG_UTF8,
	WRONG_END,              /* the body, or the record in it, ends before this does */
	WRONG_FORM,             /* padding, the head of a record, or a number of a handle, that cannot be */
	WRONG_REST,             /* 'is' bytes are left over */
	WRONG_HANDLE            /* which the system does not let us hand over; 'is' is its number, from 1 */
};

#define WRONG_PATH_SIZE 160
#define WRONG_TEXT_SIZE 96

/* The section of a method's members: 0 the inputs, 1 the outputs, 2 the errors. NULL: its shape is not known. */
const char *wrong_section(const struct cdrpc_method *method, uint32_t section);
/* Whether the method's shape says that it does not declare this error; *ret_set is the name of its set then, "" for none. */
bool wrong_error(const struct cdrpc_method *method, cdrpc_status status, char ret_set[WRONG_PATH_SIZE]);

/*
 * Names the member that 'wrong' is about: "list[2].title", "" if none is there. 'body' of 'size' bytes is as much as was written, or all that
 * arrived, and may hold anything. *ret_kind is the member's kind as in struct cdrpc_shape, 0 without one.
 */
void wrong_path(const char *members, const struct cdrpc_shape *const *records, const void *body, size_t size,
		const struct cdrpc_wrong *wrong, char ret_path[WRONG_PATH_SIZE], char *ret_kind);
/* Says what is wrong: "199 bytes, bound 64". */
void wrong_text(const struct cdrpc_wrong *wrong, char kind, char ret_text[WRONG_TEXT_SIZE]);

#endif
