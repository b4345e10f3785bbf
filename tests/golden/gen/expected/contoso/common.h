/*
 * C header of module contoso.common, written by cdidl from common.cdidl. Changes belong there.
 *
 * What several modules share.
 */
#ifndef CDIDL_7contoso_6common_H
#define CDIDL_7contoso_6common_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

#define COMMON_NAME_MAX UINT32_C(64)

typedef uint8_t common_unit_t;		/* open: a value not listed here is possible */
enum {
	COMMON_UNIT_SECOND = 0,
	COMMON_UNIT_METRE = 1
};
/* "Second" and so on; NULL for a value not listed. */
const char *common_unit_name(common_unit_t unit);

typedef uint8_t common_mode_t;		/* strict: only the values below are possible */
enum {
	COMMON_MODE_OFF = 1,
	COMMON_MODE_ON = 2
};
/* "Off" and so on; NULL for a value not listed. */
const char *common_mode_name(common_mode_t mode);

typedef uint16_t common_access_t;
#define COMMON_ACCESS_READ (UINT16_C(1) << 0)
#define COMMON_ACCESS_WRITE (UINT16_C(1) << 1)

enum {
	COMMON_ERROR_BUSY = 1,
	COMMON_ERROR_BROKEN = 2
};
/* "Busy" and so on; NULL for a status that is none of these. */
const char *common_error_name(cdrpc_status status);
/* The same, or what cdrpc_status_name() says: for any status, never NULL. */
const char *common_error_status_text(cdrpc_status status);

struct common_size {
	uint32_t width;
	uint32_t height;
};

/* Has a hole, a bool and a strict enum, so it is neither copied nor believed as it is. */
struct common_setting {
	common_mode_t mode;
	uint32_t value;
	bool locked;
};

struct common_note {
	const char *author;		/* 1, <= COMMON_NAME_MAX bytes */
	const char *text;		/* 2, <= 4K bytes */
};

enum {
	COMMON_AMOUNT_WHOLE = 1,
	COMMON_AMOUNT_REAL = 2
};
struct common_amount {
	uint32_t kind;			/* COMMON_AMOUNT_*; 0 is none; a value not listed here is possible */
	union {
		uint64_t whole;		/* 1 */
		double real;		/* 2 */
	} as;
};

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool common_mode_valid(common_mode_t mode);
bool common_setting_valid(const struct common_setting *setting);
void common_setting_write(struct cdrpc_writer *w, const struct common_setting *setting);
void common_note_write(struct cdrpc_writer *w, const struct common_note *note);
void common_note_read(struct cdrpc_reader *r, struct common_note *note);
extern const struct cdrpc_shape common_note_shape;
void common_amount_write(struct cdrpc_writer *w, const struct common_amount *amount);
void common_amount_read(struct cdrpc_reader *r, struct common_amount *amount);
extern const struct cdrpc_shape common_amount_shape;

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
