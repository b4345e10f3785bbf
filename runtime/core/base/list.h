/* Singly linked lists, whose items have a member that points to the next. */
#ifndef CDRPC_CORE_LIST_H
#define CDRPC_CORE_LIST_H

/* Takes 'item', which is in it, out of the list whose first is *head. */
#define LIST_REMOVE(type, head, item, next) \
	do { \
		type **at = (head); \
\
		while (*at != (item)) \
			at = &(*at)->next; \
		*at = (item)->next; \
	} while (0)

#endif
