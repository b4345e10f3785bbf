#include "crash_unwind.h"

size_t
crash_unwind(CONTEXT *context, uintptr_t *ret_frames, size_t max)
{
	size_t count = 0;

	while (context->Pc && count < max) {
		RUNTIME_FUNCTION *function;
		DWORD64 base;
		DWORD64 frame;
		void *handler_data;

		ret_frames[count++] = (uintptr_t)context->Pc;
		function = RtlLookupFunctionEntry(context->Pc, &base, NULL);
		if (function) {
			RtlVirtualUnwind(UNW_FLAG_NHANDLER, base, context->Pc, function, context, &handler_data, &frame, NULL);
			continue;
		}
		/* A function without unwind data is a leaf, or a jump to nowhere: the link register has the return address. */
		if (count > 1)
			break;
		context->Pc = context->Lr;
	}
	return count;
}
