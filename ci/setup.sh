#!/bin/sh
# Installs what building and testing need, from Debian's packages. Does nothing when all is there.
#
#   sh ci/setup.sh          everything ci/run.sh and ci/test.sh need
#   sh ci/setup.sh bench    what ci/bench.sh needs besides
#   sh ci/setup.sh peers    what ci/peers.sh needs besides; like bench it starts no server
set -eu

packages="gcc g++ libc6-dev make cmake pkgconf clang-19 libclang-rt-19-dev llvm-19 afl++ clang-format
libyajl-dev libssl-dev libjansson-dev iso-codes locales binutils zip unzip"
case ${1:-} in
bench) packages="$packages valgrind node-llhttp nginx-light" ;;
peers)
    packages="$packages nginx-light haproxy apache2 lighttpd lighttpd-mod-openssl
        lighttpd-modules-lua nodejs curl openssl"
    ;;
esac

missing=
for package in $packages; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
        echo "setup: these packages are missing:$missing" >&2
        echo "setup: run this as root, or install sudo, or install them yourself" >&2
        exit 3
    }
    as_root=sudo
fi

# Debian starts a server as soon as it is installed, unless this file says no. Somebody else's
# stays as it is.
policy=/usr/sbin/policy-rc.d
if [ -n "${1:-}" ] && [ ! -e $policy ]; then
    trap '$as_root rm -f $policy' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
    $as_root chmod 755 $policy
fi
# shellcheck disable=SC2086
echo "setup: installing" $missing >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
