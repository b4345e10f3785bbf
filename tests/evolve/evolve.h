/* What the generated half of the evolution tests rests on. */
#ifndef EVOLVE_H
#define EVOLVE_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cdrpc/cdrpc.h>

/* One side of a pair of interface files. */
struct evolve_side {
	const char *name;
	cdrpc_status (*serve)(struct cdrpc_server *server);
	void (*call)(struct cdrpc_client *client);
};

extern const struct evolve_side evolve_old[], evolve_new[];     /* the last has no name */

/* Adds to what the client tells of this pair; 'format' stands for one thing. */
void evolve_say(const char *format, ...);

/* The same with a status: OK, a negative one by its name, an error of the interface by number and by 'name'. */
void evolve_say_status(cdrpc_status status, const char *name);

/* The text, or "?" for NULL. */
const char *evolve_text(const char *text);

/* Handles of an event and of a semaphore, which stay open. */
cdrpc_handle evolve_event(void);
cdrpc_handle evolve_semaphore(void);

/* Runs the thread's messages until *value is at least 'least'. */
void evolve_wait(const volatile int *value, int least);

#endif
