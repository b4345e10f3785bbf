#include "crash_unwind.h"

size_t
crash_unwind(CONTEXT *context, uintptr_t *ret_frames, size_t max)
{
	size_t count = 0;

	while (context->Rip && count < max) {
		RUNTIME_FUNCTION *function;
		DWORD64 base;
		DWORD64 frame;
		void *handler_data;

		ret_frames[count++] = (uintptr_t)context->Rip;
		function = RtlLookupFunctionEntry(context->Rip, &base, NULL);
		if (function) {
			RtlVirtualUnwind(UNW_FLAG_NHANDLER, base, context->Rip, function, context, &handler_data, &frame, NULL);
			continue;
		}
		/* A function without unwind data is a leaf, or a jump to nowhere: the return address is on top of the stack. */
		if (count > 1)
			break;
		context->Rip = *(const DWORD64 *)context->Rsp;
		context->Rsp += sizeof(DWORD64);
	}
	return count;
}
