/*
 * What the endpoints of one service have in common, so that its limits are the service's and not those of each of its threads:
 * how many sessions there are, how many bytes of calls, how much of peers' sections is mapped, whose handshakes are under way,
 * and who has kept a sender's thread waiting. Any thread.
 */
#ifndef CDRPC_CORE_COMMONS_H
#define CDRPC_CORE_COMMONS_H


#include "transport.h"

struct commons;

cdrpc_status commons_new(const struct cdrpc_env *env, struct commons **ret_commons);
struct commons *commons_ref(struct commons *commons);
void commons_unref(struct commons *commons);

/* ---- bytes of calls ---- */

/* False: it would be more than 'max'. */
bool commons_add_bytes(struct commons *commons, uint64_t bytes, uint64_t max);
void commons_drop_bytes(struct commons *commons, uint64_t bytes);

/* ---- bytes that are mapped for longer than a copy takes ---- */

/* False: it would be more than 'max'. */
bool commons_add_mapped(struct commons *commons, uint64_t bytes, uint64_t max);
void commons_drop_mapped(struct commons *commons, uint64_t bytes);

/* ---- handshakes and sessions ---- */

/* A handshake that a process has under way; each is a session, too. */
struct greeting;

/*
 * Whether a process may begin one: BUSY if it has 'most' under way, or one whose CHALLENGE has not been sent, or has not taken
 * its frames in a handshake lately, or if there are 'sessions_max' sessions. NOMEM.
 */
cdrpc_status commons_greet(struct commons *commons, uint32_t process_id, uint32_t most, uint32_t sessions_max,
			   struct greeting **ret_greeting);
/* The CHALLENGE to the process is off. */
void commons_challenged(struct commons *commons, uint32_t process_id);
/* The handshake is over; the session stays, until commons_drop_session(). NULL is fine. */
void commons_greeted(struct greeting *greeting);
void commons_drop_session(struct commons *commons);

/* ---- who did not take a frame in the time that there was for it ---- */

void commons_blame(struct commons *commons, uint32_t process_id, bool of_handshake);
/* Whether that was a moment ago: what is for it comes after what is for others. */
bool commons_is_slow(struct commons *commons, uint32_t process_id);

#endif
