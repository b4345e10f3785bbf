#include "base/sized.h"

#include <string.h>

#define NUMBER_TEXT(macro) TEXT_OF_NUMBER(macro)
#define TEXT_OF_NUMBER(number) #number

const char *
cdrpc_version(void)
{
	return NUMBER_TEXT(CDRPC_VERSION_MAJOR) "." NUMBER_TEXT(CDRPC_VERSION_MINOR) "." NUMBER_TEXT(CDRPC_VERSION_PATCH);
}

bool
sized_take(const void *given, size_t given_size, void *ret_own, size_t own_size, size_t *ret_at)
{
	const unsigned char *bytes = (const unsigned char *)given;
	size_t at;

	memset(ret_own, 0, own_size);
	*ret_at = 0;
	if (!given)
		return true;
	memcpy(ret_own, given, given_size < own_size ? given_size : own_size);
	if (given_size == 0 || given_size > CDRPC_STRUCT_MAX)
		return false;
	for (at = own_size; at < given_size; at++) {
		if (bytes[at] != 0) {
			*ret_at = at;
			return false;
		}
	}
	return true;
}

void
sized_give(const void *own, size_t own_size, void *ret_given, size_t given_size)
{
	unsigned char *bytes = (unsigned char *)ret_given;
	size_t common = given_size < own_size ? given_size : own_size;

	memcpy(bytes, own, common);
	memset(bytes + common, 0, given_size - common);
}
