#include "wire/frame.h"

#include <assert.h>

#define RESULT_REFUSED 0x100
#define RESULT_ERROR 0x10000

bool
status_is_remote(cdrpc_status status)
{
	return status <= CDRPC_E_BUSY && status >= CDRPC_E_REMOTE_VERSION;
}

uint32_t
frame_result_refused(cdrpc_status status)
{
	assert(status_is_remote(status));
	return RESULT_REFUSED + (uint32_t)-status;
}

uint32_t
frame_result_error(cdrpc_status error)
{
	assert(error > 0 && error <= FRAME_ERROR_MAX);
	return RESULT_ERROR + (uint32_t)error;
}

bool
frame_result_is_refusal(uint64_t result, cdrpc_status *ret_status)
{
	cdrpc_status status;

	if (result <= RESULT_REFUSED || result >= RESULT_ERROR)
		return false;
	status = -(cdrpc_status)(result - RESULT_REFUSED);
	if (!status_is_remote(status))
		return false;
	*ret_status = status;
	return true;
}

cdrpc_status
frame_result_status(uint16_t type, const struct cdrpc_method *method, uint64_t result)
{
	uint32_t flags = method ? method->flags : 0;
	bool may_fail = type == FRAME_REQUEST && !(flags & CDRPC_METHOD_ONEWAY);
	bool may_be_done = may_fail && !(flags & CDRPC_METHOD_OUTPUTS);
	cdrpc_status status;

	if (result == FRAME_RESULT_ACCEPTED || (result == FRAME_RESULT_DONE && may_be_done))
		return CDRPC_OK;
	if (may_fail && result > RESULT_ERROR && result <= RESULT_ERROR + FRAME_ERROR_MAX)
		return (cdrpc_status)(result - RESULT_ERROR);
	return frame_result_is_refusal(result, &status) ? status : CDRPC_E_PROTOCOL;
}
