/*
 * A method that takes its time. The handler keeps the call and returns, so that the server goes on serving; a thread of the
 * system's pool works and answers.
 */
#include "server.h"

#include <bcrypt.h>
#include <stdlib.h>

#define SHA256_SIZE 32
#define PIECE_SIZE 65536

struct job {
	struct cdrpc_call *call;
	HANDLE file;            /* stands where the range begins */
	uint64_t left;
};

/* Ends early when nobody waits for the answer any more, or when the file was cut off meanwhile. */
static cdrpc_status
hash_range(struct job *job, BCRYPT_HASH_HANDLE hash)
{
	unsigned char piece[PIECE_SIZE];
	DWORD some;

	for (; job->left > 0; job->left -= some) {
		if (cdrpc_call_is_cancelled(job->call))
			return CDRPC_E_REMOTE_CANCELLED;
		some = job->left < sizeof piece ? (DWORD)job->left : (DWORD)sizeof piece;
		if (!ReadFile(job->file, piece, some, &some, NULL))
			return path_error(GetLastError());
		if (some == 0)
			return FILES_ERROR_OUT_OF_RANGE;
		if (BCryptHashData(hash, piece, some, 0) < 0)
			return CDRPC_E_HANDLER;
	}
	return CDRPC_OK;
}

static cdrpc_status
checksum(struct job *job, unsigned char ret_sha256[SHA256_SIZE])
{
	BCRYPT_ALG_HANDLE algorithm = NULL;
	BCRYPT_HASH_HANDLE hash = NULL;
	cdrpc_status status = CDRPC_E_HANDLER;

	if (BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) < 0)
		return status;
	if (BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0) >= 0) {
		status = hash_range(job, hash);
		if (status == CDRPC_OK && BCryptFinishHash(hash, ret_sha256, SHA256_SIZE, 0) < 0)
			status = CDRPC_E_HANDLER;
		BCryptDestroyHash(hash);
	}
	BCryptCloseAlgorithmProvider(algorithm, 0);
	return status;
}

/* Answers from this thread. That it can fail, because the caller has gone, changes nothing here. */
static void CALLBACK
work(PTP_CALLBACK_INSTANCE instance, void *context)
{
	struct job *job = context;
	unsigned char sha256[SHA256_SIZE];
	cdrpc_status status;

	CallbackMayRunLong(instance);
	status = checksum(job, sha256);
	if (status == CDRPC_OK)
		files_checksum_reply(job->call, sha256);
	else
		cdrpc_call_complete(job->call, status);
	CloseHandle(job->file);
	free(job);
}

cdrpc_status
on_checksum(struct cdrpc_call *call, void *self, const cdrpc_wchar *path, uint64_t offset, uint64_t size)
{
	struct file_service *service = self;
	LARGE_INTEGER begin = { .QuadPart = (LONGLONG)offset };
	struct job *job = NULL;
	cdrpc_status status;
	uint64_t file_size;
	HANDLE file;

	status = path_open(service, path, &file, &file_size);
	if (status != CDRPC_OK)
		return status;
	status = FILES_ERROR_OUT_OF_RANGE;
	if (offset > file_size || size > file_size - offset)
		goto out;
	status = CDRPC_E_HANDLER;
	job = malloc(sizeof *job);
	if (!job || !SetFilePointerEx(file, begin, NULL, FILE_BEGIN))
		goto out;
	*job = (struct job){ call, file, size };
	/* Before the worker can answer. */
	status = cdrpc_call_keep(call);
	if (TrySubmitThreadpoolCallback(work, job, &service->workers))
		return status;
	status = CDRPC_E_HANDLER;
out:
	free(job);
	CloseHandle(file);
	return status;
}
