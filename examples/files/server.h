/* The file server: what path.c, checksum.c and server.c share. */
#ifndef FILES_SERVER_H
#define FILES_SERVER_H

#include <windows.h>

#include "files.h"

#define ROOT_MAX 1024   /* units of the served directory's path */
#define PATH_MAX_UNITS (ROOT_MAX + 1 + 1024)

struct file_service {
	wchar_t root[ROOT_MAX + 1];             /* "\\?\C:\directory": nothing in such a path has a meaning of its own */
	TP_CALLBACK_ENVIRON workers;            /* for what takes longer than a caller's patience with the others */
};

/* What the system's last error is to a caller. */
cdrpc_status path_error(DWORD os_error);

/* Where a path of the interface leads. Whatever it is, it does not lead out of the root (links in there may). */
cdrpc_status path_resolve(const struct file_service *service, const cdrpc_wchar *path,
			  wchar_t ret_path[PATH_MAX_UNITS + 1]);

/* Opens a file for reading and says how long it is. The caller closes *ret_file. */
cdrpc_status path_open(const struct file_service *service, const cdrpc_wchar *path, HANDLE *ret_file, uint64_t *ret_size);

/* Handles Files.checksum: keeps the call, and a worker answers it. */
cdrpc_status on_checksum(struct cdrpc_call *call, void *self, const cdrpc_wchar *path, uint64_t offset, uint64_t size);

#endif
