#include "port.h"

#include "base/env.h"
#include "os_error.h"

struct thread {
	struct cdrpc_env env;
	HANDLE handle;
	HANDLE prepared;
	cdrpc_status status;
	cdrpc_status (*prepare)(void *self);
	void (*run)(void *self);
	void *self;
};

static DWORD WINAPI
thread_main(void *argument)
{
	struct thread *thread = (struct thread *)argument;

	thread->status = thread->prepare(thread->self);
	SetEvent(thread->prepared);
	/* Past this point 'status' is the starter's to read. */
	if (thread->status == CDRPC_OK)
		thread->run(thread->self);
	return 0;
}

cdrpc_status
thread_start(const struct cdrpc_env *env, cdrpc_status (*prepare)(void *self), void (*run)(void *self), void *self,
	     struct thread **ret_thread)
{
	struct thread *thread = env_alloc(env, sizeof *thread);
	cdrpc_status status;
	DWORD error;

	if (!thread)
		return CDRPC_E_NOMEM;
	*thread = (struct thread){ .env = *env, .prepare = prepare, .run = run, .self = self };
	thread->prepared = CreateEventW(NULL, TRUE, FALSE, NULL);
	if (!thread->prepared) {
		status = os_error(env, "CreateEventW", GetLastError());
		env_free(env, thread);
		return status;
	}
	thread->handle = CreateThread(NULL, 0, thread_main, thread, 0, NULL);
	if (!thread->handle) {
		error = GetLastError();
		CloseHandle(thread->prepared);
		status = os_error(env, "CreateThread", error);
		env_free(env, thread);
		return status;
	}
	port_wait_out(thread->prepared);
	status = thread->status;
	if (status != CDRPC_OK) {
		thread_join(thread);
		return status;
	}
	*ret_thread = thread;
	return CDRPC_OK;
}

/*
 * Whatever runs code of the module that holds the library, other than calls of the application's, is over before the free of what it is
 * for has returned: the sender's and the workers' threads are joined, and the callbacks of the system's pool (bells put off, the watch,
 * ends of processes) are waited for. An errand is what nobody waits for: it keeps the module loaded until it has returned.
 */
struct errand {
	void (*run)(void *self);
	void *self;
	HMODULE module;                 /* a reference */
};

static void CALLBACK
run_errand(PTP_CALLBACK_INSTANCE instance, void *parameter)
{
	struct errand errand = *(struct errand *)parameter;

	HeapFree(GetProcessHeap(), 0, parameter);
	FreeLibraryWhenCallbackReturns(instance, errand.module);
	/* It may take long, as a goodbye to a peer that does not listen does. */
	CallbackMayRunLong(instance);
	errand.run(errand.self);
}

bool
thread_run_elsewhere(void (*run)(void *self), void *self)
{
	struct errand *errand = HeapAlloc(GetProcessHeap(), 0, sizeof *errand);

	if (!errand)
		return false;
	*errand = (struct errand){ run, self, NULL };
	if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(uintptr_t)run_errand, &errand->module)) {
		if (TrySubmitThreadpoolCallback(run_errand, errand, NULL))
			return true;
		FreeLibrary(errand->module);
	}
	HeapFree(GetProcessHeap(), 0, errand);
	return false;
}

void
thread_await(struct thread *thread, uint32_t timeout_ms)
{
	if (thread)
		port_wait_for(1, &thread->handle, timeout_ms);
}

void
thread_join(struct thread *thread)
{
	struct cdrpc_env env;

	if (!thread)
		return;
	/* Windows that belong to this thread may be sent to by the one that ends. */
	port_wait_out(thread->handle);
	CloseHandle(thread->handle);
	CloseHandle(thread->prepared);
	env = thread->env;
	env_free(&env, thread);
}

void
thread_yield(void)
{
	SwitchToThread();
}

uint32_t
thread_own_id(void)
{
	return GetCurrentThreadId();
}
