/* Servers that are the only ones of their names. */
#ifndef CDRPC_CORE_EXCLUSIVE_H
#define CDRPC_CORE_EXCLUSIVE_H

#include "calls/names.h"
#include "session/endpoint.h"

/*
 * Waits for the turn of those who begin to serve under the name, and looks whether somebody does already. OK: nobody, as far as it counts;
 * whoever comes next finds what is visible when *ret_turn is dropped, which is NULL where the turn could not be had in a minute. E_NAME_IN_USE:
 * *ret_holder is who, see holder.h; the turn has been dropped. NOMEM, OS. Handles sent messages meanwhile. Of 'options' env, limits and
 * hooks count.
 */
cdrpc_status exclusive_claim(const struct endpoint_options *options, const char *service, struct turn **ret_turn,
			     struct session **ret_holder);

#endif
