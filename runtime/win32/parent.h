/* The process that has started this one: whatever our environment says, it may have written. */
#ifndef CDRPC_WIN32_PARENT_H
#define CDRPC_WIN32_PARENT_H

#include "names.h"

#include <stdbool.h>
#include <stdint.h>

/* Its id; it may have ended since, and the id may be another's. 0: there is none, as for a program that is started from outside of Wine.
 * False: it is not known. */
bool parent_process_id(uint32_t *ret_id);

/* Whether it is known to be of no lower integrity level than this process, or there is none. One that has ended is not known. */
bool parent_is_not_lower(void);

#endif
