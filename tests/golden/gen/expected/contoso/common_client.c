/*
 * Client stubs of module contoso.common, written by cdidl from common.cdidl. Changes belong there.
 *
 * What several modules share.
 */
#include "common.h"

#include <string.h>

#include <cdrpc/generated.h>
