#!/bin/sh
# Guess: WM_COPYDATA within one process is the simplest case: nothing is marshalled for another address space, so a window of another
#	thread is handed the very COPYDATASTRUCT that was sent, in 32-bit programs as in 64-bit ones.
# Really: in a 32-bit program under a 64-bit Wine the window of another thread reads a COPYDATASTRUCT with 64-bit members: of three words
#	dwData is right, cbData is 0, and lpData is the size. SendMessage() says nothing and returns the answer. A window of the same
#	thread, and a window of another process, get what was sent.
# Version: libwine 8.0~repack-4, amd64 with the Windows half of i386 (Debian 12), gcc-mingw-w64-i686-win32 12.2. Wine 10.0~repack-6
#	(Debian 13) hands over what was sent.
# Source: found by running; the words are those that the window procedure reads.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
wine_version=8.0~repack-4

# Lists of its own, with the system's repositories and both architectures.
mkdir -p apt/lists/partial apt/cache/archives/partial
apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Component: main' | sort -u |
	sed 's|.*|deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] &|' >apt/sources.list
private_apt() {
	apt-get -q -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$work/apt/lists" \
		-o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User=root -o APT::Architectures::=amd64 -o APT::Architectures::=i386 \
		-o Acquire::Languages=none "$@" >/dev/null
}
private_apt update
private_apt download wine64:amd64=$wine_version libwine:amd64=$wine_version libwine:i386=$wine_version libunwind8:amd64=1.6.2-3 \
	libz-mingw-w64=1.2.13+dfsg-1
for package in *.deb; do
	dpkg -x "$package" root
done
# As the package's installation does, whose winebuild marks the two as parts of Wine.
copy_zlib() {
	cp "root/usr/$1/lib/zlib1.dll" "$2"
	printf 'Wine builtin DLL\0' | dd of="$2/zlib1.dll" bs=1 seek=64 conv=notrunc status=none
}
copy_zlib x86_64-w64-mingw32 root/usr/lib/x86_64-linux-gnu/wine/x86_64-windows
copy_zlib i686-w64-mingw32 root/usr/lib/i386-linux-gnu/wine/i386-windows

cat >t.c <<'END'
#include <windows.h>
#include <stdio.h>

static const char text[] = "fourteen bytes";

static LRESULT CALLBACK
procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;
	const DWORD *words = (const DWORD *)lparam;

	if (message != WM_COPYDATA)
		return DefWindowProcA(window, message, wparam, lparam);
	if (data->cbData == sizeof text)
		printf("%lu, %lu, %s\n", (DWORD)data->dwData, data->cbData, (const char *)data->lpData);
	else
		printf("%lu, %lu, and the word after it is %lu\n", (DWORD)data->dwData, data->cbData, words[2]);
	return 5;
}

static HWND
window_new(void)
{
	return CreateWindowExA(0, "t", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
}

static HWND other;
static HANDLE ready;

static DWORD WINAPI
other_thread(void *unused)
{
	MSG message;

	(void)unused;
	other = window_new();
	SetEvent(ready);
	while (GetMessageA(&message, NULL, 0, 0) > 0)
		DispatchMessageA(&message);
	return 0;
}

int
main(void)
{
	WNDCLASSA window_class = { .lpfnWndProc = procedure, .lpszClassName = "t" };
	COPYDATASTRUCT data = { 3, sizeof text, (void *)text };

	RegisterClassA(&window_class);
	ready = CreateEventA(NULL, TRUE, FALSE, NULL);
	CloseHandle(CreateThread(NULL, 0, other_thread, NULL, 0, NULL));
	WaitForSingleObject(ready, INFINITE);
	printf("this thread's window: ");
	printf("answered %ld\n", (long)SendMessageA(window_new(), WM_COPYDATA, 0, (LPARAM)&data));
	printf("another thread's window: ");
	printf("answered %ld\n", (long)SendMessageA(other, WM_COPYDATA, 0, (LPARAM)&data));
	return 0;
}
END
i686-w64-mingw32-gcc -O1 t.c -o t32.exe
x86_64-w64-mingw32-gcc -O1 t.c -o t64.exe

export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES='winedbg.exe=d;mscoree,mshtml=' LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu"
export WINEDLLPATH="$work/root/usr/lib/i386-linux-gnu/wine"
export WINESERVER="$work/root/usr/lib/wine/wineserver64" WINELOADER="$work/root/usr/lib/wine/wine64"
unset DISPLAY WAYLAND_DISPLAY WINEARCH
setarch=$(setarch --addr-no-randomize true 2>/dev/null && echo setarch --addr-no-randomize || true)
$setarch "$WINELOADER" wineboot -i >/dev/null 2>&1
{
	echo "64-bit"
	$setarch "$WINELOADER" t64.exe
	echo "32-bit"
	$setarch "$WINELOADER" t32.exe
} | tr -d '\r' >told
"$WINESERVER" -k || true

cat told
cat >expected <<'END'
64-bit
this thread's window: 3, 15, fourteen bytes
answered 5
another thread's window: 3, 15, fourteen bytes
answered 5
32-bit
this thread's window: 3, 15, fourteen bytes
answered 5
another thread's window: 3, 0, and the word after it is 15
answered 5
END
cmp expected told
