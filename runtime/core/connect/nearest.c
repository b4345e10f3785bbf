#include "connect/nearest.h"

#include <string.h>

#include "base/env.h"
#include "base/system.h"
#include "session/endpoint.h"
#include "session/registry.h"

#define LOOKED_AT_MOST  256     /* windows: it is only a hint */
#define LETTERS_A_SLIP  5       /* of the name: so many of it may have one letter wrong, and one more in any case */

static bool
is_same_letter(char a, char b)
{
	if (a >= 'A' && a <= 'Z')
		a |= 0x20;
	if (b >= 'A' && b <= 'Z')
		b |= 0x20;
	return a == b;
}

/* How many letters are to be put in, left out or changed to make one of the other. Both have CDRPC_NAME_MAX at most. */
static size_t
name_distance(const char *a, const char *b)
{
	size_t row[CDRPC_NAME_MAX + 1], length = strlen(b), i, j, diagonal, change, other;

	for (j = 0; j <= length; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		diagonal = row[0];
		row[0] = i + 1;
		for (j = 1; j <= length; j++) {
			change = diagonal + !is_same_letter(a[i], b[j - 1]);
			diagonal = row[j];
			other = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			row[j] = change < other ? change : other;
		}
	}
	return row[length];
}

void
nearest_tell(const struct endpoint *endpoint, const char *name)
{
	char found[CDRPC_NAME_MAX + 1], nearest[CDRPC_NAME_MAX + 1];
	size_t least = strlen(name) / LETTERS_A_SLIP + 2, count, distance, i;
	window_id windows[LOOKED_AT_MOST];

	nearest[0] = '\0';
	count = port_find(endpoint->port, NULL, windows, LOOKED_AT_MOST);
	for (i = 0; i < count; i++) {
		/* What a window says of itself may be anything. */
		if (!window_service(windows[i], found) || !service_name_valid(found))
			continue;
		distance = name_distance(name, found);
		if (distance >= least)
			continue;
		least = distance;
		memcpy(nearest, found, sizeof nearest);
	}
	if (nearest[0])
		env_log(&endpoint->env, CDRPC_LOG_NOTE, "cdrpc_client_connect: no server '%s' on this desktop, but there is one '%s': is that "
			"meant? Else see whether it runs, in this session, and what its cdrpc_server_start() has returned", name, nearest);
}
