/*
 * cdrpc/exceptions.h: what the C++ wrapper tells of exceptions that it has caught; programs need not call it. The log has a line then,
 * with 'what', the exception's own text: 300 bytes of it at most, on one line. NULL: it has none.
 */
#ifndef CDRPC_EXCEPTIONS_H
#define CDRPC_EXCEPTIONS_H

#include <cdrpc/cdrpc.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * An exception has left the handler of 'call', and stands for 'status': CDRPC_E_NOMEM, of which there is no line where the caller hears of it,
 * or CDRPC_E_HANDLER. Of a [secret] method 'what' is not told. Returns what the handler is to return: CDRPC_KEPT, if it has kept the call,
 * for whoever has it answers; else 'status'. Inside the handler, on its thread.
 */
CDRPC_API cdrpc_status cdrpc_call_threw(struct cdrpc_call *call, cdrpc_status status, const char *what);
/* An exception has left a listener or a callback, which 'name' says. Any thread: the log is that of the client or server that it opened last
 * of those that it still has, of else the default one. */
CDRPC_API void cdrpc_callback_threw(const char *name, const char *what);

#ifdef __cplusplus
}
#endif

#endif
