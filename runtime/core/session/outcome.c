#include "session/outcome.h"

#define ERROR_ACCESS_DENIED_CODE 5

cdrpc_status
outcome_classify(const struct outcome_facts *facts)
{
	/* Error 5 also means, on Wine, that the process died during the call: so death is looked at before it. */
	if (facts->process_ended)
		return CDRPC_E_PEER_DIED;
	if (!facts->window_exists)
		return CDRPC_E_PEER_GONE;
	if (facts->os_error == ERROR_ACCESS_DENIED_CODE)
		return CDRPC_E_ACCESS;
	if (facts->window_hung)
		return CDRPC_E_HUNG;
	return CDRPC_E_TIMEOUT;
}
