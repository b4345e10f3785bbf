/* C header of module test.types_only, written by cdidl from types_only.cdidl. Changes belong there. */
#ifndef CDIDL_4test_10types_only_H
#define CDIDL_4test_10types_only_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

#define TYPES_ONLY_ONLY UINT32_C(1)

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
