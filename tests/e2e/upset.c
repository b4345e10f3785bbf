#include "upset.h"

#include "port.h"
#include "proc.h"
#include "window.h"
#include "wire/frame.h"

static struct {
	volatile uint64_t *words;
	HANDLE go_on;
	WNDPROC previous;
} upset;

static enum upset
take(const struct frame *frame)
{
	enum upset how = (enum upset)upset.words[UPSET_HOW];

	if (how == UPSET_NOT || frame->type != upset.words[UPSET_TYPE])
		return UPSET_NOT;
	upset.words[UPSET_HOW] = UPSET_NOT;
	upset.words[UPSET_MET]++;
	return how;
}

static void
count(const struct frame *frame, LRESULT result)
{
	if (frame->type == FRAME_RELEASE) {
		upset.words[UPSET_RELEASE_RESULT] = (uint64_t)result;
		upset.words[UPSET_RELEASES]++;
	} else if (frame->route == FRAME_ROUTE_SECTION || frame->handle_count > 0) {
		upset.words[frame->flags & FRAME_FLAG_PUSHED ? UPSET_PUSHED : UPSET_FETCHED]++;
	}
}

static LRESULT CALLBACK
upset_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;
	enum upset how = UPSET_NOT;
	struct frame frame = { 0 };
	LRESULT result;

	if (message == WM_COPYDATA && data->dwData == COPYDATA_TAG &&
	    frame_decode(data->lpData, data->cbData, &frame) == CDRPC_OK)
		how = take(&frame);
	if (how == UPSET_DEAF)
		return 0;
	if (how == UPSET_LATE)
		WaitForSingleObject(upset.go_on, PROC_PATIENCE_MS);
	result = CallWindowProcW(upset.previous, window, message, wparam, lparam);
	count(&frame, result);
	if (how == UPSET_SLOW)
		WaitForSingleObject(upset.go_on, PROC_PATIENCE_MS);
	return how == UPSET_DUMB ? 0 : result;
}

bool
upset_window(const wchar_t *class_name, volatile uint64_t *words, HANDLE go_on)
{
	HWND window = window_of_class(class_name);

	upset.words = words;
	upset.go_on = go_on;
	upset.previous = window ? (WNDPROC)SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)upset_procedure) : NULL;
	return upset.previous != NULL;
}
