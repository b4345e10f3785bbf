#include "crash.h"

void
crash_report_install(void)
{
}
