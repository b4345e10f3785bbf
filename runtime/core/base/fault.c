#include "base/fault.h"

void
fault_point(enum fault fault, uint32_t frame_type)
{
	(void)fault;
	(void)frame_type;
}
