/* What is offered to a server as the section of a body, by whoever makes frames by hand: a good one, and ones that it must refuse. */
#ifndef CDRPC_TESTS_OFFERS_H
#define CDRPC_TESTS_OFFERS_H

#include <windows.h>

#include "wire/frame.h"

#define OFFER_BODY_AT 32

enum offer {
	OFFER_GOOD,
	OFFER_OTHER_NONCE,
	OFFER_SMALLER,          /* than the frame says */
	OFFER_RESERVED,         /* with the pages committed that are used */
	OFFER_FILE,             /* of a file, which could be cut off while it is read */
	OFFER_EVENT,            /* no section at all */
	OFFERS,
	OFFER_CLOSED = OFFERS,  /* to be fetched only */
	OFFER_PSEUDO,
	OFFER_FAR,
	OFFERS_TO_FETCH
};

/*
 * Makes the section of 'frame', whose section_size and nonce are set, puts the nonce and 'body' into it, and names it in the frame.
 * Returns the handle, which is the caller's to close; NULL where there is none any more.
 */
HANDLE offer_make(enum offer offer, struct frame *frame, const void *body, size_t body_size);

#endif
