/*
 * Where the body of a frame is written, so that it need not be moved when it travels: private memory, a slot of the session's arena, a
 * one-off section, or memory from which it goes in CHUNK frames. Any thread.
 */
#ifndef CDRPC_CORE_PLACE_H
#define CDRPC_CORE_PLACE_H

#include "base/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/system.h"

struct chunks;
struct session;

enum place_kind {
	PLACE_PRIVATE,
	PLACE_SLOT,
	PLACE_SECTION,
	PLACE_CHUNKS
};

/* Zeroes: private memory, which is its user's to free. */
struct place {
	enum place_kind kind;
	uint8_t *memory;                /* where the slot, section or body begins */
	size_t size;                    /* bytes at 'memory' */
	uint32_t slot;
	bool published;                 /* the slot is the reader's to free */
	uint32_t word;                  /* of this turn of the slot, once it is published */
	struct section section;
	bool offered;                   /* the section is there for the peer to keep, of which the session is still to be told */
	struct chunks *chunks;          /* until they are served */
};

/* A slot of at least 'least' and at most 'most' bytes. False: there are no arenas, or there is no room. */
bool place_in_slot(struct session *session, uint32_t least, uint32_t most, struct place *ret_place);
/* Makes the slot 'size' bytes. False: it is no slot, or what follows it is not free. */
bool place_resize(struct session *session, struct place *place, uint32_t size);
/* 'secret': the peer may not keep it. */
cdrpc_status place_in_section(struct session *session, size_t size, bool secret, struct place *ret_place);
/* 'size' is a multiple of 8. */
cdrpc_status place_in_chunks(struct session *session, size_t size, bool secret, struct place *ret_place);
/* Gives back what is neither published nor served. It is private afterwards. */
void place_done(struct session *session, struct place *place);

#endif
