# The set-up that tests/run.sh and examples/run.sh share. Sourced by a script that has set 'root', the top of the sources.
#
# Everything it makes is under build/: build/deps holds what does not depend on the sources (Check for Windows, the 32-bit
# half of Wine, a Wine prefix to copy), CDRPC_BUILD (build/ unless set) the rest, so that two working copies of the output
# can stand beside each other. Each step looks first whether its result is there.

build=${CDRPC_BUILD:-$root/build}
deps=$root/build/deps
# Trees of Windows programs that the tests are built in; with_ucrt() adds one.
windows_trees="x86_64 i686"

# Wine 8's loader stands at 0x7d000000, and what the kernel randomizes puts its heap anywhere in the GiB after it (Linux 6.18). Once in
# about 8,000 starts that is over 0x7ffe0000, where a page that all Windows programs share has to be; then the program ends with status 1
# before any of it has run, and says nothing (with WINEDEBUG=err+virtual: "failed to map the shared user data"). To a program that starts
# another CreateProcess() says ERROR_INTERNAL_ERROR. So Wine's processes, which inherit it from each other, get an address space that is
# not randomized: by the 'wine' in bin/, which Meson finds, too, when it configures a tree. A container's system call filter may refuse that;
# start_wine() says so.
PATH=$root/tests/support/bin:$PATH

packages="
	check
	cmake
	dpkg-dev
	gcc
	gcc-mingw-w64-i686-win32
	gcc-mingw-w64-x86-64-win32
	lemon
	libc6-dev
	meson
	ninja-build
	pkg-config
	python3
	re2c
	wine
	wine64
"

# with_ucrt: where the system has a compiler for the universal C runtime, a tree is built with it, too. Debian 12 has none. What has to be
# installed anyhow is first, for a system may have no lists of packages until then.
with_ucrt() {
	install_packages
	apt-cache show gcc-mingw-w64-ucrt64 >/dev/null 2>&1 || return 0
	packages="$packages gcc-mingw-w64-ucrt64 g++-mingw-w64-ucrt64"
	windows_trees="$windows_trees ucrt64"
}

say() {
	printf '== %s\n' "$*"
}

die() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

# logged NAME COMMAND...: keep the output in a file, and show it if the command fails.
logged() {
	log=$build/logs/$1.log
	shift
	"$@" >"$log" 2>&1 </dev/null || {
		tail -n 60 "$log" >&2
		die "'$*' failed; its whole output is in $log"
	}
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "root, or sudo, is needed to install packages:$missing"
	fi
}

install_packages() {
	[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die "this set-up is for Debian on amd64"
	missing=
	for package in $packages; do
		case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
		installed) ;;
		*) missing="$missing $package" ;;
		esac
	done
	mkdir -p "$build/logs"
	[ -n "$missing" ] || return 0
	say "installing$missing"
	logged apt-update as_root apt-get -q -o Acquire::Retries=3 update
	# shellcheck disable=SC2086
	logged apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 \
		-o DPkg::Lock::Timeout=300 --no-install-recommends install $missing
}

# apt-get with lists of its own, which hold Debian's sources and its i386 packages: the system's configuration (its proxies
# and mirrors are used) stays as it is, and no root is needed.
private_apt() {
	apt-get -q -o Dir::Etc::SourceList="$deps/apt/sources.list" -o Dir::Etc::SourceParts=- \
		-o Dir::State::Lists="$deps/apt/lists" -o Dir::Cache="$deps/apt/cache" -o APT::Sandbox::User= \
		-o APT::Architectures::=amd64 -o APT::Architectures::=i386 -o Acquire::Retries=3 \
		-o Acquire::Languages=none "$@"
}

# URI, release and component of each repository of Debian's archive that the system's sources name, whichever the release: sid calls
# itself by the name of the next one. Where the system has no lists, the origin is not known, and stays as it was asked for.
debian_repositories() {
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' 'Component: main' |
		sed -nE 's/^([^ ]+ [^ ]+ main) (Debian|\$\(ORIGIN\)|)$/\1/p' | sort -u
}

prepare_private_apt() {
	rm -rf "$deps/apt"
	mkdir -p "$deps/apt/lists/partial" "$deps/apt/cache/archives/partial"
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	debian_repositories >"$deps/apt/repositories"
	[ -s "$deps/apt/repositories" ] ||
		die "the system's apt sources name no repository of Debian's component main, from which Check's source is to come"
	sed "s|.*|deb-src [signed-by=$keyring] &\ndeb [arch=i386 signed-by=$keyring] &|" "$deps/apt/repositories" \
		>"$deps/apt/sources.list"
	# A repository that is not there, or not Debian's, is no reason to stop: the download fails if something is missing.
	private_apt update >"$build/logs/private-apt.log" 2>&1 </dev/null || true
}

# triplet_of TREE: what the names of its compiler and tools begin with.
triplet_of() {
	case $1 in
	ucrt64) echo x86_64-w64-mingw32ucrt ;;
	*) echo "$1-w64-mingw32" ;;
	esac
}

# Check for Windows: Debian has no package of it, so Debian's source package is cross-built, with its own alarm() and clock_gettime(): of
# the former MinGW has the function but no declaration, which GCC 14 refuses; the latter is defined in newer headers, so Check's gets
# another name.
build_check() {
	say "building Check for Windows"
	rm -rf "$deps/check"
	mkdir -p "$deps/check"
	(
		cd "$deps/check"
		logged check-download private_apt source --download-only check
		logged check-unpack dpkg-source -x check_*.dsc source
		sed -i '/^CK_DLL_EXP int clock_gettime(/i #define clock_gettime check_clock_gettime' source/lib/libcompat.h
	)
	for arch in $windows_trees; do
		triplet=$(triplet_of "$arch")
		logged "check-configure-$arch" cmake -G Ninja -S "$deps/check/source" -B "$deps/check/$arch" \
			-DCMAKE_SYSTEM_NAME=Windows \
			-DCMAKE_C_COMPILER="$triplet-gcc" \
			-DCMAKE_RC_COMPILER="$triplet-windres" \
			-DCMAKE_FIND_ROOT_PATH="/usr/$triplet" \
			-DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER \
			-DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY \
			-DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
			-DCMAKE_BUILD_TYPE=RelWithDebInfo \
			-DCMAKE_C_FLAGS='-gdwarf-4 -fno-omit-frame-pointer -D__USE_MINGW_ANSI_STDIO=1' \
			-DHAVE_DECL_ALARM=0 \
			-DCMAKE_INSTALL_PREFIX="$deps/$arch" \
			-DBUILD_TESTING=OFF -DCHECK_ENABLE_TESTS=OFF -DCHECK_ENABLE_SUBUNIT=OFF
		logged "check-build-$arch" ninja -C "$deps/check/$arch" install
		# Debian's name for the static library is in the .pc file only; the DLL is not wanted.
		sed -i 's/-lcheck_pic/-lcheck/' "$deps/$arch/lib/pkgconfig/check.pc"
		rm "$deps/$arch/lib/libcheck.dll.a" "$deps/$arch/bin/"*check*.dll
	done
	rm -rf "$deps/check"
}

# The environment of every Windows program. No debugger: winedbg now and then turns a crash into exit status 0. No TMPDIR: with one
# every program aborts under Debian's Wine 10, see name_folder().
wine_environment() {
	export WINEDEBUG=-all
	export WINEDLLOVERRIDES='winedbg.exe=d;mscoree,mshtml='
	export WINEDLLPATH="$deps/wine32/usr/lib/i386-linux-gnu/wine"
	export WINEPREFIX="$1"
	unset DISPLAY WAYLAND_DISPLAY WINEARCH WINELOADER WINESERVER TMPDIR
}

wine_dlls=/usr/lib/x86_64-linux-gnu/wine

# Newer packages have no such command.
find_wineserver() {
	wineserver=$(command -v wineserver) || wineserver=$wine_dlls/wineserver
	[ -x "$wineserver" ] || die "there is no wineserver in PATH, nor $wineserver"
}

# The 32-bit half of Wine without a foreign architecture in dpkg: unpacked, and found by WINEDLLPATH. Newer packages have it in the
# 64-bit one.
fetch_wine32() {
	[ ! -e "$wine_dlls/i386-windows/ntdll.dll" ] || return 0
	say "fetching the 32-bit half of Wine"
	rm -rf "$deps/wine32"
	mkdir -p "$deps/wine32"
	(
		cd "$deps/wine32"
		private_apt download "libwine:i386=$(version_of libwine:amd64)" >"$build/logs/wine32-download.log" 2>&1 </dev/null || {
			say "there is none"
			exit
		}
		logged wine32-unpack dpkg-deb -x libwine_*_i386.deb .
		rm -f libwine_*_i386.deb
	)
}

make_prefix() {
	say "making a Wine prefix"
	rm -rf "$deps/prefix"
	(
		wine_environment "$deps/prefix"
		mkdir -p "$WINEPREFIX"
		name_folder
		logged prefix wine wineboot -i
		# A crash must end a program at once, not show a dialog that nobody sees.
		logged prefix-crash wine reg add 'HKCU\Software\Wine\WineDbg' /v ShowCrashDialog /t REG_DWORD /d 0 /f
		"$wineserver" -w
		rm -rf "$wine_folder"
	)
}

# is_done NAME KEY: was this part made, from the same versions of what it is made from?
is_done() {
	[ -e "$deps/$1.done" ] && [ "$(cat "$deps/$1.done")" = "$2" ]
}

# once NAME KEY FUNCTION
once() {
	is_done "$1" "$2" && return 0
	"$3"
	echo "$2" >"$deps/$1.done"
}

version_of() {
	dpkg-query -W -f '${Version}' "$1"
}

prepare_wine() {
	find_wineserver
	once wine32 "$1" fetch_wine32
	once prefix "$1" make_prefix
}

# prepare_dependencies [without-check]
prepare_dependencies() {
	mkdir -p "$deps"
	install_packages
	check_version=$(version_of gcc-mingw-w64-x86-64-win32)
	case $windows_trees in *ucrt64*) check_version="$check_version $(version_of gcc-mingw-w64-ucrt64)" ;; esac
	wine_version=$(version_of libwine:amd64)
	# Another run that shares build/deps may be at it.
	exec 9>"$deps/lock"
	flock 9
	check=${1:-check}
	if { [ "$check" = check ] && ! is_done check "$check_version"; } || ! is_done wine32 "$wine_version"; then
		prepare_private_apt
	fi
	prepare_wine "$wine_version" &
	wine=$!
	[ "$check" != check ] || once check "$check_version" build_check
	wait "$wine" || die "Wine could not be prepared"
	rm -rf "$deps/apt"
	exec 9>&-
}

stop_wine() {
	"$wineserver" -k || true
	rm -rf "$wine_folder"
}

# name_folder: where the server has its socket and keeps anonymous sections. Debian's Wine takes /run/user/UID/wine where there is the
# former, as after a login with systemd; else the folder that the file 'wineserver' names, relative to /tmp, which nobody else may
# read. In memory, unless large sections would not fit.
name_folder() {
	wine_sections=/run/user/$(id -u)
	if [ -r "$wine_sections" ]; then
		wine_folder=$wine_sections/wine/$(stat -c '%d %i' "$WINEPREFIX" | { read -r device inode; printf 'server-%x-%x' "$device" "$inode"; })
		return
	fi
	wine_sections=/tmp
	[ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -ge 1048576 ] 2>/dev/null && wine_sections=/dev/shm
	wine_folder=$(mktemp -d "$wine_sections/cdrpc.XXXXXX")
	rm -f "$WINEPREFIX/wineserver"
	printf '../%s' "${wine_folder#/}" >"$WINEPREFIX/wineserver"
	chmod 400 "$WINEPREFIX/wineserver"
}

# Stays until it is stopped.
start_wineserver() {
	"$wineserver" -p >/dev/null 2>&1
}

# start_wine NAME: a fresh copy of the prefix, and a server that stays until the script ends.
start_wine() {
	setarch --addr-no-randomize true 2>/dev/null || say "this system refuses 'setarch --addr-no-randomize': about one in 8,000 starts of a program will fail"
	wine_environment "$build/wine-$1"
	rm -rf "$WINEPREFIX"
	# The system's DLLs are never written to, so links will do; the registry is.
	cp -al "$deps/prefix" "$WINEPREFIX" 2>/dev/null || cp -a "$deps/prefix" "$WINEPREFIX"
	cp --remove-destination "$deps/prefix"/*.reg "$WINEPREFIX"
	# Without a display Wine makes no windows but message-only ones, unless it is told to draw nowhere.
	printf '\n[Software\\\\Wine\\\\Drivers]\n"Graphics"="null"\n' >>"$WINEPREFIX/user.reg"
	find_wineserver
	name_folder
	trap stop_wine EXIT
	trap 'exit 1' HUP INT TERM
	start_wineserver
	# The system processes start now, not out of the first test: they would keep the pipe for its output open.
	logged "wine-$1" wine wineboot
	keep_desktop
}

# keep_desktop: returns when there is a desktop that stays until the server is stopped; see keeper.c for what happens without.
keep_desktop() {
	logged keeper x86_64-w64-mingw32-gcc -O -o "$WINEPREFIX/keeper.exe" "$root/tests/support/keeper.c"
	mkfifo "$WINEPREFIX/ready"
	wine "$WINEPREFIX/keeper.exe" >"$WINEPREFIX/ready" 2>/dev/null </dev/null &
	said=
	read -r said <"$WINEPREFIX/ready" || true
	[ "$said" = ready ] || die "Wine makes no window, and so no desktop"
}

# Whether this Wine runs 32-bit programs. start_wine() comes first.
runs_32_bit() {
	wine "$WINEPREFIX/drive_c/windows/syswow64/cmd.exe" /c exit 42 >/dev/null 2>&1 </dev/null
	[ $? -eq 42 ]
}

# configure_tree NAME OPTION...: configure build/NAME once. CDRPC_WERROR=1 makes warnings errors.
configure_tree() {
	tree=$build/$1
	shift
	# Ninja does not know of libcheck.a, and would not link again.
	if [ ! -e "$tree/build.ninja" ] || [ "$deps/check.done" -nt "$tree/build.ninja" ]; then
		say "configuring $tree"
		rm -rf "$tree"
		# shellcheck disable=SC2086
		logged "configure-$(basename "$tree")" meson setup ${CDRPC_WERROR:+--werror} "$@" "$tree" "$root"
	fi
}

# build_tree NAME [TARGET...]: bring build/NAME up to date.
build_tree() {
	tree=$build/$1
	shift
	say "building $tree"
	logged "build-$(basename "$tree")" ninja -C "$tree" "$@"
}

build_native() {
	configure_tree native -Db_sanitize=address,undefined
	build_tree native
}

# build_windows ARCHITECTURE
build_windows() {
	configure_tree "$1" --cross-file "$root/tests/cross/$1.ini" -Dpkg_config_path="$deps/$1/lib/pkgconfig"
	build_tree "$1"
}
