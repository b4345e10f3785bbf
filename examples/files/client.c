/*
 * The client of idl/files.cdidl. Usage: files-client [--no-resident] COMMAND
 *
 *	stat PATH
 *	list PATH
 *	get PATH OUTPUT [OFFSET SIZE]           copies a file, or a range of it, to a file here
 *	sum PATH [OFFSET SIZE]                  SHA-256
 *
 * With --no-resident the session keeps no section: what is small travels inside messages, what is large in a section of its own.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#include "example.h"
#include "files.h"

#define TO_THE_END UINT64_MAX

struct request {
	const wchar_t *path;
	const wchar_t *output;
	uint64_t offset;
	uint64_t size;
};

static void
print_entry(const struct files_entry *entry)
{
	FILETIME time = { (DWORD)entry->modified_at, (DWORD)(entry->modified_at >> 32) };
	SYSTEMTIME utc = { 0 };

	FileTimeToSystemTime(&time, &utc);
	printf("%04u-%02u-%02u %02u:%02u:%02u %12" PRIu64 " ", utc.wYear, utc.wMonth, utc.wDay, utc.wHour, utc.wMinute,
	       utc.wSecond, entry->size);
	example_print(entry->name);
	puts(entry->kind == FILES_KIND_DIRECTORY ? "/" : "");
}

static cdrpc_status
run_stat(struct cdrpc_client *client, const struct request *request)
{
	struct cdrpc_reply reply = { 0 };
	const struct files_entry *entry;
	cdrpc_status status;

	status = files_stat(client, request->path, &entry, &reply);
	if (status == CDRPC_OK)
		print_entry(entry);
	cdrpc_reply_free(&reply);
	return status;
}

static cdrpc_status
run_list(struct cdrpc_client *client, const struct request *request)
{
	struct cdrpc_reply reply = { 0 };
	const struct files_entry *entries;
	uint32_t count, i;
	cdrpc_status status;

	status = files_list(client, request->path, &entries, &count, &reply);
	for (i = 0; status == CDRPC_OK && i < count; i++)
		print_entry(&entries[i]);
	cdrpc_reply_free(&reply);
	return status;
}

/* The bytes from the request's offset to the end of the file. */
static cdrpc_status
size_from(struct cdrpc_client *client, const struct request *request, uint64_t *ret_size)
{
	struct cdrpc_reply reply = { 0 };
	const struct files_entry *entry;
	cdrpc_status status;

	status = files_stat(client, request->path, &entry, &reply);
	if (status == CDRPC_OK)
		*ret_size = entry->size > request->offset ? entry->size - request->offset : 0;
	cdrpc_reply_free(&reply);
	return status;
}

static cdrpc_status
copy(struct cdrpc_client *client, const struct request *request, FILE *output)
{
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes data;
	uint64_t offset = request->offset, size = request->size;
	uint32_t some;
	cdrpc_status status = CDRPC_OK;

	if (size == TO_THE_END)
		status = size_from(client, request, &size);
	while (status == CDRPC_OK && size > 0) {
		some = size < FILES_READ_MAX ? (uint32_t)size : FILES_READ_MAX;
		/* It frees what the reply holds of the piece before. */
		status = files_read(client, request->path, offset, some, &data, &reply);
		if (status != CDRPC_OK)
			break;
		if (fwrite(data.data, 1, data.size, output) != data.size) {
			perror("writing the output");
			status = CDRPC_E_OS;
		}
		offset += some;
		size -= some;
	}
	cdrpc_reply_free(&reply);
	return status;
}

static cdrpc_status
run_get(struct cdrpc_client *client, const struct request *request)
{
	FILE *output = _wfopen(request->output, L"wb");
	cdrpc_status status;

	if (!output) {
		perror("opening the output");
		return CDRPC_E_OS;
	}
	status = copy(client, request, output);
	if (fclose(output) != 0 && status == CDRPC_OK) {
		perror("writing the output");
		status = CDRPC_E_OS;
	}
	return status;
}

static cdrpc_status
run_sum(struct cdrpc_client *client, const struct request *request)
{
	uint64_t size = request->size;
	uint8_t sha256[32];
	cdrpc_status status = CDRPC_OK;
	size_t i;

	if (size == TO_THE_END)
		status = size_from(client, request, &size);
	if (status == CDRPC_OK)
		status = files_checksum(client, request->path, request->offset, size, sha256);
	if (status != CDRPC_OK)
		return status;
	for (i = 0; i < sizeof sha256; i++)
		printf("%02x", sha256[i]);
	putchar('\n');
	return CDRPC_OK;
}

/* ---- the command line ---- */

struct command {
	const wchar_t *name;
	bool has_output;
	bool has_range;
	cdrpc_status (*run)(struct cdrpc_client *client, const struct request *request);
};

static const struct command commands[] = {
	{ L"stat", false, false, run_stat },
	{ L"list", false, false, run_list },
	{ L"get", true, true, run_get },
	{ L"sum", false, true, run_sum },
};

/* The command that the arguments are, as a whole; NULL if they are none. */
static const struct command *
find_command(int argc, wchar_t **argv, struct request *ret_request)
{
	const struct command *command = commands;
	const struct command *end = commands + sizeof commands / sizeof commands[0];
	int plain;

	while (argc > 1 && command < end && wcscmp(argv[1], command->name) != 0)
		command++;
	if (argc < 2 || command == end)
		return NULL;
	plain = command->has_output ? 4 : 3;
	if (argc != plain && !(command->has_range && argc == plain + 2))
		return NULL;
	*ret_request = (struct request){ .path = argv[2], .size = TO_THE_END };
	if (command->has_output)
		ret_request->output = argv[3];
	if (argc > plain) {
		ret_request->offset = wcstoull(argv[plain], NULL, 10);
		ret_request->size = wcstoull(argv[plain + 1], NULL, 10);
	}
	return command;
}

int
wmain(int argc, wchar_t **argv)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_client_options options = { .trace = example_trace };
	const struct command *command;
	struct cdrpc_client *client;
	struct request request;
	cdrpc_status status;

	if (argc > 1 && wcscmp(argv[1], L"--no-resident") == 0) {
		options.limits = &no_arenas;
		argc--;
		argv++;
	}
	command = find_command(argc, argv, &request);
	if (!command) {
		fputs("usage: files-client [--no-resident] COMMAND\n"
		      "\n"
		      "commands: stat PATH\n"
		      "          list PATH\n"
		      "          get PATH OUTPUT [OFFSET SIZE]\n"
		      "          sum PATH [OFFSET SIZE]\n", stderr);
		return 2;
	}
	status = cdrpc_client_connect(FILES_SERVICE, &options, &client);
	if (status == CDRPC_OK) {
		status = command->run(client, &request);
		cdrpc_client_free(client);
	}
	if (status == CDRPC_OK)
		return 0;
	fprintf(stderr, "files-client: %s\n", files_error_status_text(status));
	return 1;
}
