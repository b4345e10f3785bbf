/* C++ wrapper of module test.types_only, written by cdidl from types_only.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_TYPES_ONLY_HPP
#define CDIDL_TEST_TYPES_ONLY_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "types_only.h"

namespace test::types_only {

} // namespace test::types_only

#endif
