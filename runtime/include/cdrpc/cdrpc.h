/*
 * cdrpc: local RPC between Windows desktop programs, over WM_COPYDATA and anonymous sections. No COM, no registry.
 *
 * Write an interface file, let cdidl generate C from it, link both sides with this library. A client:
 *
 *	struct cdrpc_client *client;
 *	cdrpc_status status = cdrpc_client_connect("contoso.calc", NULL, &client);
 *	if (status == CDRPC_OK) {
 *		uint32_t sum;
 *		status = calc_add(client, 2, 3, &sum);
 *		cdrpc_client_free(client);
 *	}
 *
 * A server: cdrpc_server_new, one generated NAME_serve for each interface, then either cdrpc_server_run (a console program) or
 * cdrpc_server_start and the application's own message loop, then cdrpc_server_free.
 *
 * Threads
 *	A client belongs to the thread that connected it, a server to the thread that started it: handlers run there, and every
 *	function that takes one, or a call of a client that is pending, is called there (CDRPC_E_WRONG_THREAD otherwise, and nothing is
 *	done) unless it says "any thread". What another thread has for it to do is posted to it (cdrpc_server_post, cdrpc_client_post), as events
 *	are by themselves that another thread emits. Whoever frees does so on any thread, as finalizers and what comes after an await do. A
 *	thread that owns a server or a connected client pumps messages, or is inside a cdrpc function, whenever it is not busy for
 *	a moment.
 *	A thread inside a cdrpc call handles sent messages; posted messages of the application stay queued.
 *	Any message loop will do that gets the messages of all windows and dispatches them: GetMessage(&m, NULL, 0, 0), a message
 *	box, a menu, a dialog, MsgWaitForMultipleObjects with QS_ALLINPUT. One that gets the messages of one window (GetMessage(&m,
 *	window, 0, 0)), or of a range that ends before 0xFFFF, leaves handlers, events and callbacks waiting; so does one that waits
 *	for sent messages or for handles alone. What waits for 3 seconds is told to the log. With options.window a loop for that
 *	window will do. Messages that a loop throws away instead of dispatching them come again, later.
 *	A thread with a user interface begins its calls (_begin) and is told of their ends (cdrpc_pending_notify): while it waited in a
 *	call, nothing would be painted. LANGUAGE.md, "The generated C", shows how, and what of that still waits for the server.
 *	No exception leaves a handler or another function that the library calls, C++'s and SEH's among them, nor does longjmp.
 *	(The classes of C++ that cdidl generates, and those of cdrpc.hpp, catch those of C++.) They are
 *	called inside of a window procedure, where the system may swallow an exception; the sender then gets no answer to what an
 *	[inline] handler was called for, and what the library was at stays undone.
 *
 * In a DLL
 *	Nothing here may be called in DllMain, nor what DllMain runs: constructors and destructors of a DLL's static C++ objects,
 *	cdrpc::client and cdrpc::server among them. Frees and starts wait for threads, and a thread that begins or ends needs the loader
 *	lock, which DllMain holds (Microsoft, "Dynamic-Link Library Best Practices"): they wait for ever.
 *	Before FreeLibrary() of the DLL that holds the library, so not in DLL_PROCESS_DETACH, all its clients and servers are freed on
 *	their own threads, and cdrpc_server_run() has returned. Until these frees have returned, threads run code of the DLL:
 *	what sends for the endpoint, a server's further threads, and the system's pool, which looks after bells and after the ends
 *	of processes. After them nothing of it runs, and no window leads into it but an options.window that somebody else has
 *	subclassed since and not given back: destroy that first. Of a free on another thread it is not known when it is done; what the
 *	system's pool does of it, where the client's thread has ended, keeps the DLL loaded meanwhile. A process that ends need not
 *	free anything: its peers see that it has ended.
 *
 * Ownership
 *	what                                       whose                        until
 *	arguments passed to a function             the caller's                 the function returns
 *	inputs that a handler receives             the call's                   the handler returns, or a kept call is answered
 *	outputs that a client receives             the struct cdrpc_reply's     cdrpc_reply_free, or the next call that is given it
 *	buffers of cdrpc_call_buffer               the call's                   it is answered
 *	buffers of cdrpc_buffer_new                the caller's                 cdrpc_buffer_free
 *	handles among them                         likewise                     likewise, or until cdrpc_call_take, cdrpc_reply_take
 *	struct cdrpc_pending                       the caller's                 its _finish function, which consumes it unless it is
 *	                                                                        called on another thread
 *	struct cdrpc_call                          the runtime's                answered; a kept one must be answered
 *	struct cdrpc_peer                          the runtime's                the session ends
 *
 * Limits: struct cdrpc_limits. A body is 1 GiB at most; a service has at most CDRPC_INTERFACES_MAX interfaces.
 *
 * Versions
 *	Structs of options, limits, policy and env, and those that are given to a program (facts, stats, traces) can grow: a later
 *	version has more members at their end. A program and a library that were built with different versions of this header work together
 *	for all that: functions that take such a struct are inline, and hand over the sizes that the program was compiled with
 *	(cdrpc/sized.h, for callers from other languages). What a program's struct lacks counts as 0, the default. What it has more than
 *	the library knows must be 0: else CDRPC_E_ARGUMENT, and a line in the log. Of a struct that the library fills it writes no more
 *	than the program has, and sets to 0 what it does not know. Structs that a callback is given are followed by zeros, up to
 *	CDRPC_STRUCT_MAX bytes: so a member that is newer than the library reads as 0, which stands for "not known" in each of them.
 *	struct cdrpc_bytes and struct cdrpc_reply are passed by value or stand in programs' own structs: they never change.
 *
 * Strings are UTF-8 unless they are wide. Times are milliseconds, sizes bytes.
 */
#ifndef CDRPC_CDRPC_H
#define CDRPC_CDRPC_H

/* The version of this header; cdrpc_version() is that of the library that is linked. */
#define CDRPC_VERSION_MAJOR 0
#define CDRPC_VERSION_MINOR 1
#define CDRPC_VERSION_PATCH 0

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#include <wchar.h>
#endif

/* Stands before each function of the library. CDRPC_DLL is defined by programs that take them from a DLL. */
#ifndef CDRPC_API
#if defined(CDRPC_DLL) && defined(_WIN32)
#define CDRPC_API __declspec(dllimport)
#else
#define CDRPC_API
#endif
#endif

/* The structs are those of the library, whatever '#pragma pack' is in force. */
#pragma pack(push, 8)

#ifdef __cplusplus
extern "C" {
#endif

#ifdef _WIN32
typedef wchar_t cdrpc_wchar;
#else
typedef uint16_t cdrpc_wchar;   /* the portable core is tested on systems whose wchar_t is wider */
#endif

typedef void *cdrpc_handle;     /* HANDLE */
typedef void *cdrpc_window;     /* HWND */

/* Frozen: it has these members for ever. */
struct cdrpc_bytes {
	const void *data;
	uint32_t size;
};

#define CDRPC_STRUCT_MAX 512    /* bytes that any struct here has at most, in any version */

struct cdrpc_server;
struct cdrpc_client;
struct cdrpc_call;
struct cdrpc_buffer;
struct cdrpc_peer;
struct cdrpc_pending;

/*
 * Status. 0 is success, a positive value is an error that the method's error set declares (or one that a newer server knows), a
 * negative value is one of these. Those of -64 and below were said by the other side; a handler that returns any other negative
 * value arrives as CDRPC_E_HANDLER, so that a local meaning, such as CDRPC_E_PEER_DIED, is never the remote side's word; but for
 * CDRPC_E_NOMEM, which arrives as CDRPC_E_REMOTE_NOMEM.
 */
typedef int32_t cdrpc_status;

enum {
	CDRPC_OK = 0,

	CDRPC_E_ARGUMENT = -1,          /* an argument breaks its type's rules: past its bound, not UTF-8, NULL */
	CDRPC_E_NOMEM = -2,
	CDRPC_E_OS = -3,                /* a system call failed; the log has its name and error */
	CDRPC_E_WRONG_THREAD = -4,
	CDRPC_E_STATE = -5,             /* not now: not started, already started, already answered */
	CDRPC_E_NOT_FOUND = -6,         /* no server of that name */
	CDRPC_E_POLICY = -7,            /* servers of that name, none that our policy admits */
	CDRPC_E_VERSION = -8,           /* no protocol version in common; the session's interface lacks the method */
	CDRPC_E_TOO_LARGE = -9,         /* over a limit of this side */
	CDRPC_E_DECODE = -10,           /* what arrived breaks its type's rules */
	CDRPC_E_PROTOCOL = -11,         /* what arrived is no answer that the protocol knows */
	CDRPC_E_TIMEOUT = -12,          /* the deadline passed; whether the call ran is unknown */
	/* Its window counts as hung, and took nothing for 250 ms; whether the call ran is unknown. A call ends so then, unless it is to
	 * wait (wait_while_hung); connecting when its time is over. */
	CDRPC_E_HUNG = -13,
	/* The server's process ended. One that crashes has not ended before Windows Error Reporting is done with its dump, which can take
	 * long (documented; not so under Wine). Until then it is a server that does not answer: calls end CDRPC_E_HUNG or CDRPC_E_TIMEOUT,
	 * by their deadline at the latest, and start_image is not started while its window is there. Of a client that crashes session_ended
	 * tells as late. */
	CDRPC_E_PEER_DIED = -14,
	CDRPC_E_PEER_GONE = -15,        /* its process lives, but it has ended the session, or its window is gone */
	/* The system refuses messages from the lower integrity level to the higher (UIPI), or to start a program that needs elevation. */
	CDRPC_E_ACCESS = -16,
	CDRPC_E_CLOSED = -17,           /* this side ended the session */
	CDRPC_E_CANCELLED = -18,
	CDRPC_E_NOT_AVAILABLE = -19,    /* not with this session or this kind of thread */
	CDRPC_E_NAME_IN_USE = -20,      /* another server has the name, and this one is to be the only one */

	CDRPC_E_BUSY = -64,             /* the server's queue or another limit of it is full; not run */
	CDRPC_E_WOULD_DEADLOCK = -65,   /* it is waiting for us, and refuses to run calls meanwhile; not run */
	CDRPC_E_NO_INTERFACE = -66,
	CDRPC_E_NO_METHOD = -67,
	CDRPC_E_NOT_IMPLEMENTED = -68,
	CDRPC_E_BAD_REQUEST = -69,      /* the server could not decode the inputs; not run */
	CDRPC_E_REFUSED = -70,          /* its policy does not admit this process */
	CDRPC_E_REMOTE_LIMIT = -71,     /* request or reply over a limit of the server */
	CDRPC_E_HANDLER = -72,          /* the handler failed in a way that the interface does not declare */
	CDRPC_E_ABANDONED = -73,        /* the handler kept the call and never answered */
	CDRPC_E_EXPIRED = -74,          /* the deadline had passed before the handler ran; not run */
	CDRPC_E_STOPPING = -75,         /* the server is being stopped; not run */
	CDRPC_E_BAD_FRAME = -76,        /* the server refused the frame */
	CDRPC_E_NO_SESSION = -77,       /* the server does not know the session */
	CDRPC_E_REMOTE_NOMEM = -78,     /* the server, or its handler, had no memory for it */
	CDRPC_E_DUPLICATE = -79,        /* the transaction had been seen before; not run again */
	CDRPC_E_REMOTE_CANCELLED = -80,
	CDRPC_E_REMOTE_VERSION = -81    /* protocol versions that do not meet */
};

/*
 * What functions return besides CDRPC_OK, without "CDRPC_E_". ERRORS: those of the method's error set. REMOTE: whatever the other side
 * says, -64 and below. A call returns what its METHOD_begin and its METHOD_finish do, one of a oneway method METHOD_oneway; these and the
 * others with capitals are generated functions. Nothing else is returned: a test of the library that sees it fails.
 *
 *	cdrpc_server_new ARGUMENT, NOMEM
 *	cdrpc_server_start STATE, ARGUMENT, WRONG_THREAD, NOMEM, OS, NAME_IN_USE, CLOSED
 *	cdrpc_server_run STATE, ARGUMENT, WRONG_THREAD, NOMEM, OS, NAME_IN_USE, CLOSED
 *	cdrpc_server_post ARGUMENT, NOMEM, BUSY, CLOSED, STATE
 *	cdrpc_client_post ARGUMENT, NOMEM, BUSY, CLOSED
 *	cdrpc_call_keep KEPT
 *	cdrpc_call_complete STATE, CLOSED
 *	cdrpc_call_notify STATE, CLOSED
 *	cdrpc_call_buffer STATE, CLOSED, TOO_LARGE, NOMEM, OS
 *	cdrpc_client_connect NOT_FOUND, POLICY, VERSION, ACCESS, HUNG, TIMEOUT, BUSY, REFUSED, STOPPING, REMOTE_NOMEM, ARGUMENT, TOO_LARGE,
 *		NOMEM, OS, WRONG_THREAD, STATE, CLOSED
 *	cdrpc_peer_client ARGUMENT, WRONG_THREAD, NOMEM, CLOSED, PEER_DIED, PEER_GONE
 *	cdrpc_buffer_new WRONG_THREAD, TOO_LARGE, NOMEM, OS, CLOSED, PEER_DIED, PEER_GONE
 *	cdrpc_peer_disconnect WRONG_THREAD
 *	cdrpc_client_peer_facts WRONG_THREAD
 *	cdrpc_pending_notify WRONG_THREAD, CLOSED
 *	cdrpc_pending_event WRONG_THREAD, NOT_AVAILABLE
 *	METHOD_begin ARGUMENT, TOO_LARGE, NOMEM, OS, WRONG_THREAD, NO_INTERFACE, VERSION, NOT_AVAILABLE, CLOSED, PEER_DIED, PEER_GONE
 *	METHOD_finish ERRORS, REMOTE, TIMEOUT, HUNG, ACCESS, PEER_DIED, PEER_GONE, CLOSED, CANCELLED, DECODE, PROTOCOL, TOO_LARGE, NOMEM, OS,
 *		WRONG_THREAD, STATE
 *	METHOD_oneway REMOTE, ARGUMENT, TOO_LARGE, NOMEM, OS, WRONG_THREAD, VERSION, NOT_AVAILABLE, TIMEOUT, HUNG, ACCESS, PEER_DIED,
 *		PEER_GONE, CLOSED, PROTOCOL
 *	METHOD_reply ARGUMENT, TOO_LARGE, NOMEM, OS, NOT_AVAILABLE, STATE, CLOSED
 *	INTERFACE_emit ARGUMENT, TOO_LARGE, NOMEM, STATE, BUSY, CLOSED
 *	INTERFACE_listen REMOTE, TIMEOUT, HUNG, ACCESS, PEER_DIED, PEER_GONE, CLOSED, DECODE, PROTOCOL, TOO_LARGE, NOMEM, OS, WRONG_THREAD
 *	INTERFACE_serve STATE, TOO_LARGE, NOMEM, VERSION
 */

/* What a handler returns after cdrpc_call_keep(); never a status of a finished call. */
#define CDRPC_KEPT (-1000)

/* "CDRPC_E_TIMEOUT", "CDRPC_OK", "CDRPC_KEPT"; "(error of an interface)" for a positive one, of which the ..._status_text() that is
 * generated for its error set knows the name; "(no status)" for another value. Never NULL. Any thread. */
CDRPC_API const char *cdrpc_status_name(cdrpc_status status);

/* The version of the library that is linked, "0.1.0"; CDRPC_VERSION_MAJOR and so on are that of this header. Any thread. */
CDRPC_API const char *cdrpc_version(void);

/*
 * Integrity levels of Windows. As 'min_integrity' of a server's or client's policy: ANY asks nothing, and leaves it to the system
 * that messages from below do not arrive (UIPI). A level below this process's own also lets processes of lower levels send to the
 * library's window (ChangeWindowMessageFilterEx), of which the policy then admits those that are not below the one named. So an
 * elevated server that is to serve ordinary clients names MEDIUM, and so does an elevated client of an ordinary server.
 */
enum cdrpc_integrity {
	CDRPC_INTEGRITY_ANY = 0,
	CDRPC_INTEGRITY_LOW = 1,
	CDRPC_INTEGRITY_MEDIUM = 2,
	CDRPC_INTEGRITY_HIGH = 3,
	CDRPC_INTEGRITY_SYSTEM = 4
};

/*
 * What a server does with calls that arrive while its thread waits for an answer itself, by this server's sessions or by any client
 * of the thread. [inline] methods run in any case. Nothing else runs where a call is made from inside of an [inline] method, or in an
 * eighth wait inside one another: then calls by which somebody waits for this thread to finish get CDRPC_E_WOULD_DEADLOCK.
 */
enum cdrpc_reentry {
	/* Those that its own call leads to run while it waits; others wait in the queue, but for those of the peer that it is waiting
	 * for, which get CDRPC_E_WOULD_DEADLOCK. */
	CDRPC_REENTRY_QUEUE = 0,
	CDRPC_REENTRY_ALLOW = 1,        /* all run at once, one inside the other */
	CDRPC_REENTRY_REFUSE = 2        /* none: CDRPC_E_WOULD_DEADLOCK for the peer that it is waiting for, CDRPC_E_BUSY for others */
};

/* How the bytes of a request or a reply travelled. */
enum cdrpc_route {
	CDRPC_ROUTE_NONE = 0,           /* nothing travelled: a call that failed before, or a oneway's reply */
	CDRPC_ROUTE_VALUE = 1,          /* the message's return value */
	CDRPC_ROUTE_MESSAGE = 2,        /* inside a WM_COPYDATA */
	CDRPC_ROUTE_SECTION = 3,        /* an anonymous section of its own */
	CDRPC_ROUTE_RESIDENT = 4,       /* a section that the session keeps */
	CDRPC_ROUTE_CHUNKS = 5
};
CDRPC_API const char *cdrpc_route_name(enum cdrpc_route route);   /* "message"; "?" for a value not listed. Any thread. */

/* A call that has ended, as its client saw it. May grow. */
struct cdrpc_call_trace {
	uint64_t txn;
	const char *interface_name;
	const char *method_name;
	enum cdrpc_route request_route;
	enum cdrpc_route reply_route;
	uint64_t request_bytes;         /* body and blob area, without frame headers */
	uint64_t reply_bytes;
	uint32_t elapsed_us;
	cdrpc_status status;
};

/*
 * What a line of the log is about. A call that ends as it may end (an error that its interface declares, a deadline, a peer that has
 * gone, no server of that name nor of a similar one) is not logged, and a call that succeeds never is: the caller has the status.
 */
enum cdrpc_log_level {
	/* This program has to be mended: something that it passed, returned or did was refused, or a system call has failed. */
	CDRPC_LOG_ERROR = 1,
	CDRPC_LOG_WARNING = 2,          /* a peer was refused, or somebody is too slow: may be as it should */
	/* What is still there when a client or a server is freed, and will leak unless it is finished; a name next to which there is another. */
	CDRPC_LOG_NOTE = 3
};

/*
 * What the library takes from its surroundings. Copied at creation; 'self' is passed back. A NULL member means the default:
 * the process heap, and for the log OutputDebugStringA while a debugger is present. Each may be called by any thread, and by several at
 * once.
 *
 * With CDRPC_LOG=FILE in the environment all lines of the process are appended to that file besides, whatever 'log' is: time, process,
 * level, line. An elevated process does so only if whoever started it is elevated, too.
 * A line names what it is about: "contoso.calc.Calc.add: input 'name': 199 bytes, bound 64". What parameters hold is never in it. May grow.
 */
struct cdrpc_env {
	void *self;
	void *(*alloc)(void *self, size_t size);        /* at a multiple of 16; NULL when there is none */
	void (*free)(void *self, void *memory);         /* takes NULL */
	/* One line of English without a newline, 511 bytes at most. Not to be waited in: it may be called inside a sent message. */
	void (*log)(void *self, enum cdrpc_log_level level, const char *line);
};

/*
 * Everything that a peer can consume has a limit here. 0 stands for the default in brackets. What is over one fails alone, CDRPC_E_BUSY
 * unless something else is said; those of "a server" are all its threads'. What a [shared] input holds in place counts as the
 * call's bytes; what a [shared] output does is its reader's, until cdrpc_reply_free(). Calls within calls are 8 deep at most,
 * across processes. Copied at creation. May grow.
 */
struct cdrpc_limits {
	uint32_t inline_max;            /* bytes of a body that go inside a message [65536]; at most 262144 */
	uint32_t body_max;              /* bytes of a body, either direction [268435456]; at most 1 GiB */
	/* Bytes that each side of a session keeps mapped for bodies [8388608], 1 GiB at most; or CDRPC_RESIDENT_NONE. The first 1 MiB
	 * is there from the beginning, the rest from the first body on that does not fit; bodies that do not fit even then, because it
	 * is in use or because one of the processes has no room for it, get sections of their own. Either side's limit holds for what
	 * it makes and for what it lets the other make it map: of two that differ the lesser is there from the beginning, and what a
	 * peer offers over it is done without. */
	uint32_t resident_max;
	uint32_t resident_from;         /* bytes of a request from which it goes there, and not inside a message [4096] */
	uint32_t decode_max;            /* bytes of C arrays that decoding one body may take [67108864] */
	uint32_t sessions_max;          /* sessions of a server [256] */
	uint32_t queue_max;             /* calls accepted and not yet run, a session [64]; and what was posted to a server or client */
	uint32_t queue_bytes_max;       /* bytes of calls accepted and not yet answered, a server [536870912] */
	uint32_t open_max;              /* calls accepted and not yet answered, kept ones among them, a session [1024] */
	uint32_t handshakes_max;        /* that a process may have under way with a server, once it is proved that they are its [4] */
	uint32_t nesting_max;           /* messages handled inside one another, a thread [8]; at most CDRPC_NESTING_MOST */
	uint32_t chunked_max;           /* bodies on their way in pieces, a session [16]; its own sender gets CDRPC_E_NOT_AVAILABLE */
	uint32_t events_max;            /* on their way by messages, a session [256, the most]; one over it ends the subscription */
	/* Bytes that peers make a server, or a client that works through none, keep mapped [1073741824; 536870912 in a 32-bit process]:
	 * what sessions keep for bodies in both directions, and sections in which [shared] parameters are read. What is over it goes
	 * without: a session keeps nothing, or no more than it does, and a [shared] parameter is copied. Besides, each thread maps the
	 * section that it copies a body from, from its start to the end of the body: 64 KiB more than body_max at most. */
	uint32_t mapped_max;
};

#define CDRPC_RESIDENT_NONE UINT32_MAX  /* of limits.resident_max: all bodies go by messages and one-off sections */
#define CDRPC_RESIDENT_LEAST (UINT32_C(1) << 16)        /* what a limits.resident_max below it counts as */
#define CDRPC_RESIDENT_MOST (UINT32_C(1) << 30)         /* what one above it counts as */
#define CDRPC_NESTING_MOST 32           /* of limits.nesting_max */
#define CDRPC_INTERFACES_MAX 2000       /* of a service */
#define CDRPC_NAME_MAX 64               /* bytes of a service's name: letters, digits, '.', '-', '_' */

/* Whether something holds, where the system may not tell. */
enum cdrpc_known {
	CDRPC_UNKNOWN = 0,
	CDRPC_NO = 1,
	CDRPC_YES = 2
};

/*
 * What is known of the process at the other end, read from the system when the session began; nothing of it is the peer's word.
 * Zero and NULL are "not known", which no policy admits: a process of a lower integrity level, for instance, may often not look
 * at one of a higher. Strings are valid until the session ends. May grow.
 */
struct cdrpc_peer_facts {
	uint32_t process_id;
	uint32_t thread_id;             /* of its window */
	uint32_t session_id;
	bool same_user;                 /* as this process */
	enum cdrpc_integrity integrity;
	/* The level as Windows counts it, 0x2000 for MEDIUM: there are levels between the named ones, which 'integrity' counts as the
	 * one below. A program with UIAccess is 0x2010, "medium plus" 0x2100. */
	uint32_t integrity_rid;
	enum cdrpc_known app_container;
	const cdrpc_wchar *image;       /* the full path of its executable */
	const char *user;               /* the user's security identifier: "S-1-5-21-..." */
};

/* Decides about a process that the rest of the policy admits. Called inside a sent message, on the endpoint's thread, or on any
 * of a server that has several: be quick. */
typedef bool cdrpc_authorise(void *authorise_self, const struct cdrpc_peer_facts *facts);

/*
 * What cdrpc_server_post() and cdrpc_client_post() have run. 'status' is CDRPC_OK, or CDRPC_E_CLOSED: the server or client is being freed, and
 * 'arg' is to be released, no more.
 */
typedef void cdrpc_post(void *arg, cdrpc_status status);

/* Whom a server lets in, and which servers a client talks to. All zero: whoever can send messages here, which is up to the system.
 * Copied at creation. May grow. */
struct cdrpc_policy {
	enum cdrpc_integrity min_integrity;     /* of the other process */
	bool same_user;
	cdrpc_authorise *authorise;     /* asked last: which image, which user. NULL: not asked */
	void *authorise_self;
};

/* ---- server ---- */

/* Not needed after cdrpc_server_new() has returned, nor is what it points to. May grow. */
struct cdrpc_server_options {
	const struct cdrpc_env *env;
	/* Handlers run from messages posted to this window of the starting thread, and deadlines from timers of it; NULL: from a window of
	 * the library's own. The window is subclassed: all other messages reach its procedure as before, and so does every WM_COPYDATA. */
	cdrpc_window window;
	const struct cdrpc_limits *limits;      /* NULL: the defaults */
	const struct cdrpc_policy *policy;      /* of its clients; NULL: none is asked for */
	enum cdrpc_reentry reentry;
	/*
	 * How many threads serve, 64 at most; 0 is 1. The one that starts the server is among them, the library makes the
	 * others. The sessions are spread over them; handlers of one session run one at a time, those of others beside them.
	 * Whoever connects gets one of the threads that are not in a handler, if there is one.
	 * Limits of the server are those of all together. Events to one peer that are emitted on its thread, where its
	 * handlers run, are on their way when that returns; see cdrpc_server_post() for others.
	 */
	uint32_t threads;
	/*
	 * cdrpc_server_run() stops when the user logs off or the system shuts down, as by cdrpc_server_stop(), and is done with that before
	 * the system may end the process, which it may do at once: for that it has a hidden top-level window on its thread while it
	 * runs. The application's messages are dispatched meanwhile, inside of WM_ENDSESSION, and WM_QUIT does not end it; a handler that
	 * runs a message loop of its own is waited for no longer than two seconds. Whoever may send messages to that window can stop
	 * the server so; processes of a lower integrity level may not. Like each top-level window it is sent what is broadcast.
	 */
	bool stop_at_logoff;
	/*
	 * Where another server of this name serves on this desktop, exclusive or not, cdrpc_server_start() returns CDRPC_E_NAME_IN_USE, and
	 * nobody finds this one. Of exclusive ones that are started at the same time, by threads or processes, one is. Other servers of
	 * that name are not kept from starting. What counts as another server:
	 * a process of this one's user and at least of its integrity level, by the system's word, one of whose threads answers a handshake
	 * under that name. Others do not count: who is silent for 15 seconds, or for 5 if it counts as hung, for instance
	 * a server without a message loop; who is being stopped, which this one takes the place of at once; who is of a lower level or of another user, or of whom that is not known. So
	 * an ordinary program's server and an elevated one's do not see each other. Without a name this does
	 * nothing. For a program that is to run once, whose further starts hand over to the first: cdrpc/single_instance.h.
	 */
	bool exclusive;
	/* A client's session has been opened, and has ended: called on the server's thread, from its message loop, never inside a
	 * sent message. The end of a client's thread that has not freed its client is seen within seconds. 'peer' is valid from the
	 * first until the second has returned. NULL: not told. */
	void (*session_opened)(void *session_self, struct cdrpc_peer *peer);
	void (*session_ended)(void *session_self, struct cdrpc_peer *peer);
	void *session_self;
};

/*
 * Makes a server that is not yet visible to anybody. 'options' NULL: defaults. The name and the options are copied.
 * 'name' NULL: nobody finds it, and it serves those to whom this thread's clients connect; see cdrpc_client_options.server.
 * CDRPC_E_ARGUMENT: the name is empty, too long or has other characters, or an option is set that this library does not have. The caller
 * frees *ret_server.
 */
static inline cdrpc_status cdrpc_server_new(const char *name, const struct cdrpc_server_options *options, struct cdrpc_server **ret_server);

/*
 * Makes the service's name visible, and this thread the server's. Interfaces are added before. CDRPC_E_STATE: already started.
 * From here on the thread's message loop, whatever it is, runs the server. Where another process serves under that name, the log is told.
 * An exclusive one first waits for those that start at the same time, for 60 seconds at most (2 if nobody of this process's user and level
 * is among them), and asks who has the name, for 15 seconds at most where somebody does not answer; sent messages are handled meanwhile.
 * CDRPC_E_NAME_IN_USE: somebody has it; it can be started again, and cdrpc_server_holder() tells who. CDRPC_E_CLOSED: it was freed
 * meanwhile.
 */
CDRPC_API cdrpc_status cdrpc_server_start(struct cdrpc_server *server);

/* Who had the name when cdrpc_server_start() returned CDRPC_E_NAME_IN_USE; what the facts point to is valid, and the process's number not
 * another's, until the server is started again or freed. False: it did not. The thread that started it. */
static inline bool cdrpc_server_holder(const struct cdrpc_server *server, struct cdrpc_peer_facts *ret_facts);

/*
 * Starts if need be, then serves until cdrpc_server_stop() or WM_QUIT; the thread's other windows and timers go on. Where one of those
 * runs a message loop of its own, a message box for instance, that serves, too.
 * Logoff and shutdown: see cdrpc_server_options.stop_at_logoff. Where the application runs its own loop, or does not ask for that, they are
 * not heard: the library's other windows are message-only, which get no WM_QUERYENDSESSION and no WM_ENDSESSION, and a console program
 * that has windows gets no CTRL_LOGOFF_EVENT. It then does the same itself: a hidden top-level window (no WS_VISIBLE, no HWND_MESSAGE)
 * on this thread, whose procedure answers WM_ENDSESSION with wParam TRUE by cdrpc_server_stop() and then gets and dispatches messages
 * until session_ended has told of all sessions, for two seconds at most: the process may be ended when it returns.
 */
CDRPC_API cdrpc_status cdrpc_server_run(struct cdrpc_server *server);

/*
 * Refuses new calls and clients from now on (CDRPC_E_STOPPING). Calls that were accepted, kept ones among them, have a second to be
 * answered; then, or when there are none, the sessions end, which their clients are told (CDRPC_E_PEER_GONE), and cdrpc_server_run()
 * returns. Where the application runs its own loop, that goes on by itself. Returns at once. Any thread, any number of times.
 */
CDRPC_API void cdrpc_server_stop(struct cdrpc_server *server);

/*
 * Ends all sessions, which their clients are told; waits a quarter of a second for that at most. Kept calls that were not
 * answered become harmless. NULL is fine. Not from inside a handler or a callback that cdrpc_server_run() or
 * cdrpc_server_free() has called. Any thread: on another than the server's it returns at once, and the server's frees at its next
 * look, when cdrpc_server_run() has returned if it is in that; where that thread has ended, this one does.
 */
CDRPC_API void cdrpc_server_free(struct cdrpc_server *server);

/*
 * Has the thread that started the server run fn(arg, CDRPC_OK): once, from its message loop, never inside a sent message, and what is posted
 * first runs first. Any thread that knows that the server has not been freed yet; from handlers and from such a function, too, and then it
 * runs after them. A function that runs a message loop has those behind it run there. It may make calls, emit and free as a callback may.
 * cdrpc_server_stop() does not end them: they run as long as the thread has a message loop.
 * If the server is freed before, fn(arg, CDRPC_E_CLOSED) runs, once, by whoever frees it, before its memory goes: inside of
 * cdrpc_server_free() if that is called on the server's thread, or on another after the server's has ended; else on the server's thread.
 * Where something else than CDRPC_OK is returned it is not run at all: CDRPC_E_BUSY: limits.queue_max wait already, emitted events of other
 * threads and what was posted to clients with options.server among them; CDRPC_E_STATE: not started; CDRPC_E_CLOSED: it is being freed, as
 * it is to a function that is told so; CDRPC_E_ARGUMENT: no function; CDRPC_E_NOMEM.
 *
 * Generated functions that emit events may be called by any thread likewise. On the server's thread, or the peer's if the server has several
 * and it is emitted to one, an event is on its way when they return CDRPC_OK. On another, a copy is posted as by this function, among what
 * is posted by it: CDRPC_OK says that it keeps the bounds, and is emitted in its turn, to whoever listens then, unless the server is freed
 * before; CDRPC_E_BUSY that it is not emitted. What the server's thread does meanwhile comes before it, and an answer that a worker gives
 * to a kept call after the event may arrive before that. A peer is passed while it is valid: on another thread, while a call of its is kept.
 */
CDRPC_API cdrpc_status cdrpc_server_post(struct cdrpc_server *server, cdrpc_post *fn, void *arg);

/* What has been served, by a server or by what a client serves to its server. May grow. */
struct cdrpc_stats {
	uint64_t calls;                 /* calls accepted */
	uint64_t refused_frames;        /* frames of ours that broke the protocol, with bad tokens and those of ended sessions among them */
	uint64_t refused_calls;         /* well-formed, over a limit or expired */
	uint64_t replies_by_value;
	uint64_t replies_by_message;
	uint64_t replies_by_section;
	uint64_t replies_by_resident;
	uint32_t sessions;              /* now */
	uint32_t nesting;               /* messages handled inside one another: the most that there were, on any thread */
	uint64_t replies_by_chunks;
	uint64_t events;                /* emitted, once for each listener */
	uint64_t events_lost;           /* subscriptions that ended because their listener was too slow */
};
/* Of all threads of the server, since it was made. Any thread. */
static inline void cdrpc_server_get_stats(const struct cdrpc_server *server, struct cdrpc_stats *ret_stats);

/* ---- calls, in handlers ---- */

/*
 * Keeps the call beyond the handler: `return cdrpc_call_keep(call);`. Its inputs stay valid until it is answered. Where another
 * thread may answer, keep the call before that thread can see it: an answer ends the call, after which neither this nor any other
 * function must be called with it. So where several threads could answer, they agree which one does; of two that are answering at the
 * same time, one gets CDRPC_E_STATE and has changed nothing.
 */
CDRPC_API cdrpc_status cdrpc_call_keep(struct cdrpc_call *call);
/* Whether nobody waits for the answer any more: the caller has cancelled, given up or ended, or was told that the call was abandoned. Any
 * thread. */
CDRPC_API bool cdrpc_call_is_cancelled(const struct cdrpc_call *call);
/*
 * Has cancelled(self, call) called when that has become so of a kept call that was not answered: once, on the thread that runs the peer's
 * handlers, from its message loop and never inside a sent message. It is still to be answered, there or later, which comes to nobody.
 * It tells that the caller has cancelled; a moment before the call's deadline that the library has answered CDRPC_E_ABANDONED; that the
 * session has ended, by the caller's death or either side's doing (cdrpc_peer_disconnect), and before session_ended; after
 * cdrpc_server_stop() when the time to answer is over; and, where there is no message loop any more, in cdrpc_server_free(), by whoever
 * that frees. Not that a stop has begun.
 * Set before the call is kept or after that, by whoever may answer it; where it is cancelled already it is told, too. Another in its place,
 * or NULL, for none, counts from then on. On the thread that it is told on, it is not told after an answer. An answer on another thread,
 * and being set anew there, does not wait for one that runs at that time: what 'self' points to is to outlive that. A worker that waits for
 * handles has it set an event, or a flag where it looks for one: that is all that it has to do.
 * CDRPC_E_STATE: it was answered already; CDRPC_E_CLOSED: its session has ended, of which it is not told.
 */
CDRPC_API cdrpc_status cdrpc_call_notify(struct cdrpc_call *call, void (*cancelled)(void *self, struct cdrpc_call *call), void *self);
/* Answers with a status alone: for methods without outputs, and for errors of any. Needs no memory. CDRPC_E_STATE: it was answered already;
 * CDRPC_E_CLOSED: its session has ended. In each case the call is over. */
CDRPC_API cdrpc_status cdrpc_call_complete(struct cdrpc_call *call, cdrpc_status status);
/* Until the caller gives up, or up to 32 more; 0: it has. */
CDRPC_API uint32_t cdrpc_call_remaining_ms(const struct cdrpc_call *call);
/* What is known of who called, as cdrpc_peer_get_facts() tells. */
static inline void cdrpc_call_peer_facts(const struct cdrpc_call *call, struct cdrpc_peer_facts *ret_facts);
/* Takes a handle out of the call's inputs, which would close it in the end: it is the caller's now, to close with CloseHandle(). NULL:
 * it is none of them, or was taken. By whoever may answer the call. */
CDRPC_API cdrpc_handle cdrpc_call_take(struct cdrpc_call *call, cdrpc_handle handle);
/*
 * Memory for one `bytes` output, of 'size' bytes, not zeroed, at a multiple of 16. It is where the reply will travel, if possible: in
 * a section of the session, else in one of the reply's own; else it is memory like any other. Fill it, and pass it to the method's
 * reply function as that output, whole or a first part of it: where the other outputs take 4,096 bytes at most it is then not
 * copied. Anything else that a reply function takes is right as well, and copied: another part of it, another call's, several.
 * The other side may see at once what is written there, and reads it in place if the output is [shared]; for [secret] methods it
 * is private memory. It is the call's: valid until a reply function has returned CDRPC_OK, or the call has been answered otherwise,
 * and not to be touched after that. By whoever may answer the call, any number of times.
 * CDRPC_E_TOO_LARGE: more than a body may have; CDRPC_E_STATE: the call was answered already; CDRPC_E_CLOSED: its session has ended;
 * CDRPC_E_NOMEM.
 */
CDRPC_API cdrpc_status cdrpc_call_buffer(struct cdrpc_call *call, uint32_t size, void **ret_buffer);
/* Who called, for calling back and for events: valid until the session ends, as options.session_ended tells. */
CDRPC_API struct cdrpc_peer *cdrpc_call_peer(const struct cdrpc_call *call);

/* ---- peers: on the thread that runs their handlers, where nothing else is said, and while they are valid ---- */

static inline void cdrpc_peer_get_facts(struct cdrpc_peer *peer, struct cdrpc_peer_facts *ret_facts);   /* any thread */
/* What the program keeps for this peer: NULL at first. It is the program's, which frees it in session_ended, for instance. */
CDRPC_API void cdrpc_peer_set_data(struct cdrpc_peer *peer, void *data);
CDRPC_API void *cdrpc_peer_data(struct cdrpc_peer *peer);
/*
 * Ends the session, which the peer is told, without waiting for it: its calls end CDRPC_E_PEER_GONE. Those of it that wait to be run are not;
 * what still runs, and what was kept, is cancelled, and answered to nobody. session_ended is told as ever, when no handler of it runs any more;
 * the peer is valid until then. From handlers and callbacks, too; one that has ended already is fine. Nothing keeps the peer from connecting
 * again but the policy. A session that a client of this side has opened ends CDRPC_E_CLOSED for that client.
 */
CDRPC_API cdrpc_status cdrpc_peer_disconnect(struct cdrpc_peer *peer);

/* ---- client ---- */

/* Not needed after cdrpc_client_connect() has returned, nor is what it points to but 'server'. May grow. */
struct cdrpc_client_options {
	const struct cdrpc_env *env;
	cdrpc_window window;            /* as for servers */
	const struct cdrpc_limits *limits;      /* NULL: the defaults */
	const struct cdrpc_policy *policy;      /* of the server; NULL: none is asked for */
	/* Of connecting, a start of the server's program included [30000]. No deadline is early; one may be late by two ticks of the
	 * system, 32 ms. Time for which the machine sleeps does not count. */
	uint32_t connect_timeout_ms;
	uint32_t call_timeout_ms;       /* of calls whose method and interface state none [30000], likewise */
	/* For how long at most a call waits for its request to be taken, _begin and oneway included; 0: until its deadline. Then it ends
	 * CDRPC_E_TIMEOUT or CDRPC_E_HUNG, as at the deadline. The wait for an answer looks for messages every second, but this one is
	 * inside of SendMessageTimeoutW and cannot: on Windows a thread that is in it for more than 5 s is believed (not tried) to count as
	 * hung itself, so that others' sends to it end CDRPC_E_HUNG and its windows are shown as not responding. A thread with windows, or
	 * one that serves, asks for less than that here, or calls from another thread. */
	uint32_t send_timeout_ms;
	/* What calls do whose server counts as hung, its thread having not looked for messages for 5 s. True: they wait for it as for any
	 * other, until their deadline or send_timeout_ms. False: for a quarter of a second, and end CDRPC_E_HUNG. */
	bool wait_while_hung;
	enum cdrpc_reentry reentry;
	/* A server of this thread, started, with or without a name: the client works through its endpoint. The interfaces that it
	 * serves can be called by the peer, too, and its calls run while the client waits, as its 'reentry' says. Then 'env',
	 * 'window', 'limits' and 'reentry' above are the server's, and it must outlive the client. */
	struct cdrpc_server *server;
	/*
	 * The program to start when there is no server of that name: the full path of its executable, and what follows it on the
	 * command line. Its cdrpc_server_start() says that it is ready. NULL: it is not started, and CDRPC_E_NOT_FOUND is returned. Nor is
	 * it where less than 250 ms of the timeout are left: CDRPC_E_TIMEOUT. A full path begins with a drive's letter, ':' and '\\' (or
	 * '/'), or with two of those ("\\\\server\\share\\...", "\\\\?\\..."); another is refused whether there is a server or not:
	 * CDRPC_E_ARGUMENT. The program gets none of this one's handles, no standard handles, and no console of this one's: one of the
	 * console subsystem has its own, which is not shown. Where it needs elevation (error 740): CDRPC_E_ACCESS; only its user can start
	 * it then, by ShellExecuteExW with "runas". If it ends before it is ready, its exit code is in the log: after 0, it may have
	 * started the server or handed over to one, which is waited for until the timeout, then CDRPC_E_TIMEOUT; after another,
	 * CDRPC_E_NOT_FOUND at once, unless there is a server now. One that is slower than the timeout, CDRPC_E_TIMEOUT, goes on, and while
	 * it lives and is not ready it is waited for by whoever connects, and not started again.
	 */
	const cdrpc_wchar *start_image;
	const cdrpc_wchar *start_arguments;
	void (*trace)(void *self, const struct cdrpc_call_trace *call);         /* after each call; NULL: not */
	void *trace_self;
	/* This side was too slow for an event, and is not subscribed to it any more; the session goes on. NULL: not told. */
	void (*event_lost)(void *event_lost_self, const char *interface_name, const char *event_name);
	void *event_lost_self;
	/*
	 * Not 0: when its session has ended, the client opens another with a server of that name that the policy, which is asked
	 * again, admits, and listens there to what it listened to. It tries at once, then after pauses that double from 64 ms up to this
	 * many, for as long as it takes; a session that was shorter than this does not make them short again. Each try keeps the thread for
	 * a quarter of a second at most, and only where there is a server that does not answer. Tries are made from the message loop; where
	 * a call has ended with why there is no session, by the next call too, if it is time.
	 * Calls of which the end is not known are not repeated: they and those that are made meanwhile end with why the session has ended,
	 * at once. Everything that the server knew of the client is to be told it anew, from reconnected for instance. The policy's
	 * authorise_self, options.server and what 'env' has stay in use.
	 */
	uint32_t reconnect_ms;
	bool reconnect_starts;          /* a try starts start_image if there is no server, and does not wait for it: the next ones find it */
	/*
	 * The session has ended by anything but cdrpc_client_free(): CDRPC_E_PEER_DIED, CDRPC_E_PEER_GONE, or what else calls end with from
	 * now on. Told once for each session, from the message loop of the client's thread, never inside a sent message. The end of the
	 * server's process is told at once; that of its thread alone, or of a process that this one may not wait for, within seconds. A
	 * thread that has no message loop learns it by its next call. The client may be freed in it, and is to be freed in any case. NULL:
	 * not told.
	 */
	void (*disconnected)(void *session_self, struct cdrpc_client *client, cdrpc_status why);
	/*
	 * There is another session, see reconnect_ms, with all subscriptions. Told as the end is, after that, and before any event of the
	 * new session. NULL: not told.
	 */
	void (*reconnected)(void *session_self, struct cdrpc_client *client);
	void *session_self;
};

/*
 * Finds the servers of that name on this desktop, passes over those that the policy does not admit or that do not answer, and
 * opens a session with the first that does. Those that do not answer, are hung or have no room are tried again until the timeout,
 * and those that come meanwhile are found. 'options' NULL: defaults. The caller frees *ret_client.
 * CDRPC_E_NOT_FOUND: there is no window of that name. What has come of those that there are, else: CDRPC_E_POLICY: none is admitted;
 * CDRPC_E_REFUSED, CDRPC_E_VERSION, CDRPC_E_STOPPING, CDRPC_E_REMOTE_NOMEM, CDRPC_E_ACCESS: what the last one says, at once; CDRPC_E_BUSY,
 * CDRPC_E_HUNG, CDRPC_E_TIMEOUT: what there is to say when the time is over. CDRPC_E_TOO_LARGE: the list of what it serves is over
 * limits.body_max. CDRPC_E_ARGUMENT: no name, or start_image is no full path. CDRPC_E_ACCESS, too: the latter needs elevation.
 * CDRPC_E_NOMEM, CDRPC_E_OS. With options.server: CDRPC_E_WRONG_THREAD; CDRPC_E_STATE: it is not started; CDRPC_E_CLOSED: it was freed
 * meanwhile. Nothing else, and never a positive value.
 */
static inline cdrpc_status cdrpc_client_connect(const char *name, const struct cdrpc_client_options *options,
						struct cdrpc_client **ret_client);
/*
 * For a server to call what its peer serves, in the session that the peer has opened. Of 'options' the
 * timeouts of calls, wait_while_hung and the trace count. The caller frees *ret_client, which does not end the session.
 */
static inline cdrpc_status cdrpc_peer_client(struct cdrpc_peer *peer, const struct cdrpc_client_options *options,
					     struct cdrpc_client **ret_client);
/*
 * Ends the session if it was connected by this side; pending calls end CDRPC_E_CLOSED and are still to be finished. NULL is fine. No
 * callback of the client (events, cdrpc_pending_notify, options.trace, event_lost, disconnected and reconnected) begins after it has
 * returned, but for what was posted to it, which is told CDRPC_E_CLOSED. Any thread: on another than the client's it returns at once, and
 * the client's frees at its next look: in its message loop, or when a call of its own has ended; where that thread has ended, this one
 * does, or one of the system's. A callback that is running then is not waited for, nor is a call by the client. It counts as running once
 * the client's thread has looked whether the client was freed, which is the last that it does before it calls. Until it has been freed so,
 * options.env is still used.
 */
CDRPC_API void cdrpc_client_free(struct cdrpc_client *client);

/*
 * Has the client's thread run fn(arg, CDRPC_OK), as cdrpc_server_post() has the server's; or fn(arg, CDRPC_E_CLOSED), by whoever frees the
 * client, before its memory goes, and after cdrpc_client_free() has returned if that was called on another thread. The session's end does not
 * end it. A call's wait runs none: on a thread that has no message loop they wait until the client is freed, and are told so.
 * CDRPC_E_BUSY: limits.queue_max wait already, with options.server those of the server. Any thread.
 */
CDRPC_API cdrpc_status cdrpc_client_post(struct cdrpc_client *client, cdrpc_post *fn, void *arg);

/* The same of what the client serves and is told. Any thread. */
static inline void cdrpc_client_get_stats(const struct cdrpc_client *client, struct cdrpc_stats *ret_stats);

/* What is known of the server's process: that of the last session, if it has ended. The strings are valid until the client is freed or
 * connected again. */
static inline cdrpc_status cdrpc_client_peer_facts(struct cdrpc_client *client, struct cdrpc_peer_facts *ret_facts);

/* The deadline of calls from here on, whatever their methods state; 0: back to what they state. Any thread. */
CDRPC_API void cdrpc_client_set_timeout(struct cdrpc_client *client, uint32_t timeout_ms);

/* ---- memory for what a client sends ---- */

/*
 * Memory for one `bytes` input of a request of this client, as cdrpc_call_buffer() is for an output: of 'size' bytes, not zeroed, at a
 * multiple of 16, in a section of the session if possible. It is the caller's, who frees it, sent or not; it may have many.
 *
 *	status = cdrpc_buffer_new(client, size, &buffer);
 *	if (status == CDRPC_OK) {
 *		fill(cdrpc_buffer_data(buffer), size);
 *		status = thumbs_store(client, cdrpc_buffer_send(buffer, size));
 *		cdrpc_buffer_free(buffer);
 *	}
 *
 * CDRPC_E_TOO_LARGE: more than a body may have; CDRPC_E_NOMEM, CDRPC_E_OS, CDRPC_E_WRONG_THREAD; a session that has ended: why.
 */
CDRPC_API cdrpc_status cdrpc_buffer_new(struct cdrpc_client *client, uint32_t size, struct cdrpc_buffer **ret_buffer);
/*
 * Where to write. The other side may see at once what is written there. NULL: it has been sent. The memory is there until then or until
 * cdrpc_buffer_free(), whatever becomes of the client; after that it is not to be touched any more, for the server reads it in place
 * if the input is [shared]. On the client's thread; who writes there may be any. NULL, here and below, is as one that has been sent.
 */
CDRPC_API void *cdrpc_buffer_data(struct cdrpc_buffer *buffer);
/*
 * The first 'size' bytes of it, to be passed to a request of its client as a `bytes` parameter, which sends them without a copy where
 * its other inputs take 4,096 bytes at most. Once a request has gone out with them they are sent, and cannot be again; one that
 * failed before (CDRPC_E_ARGUMENT, for instance) leaves the buffer as it was, to be sent by another. Passed to another client's
 * request, or in a table, they are copied; of a [secret] method as well, and are zeroed then. What was sent, more than there is, or
 * another thread than the client's: the request that is passed the result fails with CDRPC_E_ARGUMENT, and the log says why.
 */
CDRPC_API struct cdrpc_bytes cdrpc_buffer_send(struct cdrpc_buffer *buffer, uint32_t size);
/* Once for each. Any thread, before or after its client is freed. NULL is fine. */
CDRPC_API void cdrpc_buffer_free(struct cdrpc_buffer *buffer);

/* ---- pending calls: between a method's _begin and its _finish ---- */

/*
 * A method's _finish waits for the call's end, and consumes it: what it returns is the call's status. CDRPC_E_WRONG_THREAD: this is not the
 * client's thread, and nothing has been done. CDRPC_E_STATE: it is a call of another method, and nothing has been done; or it has been
 * finished already, which is told as long as the client has not been freed and no other call has been begun since that may have got the
 * same memory.
 */

/* Whether _finish would return at once. On another thread than the client's: whether that has seen its end. */
CDRPC_API bool cdrpc_pending_is_done(struct cdrpc_pending *pending);
/*
 * Calls done(self, pending) once, from this thread's message loop and never inside a sent message, when the call has ended, its
 * deadline having passed included. It is there that the method's _finish is called, or later; _finish before it means that it is
 * not called. Not after cdrpc_client_free().
 */
CDRPC_API cdrpc_status cdrpc_pending_notify(struct cdrpc_pending *pending, void (*done)(void *self, struct cdrpc_pending *pending),
					    void *self);
/*
 * An auto-reset event, the client's own, that is set when this or another call of the client may have ended: for a thread that
 * waits for events and has no message loop. Look at cdrpc_pending_is_done() before the wait and after it. Not to be closed.
 * CDRPC_E_NOT_AVAILABLE: the session has no arenas, and replies come by messages.
 */
CDRPC_API cdrpc_status cdrpc_pending_event(struct cdrpc_pending *pending, cdrpc_handle *ret_event);
/* Ends the call CDRPC_E_CANCELLED, for _finish to consume, and lets the server know. Never blocks. Any thread: on another than the client's
 * it is for that to do at its next look, which a _finish that waits takes at once. */
CDRPC_API void cdrpc_pending_cancel(struct cdrpc_pending *pending);

/* ---- replies ---- */

/* Holds the memory of one call's outputs. Initialise to {0}. Frozen: it has this member for ever. */
struct cdrpc_reply {
	void *held;
};
/* Any thread, one at a time: frees what it holds, and empties it. An empty one, after a failed call for instance, is fine. [shared]
 * outputs that are read in place take room in the session's section until then: free large ones before the next call, which else has to
 * go without that room. */
CDRPC_API void cdrpc_reply_free(struct cdrpc_reply *reply);
/* Takes a handle out of it, as cdrpc_call_take() does. Any thread, one at a time. */
CDRPC_API cdrpc_handle cdrpc_reply_take(struct cdrpc_reply *reply, cdrpc_handle handle);

#include <cdrpc/sized.h>

#ifdef __cplusplus
}
#endif

#pragma pack(pop)
#endif
