#include "session/service_name.h"

#include <string.h>

#include <cdrpc/cdrpc.h>

bool
service_name_valid(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
	size_t length;

	if (!name)
		return false;
	length = strspn(name, allowed);
	return length > 0 && length <= CDRPC_NAME_MAX && name[length] == '\0';
}
