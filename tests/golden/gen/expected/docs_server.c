/*
 * Server skeletons of module test.docs, written by cdidl from docs.cdidl. Changes belong there.
 *
 * A module with * / and / * and ? ?/ in its doc comment.
 *
 * Second paragraph: äöü, "quotes", back\slash, %d, $dollar$.
 * Deprecated since version 9.
 */
#include "docs.h"

#include <string.h>

#include <cdrpc/generated.h>

/* do_it(Thing thing, u32 count) fails Failure @1; */
static cdrpc_status
docs_do_it_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct docs_handlers *to = (const struct docs_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct docs_thing *thing;
	uint32_t count;

	if (!to->do_it)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	thing = (struct docs_thing *)cdrpc_read_alloc(&r, 1, sizeof *thing);
	if (thing)
		docs_thing_read(&r, thing);
	count = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->do_it(call, self, thing, count);
}

/*
 * undocumented_with_a_long_list_of_parameters(u32 the_first_parameter, u32 the_second_parameter,
 *     u32 the_third_parameter, string[<=MANY][<=MANY] the_fourth_parameter) @2;
 */
static cdrpc_status
docs_undocumented_with_a_long_list_of_parameters_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct docs_handlers *to = (const struct docs_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t the_first_parameter;
	uint32_t the_second_parameter;
	uint32_t the_third_parameter;
	const char **the_fourth_parameter;
	uint32_t the_fourth_parameter_count;
	uint32_t i;

	if (!to->undocumented_with_a_long_list_of_parameters)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	the_first_parameter = cdrpc_read_u32(&r);
	the_second_parameter = cdrpc_read_u32(&r);
	the_third_parameter = cdrpc_read_u32(&r);
	the_fourth_parameter_count = cdrpc_read_count(&r, DOCS_MANY, 5);
	the_fourth_parameter = (const char **)cdrpc_read_alloc(&r, the_fourth_parameter_count,
							       sizeof *the_fourth_parameter);
	for (i = 0; the_fourth_parameter && i < the_fourth_parameter_count; i++)
		the_fourth_parameter[i] = cdrpc_read_string(&r, DOCS_MANY);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->undocumented_with_a_long_list_of_parameters(call, self, the_first_parameter, the_second_parameter,
							       the_third_parameter, the_fourth_parameter,
							       the_fourth_parameter_count);
}

/* event happened(Choice choice) @3; */
cdrpc_status
docs_emit_happened(struct cdrpc_server *server, struct cdrpc_peer *to, const struct docs_choice *choice)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to, &docs_interface, 2);
	do {
		docs_choice_write(&w, choice);
	} while (cdrpc_write_again(&w));
	return cdrpc_event_send(&w);
}

static cdrpc_skeleton *const docs_skeleton_table[] = {
	docs_do_it_skeleton,
	docs_undocumented_with_a_long_list_of_parameters_skeleton,
	NULL,
};

cdrpc_status
docs_serve(struct cdrpc_server *server, const struct docs_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &docs_interface, docs_skeleton_table, handlers, self);
}
