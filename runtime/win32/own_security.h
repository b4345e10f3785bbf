/* How objects of ours are made whose handles peers are given. */
#ifndef CDRPC_WIN32_OWN_SECURITY_H
#define CDRPC_WIN32_OWN_SECURITY_H

#include "names.h"

#include <windows.h>

/*
 * Whoever holds a handle can duplicate it with more access than it has, as far as the object's DACL lets him; an unnamed object that
 * was made without one lets everybody do everything. With this nobody gets more than the handle that he is given has, not even the
 * user whose the object is: the one entry, for OWNER RIGHTS, takes the place of what owners may do otherwise, change the DACL. Who
 * duplicates with less access than his own handle has is not checked, so we may still give what we want to give.
 * To be passed as it is, and not changed. Any thread.
 */
SECURITY_ATTRIBUTES *own_security(void);

#endif
