/* One sequence: its set-up, its steps, and what must be left at its end. */
#include <string.h>

#include "model.h"

#include "fake_world.h"

#define BUDGET 24               /* frames that the hostile process sends in a step at most */
#define HEAP_MAX (UINT64_C(64) << 20)   /* what the limits below allow, and more than anything honest takes */

#define SEND_US 20              /* what a message takes: nothing goes on for ever */

static struct world world;

/* Between any two sends of the honest ones the hostile process may have its turn; what is sent to it may be lost. */
static enum fake_fate
judge(void *self, const struct fake_send *send)
{
	static const enum fake_fate fates[] = { FAKE_DROP, FAKE_LOSE, FAKE_RAISE, FAKE_DENY };
	const struct port *port;

	(void)self;
	fake_advance_us(SEND_US);
	if (fake_world.current->home->id == world.hostile_process || world.ending)
		return FAKE_DELIVER;
	MUST(&world, world.rig.heap.bytes <= HEAP_MAX, "%llu bytes held", (unsigned long long)world.rig.heap.bytes);
	if (dice_chance(&world.dice, 35))
		hostile_meanwhile(&world);
	port = fake_port_find(send->to);
	if (port && port->thread->home->id == world.hostile_process && dice_chance(&world.dice, 6))
		return fates[dice_below(&world.dice, 4)];
	return FAKE_DELIVER;
}

static bool
nobody_may(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static void
set_up(void)
{
	struct rig *rig = &world.rig;
	struct cdrpc_limits *limits = &rig->server_limits;
	static const enum cdrpc_integrity levels[] = { CDRPC_INTEGRITY_HIGH, CDRPC_INTEGRITY_MEDIUM, CDRPC_INTEGRITY_LOW };
	const struct port *port;

	rig_init(rig);
	world.hostile_thread = fake_process();
	world.hostile_process = fake_thread_of(world.hostile_thread)->home->id;
	world.server_process = fake_thread_of(rig->server_thread)->home->id;
	fake_process_of(world.hostile_thread)->integrity = levels[dice_below(&world.dice, 3)];
	fake_process_of(world.hostile_thread)->same_user = dice_chance(&world.dice, 50);
	fake_process_of(world.hostile_thread)->may_be_duplicated = dice_chance(&world.dice, 70);
	fake_process_of(world.hostile_thread)->may_be_waited_for = dice_chance(&world.dice, 70);
	/* What comes from below arrives only where the policy admits it. */
	if (dice_chance(&world.dice, 85))
		rig->server_policy.min_integrity = rig->client_policy.min_integrity = CDRPC_INTEGRITY_LOW;
	limits->resident_max = dice_chance(&world.dice, 60) ? CDRPC_RESIDENT_LEAST : CDRPC_RESIDENT_NONE;
	limits->inline_max = 32768;
	limits->body_max = 1 << 18;
	limits->queue_max = 8;
	limits->open_max = 24;
	limits->chunked_max = 6;
	rig->server_options.reentry = (enum cdrpc_reentry)dice_below(&world.dice, 3);
	if (dice_chance(&world.dice, 25))
		rig->server_hooks.may_duplicate = rig->client_hooks.may_duplicate = nobody_may;
	honest_begin(&world);
	hostile_begin(&world, dice_chance(&world.dice, 30));
	MUST(&world, rig_start(rig) == CDRPC_OK, "the server does not start");
	for (port = fake_world.ports; port; port = port->next) {
		if (port->thread->id == rig->server_thread)
			world.server_window = port->window;
	}
	if (dice_chance(&world.dice, 40))
		MUST(&world, rig_serve_back(rig, NULL) == CDRPC_OK, "the client does not serve");
	rig_settle(rig);
	world.handles = fake_handles(rig->server_thread);
	world.views = fake_views(rig->server_thread);
	fake_judge(judge, NULL);
}

static void
step(void)
{
	uint32_t choice = dice_below(&world.dice, 100);

	world.budget = BUDGET;
	tell(&world, "step %u", world.step);
	if (choice < 45)
		hostile_step(&world);
	else if (choice < 92)
		honest_step(&world);
	else if (choice < 97)
		fake_advance_us((uint64_t)dice_below(&world.dice, 3000) * 1000);
	else
		rig_settle(&world.rig);
}

/* Nobody is there any more: the server must hold what it held before anybody came. */
static void
take_down(void)
{
	const char *left;

	world.step = STEPS;
	world.budget = 0;
	world.ending = true;
	hostile_end(&world);
	honest_end(&world);
	fake_advance_us(UINT64_C(3000000));
	/* The end of a process that may not be waited for shows at the next bell. */
	port_ring_peer(world.server_window);
	rig_settle(&world.rig);
	MUST(&world, rig_stats(&world.rig).sessions == 0, "%u sessions with nobody", rig_stats(&world.rig).sessions);
	MUST(&world, world.peer_count == 0, "%u sessions of whose end nobody was told", world.peer_count);
	MUST(&world, fake_handles(world.rig.server_thread) == world.handles, "%u handles, %u before anybody came",
	     (unsigned)fake_handles(world.rig.server_thread), (unsigned)world.handles);
	MUST(&world, fake_views(world.rig.server_thread) == world.views, "%u views, %u before anybody came",
	     (unsigned)fake_views(world.rig.server_thread), (unsigned)world.views);
	left = rig_stop(&world.rig);
	MUST(&world, left[0] == '\0', "left: %s", left);
}

void
sequence_play(uint64_t seed, const bool *steps, bool verbose, struct counts *counts)
{
	memset(&world, 0, sizeof world);
	world.counts = counts;
	world.seed = seed;
	world.verbose = verbose;
	world.dice.state = seed * UINT64_C(0xD1342543DE82EF95) + 1;
	set_up();
	for (world.step = 0; world.step < STEPS; world.step++) {
		if (steps && !steps[world.step])
			continue;
		world.dice.state = (seed * 1000 + world.step + 1) * UINT64_C(0xA24BAED4963EE407);
		step();
		counts->steps++;
	}
	take_down();
	counts->sequences++;
}
