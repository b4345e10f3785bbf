/*
 * cdrpc/single_instance.h: a program that runs once. A further start hands over what it was started with to the instance that is there.
 *
 *	static cdrpc_status
 *	hand_over(void *self, struct cdrpc_client *client)
 *	{
 *		struct arguments *arguments = self;
 *
 *		return instance_open(client, arguments->directory, arguments->each, arguments->count);
 *	}
 *
 *	static cdrpc_status
 *	become(void *self, struct cdrpc_server **ret_server)
 *	{
 *		... the window, cdrpc_server_new, instance_serve ...
 *	}
 *
 *	status = cdrpc_single_instance("contoso.editor", NULL, hand_over, become, &arguments, &server);
 *	if (status == CDRPC_OK && server)
 *		... this is the instance: open the arguments, run the message loop, cdrpc_server_free ...
 *
 * Programs that do not call it do not have it linked.
 */
#ifndef CDRPC_SINGLE_INSTANCE_H
#define CDRPC_SINGLE_INSTANCE_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Hands over to the instance that serves under 'name' on this desktop, or becomes it. What counts as the instance is what counts as another
 * server for an exclusive one, see cdrpc_server_options.exclusive; of those that are started at the same time one becomes it, and the others
 * hand over to that one. Waits and bounds are those of cdrpc_server_start() of an exclusive server. Sent messages are handled meanwhile.
 *
 * hand_over(self, client) is given a client of the instance, which ends after it has returned, and calls what the program's interface has for
 * this. Before it the instance is allowed to come to the front, if this process may (AllowSetForegroundWindow): its handler calls
 * SetForegroundWindow. What it returns is returned, but that it is tried again, with whoever is the instance then, where the instance ends:
 * CDRPC_E_STOPPING, CDRPC_E_NO_SESSION, CDRPC_E_PEER_DIED, CDRPC_E_PEER_GONE. So nothing is lost with an instance that its user closes just
 * then; but what an instance has begun and not answered when it ended may be opened twice.
 *
 * become(self, &server) makes the server, of that name, and adds its interfaces; it does not start it. It makes what options.window needs, too.
 * Meanwhile other starts wait, for a minute at most: whatever takes long comes later. Where it fails it leaves no server.
 *
 * 'options' are those of the client, NULL: defaults; 'server' and 'start_image' do not count. The instance has to be admitted by their policy as
 * well: it is CDRPC_E_POLICY where it is not, and nothing is become. Their time for connecting is how long it is tried again.
 *
 * OK: *ret_server is the server, started, the caller's to free; or NULL: it was handed over. Else nothing is left: what hand_over() or become()
 * has returned; what connecting has come to; CDRPC_E_ARGUMENT: no name, or become() has made none or a server of another; CDRPC_E_NOMEM,
 * CDRPC_E_OS; CDRPC_E_STATE: it has started it. The calling thread becomes the server's.
 */
static inline cdrpc_status cdrpc_single_instance(const char *name, const struct cdrpc_client_options *options,
						 cdrpc_status (*hand_over)(void *self, struct cdrpc_client *client),
						 cdrpc_status (*become)(void *self, struct cdrpc_server **ret_server), void *self,
						 struct cdrpc_server **ret_server);

/* What it calls, see cdrpc/sized.h. */
CDRPC_API cdrpc_status cdrpc_single_instance_sized(const char *name, const struct cdrpc_client_options *options,
						   const struct cdrpc_sizes *sizes, size_t sizes_size,
						   cdrpc_status (*hand_over)(void *self, struct cdrpc_client *client),
						   cdrpc_status (*become)(void *self, struct cdrpc_server **ret_server), void *self,
						   struct cdrpc_server **ret_server);

static inline cdrpc_status
cdrpc_single_instance(const char *name, const struct cdrpc_client_options *options,
		      cdrpc_status (*hand_over)(void *self, struct cdrpc_client *client),
		      cdrpc_status (*become)(void *self, struct cdrpc_server **ret_server), void *self, struct cdrpc_server **ret_server)
{
	const struct cdrpc_sizes sizes = CDRPC_SIZES(*options);

	return cdrpc_single_instance_sized(name, options, &sizes, sizeof sizes, hand_over, become, self, ret_server);
}

#ifdef __cplusplus
}
#endif

#pragma pack(pop)
#endif
