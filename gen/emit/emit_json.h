/*
 * Writing JSON: commas, line ends and indentation follow from the calls. A key is NULL inside an array and at the top.
 */
#ifndef CDIDL_EMIT_JSON_H
#define CDIDL_EMIT_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct out;

struct json {
	struct out *out;
	bool more;              /* something stands before, in the innermost object or array */
};

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_raw(struct json *json, const char *key, const char *value);
void json_string(struct json *json, const char *key, const char *value);
void json_number(struct json *json, const char *key, uint64_t value);
void json_bool(struct json *json, const char *key, bool value);

#endif
