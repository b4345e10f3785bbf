/*
 * Natively: how long the runtime takes to find an interface and a method of it, with one of each and with 1,000. Prints the
 * nanoseconds of each measurement, those with one in the first line. Usage: dispatch MEASUREMENTS.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/env.h"
#include "base/system.h"
#include "session/registry.h"

#define MANY    1000
#define LOOKUPS 2000

static struct cdrpc_method methods[MANY];
static struct cdrpc_interface single, interfaces[MANY];
static volatile uint32_t sink;

/* There is nothing to be told: the lookups log nothing. */
void
log_to_file(enum cdrpc_log_level level, const char *line)
{
	(void)level;
	(void)line;
}

void
log_to_debugger(const char *line)
{
	(void)line;
}

struct lookup {
	struct registry registry;
	uint64_t ids[LOOKUPS];
	uint16_t ordinals[LOOKUPS];
};

static uint32_t
random_below(uint32_t limit)
{
	static uint64_t state = 1;

	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33) % limit;
}

/* In no order that a branch predictor could learn. */
static void
prepare(struct lookup *c, const struct cdrpc_env *env, const struct cdrpc_interface *first, uint32_t count)
{
	struct service service = { 0 };
	uint32_t i;

	c->registry.env = env;
	for (i = 0; i < count; i++) {
		service.iface = &first[i];
		if (registry_add(&c->registry, &service) != CDRPC_OK)
			exit(2);
	}
	for (i = 0; i < LOOKUPS; i++) {
		c->ids[i] = first[random_below(count)].id;
		c->ordinals[i] = (uint16_t)(1 + random_below(count));
	}
}

static double
now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static double
measure(struct lookup *c)
{
	double began = now_ns();
	uint32_t i, found = 0;

	for (i = 0; i < LOOKUPS; i++)
		found += registry_method(registry_find(&c->registry, c->ids[i])->iface, c->ordinals[i]);
	sink = found;
	return (now_ns() - began) / LOOKUPS;
}

int
main(int argc, char **argv)
{
	static struct lookup one, many;
	uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0, i;
	double *times = calloc((size_t)count * 2, sizeof *times);
	struct cdrpc_env env;

	if (count == 0 || !times)
		return 2;
	env_init(&env, NULL);
	for (i = 0; i < MANY; i++) {
		methods[i].ordinal = (uint16_t)(1 + i);
		interfaces[i].id = i * UINT64_C(0x9E3779B97F4A7C15);
		interfaces[i].methods = methods;
		interfaces[i].method_count = MANY;
	}
	single.methods = methods;
	single.method_count = 1;
	prepare(&one, &env, &single, 1);
	prepare(&many, &env, interfaces, MANY);
	for (i = 0; i < count; i++) {
		times[i] = measure(&one);
		times[count + i] = measure(&many);
	}
	for (i = 0; i < 2 * count; i++)
		printf("%.2f%c", times[i], (i + 1) % count ? ' ' : '\n');
	registry_done(&one.registry);
	registry_done(&many.registry);
	free(times);
	return 0;
}
