/* What a program that was built from another version of the interface is refused, and refuses. */
#include "secrets_changed.h"

void secrets_call_changed(struct cdrpc_client *client, const char *key, struct cdrpc_bytes data, uint32_t number);

void
secrets_call_changed(struct cdrpc_client *client, const char *key, struct cdrpc_bytes data, uint32_t number)
{
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes again;
	const char *text;
	uint64_t told;

	changed_vault_open(client, key, &told);
	changed_vault_open(client, "Xyzzy", &told);
	changed_vault_store(client, data, &again, &reply);
	cdrpc_reply_free(&reply);
	data.size = 2;
	changed_vault_store(client, data, &again, &reply);
	cdrpc_reply_free(&reply);
	changed_vault_pick(client, number, number, &text, &reply);
	cdrpc_reply_free(&reply);
	changed_vault_pick(client, 1, number, &text, &reply);
	cdrpc_reply_free(&reply);
}
