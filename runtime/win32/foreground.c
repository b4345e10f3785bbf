/* Apart from other things: only cdrpc_single_instance() needs it. */
#include <windows.h>

#include "base/system.h"

void
process_let_come(uint32_t process_id)
{
	AllowSetForegroundWindow(process_id);
}
