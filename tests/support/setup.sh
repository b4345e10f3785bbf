# The set-up that tests/run.sh and examples/run.sh share. Sourced by a script that has set 'root', the top of the sources.
#
# Everything it makes is under build/: build/deps holds what does not depend on the sources (Check for Windows, the 32-bit
# half of Wine, a Wine prefix to copy), CDRPC_BUILD (build/ unless set) the rest, so that two working copies of the output
# can stand beside each other. Each step looks first whether its result is there.

build=${CDRPC_BUILD:-$root/build}
deps=$root/build/deps

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
	[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die "this set-up is for Debian 12 on amd64"
	missing=
	for package in $packages; do
		case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
		installed) ;;
		*) missing="$missing $package" ;;
		esac
	done
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
		-o APT::Architectures::=amd64 -o APT::Architectures::=i386 -o Acquire::Retries=3 "$@"
}

prepare_private_apt() {
	rm -rf "$deps/apt"
	mkdir -p "$deps/apt/lists/partial" "$deps/apt/cache/archives/partial"
	release=$(. /etc/os-release && echo "$VERSION_CODENAME")
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Component: main' |
		grep -E " $release(-updates|-security)? main\$" | sort -u >"$deps/apt/repositories" || true
	[ -s "$deps/apt/repositories" ] ||
		echo "http://deb.debian.org/debian $release main" >"$deps/apt/repositories"
	sed "s|.*|deb-src [signed-by=$keyring] &\ndeb [arch=i386 signed-by=$keyring] &|" "$deps/apt/repositories" \
		>"$deps/apt/sources.list"
	# A repository that is not there, or not Debian's, is no reason to stop: the download fails if something is missing.
	private_apt update >"$build/logs/private-apt.log" 2>&1 </dev/null || true
}

# Check for Windows: Debian has no package of it, so Debian's source package is cross-built.
build_check() {
	say "building Check for Windows"
	rm -rf "$deps/check"
	mkdir -p "$deps/check"
	(
		cd "$deps/check"
		logged check-download private_apt source --download-only check
		logged check-unpack dpkg-source -x check_*.dsc source
	)
	for arch in x86_64 i686; do
		logged "check-configure-$arch" cmake -G Ninja -S "$deps/check/source" -B "$deps/check/$arch" \
			-DCMAKE_SYSTEM_NAME=Windows \
			-DCMAKE_C_COMPILER=$arch-w64-mingw32-gcc \
			-DCMAKE_RC_COMPILER=$arch-w64-mingw32-windres \
			-DCMAKE_FIND_ROOT_PATH=/usr/$arch-w64-mingw32 \
			-DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER \
			-DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY \
			-DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
			-DCMAKE_BUILD_TYPE=RelWithDebInfo \
			-DCMAKE_C_FLAGS='-gdwarf-4 -fno-omit-frame-pointer -D__USE_MINGW_ANSI_STDIO=1' \
			-DCMAKE_INSTALL_PREFIX="$deps/$arch" \
			-DBUILD_TESTING=OFF -DCHECK_ENABLE_TESTS=OFF -DCHECK_ENABLE_SUBUNIT=OFF
		logged "check-build-$arch" ninja -C "$deps/check/$arch" install
		# Debian's name for the static library is in the .pc file only; the DLL is not wanted.
		sed -i 's/-lcheck_pic/-lcheck/' "$deps/$arch/lib/pkgconfig/check.pc"
		rm "$deps/$arch/lib/libcheck.dll.a" "$deps/$arch/bin/"*check*.dll
	done
	rm -rf "$deps/check"
}

# The environment of every Windows program. No debugger: winedbg now and then turns a crash into exit status 0.
wine_environment() {
	export WINEDEBUG=-all
	export WINEDLLOVERRIDES='winedbg.exe=d;mscoree,mshtml='
	export WINEDLLPATH="$deps/wine32/usr/lib/i386-linux-gnu/wine"
	export WINEPREFIX="$1"
	unset DISPLAY WAYLAND_DISPLAY WINEARCH WINELOADER WINESERVER
}

# The 32-bit half of Wine without a foreign architecture in dpkg: unpacked, and found by WINEDLLPATH.
fetch_wine32() {
	say "fetching the 32-bit half of Wine"
	rm -rf "$deps/wine32"
	mkdir -p "$deps/wine32"
	(
		cd "$deps/wine32"
		logged wine32-download private_apt download "libwine:i386=$(version_of libwine:amd64)"
		logged wine32-unpack dpkg-deb -x libwine_*_i386.deb .
		rm -f libwine_*_i386.deb
	)
}

make_prefix() {
	say "making a Wine prefix"
	rm -rf "$deps/prefix"
	(
		wine_environment "$deps/prefix"
		logged prefix wineboot -i
		# A crash must end a program at once, not show a dialog that nobody sees.
		logged prefix-crash wine reg add 'HKCU\Software\Wine\WineDbg' /v ShowCrashDialog /t REG_DWORD /d 0 /f
		wineserver -w
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
	once wine32 "$1" fetch_wine32
	once prefix "$1" make_prefix
}

# prepare_dependencies [without-check]
prepare_dependencies() {
	mkdir -p "$deps" "$build/logs"
	install_packages
	check_version=$(version_of gcc-mingw-w64-x86-64-win32)
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
	wineserver -k || true
	rm -rf "$TMPDIR"
}

# start_wine NAME: a fresh copy of the prefix, and a server that stays until the script ends.
start_wine() {
	wine_environment "$build/wine-$1"
	rm -rf "$WINEPREFIX"
	# The system's DLLs are never written to, so links will do; the registry is. 'wineserver' names the template's server.
	cp -al "$deps/prefix" "$WINEPREFIX" 2>/dev/null || cp -a "$deps/prefix" "$WINEPREFIX"
	cp --remove-destination "$deps/prefix"/*.reg "$WINEPREFIX"
	# Without a display Wine makes no windows but message-only ones, unless it is told to draw nowhere.
	printf '\n[Software\\\\Wine\\\\Drivers]\n"Graphics"="null"\n' >>"$WINEPREFIX/user.reg"
	rm -f "$WINEPREFIX/wineserver"
	# Every Wine process finds the server by TMPDIR, and the server keeps anonymous sections there: in memory, unless the
	# large ones would not fit.
	if [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -ge 1048576 ] 2>/dev/null; then
		TMPDIR=$(mktemp -d /dev/shm/cdrpc.XXXXXX)
	else
		TMPDIR=$(mktemp -d /tmp/cdrpc.XXXXXX)
	fi
	export TMPDIR
	trap stop_wine EXIT
	trap 'exit 1' HUP INT TERM
	wineserver -p >/dev/null 2>&1
	# The system processes start now, not out of the first test: they would keep the pipe for its output open.
	logged "wine-$1" wineboot
	# The desktop's process ends when nobody has had a window for a moment, and a window that is made just then is refused.
	# Something that has one all the time keeps it. It goes with the server.
	wine notepad >/dev/null 2>&1 </dev/null &
}

# configure_tree NAME OPTION...: configure build/NAME once.
configure_tree() {
	tree=$build/$1
	shift
	# Ninja does not know of libcheck.a, and would not link again.
	if [ ! -e "$tree/build.ninja" ] || [ "$deps/check.done" -nt "$tree/build.ninja" ]; then
		say "configuring $tree"
		rm -rf "$tree"
		logged "configure-$(basename "$tree")" meson setup --werror "$@" "$tree" "$root"
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
