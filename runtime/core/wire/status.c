/* Names of statuses and routes. */
#include <cdrpc/cdrpc.h>

const char *
cdrpc_status_name(cdrpc_status status)
{
	switch (status) {
	case CDRPC_OK: return "CDRPC_OK";
	case CDRPC_E_ARGUMENT: return "CDRPC_E_ARGUMENT";
	case CDRPC_E_NOMEM: return "CDRPC_E_NOMEM";
	case CDRPC_E_OS: return "CDRPC_E_OS";
	case CDRPC_E_WRONG_THREAD: return "CDRPC_E_WRONG_THREAD";
	case CDRPC_E_STATE: return "CDRPC_E_STATE";
	case CDRPC_E_NOT_FOUND: return "CDRPC_E_NOT_FOUND";
	case CDRPC_E_POLICY: return "CDRPC_E_POLICY";
	case CDRPC_E_VERSION: return "CDRPC_E_VERSION";
	case CDRPC_E_TOO_LARGE: return "CDRPC_E_TOO_LARGE";
	case CDRPC_E_DECODE: return "CDRPC_E_DECODE";
	case CDRPC_E_PROTOCOL: return "CDRPC_E_PROTOCOL";
	case CDRPC_E_TIMEOUT: return "CDRPC_E_TIMEOUT";
	case CDRPC_E_HUNG: return "CDRPC_E_HUNG";
	case CDRPC_E_PEER_DIED: return "CDRPC_E_PEER_DIED";
	case CDRPC_E_PEER_GONE: return "CDRPC_E_PEER_GONE";
	case CDRPC_E_ACCESS: return "CDRPC_E_ACCESS";
	case CDRPC_E_CLOSED: return "CDRPC_E_CLOSED";
	case CDRPC_E_CANCELLED: return "CDRPC_E_CANCELLED";
	case CDRPC_E_NOT_AVAILABLE: return "CDRPC_E_NOT_AVAILABLE";
	case CDRPC_E_NAME_IN_USE: return "CDRPC_E_NAME_IN_USE";
	case CDRPC_E_BUSY: return "CDRPC_E_BUSY";
	case CDRPC_E_WOULD_DEADLOCK: return "CDRPC_E_WOULD_DEADLOCK";
	case CDRPC_E_NO_INTERFACE: return "CDRPC_E_NO_INTERFACE";
	case CDRPC_E_NO_METHOD: return "CDRPC_E_NO_METHOD";
	case CDRPC_E_NOT_IMPLEMENTED: return "CDRPC_E_NOT_IMPLEMENTED";
	case CDRPC_E_BAD_REQUEST: return "CDRPC_E_BAD_REQUEST";
	case CDRPC_E_REFUSED: return "CDRPC_E_REFUSED";
	case CDRPC_E_REMOTE_LIMIT: return "CDRPC_E_REMOTE_LIMIT";
	case CDRPC_E_HANDLER: return "CDRPC_E_HANDLER";
	case CDRPC_E_ABANDONED: return "CDRPC_E_ABANDONED";
	case CDRPC_E_EXPIRED: return "CDRPC_E_EXPIRED";
	case CDRPC_E_STOPPING: return "CDRPC_E_STOPPING";
	case CDRPC_E_BAD_FRAME: return "CDRPC_E_BAD_FRAME";
	case CDRPC_E_NO_SESSION: return "CDRPC_E_NO_SESSION";
	case CDRPC_E_REMOTE_NOMEM: return "CDRPC_E_REMOTE_NOMEM";
	case CDRPC_E_DUPLICATE: return "CDRPC_E_DUPLICATE";
	case CDRPC_E_REMOTE_CANCELLED: return "CDRPC_E_REMOTE_CANCELLED";
	case CDRPC_E_REMOTE_VERSION: return "CDRPC_E_REMOTE_VERSION";
	case CDRPC_KEPT: return "CDRPC_KEPT";
	default: return status > 0 ? "(error of an interface)" : "(no status)";
	}
}

const char *
cdrpc_route_name(enum cdrpc_route route)
{
	switch (route) {
	case CDRPC_ROUTE_NONE: return "none";
	case CDRPC_ROUTE_VALUE: return "value";
	case CDRPC_ROUTE_MESSAGE: return "message";
	case CDRPC_ROUTE_SECTION: return "section";
	case CDRPC_ROUTE_RESIDENT: return "resident";
	case CDRPC_ROUTE_CHUNKS: return "chunks";
	}
	return "?";
}
