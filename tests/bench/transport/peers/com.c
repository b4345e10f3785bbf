/*
 * A COM local server, in the single-threaded apartment of a desktop program, by the proxy that widl writes for com.idl. Nothing is in
 * the registry: the server is started by hand, and both processes name the proxy's class themselves.
 */
#define COBJMACROS
#include <stdlib.h>
#include <string.h>

#include "com.h"
#include "program.h"

#define ROOM MIB

static const CLSID CLSID_Bench = { 0x7d1c1b3e, 0x0f9b, 0x4f0a, { 0x8f, 0x6b, 0x51, 0xc5, 0xf1, 0xf0, 0xa6, 0x03 } };
/* Of the proxy; dlldata.c answers to the first interface's identifier unless it is told another. */
static const CLSID CLSID_BenchProxy = { 0x7d1c1b3e, 0x0f9b, 0x4f0a, { 0x8f, 0x6b, 0x51, 0xc5, 0xf1, 0xf0, 0xa6, 0x02 } };

/* Of the proxy, whose DLL would export it. */
HRESULT WINAPI DllGetClassObject(REFCLSID class, REFIID iid, void **ret_object);

static IBench *bench;
static uint8_t *sent, *received;

static void
enter(void)
{
	IUnknown *factory = NULL;
	DWORD cookie;

	program_check(SUCCEEDED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED)), "CoInitializeEx");
	program_check(SUCCEEDED(DllGetClassObject(&CLSID_BenchProxy, &IID_IPSFactoryBuffer, (void **)&factory)), "the proxy");
	program_check(SUCCEEDED(CoRegisterClassObject(&CLSID_BenchProxy, factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE, &cookie)) &&
		      SUCCEEDED(CoRegisterPSClsid(&IID_IBench, &CLSID_BenchProxy)), "CoRegisterPSClsid");
}

/* ---- the object; it and its factory live as long as the process ---- */

static ULONG STDMETHODCALLTYPE
bench_add_ref(IBench *self)
{
	(void)self;
	return 2;
}

static ULONG STDMETHODCALLTYPE
bench_release(IBench *self)
{
	(void)self;
	return 1;
}

static HRESULT STDMETHODCALLTYPE
bench_query(IBench *self, REFIID iid, void **ret_object)
{
	*ret_object = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IBench) ? self : NULL;
	return *ret_object ? S_OK : E_NOINTERFACE;
}

static HRESULT STDMETHODCALLTYPE
bench_small(IBench *self, hyper a, hyper b, hyper *c, hyper *d)
{
	(void)self;
	*c = a + 1;
	*d = b + 1;
	return S_OK;
}

static HRESULT STDMETHODCALLTYPE
bench_echo(IBench *self, ULONG size, const byte *data, byte *same)
{
	(void)self;
	payload_check(data, size);
	memcpy(same, data, size);
	return S_OK;
}

static IBenchVtbl bench_vtbl = { bench_query, bench_add_ref, bench_release, bench_small, bench_echo };
static IBench bench_object = { &bench_vtbl };

static ULONG STDMETHODCALLTYPE
factory_count(IClassFactory *self)
{
	(void)self;
	return 1;
}

static HRESULT STDMETHODCALLTYPE
factory_query(IClassFactory *self, REFIID iid, void **ret_object)
{
	*ret_object = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? self : NULL;
	return *ret_object ? S_OK : E_NOINTERFACE;
}

static HRESULT STDMETHODCALLTYPE
factory_create(IClassFactory *self, IUnknown *outer, REFIID iid, void **ret_object)
{
	(void)self;
	return outer ? CLASS_E_NOAGGREGATION : bench_query(&bench_object, iid, ret_object);
}

static HRESULT STDMETHODCALLTYPE
factory_lock(IClassFactory *self, BOOL lock)
{
	(void)self;
	(void)lock;
	return S_OK;
}

static IClassFactoryVtbl factory_vtbl = { factory_query, factory_count, factory_count, factory_create, factory_lock };
static IClassFactory factory_object = { &factory_vtbl };

void
program_serve(const char *variant)
{
	DWORD cookie;

	(void)variant;
	enter();
	program_check(SUCCEEDED(CoRegisterClassObject(&CLSID_Bench, (IUnknown *)&factory_object, CLSCTX_LOCAL_SERVER, REGCLS_MULTIPLEUSE,
						      &cookie)), "CoRegisterClassObject");
	program_ready();
	window_loop();
}

/* ---- the client ---- */

static void
call_small(uint32_t size)
{
	hyper a = (hyper)payload_seed(), b = a + 5, c = 0, d = 0;

	(void)size;
	program_check(SUCCEEDED(IBench_Small(bench, a, b, &c, &d)) && c == a + 1 && d == b + 1, "an answer");
}

static void
call_echo(uint32_t size)
{
	uint64_t seed = payload_seed();

	payload_write(sent, size, seed);
	program_check(SUCCEEDED(IBench_Echo(bench, size, sent, received)), "an answer");
	payload_check_seed(received, size, seed);
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "small", .call = call_small },
		{ .name = "echo", .call = call_echo },
		{ 0 },
	};

	(void)variant;
	sent = malloc(ROOM);
	received = malloc(ROOM);
	program_check(sent && received, "memory");
	enter();
	program_check(SUCCEEDED(CoCreateInstance(&CLSID_Bench, NULL, CLSCTX_LOCAL_SERVER, &IID_IBench, (void **)&bench)),
		      "CoCreateInstance");
	return operations;
}
