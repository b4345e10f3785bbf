#include "port.h"

#include "base/env.h"
#include "os_error.h"

struct job_list {
	struct sender_job *first;
	struct sender_job **end;
};

struct sender {
	struct cdrpc_env env;
	const struct port *port;
	SRWLOCK lock;
	CONDITION_VARIABLE changed;
	/* Those that are to come first, and those to come last; under the lock, as is the next. */
	struct job_list lists[2];
	bool stopping;
	HANDLE thread;
};

/* The next job; NULL when there will be none. ret_send: whether it is to be sent. */
static struct sender_job *
take_job(struct sender *sender, bool *ret_send)
{
	struct job_list *list;
	struct sender_job *job;

	AcquireSRWLockExclusive(&sender->lock);
	while (!sender->lists[0].first && !sender->lists[1].first && !sender->stopping)
		SleepConditionVariableSRW(&sender->changed, &sender->lock, INFINITE, 0);
	list = &sender->lists[sender->lists[0].first ? 0 : 1];
	job = list->first;
	if (job) {
		list->first = job->next;
		if (!list->first)
			list->end = &list->first;
		*ret_send = !sender->stopping;
	}
	ReleaseSRWLockExclusive(&sender->lock);
	return job;
}

static DWORD WINAPI
sender_main(void *parameter)
{
	struct sender *sender = parameter;
	struct send_outcome outcome;
	struct sender_job *job;
	bool send;

	while ((job = take_job(sender, &send))) {
		outcome = (struct send_outcome){ 0 };
		if (send && (!job->wanted || job->wanted(job)))
			port_send(sender->port, job->to, job->bytes, job->size, job->timeout_ms, &outcome);
		job->done(job, &outcome);
	}
	return 0;
}

cdrpc_status
sender_new(const struct cdrpc_env *env, const struct port *port, struct sender **ret_sender)
{
	struct sender *sender = env_alloc(env, sizeof *sender);
	cdrpc_status status;

	if (!sender)
		return CDRPC_E_NOMEM;
	*sender = (struct sender){
		.env = *env,
		.port = port,
		.lock = SRWLOCK_INIT,
		.changed = CONDITION_VARIABLE_INIT,
	};
	sender->lists[0].end = &sender->lists[0].first;
	sender->lists[1].end = &sender->lists[1].first;
	sender->thread = CreateThread(NULL, 0, sender_main, sender, 0, NULL);
	if (!sender->thread) {
		status = os_error(env, "CreateThread", GetLastError());
		env_free(env, sender);
		return status;
	}
	*ret_sender = sender;
	return CDRPC_OK;
}

void
sender_post(struct sender *sender, struct sender_job *job)
{
	struct job_list *list = &sender->lists[job->last ? 1 : 0];

	job->next = NULL;
	AcquireSRWLockExclusive(&sender->lock);
	*list->end = job;
	list->end = &job->next;
	ReleaseSRWLockExclusive(&sender->lock);
	WakeConditionVariable(&sender->changed);
}

void
sender_free(struct sender *sender)
{
	struct cdrpc_env env;

	if (!sender)
		return;
	AcquireSRWLockExclusive(&sender->lock);
	sender->stopping = true;
	ReleaseSRWLockExclusive(&sender->lock);
	WakeConditionVariable(&sender->changed);
	/* The job under way may be for a window of this very thread, which would otherwise keep it until its timeout. */
	port_wait_out(sender->thread);
	CloseHandle(sender->thread);
	env = sender->env;
	env_free(&env, sender);
}
