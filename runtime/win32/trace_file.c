#include "base/system.h"

#include "base/env.h"
#include "named_file.h"
#include "os_error.h"

struct trace_file {
	struct cdrpc_env env;
	HANDLE handle;
	HANDLE turn;    /* of all processes that trace; NULL: there is none to be had */
};

struct trace_file *
trace_file_open(const struct cdrpc_env *env)
{
	struct trace_file *file;
	HANDLE handle;

	switch (named_file_open(L"CDRPC_TRACE", &handle)) {
	case NAMED_FILE_NONE:
		return NULL;
	case NAMED_FILE_PASSED_OVER:
		env_log(env, CDRPC_LOG_WARNING, "CDRPC_TRACE is passed over: this process is elevated, and its parent is not known to be");
		return NULL;
	case NAMED_FILE_FAILED:
		os_error(env, "CDRPC_TRACE: CreateFileW", GetLastError());
		return NULL;
	case NAMED_FILE_OPEN:
		break;
	}
	file = env_alloc(env, sizeof *file);
	if (!file) {
		CloseHandle(handle);
		return NULL;
	}
	file->env = *env;
	file->handle = handle;
	file->turn = named_file_turn();
	return file;
}

void
trace_file_write(struct trace_file *file, const char *line, size_t size)
{
	named_file_append(file->handle, file->turn, line, size);
}

void
trace_file_close(struct trace_file *file)
{
	struct cdrpc_env env;

	if (!file)
		return;
	if (file->turn)
		CloseHandle(file->turn);
	CloseHandle(file->handle);
	env = file->env;
	env_free(&env, file);
}
