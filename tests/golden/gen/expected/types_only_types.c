/* Types of module test.types_only, written by cdidl from types_only.cdidl. Changes belong there. */
#include "types_only.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>
