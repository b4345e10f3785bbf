/*
 * C header of module a_b, written by cdidl from joined.cdidl. Changes belong there.
 *
 * Its name differs from that of 'parted' in what stands between the letters alone.
 */
#ifndef CDIDL_3a_b_H
#define CDIDL_3a_b_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

struct a_b_pair {
	uint32_t x;
	uint32_t y;
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
