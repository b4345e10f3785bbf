/* What a program that was built from another version of the interface sees. */
#include <string.h>

#include "mistakes_changed.h"

void mistakes_call_changed(struct cdrpc_client *client, void (*got)(cdrpc_status status));

void
mistakes_call_changed(struct cdrpc_client *client, void (*got)(cdrpc_status status))
{
	struct cdrpc_reply reply = { 0 };
	char long_text[71];
	const char *value;
	uint64_t number;

	memset(long_text, 'x', 70);
	long_text[70] = '\0';
	got(changed_mistakes_echo(client, long_text, &number));
	got(changed_mistakes_echo(client, "hello", &number));
	got(changed_mistakes_answer(client, 1, &value, &reply));
	cdrpc_reply_free(&reply);
	got(changed_mistakes_newer(client));
	got(changed_mistakes_gone(client));
}
