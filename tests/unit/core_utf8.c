#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "wire/utf8.h"

/* What Unicode says, written the slow way: decode, then look at the value. */
static bool
reference_valid(const uint8_t *text, size_t size)
{
	static const uint32_t least[] = { 0, 1, 0x80, 0x800, 0x10000 };
	size_t at = 0;

	while (at < size) {
		uint8_t lead = text[at];
		size_t length = lead < 0x80 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : (lead & 0xF8) == 0xF0 ? 4 : 0;
		uint32_t value = length == 1 ? lead : length == 2 ? lead & 0x1Fu : length == 3 ? lead & 0x0Fu : lead & 0x07u;
		size_t i;

		if (length == 0 || size - at < length)
			return false;
		for (i = 1; i < length; i++) {
			if ((text[at + i] & 0xC0) != 0x80)
				return false;
			value = value << 6 | (text[at + i] & 0x3Fu);
		}
		if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
			return false;
		at += length;
	}
	return true;
}

/* An assertion that holds costs more than what it is about here, so only one that does not is made. */
static void
check(const uint8_t *text, size_t size, bool expected)
{
	if (utf8_valid(text, size) != expected)
		ck_abort_msg("%02x %02x %02x %02x, %zu bytes", text[0], size > 1 ? text[1] : 0, size > 2 ? text[2] : 0,
			     size > 3 ? text[3] : 0, size);
}

/* In a block of its own, so that reading past either end is seen. */
static void
same_as_reference(const uint8_t *text, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, size);
	check(copy, size, reference_valid(text, size));
	free(copy);
}

START_TEST(every_code_point_and_its_neighbours)
{
	uint32_t value;
	uint8_t text[4];

	for (value = 0; value < 0x110000 + 0x1000; value++) {
		size_t size;

		if (value < 0x80) {
			text[0] = (uint8_t)value;
			size = 1;
		} else if (value < 0x800) {
			text[0] = (uint8_t)(0xC0 | value >> 6);
			text[1] = (uint8_t)(0x80 | (value & 0x3F));
			size = 2;
		} else if (value < 0x10000) {
			text[0] = (uint8_t)(0xE0 | value >> 12);
			text[1] = (uint8_t)(0x80 | (value >> 6 & 0x3F));
			text[2] = (uint8_t)(0x80 | (value & 0x3F));
			size = 3;
		} else {
			text[0] = (uint8_t)(0xF0 | value >> 18);
			text[1] = (uint8_t)(0x80 | (value >> 12 & 0x3F));
			text[2] = (uint8_t)(0x80 | (value >> 6 & 0x3F));
			text[3] = (uint8_t)(0x80 | (value & 0x3F));
			size = 4;
		}
		check(text, size, value != 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF));
	}
}
END_TEST

START_TEST(every_pair_and_every_kind_of_four_bytes)
{
	static const uint8_t kinds[] = { 0x00, 0x01, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
					 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF };
	const size_t count = sizeof kinds;
	uint8_t text[4];
	size_t i;

	for (i = 0; i < 0x10000; i++) {
		text[0] = (uint8_t)(i >> 8);
		text[1] = (uint8_t)i;
		same_as_reference(text, 2);
	}
	for (i = 0; i < count * count * count * count; i++) {
		text[0] = kinds[i % count];
		text[1] = kinds[i / count % count];
		text[2] = kinds[i / count / count % count];
		text[3] = kinds[i / count / count / count];
		check(text, 4, reference_valid(text, 4));
	}
}
END_TEST

/* Each length, each place of one byte that is not plain, each such byte: what is done 8 at a time has no seams. */
START_TEST(one_odd_byte_anywhere)
{
	static const uint8_t odd[] = { 0x00, 0x01, 0x7F, 0x80, 0xC3, 0xFF };
	uint8_t text[34];
	size_t size, at, i;

	for (size = 0; size <= 33; size++) {
		memset(text, 'a', sizeof text);
		same_as_reference(text, size);
		for (at = 0; at < size; at++) {
			for (i = 0; i < sizeof odd; i++) {
				memset(text, i % 2 ? 0x01 : 0x7F, sizeof text);
				text[at] = odd[i];
				same_as_reference(text, size);
			}
			memset(text, 'a', sizeof text);
			memcpy(text + at, "\xC3\xA9", size - at < 2 ? size - at : 2);
			same_as_reference(text, size);
		}
	}
}
END_TEST

START_TEST(wide_text_has_no_zero_unit)
{
	uint16_t units[20];
	size_t count, at, shift;
	unsigned char raw[48];

	for (count = 0; count <= 19; count++) {
		for (at = 0; at < count; at++)
			units[at] = (uint16_t)(at % 3 == 0 ? 0x0100 : at % 3 == 1 ? 0x8000 : 0x0001);
		for (shift = 0; shift < 8; shift++) {
			memcpy(raw + shift, units, sizeof units);
			ck_assert(wide_valid(raw + shift, count));
			for (at = 0; at < count; at++) {
				memset(raw + shift + 2 * at, 0, 2);
				ck_assert(!wide_valid(raw + shift, count));
				memcpy(raw + shift + 2 * at, &units[at], 2);
			}
		}
	}
}
END_TEST

START_TEST(wide_length_ends_at_the_zero_unit)
{
	cdrpc_wchar text[] = { 0x0100, 0xD800, 1, 0, 5 };

	ck_assert_uint_eq(wide_length(text), 3);
	ck_assert_uint_eq(wide_length(text + 3), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_utf8");
	TCase *tcase = tcase_create("core_utf8");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_code_point_and_its_neighbours);
	tcase_add_test(tcase, every_pair_and_every_kind_of_four_bytes);
	tcase_add_test(tcase, one_odd_byte_anywhere);
	tcase_add_test(tcase, wide_text_has_no_zero_unit);
	tcase_add_test(tcase, wide_length_ends_at_the_zero_unit);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
