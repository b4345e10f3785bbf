/*
 * Client stubs of module test.docs, written by cdidl from docs.cdidl. Changes belong there.
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
cdrpc_status
docs_do_it_begin(struct cdrpc_client *client, const struct docs_thing *thing, uint32_t count,
		 struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &docs_interface, 0);
	do {
		docs_thing_write(&w, thing);
		cdrpc_write_u32(&w, count);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
docs_do_it_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
docs_do_it(struct cdrpc_client *client, const struct docs_thing *thing, uint32_t count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = docs_do_it_begin(client, thing, count, &pending);
	if (status != CDRPC_OK)
		return status;
	return docs_do_it_finish(pending);
}

/*
 * undocumented_with_a_long_list_of_parameters(u32 the_first_parameter, u32 the_second_parameter,
 *     u32 the_third_parameter, string[<=MANY][<=MANY] the_fourth_parameter) @2;
 */
cdrpc_status
docs_undocumented_with_a_long_list_of_parameters_begin(struct cdrpc_client *client, uint32_t the_first_parameter,
						       uint32_t the_second_parameter, uint32_t the_third_parameter,
						       const char *const *the_fourth_parameter,
						       uint32_t the_fourth_parameter_count,
						       struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &docs_interface, 1);
	do {
		cdrpc_write_u32(&w, the_first_parameter);
		cdrpc_write_u32(&w, the_second_parameter);
		cdrpc_write_u32(&w, the_third_parameter);
		n = cdrpc_write_count(&w, the_fourth_parameter, the_fourth_parameter_count, DOCS_MANY);
		for (i = 0; i < n; i++)
			cdrpc_write_string(&w, the_fourth_parameter[i], DOCS_MANY);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
docs_undocumented_with_a_long_list_of_parameters_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
docs_undocumented_with_a_long_list_of_parameters(struct cdrpc_client *client, uint32_t the_first_parameter,
						 uint32_t the_second_parameter, uint32_t the_third_parameter,
						 const char *const *the_fourth_parameter,
						 uint32_t the_fourth_parameter_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = docs_undocumented_with_a_long_list_of_parameters_begin(client, the_first_parameter,
									the_second_parameter, the_third_parameter,
									the_fourth_parameter,
									the_fourth_parameter_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return docs_undocumented_with_a_long_list_of_parameters_finish(pending);
}

/* event happened(Choice choice) @3; */
static void
docs_happened_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct docs_events *to = (const struct docs_events *)events;
	struct docs_choice *choice;

	choice = (struct docs_choice *)cdrpc_read_alloc(r, 1, sizeof *choice);
	if (choice)
		docs_choice_read(r, choice);
	if (cdrpc_event_end(r) && to->happened)
		to->happened(self, choice);
}

cdrpc_status
docs_listen(struct cdrpc_client *client, const struct docs_events *events, void *self)
{
	const struct cdrpc_event_entry entries[] = {
		{2, events && events->happened, docs_happened_sink},
	};
	const uint32_t count = sizeof entries / sizeof entries[0];

	return cdrpc_client_listen(client, &docs_interface, entries, count, events, sizeof *events, self);
}
