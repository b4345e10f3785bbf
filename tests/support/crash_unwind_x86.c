#include "crash_unwind.h"

size_t
crash_unwind(CONTEXT *context, uintptr_t *ret_frames, size_t max)
{
	uintptr_t frame = context->Ebp;
	MEMORY_BASIC_INFORMATION stack;
	uintptr_t top;
	size_t count = 0;

	if (max == 0 || !VirtualQuery((const void *)(uintptr_t)context->Esp, &stack, sizeof stack))
		return 0;
	top = (uintptr_t)stack.BaseAddress + stack.RegionSize;
	ret_frames[count++] = context->Eip;
	/* Frame pointers form a list that rises within the stack; whatever leaves it was not one. */
	while (count < max && frame >= context->Esp && frame <= top - 2 * sizeof frame) {
		const uintptr_t *link = (const uintptr_t *)frame;

		ret_frames[count++] = link[1];
		if (link[0] <= frame)
			break;
		frame = link[0];
	}
	return count;
}
