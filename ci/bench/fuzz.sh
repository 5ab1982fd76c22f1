#!/bin/sh
# How fast the fuzz targets are, with ASan and UBSan (preset fuzz), in the format of ci/bench.sh:
# executions per CPU second, as ci/rate.sh defines them, beside those of the empty target in the
# same round. The figures are those of the round whose ratio is the median.
#
#   sh ci/bench/fuzz.sh [ROUNDS [TARGET...]]     default: 7 rounds of the targets in the table below
#
# So many runs that the first finds do not count; 10 minutes in all. Exit status 1 when a target
# fails. Everything is in build/bench/fuzz.
set -eu
cd "$(dirname "$0")/../.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
. ci/rate.sh
rounds=${1:-7}
[ $# -eq 0 ] || shift
case $rounds in
*[!0-9]* | 0)
    echo "usage: sh ci/bench/fuzz.sh [ROUNDS [TARGET...]]" >&2
    exit 2
    ;;
esac
work=build/bench/fuzz
rm -rf $work
mkdir -p $work
echo "building: fuzz" >&2
sh ci/build.sh fuzz

# Target, runs, and the ratio to be reached.
cat >$work/table <<'END'
http 400000 0.20
target 400000 0.20
query 400000 0.20
headers 400000 0.20
json 200000 0.10
handler 50000 0.15
trial 50000 0.05
END
# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $(cut -d ' ' -f 1 $work/table)
for target in "$@"; do
    row=$(grep "^$target " $work/table) || {
        echo "bench: no row for target $target in ci/bench/fuzz.sh" >&2
        exit 2
    }
    runs=${row#* }
    aim=${runs#* }
    runs=${runs% *}
    for round in $(seq "$rounds"); do
        measure_rate "$target" "$runs"
        [ -n "$rate" ] || {
            echo "bench: $target failed while it was timed: see $work/$target.speed" >&2
            exit 1
        }
        echo "$rate $per_s $empty_per_s" >>"$work/$target.rounds"
        echo "$target, round $round: $rate" >&2
    done
    sort -n "$work/$target.rounds" | awk -v name="$target" -v aim="$aim" '
        { ratio[NR] = $1; ours[NR] = $2; theirs[NR] = $3 }
        END { i = int((NR + 1) / 2)
            printf "fuzz target %s\t%d\texecutions/CPU s\tempty target %d (to reach: %s)\t%.3f\n",
                name, ours[i], theirs[i], aim, ratio[i] }'
done
