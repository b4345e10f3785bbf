#include "own_security.h"

/* A SID of one subauthority, which is how long the structure is. */
static struct {
	ACL acl;
	ACE_HEADER header;
	ACCESS_MASK access;
	SID sid;
} dacl = {
	{ ACL_REVISION, 0, sizeof dacl, 1, 0 },
	{ ACCESS_ALLOWED_ACE_TYPE, 0, sizeof(ACE_HEADER) + sizeof(ACCESS_MASK) + sizeof(SID) },
	READ_CONTROL,
	{ SID_REVISION, 1, { SECURITY_CREATOR_SID_AUTHORITY }, { SECURITY_CREATOR_OWNER_RIGHTS_RID } },
};

static SECURITY_DESCRIPTOR descriptor = { SECURITY_DESCRIPTOR_REVISION, 0, SE_DACL_PRESENT, NULL, NULL, NULL, &dacl.acl };

SECURITY_ATTRIBUTES *
own_security(void)
{
	static SECURITY_ATTRIBUTES attributes = { sizeof attributes, &descriptor, FALSE };

	return &attributes;
}
