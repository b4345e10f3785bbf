/* A window of the library's in this process that treats one frame as no window of the library's does. */
#ifndef CDRPC_TESTS_UPSET_H
#define CDRPC_TESTS_UPSET_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>

/* What is done with the next frame of the type, once. */
enum upset {
	UPSET_NOT,
	UPSET_DEAF,             /* returns 0, and has not looked at it */
	UPSET_DUMB,             /* looks at it, and returns 0 */
	UPSET_LATE,             /* takes the message, and looks at it when told to go on */
	UPSET_SLOW              /* looks at it, and returns when told to go on */
};

/* Words, shared with whoever tells. */
enum {
	UPSET_TYPE,             /* of the frame */
	UPSET_HOW,
	UPSET_MET,              /* frames that were treated so */
	UPSET_RELEASES,         /* that have come, and what the last one was answered */
	UPSET_RELEASE_RESULT,
	UPSET_PUSHED,           /* REQUESTs and REPLYs whose handles or section were pushed; that were to be fetched */
	UPSET_FETCHED
};

/* From now on. 'go_on' is an event, for those that wait. False: this process has no window of that class. */
bool upset_window(const wchar_t *class_name, volatile uint64_t *words, HANDLE go_on);

#endif
