/* What a send that brought no answer means: a pure function of what is known afterwards. */
#ifndef CDRPC_CORE_OUTCOME_H
#define CDRPC_CORE_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include <cdrpc/cdrpc.h>

struct outcome_facts {
	bool process_ended;             /* looked at for up to 100 ms after the send failed */
	bool window_exists;             /* and still belongs to that process */
	bool window_hung;
	uint32_t os_error;
};

/* In this order: PEER_DIED, PEER_GONE, ACCESS, HUNG, TIMEOUT. */
cdrpc_status outcome_classify(const struct outcome_facts *facts);

#endif
