#include "compat/compat_parts.h"

/* A member of a C struct of the newer version. */
struct place {
	const struct compat_member *member;
	const struct compat_member *was; /* NULL: it is new */
	bool kept;                       /* it still follows those before it, as it did */
	/* Of the heaviest rising row that ends here, its weight and what is before this in it. */
	uint64_t weight;
	struct place *previous;
};

/* Both versions of one C struct. */
struct order {
	const char *what; /* "field" */
	struct compat_row old, new;
	struct place *places; /* of the new ones, in order */
	bool *stays;          /* of the old ones: it is among the new */
};

/* A member is the same as the one of its name, or as that of its number if that one has got another name. */
static void
find_places(struct compat *cx, struct order *order, const struct model_decl *after)
{
	struct map names = compat_index(cx, order->old, true), numbers = compat_index(cx, order->old, false);
	struct map new_names = compat_index(cx, compat_row(cx, after, COMPAT_ALL), true);
	const struct compat_member *member, *was;
	size_t i;

	for (i = 0; i < order->new.count; i++) {
		member = &order->new.members[i];
		was = map_get(&names, compat_key(cx, member->name->text));
		if (!was) {
			was = map_get(&numbers, compat_number(member->number));
			if (was && map_get(&new_names, compat_key(cx, was->name->text)))
				was = NULL;
		}
		order->places[i] = (struct place){.member = member, .was = was};
		if (was)
			order->stays[was->place] = true;
	}
}

/*
 * Chooses whom to blame: the fewest whose move is not accepted, and of the others the fewest. Those that are kept are the
 * heaviest row in which the old places rise, where one that need not move weighs more than all together that may. 'best' has the
 * heaviest rows that end at or before an old place, as the nodes of a Fenwick tree.
 */
static void
choose_kept(struct compat *cx, struct order *order)
{
	struct place **best = ARENA_ARRAY(cx->arena, order->old.count + 1, struct place *);
	struct place *place, *heaviest = NULL;
	bool used_up = false;
	size_t i;

	for (place = order->places; place < order->places + order->new.count; place++) {
		if (!place->was)
			continue;
		for (i = place->was->place; i > 0; i &= i - 1)
			if (best[i] && (!place->previous || best[i]->weight > place->previous->weight))
				place->previous = best[i];
		place->weight = place->previous ? place->previous->weight : 0;
		place->weight += compat_acceptance(cx, place->member->age, COMPAT_ORDER_CHANGED, &used_up)
					 ? 1
					 : order->new.count + 1;
		for (i = place->was->place + 1; i <= order->old.count; i += i & (~i + 1))
			if (!best[i] || best[i]->weight < place->weight)
				best[i] = place;
		if (!heaviest || heaviest->weight < place->weight)
			heaviest = place;
	}
	for (; heaviest; heaviest = heaviest->previous)
		heaviest->kept = true;
}

static struct order
order_of(struct compat *cx, const struct model_decl *before, const struct model_decl *after, enum compat_choice choice,
	 const char *what)
{
	struct order order = {what, compat_row(cx, before, choice), compat_row(cx, after, choice), NULL, NULL};

	order.places = ARENA_ARRAY(cx->arena, order.new.count, struct place);
	order.stays = ARENA_ARRAY(cx->arena, order.old.count, bool);
	find_places(cx, &order, after);
	choose_kept(cx, &order);
	return order;
}

/* 'last' and 'next' are the kept ones around a place; one of them is on its other side now. */
static void
report_moved(struct compat *cx, const struct order *order, const struct place *place, const struct place *last,
	     const struct place *next)
{
	const struct model_name *name = place->member->name;

	if (last && last->was->place > place->was->place)
		compat_add(cx, COMPAT_ORDER_CHANGED, name->span, "%s '%s' was before '%s' in C and is behind it",
			   order->what, name->text, last->member->name->text);
	else
		compat_add(cx, COMPAT_ORDER_CHANGED, name->span, "%s '%s' was behind '%s' in C and is before it",
			   order->what, name->text, next->member->name->text);
}

/* What has the place of one that is gone. */
static void
report_taken(struct compat *cx, const struct order *order, const struct model_name *gone, const struct place *place,
	    const struct model_decl *after)
{
	const struct model_name *name = place->member->name;

	cx->ages[2] = place->was ? NULL : place->member->age;
	if (place->was)
		compat_add(cx, COMPAT_ORDER_CHANGED, after->name.span, "%s '%s' is gone, and '%s' has its place in C",
			   order->what, gone->text, name->text);
	else
		compat_add(cx, COMPAT_ORDER_CHANGED, name->span, "%s '%s' is new and has the place in C of '%s', which is gone",
			   order->what, name->text, gone->text);
}

static void
compare_places(struct compat *cx, const struct order *order, const struct model_decl *after)
{
	const struct place *end = order->places + order->new.count, *place, *last = NULL, *next = order->places;
	size_t i;

	for (i = 0; i < order->old.count && i < order->new.count; i++)
		if (!order->stays[i])
			report_taken(cx, order, order->old.members[i].name, &order->places[i], after);
	while (end > order->places && !end[-1].was)
		end--;
	for (place = order->places; place < end; place++) {
		cx->ages[2] = place->member->age;
		i = place->member->place;
		while (next < end && (next <= place || !next->kept))
			next++;
		if (place->kept)
			last = place;
		else if (place->was)
			report_moved(cx, order, place, last, next);
		else if (i >= order->old.count || order->stays[i])
			compat_add(cx, COMPAT_ORDER_CHANGED, place->member->name->span,
				   "%s '%s' is new and not at the end: those behind it have other places in C",
				   order->what, place->member->name->text);
	}
}

/* In a union the first member alone is initialised by position. It, or the one that was the first, is to blame. */
static void
compare_first(struct compat *cx, const struct order *order, const struct model_decl *after)
{
	const struct compat_member *first = order->old.members, *blamed = NULL;
	size_t i;

	if (order->places[0].was == first)
		return;
	for (i = 0; i < order->new.count; i++)
		if (order->places[i].was == first)
			blamed = order->places[i].member;
	if (!order->places[0].kept)
		blamed = order->places[0].member;
	cx->ages[2] = blamed ? blamed->age : NULL;
	compat_add(cx, COMPAT_ORDER_CHANGED, blamed ? blamed->name->span : after->name.span,
		   "member '%s' is the first in C, which '%s' was", order->new.members[0].name->text,
		   first->name->text);
}

void
compat_order(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	struct order order;

	if (after->kind == MODEL_UNION) {
		order = order_of(cx, before, after, COMPAT_ALL, "member");
		compare_first(cx, &order, after);
	} else if (after->kind == MODEL_TABLE) {
		order = order_of(cx, before, after, COMPAT_ALL, "field");
		compare_places(cx, &order, after);
	} else {
		order = order_of(cx, before, after, COMPAT_METHODS, "method");
		compare_places(cx, &order, after);
		order = order_of(cx, before, after, COMPAT_EVENTS, "event");
		compare_places(cx, &order, after);
	}
}
