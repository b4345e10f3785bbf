#!/bin/sh
# Run the examples and all tests on a bare Debian of another release: sh tests/chroot.sh bookworm|trixie|sid [COMMAND...], as root.
# The system is made with debootstrap in build/chroot/RELEASE, from the mirror and with the settings of apt that this system has; a
# second run goes on with it, and builds only what is new. COMMAND, in a copy of the sources, stands in place of README.md's two.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/support/setup.sh"

release=${1:-}
case $release in bookworm | trixie | sid) shift ;; *) die "usage: chroot.sh bookworm|trixie|sid [COMMAND...]" ;; esac
[ "$(id -u)" -eq 0 ] || die "only root can make and enter a chroot"
[ $# -gt 0 ] || set -- sh -c 'sh examples/run.sh && sh tests/run.sh'
system=$build/chroot/$release
authorities=/etc/ssl/certs/ca-certificates.crt

make_system() {
	rm -rf "$system.new"
	mkdir -p "$system.new"
	mirror=$(debian_repositories | awk '$2 !~ /-/ { print $1; exit }')
	[ -n "$mirror" ] || die "this system's apt sources name no repository of Debian's component main to make another from"
	say "making a bare $release in $system"
	logged "debootstrap-$release" debootstrap --variant=minbase "$release" "$system.new" "$mirror"
	apt-config dump Acquire >"$system.new/etc/apt/apt.conf.d/00host"
	# A bare system has none of those by which a mirror of https is believed.
	[ ! -e "$authorities" ] || install -D -m 644 "$authorities" "$system.new$authorities"
	mv "$system.new" "$system"
}

copy_sources() {
	mkdir -p "$system/src"
	find "$system/src" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
	tar -C "$root" --exclude=./build --exclude=./.git -cf - . | tar -C "$system/src" -xf -
	cp /etc/resolv.conf "$system/etc/resolv.conf"
}

packages="debootstrap util-linux"
install_packages
[ -d "$system" ] || make_system
copy_sources

# What is mounted goes with the mount namespace, and what still runs with the process namespace: nothing of this system is below
# build/ afterwards, where somebody may remove it.
say "in $system: $*"
exec unshare --mount --pid --fork --kill-child --propagation private sh -c '
	set -eu
	system=$1
	shift
	mount -t proc proc "$system/proc"
	mount --bind /dev "$system/dev"
	mount -t tmpfs tmpfs "$system/dev/shm"
	exec chroot "$system" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
		${CDRPC_WERROR:+CDRPC_WERROR="$CDRPC_WERROR"} sh -c "cd /src && exec \"\$@\"" chroot "$@"
' sh "$system" "$@" </dev/null
