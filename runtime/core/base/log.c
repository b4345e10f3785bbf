#include <stdarg.h>
#include <stdio.h>

#include "base/env.h"
#include "base/system.h"

#define LINE_MAX_SIZE 512

void
env_log(const struct cdrpc_env *env, enum cdrpc_log_level level, const char *format, ...)
{
	char line[LINE_MAX_SIZE];
	va_list arguments;

	va_start(arguments, format);
	if (vsnprintf(line, sizeof line, format, arguments) < 0)
		line[0] = '\0';
	va_end(arguments);
	line[sizeof line - 1] = '\0';   /* the C runtime of old Windows does not when it cuts off */
	log_to_file(level, line);
	if (env && env->log)
		env->log(env->self, level, line);
	else
		log_to_debugger(line);
}
