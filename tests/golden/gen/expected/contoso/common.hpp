/*
 * C++ wrapper of module contoso.common, written by cdidl from common.cdidl. Changes belong there.
 *
 * What several modules share.
 */
#ifndef CDIDL_CONTOSO_COMMON_HPP
#define CDIDL_CONTOSO_COMMON_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "common.h"

namespace contoso::common {

} // namespace contoso::common

#endif
