/*
 * Who serves: message-only windows by class and title.
 *
 * They are looked at in one snapshot, by EnumChildWindows() below the window that is the parent of all message-only windows; a window
 * that comes or goes meanwhile hides no other. HWND_MESSAGE only stands for that parent, and EnumChildWindows() does not take it, but
 * GetAncestor() of one of our own names the real one. Neither is documented of message-only windows, so a snapshot is believed only if
 * our own window is in it. Otherwise FindWindowEx() walks from one to the next, as documented. Only its first step, which is given no
 * window that may have gone, is made in any case: it tells whether there is such a window at all, and that is all that is asked where one
 * is enough. Under Wine a snapshot costs three requests for each message-only window of the desktop.
 */
#include "port.h"

#include <wchar.h>

/* How often a walk begins anew because a window vanished under it. */
enum { FIND_RESTARTS_MAX = 16, CLASS_NAME_SIZE = 64 };

struct search {
	const WCHAR *class_name;
	const WCHAR *title;             /* NULL: any */
	HWND own;                       /* has to be seen */
	bool own_seen;
	window_id *windows;
	size_t count;
	size_t max;
};

bool
port_make_title(const char *service, WCHAR title[CDRPC_NAME_MAX + 1])
{
	return service[0] &&
	       MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, service, -1, title, CDRPC_NAME_MAX + 1) != 0;
}

/* The system's search ignores case. Unlike WM_GETTEXT, this does not wait for a hung thread of our own process. */
static bool
has_title(HWND window, const WCHAR *wanted)
{
	WCHAR title[CDRPC_NAME_MAX + 2];

	return !wanted || (InternalGetWindowText(window, title, CDRPC_NAME_MAX + 2) > 0 && wcscmp(title, wanted) == 0);
}

/* Names of classes have no case: the system keeps that of whoever used the name first. */
static bool
has_class(HWND window, const WCHAR *wanted)
{
	WCHAR name[CLASS_NAME_SIZE];

	return GetClassNameW(window, name, CLASS_NAME_SIZE) > 0 && _wcsicmp(name, wanted) == 0;
}

/* ---- the snapshot ---- */

/* False ends the enumeration. The title comes first: it rules out more. */
static BOOL CALLBACK
look_at(HWND window, LPARAM parameter)
{
	struct search *search = (struct search *)parameter;

	search->own_seen |= window == search->own;
	if (has_title(window, search->title) && has_class(window, search->class_name))
		search->windows[search->count++] = (window_id)window;
	return search->count < search->max;
}

/* False: it is none of the message-only windows. */
static bool
find_by_snapshot(struct search *search)
{
	HWND parent = search->own ? GetAncestor(search->own, GA_PARENT) : NULL;

	/* NULL would stand for all top-level windows; the desktop is the parent if somebody has made ours one of them. */
	if (!parent || parent == GetDesktopWindow())
		return false;
	EnumChildWindows(parent, look_at, (LPARAM)search);
	return search->own_seen || search->count == search->max;
}

/* ---- the walk ---- */

static bool
contains(const window_id *windows, size_t count, window_id window)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (windows[i] == window)
			return true;
	}
	return false;
}

/* The parent is named each time: with NULL the walk would end early. */
static HWND
next_window(const struct search *search, HWND after)
{
	return FindWindowExW(HWND_MESSAGE, after, search->class_name, search->title);
}

static void
find_by_walk(struct search *search)
{
	HWND before = NULL;
	HWND window = NULL;
	HWND next;
	uint32_t restarts = 0;

	while (search->count < search->max) {
		next = next_window(search, window);
		if (next) {
			if (!contains(search->windows, search->count, (window_id)next) && has_title(next, search->title))
				search->windows[search->count++] = (window_id)next;
			before = window;
			window = next;
			continue;
		}
		/* That was the last one, unless it has vanished: the walk does not go on from such a window, but ends there. */
		if (!window || next_window(search, before) == window || ++restarts > FIND_RESTARTS_MAX)
			break;
		window = before = NULL;
	}
}

size_t
port_find_class(const struct port *port, const WCHAR *class_name, const char *service, window_id *ret_windows, size_t max)
{
	WCHAR title[CDRPC_NAME_MAX + 1];
	struct search search = {
		.class_name = class_name, .title = service ? title : NULL, .own = port ? port->window : NULL, .windows = ret_windows,
		.max = max,
	};
	HWND first;

	if (max == 0 || (service && !port_make_title(service, title)))
		return 0;
	first = next_window(&search, NULL);
	if (!first)
		return 0;
	/* Where its title differs by case, the one that is meant may stand behind it. */
	if (max == 1 && has_title(first, search.title)) {
		ret_windows[0] = (window_id)first;
		return 1;
	}
	if (!find_by_snapshot(&search)) {
		search.count = 0;
		find_by_walk(&search);
	}
	return search.count;
}

size_t
port_find(const struct port *port, const char *service, window_id *ret_windows, size_t max)
{
	return port_find_class(port, PORT_SERVICE_CLASS, service, ret_windows, max);
}

bool
window_service(window_id window, char ret_name[CDRPC_NAME_MAX + 1])
{
	WCHAR title[CDRPC_NAME_MAX + 2];
	int length = InternalGetWindowText((HWND)window, title, CDRPC_NAME_MAX + 2);

	/* A name has one byte a character. */
	return length > 0 && length <= CDRPC_NAME_MAX &&
	       WideCharToMultiByte(CP_UTF8, 0, title, -1, ret_name, CDRPC_NAME_MAX + 1, NULL, NULL) != 0;
}
