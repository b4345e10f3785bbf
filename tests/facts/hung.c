/* When a thread counts as hung (IsHungAppWindow) that waits for sent messages only, with and without a look at its queue each second. */
#include "fact.h"

#include <stdio.h>

#define LONGEST_MS 9000

struct waiter {
	bool peeks;
	HANDLE ready;
	HWND window;
	volatile LONG stop;
};

/* Makes a window and waits as the library does while it waits for an answer; without the looks in one piece, since between two waits it is
 * not waiting. */
static DWORD WINAPI
run(void *self)
{
	struct waiter *waiter = self;
	MSG message;

	waiter->window = fact_window(waiter->peeks ? L"cdrpc.fact.peeks" : L"cdrpc.fact.waits", NULL, HWND_MESSAGE);
	PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE);
	SetEvent(waiter->ready);
	while (!waiter->stop) {
		DWORD why = MsgWaitForMultipleObjectsEx(0, NULL, waiter->peeks ? 1000 : INFINITE, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);

		if (why == WAIT_OBJECT_0 || waiter->peeks)
			PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
	}
	DestroyWindow(waiter->window);
	return 0;
}

/* After how many ms the window counts as hung; 0: it never did. */
static DWORD
hung_after(struct waiter *waiter)
{
	ULONGLONG begin = GetTickCount64();

	while (GetTickCount64() - begin < LONGEST_MS) {
		if (IsHungAppWindow(waiter->window))
			return (DWORD)(GetTickCount64() - begin);
		Sleep(50);
	}
	return 0;
}

static void
look(const char *name, bool peeks, const char *windows, const char *wine)
{
	struct waiter waiter = { .peeks = peeks, .ready = CreateEventW(NULL, FALSE, FALSE, NULL) };
	HANDLE thread = CreateThread(NULL, 0, run, &waiter, 0, NULL);
	DWORD_PTR result = 0;
	LRESULT sent;
	DWORD after;

	WaitForSingleObject(waiter.ready, INFINITE);
	after = hung_after(&waiter);
	printf("# %s: after %lu ms\n", name, after);
	sent = SendMessageTimeoutW(waiter.window, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, 2000, &result);
	fact(name, windows, wine, "%s hung, a send with ABORTIFHUNG is %s", after ? "counts as" : "never counts as", sent ? "taken" : "refused");
	waiter.stop = 1;
	SendNotifyMessageW(waiter.window, WM_NULL, 0, 0);
	WaitForSingleObject(thread, INFINITE);
	CloseHandle(thread);
	CloseHandle(waiter.ready);
}

int
main(void)
{
	facts_begin(2);
	look("a thread that waits for sent messages only", false, "counts as hung, a send with ABORTIFHUNG is refused",
	     "never counts as hung, a send with ABORTIFHUNG is taken");
	look("the same with a look at its queue each second", true, "never counts as hung, a send with ABORTIFHUNG is taken",
	     "never counts as hung, a send with ABORTIFHUNG is taken");
	return facts_end();
}
