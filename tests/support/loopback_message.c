#include "loopback_parts.h"

#include <stdlib.h>
#include <string.h>

#include "wire/writer.h"

static uint8_t *
copy_bytes(const void *from, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (size)
		memcpy(copy, from, size);
	return copy;
}

struct message
message_new(const struct cdrpc_writer *w)
{
	struct message message = {
		copy_bytes(w->base, w->at), w->at, malloc(w->blob_size ? w->blob_size : 1), w->blob_size, {{0}}, 0};

	writer_copy_blobs(w, message.blob);
	memcpy(message.handles, w->handles, w->handle_count * sizeof w->handles[0]);
	message.handle_count = w->handle_count;
	return message;
}

struct message
message_copy(const struct message *message)
{
	struct message copy = *message;

	copy.body = copy_bytes(message->body, message->size);
	copy.blob = copy_bytes(message->blob, message->blob_size);
	return copy;
}

struct message
message_damage(const struct message *message, struct loopback *loop)
{
	struct message copy = *message;
	uint32_t word = (uint32_t)loopback_random(loop) >> loopback_below(loop, 32);
	uint32_t way = loopback_below(loop, 8);
	size_t at = loopback_below(loop, (uint32_t)message->size + 1);

	if (way == 0)
		copy.size = at;
	if (way == 1)
		copy.size += 8;
	copy.body = calloc(1, copy.size ? copy.size : 1);
	if (message->size)
		memcpy(copy.body, message->body, message->size < copy.size ? message->size : copy.size);
	copy.blob = copy_bytes(message->blob, message->blob_size);
	if (way >= 2 && way < 5 && at < copy.size)
		copy.body[at] = (uint8_t)word;
	at &= ~(size_t)3;
	if (way >= 5 && copy.size >= 4 && at <= copy.size - 4)
		memcpy(copy.body + at, &word, sizeof word);
	return copy;
}

void
message_done(struct message *message)
{
	free(message->body);
	free(message->blob);
	memset(message, 0, sizeof *message);
}

void
message_read(const struct message *message, struct cdrpc_reader *ret_reader, struct cdrpc_arena *arena)
{
	cdrpc_reader_init(ret_reader, arena, message->body, message->size, message->blob, message->blob_size);
	ret_reader->handles = message->handles;
	ret_reader->handle_count = message->handle_count;
}
