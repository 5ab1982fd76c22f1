#!/bin/sh
# Builds the targets as a fuzzing platform gets them (.clusterfuzzlite/build.sh) and makes its checks
# on each, without docker: name, instrumentation, libraries, seeds, dictionary, four runs.
#
#   sh ci/checkbuild.sh [address|undefined|memory...]    default: address and undefined
#
# memory is skipped, with a message, where BALPROBE_YAJL_SOURCE is not set; targets that run OpenSSL
# (tls, certificate, connection) are left out of it, since the installed one is not instrumented.
# Everything is in build/out/SANITIZER. Prints one line for each target; exit status 1 when a check
# fails.
set -eu
cd "$(dirname "$0")/.."
sanitizers=${*:-address undefined}
sh ci/setup.sh
unset CC || true
failed=0

# Calls of a sanitizer's functions in the program, which is how platforms tell builds apart.
count_calls() { # DISASSEMBLY PREFIX
    grep -cE "(call|jmp)q? .*<$2" "$1" || true
}

check() { # SANITIZER TARGET OUT: what is wrong
    program=$3/fuzz_$2
    echo "$2" | grep -qxE '[A-Za-z0-9_-]+' || echo "the name has other characters than platforms allow"
    objdump -d --no-show-raw-insn "$program" >"$3/calls"
    asan=$(count_calls "$3/calls" __asan_)
    ubsan=$(count_calls "$3/calls" __ubsan_)
    msan=$(count_calls "$3/calls" __msan_)
    rm -f "$3/calls"
    case $1 in
    address) [ "$asan" -ge 1000 ] || echo "only $asan calls of ASan" ;;
    undefined) [ "$ubsan" -ge 168 ] || echo "only $ubsan calls of UBSan" ;;
    memory) [ "$msan" -ge 1000 ] || echo "only $msan calls of MSan" ;;
    esac
    [ "$1" = undefined ] || [ "$ubsan" -le 200 ] || echo "$ubsan calls of UBSan, in a build for $1"
    ldd "$program" | grep -vE 'linux-vdso|ld-linux|lib(c|m|pthread|stdc\+\+|gcc_s|dl|rt|resolv)\.so' |
        sed 's/^[[:space:]]*/needs a library: /' || true
    unzip -tqq "$3/fuzz_$2_seed_corpus.zip" >/dev/null 2>&1 || echo "its seeds cannot be unpacked"
    # From another folder, with nothing in the environment.
    (cd / && timeout 100 env -i PATH="$PATH" "$program" -rss_limit_mb=2560 -timeout=25 \
        -seed=1337 -runs=4 $([ ! -f "$program.dict" ] || echo "-dict=$program.dict")) \
        >"$3/$2.log" 2>&1 </dev/null || echo "four runs fail, see $3/$2.log"
    rm -rf "$3/seeds"
    mkdir "$3/seeds"
    unzip -qq "$3/fuzz_$2_seed_corpus.zip" -d "$3/seeds"
    (cd / && timeout 300 env -i PATH="$PATH" "$program" -rss_limit_mb=2560 -timeout=25 \
        -seed=1337 -runs=0 "$3/seeds") >"$3/$2.log" 2>&1 </dev/null ||
        echo "its seeds fail, see $3/$2.log"
    rm -rf "$3/seeds"
}

for sanitizer in $sanitizers; do
    out=$PWD/build/out/$sanitizer
    rm -rf "$out"
    if [ "$sanitizer" = memory ] && [ -z "${BALPROBE_YAJL_SOURCE:-}" ]; then
        echo "memory      skipped: BALPROBE_YAJL_SOURCE is not set"
        continue
    fi
    echo "building: fuzz-$sanitizer" >&2
    OUT=$out SANITIZER=$sanitizer sh .clusterfuzzlite/build.sh
    for target in $(cat fuzz/targets.txt); do
        case $sanitizer:$target in memory:tls | memory:certificate | memory:connection)
            printf '%-11s %-11s left out: it runs OpenSSL\n' "$sanitizer" "$target"
            continue
            ;;
        esac
        wrong=$(check "$sanitizer" "$target" "$out")
        printf '%-11s %-11s %s\n' "$sanitizer" "$target" "${wrong:-ok}"
        [ -z "$wrong" ] || failed=1
    done
done
exit $failed
