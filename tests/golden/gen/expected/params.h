/* C header of module test.params, written by cdidl from params.cdidl. Changes belong there. */
#ifndef CDIDL_4test_6params_H
#define CDIDL_4test_6params_H

#include <cdrpc/cdrpc.h>
#include "contoso/common.h"

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

/* ---- Params ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. params_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface params_interface;

/*
 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
 *     out bytes[<=10] f) @1;
 */
cdrpc_status params_texts(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
			  const char **ret_d, const cdrpc_wchar **ret_e, struct cdrpc_bytes *ret_f,
			  struct cdrpc_reply *reply);
cdrpc_status params_texts_begin(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
				struct cdrpc_pending **ret_pending);
cdrpc_status params_texts_finish(struct cdrpc_pending *pending, const char **ret_d, const cdrpc_wchar **ret_e,
				 struct cdrpc_bytes *ret_f, struct cdrpc_reply *reply);

/*
 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
 *     out bytes[<=10]? f) @2;
 */
cdrpc_status params_maybe(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
			  const char **ret_d, const cdrpc_wchar **ret_e, struct cdrpc_bytes *ret_f,
			  struct cdrpc_reply *reply);
cdrpc_status params_maybe_begin(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
				struct cdrpc_pending **ret_pending);
cdrpc_status params_maybe_finish(struct cdrpc_pending *pending, const char **ret_d, const cdrpc_wchar **ret_e,
				 struct cdrpc_bytes *ret_f, struct cdrpc_reply *reply);

/*
 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
 *     inout u8[4] e) @3;
 */
cdrpc_status params_both(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
			 const uint32_t *d, uint32_t d_count, const uint8_t e[4], const char **ret_a,
			 const cdrpc_wchar **ret_b, struct cdrpc_bytes *ret_c, const uint32_t **ret_d,
			 uint32_t *ret_d_count, uint8_t ret_e[4], struct cdrpc_reply *reply);
cdrpc_status params_both_begin(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
			       const uint32_t *d, uint32_t d_count, const uint8_t e[4],
			       struct cdrpc_pending **ret_pending);
cdrpc_status params_both_finish(struct cdrpc_pending *pending, const char **ret_a, const cdrpc_wchar **ret_b,
				struct cdrpc_bytes *ret_c, const uint32_t **ret_d, uint32_t *ret_d_count,
				uint8_t ret_e[4], struct cdrpc_reply *reply);

/*
 * lists(bool[<=4] a, u8[<=4] b, string[<=10][<=4] c, wstring[<=10][<=4] d, bytes[<=10][<=4] e, Note[<=4] f,
 *     Amount[<=4] g, Unit[<=4] h, Mode[<=4] i) @4;
 */
cdrpc_status params_lists(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint8_t *b,
			  uint32_t b_count, const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d,
			  uint32_t d_count, const struct cdrpc_bytes *e, uint32_t e_count, const struct common_note *f,
			  uint32_t f_count, const struct common_amount *g, uint32_t g_count, const common_unit_t *h,
			  uint32_t h_count, const common_mode_t *i, uint32_t i_count);
cdrpc_status params_lists_begin(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint8_t *b,
				uint32_t b_count, const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d,
				uint32_t d_count, const struct cdrpc_bytes *e, uint32_t e_count,
				const struct common_note *f, uint32_t f_count, const struct common_amount *g,
				uint32_t g_count, const common_unit_t *h, uint32_t h_count, const common_mode_t *i,
				uint32_t i_count, struct cdrpc_pending **ret_pending);
cdrpc_status params_lists_finish(struct cdrpc_pending *pending);

/*
 * lists_out(out bool[<=4] a, out u8[<=4] b, out string[<=10][<=4] c, out wstring[<=10][<=4] d,
 *     out bytes[<=10][<=4] e, out Note[<=4] f, out Amount[<=4] g, out Unit[<=4] h, out Mode[<=4] i) @5;
 */
cdrpc_status params_lists_out(struct cdrpc_client *client, const bool **ret_a, uint32_t *ret_a_count,
			      const uint8_t **ret_b, uint32_t *ret_b_count, const char *const **ret_c,
			      uint32_t *ret_c_count, const cdrpc_wchar *const **ret_d, uint32_t *ret_d_count,
			      const struct cdrpc_bytes **ret_e, uint32_t *ret_e_count, const struct common_note **ret_f,
			      uint32_t *ret_f_count, const struct common_amount **ret_g, uint32_t *ret_g_count,
			      const common_unit_t **ret_h, uint32_t *ret_h_count, const common_mode_t **ret_i,
			      uint32_t *ret_i_count, struct cdrpc_reply *reply);
cdrpc_status params_lists_out_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status params_lists_out_finish(struct cdrpc_pending *pending, const bool **ret_a, uint32_t *ret_a_count,
				     const uint8_t **ret_b, uint32_t *ret_b_count, const char *const **ret_c,
				     uint32_t *ret_c_count, const cdrpc_wchar *const **ret_d, uint32_t *ret_d_count,
				     const struct cdrpc_bytes **ret_e, uint32_t *ret_e_count,
				     const struct common_note **ret_f, uint32_t *ret_f_count,
				     const struct common_amount **ret_g, uint32_t *ret_g_count,
				     const common_unit_t **ret_h, uint32_t *ret_h_count, const common_mode_t **ret_i,
				     uint32_t *ret_i_count, struct cdrpc_reply *reply);

/*
 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
 *     out Note[<=4]? f) @6;
 */
cdrpc_status params_maybe_lists(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint64_t *b,
				uint32_t b_count, const char *const *c, uint32_t c_count, const struct common_note *d,
				uint32_t d_count, const uint64_t **ret_e, uint32_t *ret_e_count,
				const struct common_note **ret_f, uint32_t *ret_f_count, struct cdrpc_reply *reply);
cdrpc_status params_maybe_lists_begin(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint64_t *b,
				      uint32_t b_count, const char *const *c, uint32_t c_count,
				      const struct common_note *d, uint32_t d_count,
				      struct cdrpc_pending **ret_pending);
cdrpc_status params_maybe_lists_finish(struct cdrpc_pending *pending, const uint64_t **ret_e, uint32_t *ret_e_count,
				       const struct common_note **ret_f, uint32_t *ret_f_count,
				       struct cdrpc_reply *reply);

/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
cdrpc_status params_arrays(struct cdrpc_client *client, const bool a[4], const uint64_t b[4],
			   const float c[COMMON_NAME_MAX], bool ret_d[4], uint64_t ret_e[4],
			   float ret_f[COMMON_NAME_MAX]);
cdrpc_status params_arrays_begin(struct cdrpc_client *client, const bool a[4], const uint64_t b[4],
				 const float c[COMMON_NAME_MAX], struct cdrpc_pending **ret_pending);
cdrpc_status params_arrays_finish(struct cdrpc_pending *pending, bool ret_d[4], uint64_t ret_e[4],
				  float ret_f[COMMON_NAME_MAX]);

/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
cdrpc_status params_maybe_arrays(struct cdrpc_client *client, const bool *a, const uint64_t *b, const bool **ret_c,
				 const uint64_t **ret_d, struct cdrpc_reply *reply);
cdrpc_status params_maybe_arrays_begin(struct cdrpc_client *client, const bool *a, const uint64_t *b,
				       struct cdrpc_pending **ret_pending);
cdrpc_status params_maybe_arrays_finish(struct cdrpc_pending *pending, const bool **ret_c, const uint64_t **ret_d,
					struct cdrpc_reply *reply);

/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
cdrpc_status params_blobs(struct cdrpc_client *client, struct cdrpc_bytes a, struct cdrpc_bytes b,
			  struct cdrpc_bytes *ret_c, struct cdrpc_bytes *ret_d, struct cdrpc_reply *reply);
cdrpc_status params_blobs_begin(struct cdrpc_client *client, struct cdrpc_bytes a, struct cdrpc_bytes b,
				struct cdrpc_pending **ret_pending);
cdrpc_status params_blobs_finish(struct cdrpc_pending *pending, struct cdrpc_bytes *ret_c, struct cdrpc_bytes *ret_d,
				 struct cdrpc_reply *reply);

/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
cdrpc_status params_setting(struct cdrpc_client *client, const struct common_setting *a, const struct common_size *c,
			    struct common_setting *ret_b, struct common_size *ret_c);
cdrpc_status params_setting_begin(struct cdrpc_client *client, const struct common_setting *a,
				  const struct common_size *c, struct cdrpc_pending **ret_pending);
cdrpc_status params_setting_finish(struct cdrpc_pending *pending, struct common_setting *ret_b,
				   struct common_size *ret_c);

/* What a server of Params does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct params_handlers {
	cdrpc_status (*texts)(struct cdrpc_call *call, void *self, const char *a, const cdrpc_wchar *b,
			      struct cdrpc_bytes c);
	cdrpc_status (*maybe)(struct cdrpc_call *call, void *self, const char *a, const cdrpc_wchar *b,
			      struct cdrpc_bytes c);
	cdrpc_status (*both)(struct cdrpc_call *call, void *self, const char *a, const cdrpc_wchar *b,
			     struct cdrpc_bytes c, const uint32_t *d, uint32_t d_count, const uint8_t e[4]);
	cdrpc_status (*lists)(struct cdrpc_call *call, void *self, const bool *a, uint32_t a_count, const uint8_t *b,
			      uint32_t b_count, const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d,
			      uint32_t d_count, const struct cdrpc_bytes *e, uint32_t e_count,
			      const struct common_note *f, uint32_t f_count, const struct common_amount *g,
			      uint32_t g_count, const common_unit_t *h, uint32_t h_count, const common_mode_t *i,
			      uint32_t i_count);
	cdrpc_status (*lists_out)(struct cdrpc_call *call, void *self);
	cdrpc_status (*maybe_lists)(struct cdrpc_call *call, void *self, const bool *a, uint32_t a_count,
				    const uint64_t *b, uint32_t b_count, const char *const *c, uint32_t c_count,
				    const struct common_note *d, uint32_t d_count);
	cdrpc_status (*arrays)(struct cdrpc_call *call, void *self, const bool a[4], const uint64_t b[4],
			       const float c[COMMON_NAME_MAX]);
	cdrpc_status (*maybe_arrays)(struct cdrpc_call *call, void *self, const bool *a, const uint64_t *b);
	cdrpc_status (*blobs)(struct cdrpc_call *call, void *self, struct cdrpc_bytes a, struct cdrpc_bytes b);
	cdrpc_status (*setting)(struct cdrpc_call *call, void *self, const struct common_setting *a,
				const struct common_size *c);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status params_serve(struct cdrpc_server *server, const struct params_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status params_texts_reply(struct cdrpc_call *call, const char *d, const cdrpc_wchar *e, struct cdrpc_bytes f);
cdrpc_status params_maybe_reply(struct cdrpc_call *call, const char *d, const cdrpc_wchar *e, struct cdrpc_bytes f);
cdrpc_status params_both_reply(struct cdrpc_call *call, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
			       const uint32_t *d, uint32_t d_count, const uint8_t e[4]);
cdrpc_status params_lists_out_reply(struct cdrpc_call *call, const bool *a, uint32_t a_count, const uint8_t *b,
				    uint32_t b_count, const char *const *c, uint32_t c_count,
				    const cdrpc_wchar *const *d, uint32_t d_count, const struct cdrpc_bytes *e,
				    uint32_t e_count, const struct common_note *f, uint32_t f_count,
				    const struct common_amount *g, uint32_t g_count, const common_unit_t *h,
				    uint32_t h_count, const common_mode_t *i, uint32_t i_count);
cdrpc_status params_maybe_lists_reply(struct cdrpc_call *call, const uint64_t *e, uint32_t e_count,
				      const struct common_note *f, uint32_t f_count);
cdrpc_status params_arrays_reply(struct cdrpc_call *call, const bool d[4], const uint64_t e[4],
				 const float f[COMMON_NAME_MAX]);
cdrpc_status params_maybe_arrays_reply(struct cdrpc_call *call, const bool *c, const uint64_t *d);
cdrpc_status params_blobs_reply(struct cdrpc_call *call, struct cdrpc_bytes c, struct cdrpc_bytes d);
cdrpc_status params_setting_reply(struct cdrpc_call *call, const struct common_setting *b, const struct common_size *c);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

/* Where methods and events stand in the tables of params_interface. */
enum {
	params_texts_in_table,
	params_maybe_in_table,
	params_both_in_table,
	params_lists_in_table,
	params_lists_out_in_table,
	params_maybe_lists_in_table,
	params_arrays_in_table,
	params_maybe_arrays_in_table,
	params_blobs_in_table,
	params_setting_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
