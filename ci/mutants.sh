#!/bin/sh
# Mutation testing of src/ below net/: small faults, one at a time, and who notices them.
#
#   sh ci/mutants.sh [--sample N] [--file F] [--jobs N]   default: every mutant of every .c, 2 jobs
#   sh ci/mutants.sh --selftest                           the list of ci/mutants/sample.c is right
#
# A mutant is compiled and put into the core, which is a shared library here, so that no program
# has to be linked again. Killers are the replayed corpora (plain, and with ASan+UBSan), the unit
# tables that include a header of the core, and the exhaustive check in process: of them those which
# reach the mutant's function, the quickest first. Not counted are mutants which do not compile and
# those whose object is the original's or another mutant's. What survives is listed with its reason
# in ci/mutants/survivors.tsv; a reason that begins with "equivalent" takes it out of the score.
# --sample takes the N mutants with the lowest names, which are hashes: always the same ones.
#
# Functions in headers are not mutated.
#
# Everything is in build/mutants; results.tsv there says what is done, so an interrupted run goes on
# where it was. A killed mutant is done until its object's source changes, a surviving one also
# until a killer does. Exit status 1 when a survivor is not listed, a listed mutant is no more, or
# the score is below 95 %.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
top=build/mutants
tool=$top/tool
results=$top/results.tsv
listed=ci/mutants/survivors.tsv
tab=$(printf '\t')
score_min=95

usage() {
    echo "usage: sh ci/mutants.sh [--sample N] [--file F] [--jobs N] | --selftest" >&2
    exit 2
}

build_tool() { # COMPILER-OPTIONS...
    mkdir -p $top
    cc -std=c11 -Wall -Wextra -Werror "$@" -I. -o $tool \
        ci/mutants/mutants.c ci/mutants/operators.c ci/mutants/tokens.c
}

selftest() {
    sample=ci/mutants/sample.c
    $tool list $sample | cut -f 3- | sed "s|^$sample:||" >$top/sample.found
    diff ci/mutants/sample.mutants $top/sample.found
    count=$(wc -l <$top/sample.found)
    $tool apply $sample 0 >$top/sample.0
    n=0
    while [ $n -lt "$count" ]; do
        n=$((n + 1))
        $tool apply $sample $n >$top/sample.n
        [ "$(wc -l <$top/sample.n)" = "$(wc -l <$top/sample.0)" ] || {
            echo "mutants: mutant $n of $sample has another number of lines"
            exit 1
        }
        ! cmp -s $top/sample.0 $top/sample.n || {
            echo "mutants: mutant $n of $sample changes nothing"
            exit 1
        }
    done
    { printf '// One more line.\n\n'; sed 's/^    /        /' $sample; } >$top/sample.c
    names() { $tool list "$1" | cut -f 2 | cksum; }
    cp $sample $top/before.c
    was=$(names $top/before.c)
    cp $top/sample.c $top/before.c
    [ "$(names $top/before.c)" = "$was" ] || {
        echo "mutants: names change when lines move"
        exit 1
    }
    echo "selftest: $count mutants of $sample, as expected"
}

# The build: what the killers are, once; -g is left out so that objects can be compared.
units() {
    grep -lE '#include "(base|http|value|json|operator)/' props/unit/*_test.c |
        sed 's|.*/||; s|\.c$||'
}
targets() { sed 's/^/fuzz_/' fuzz/targets.txt; }

build() { # NAME TARGETS CMAKE-OPTIONS...
    name=$1
    wanted=$2
    shift 2
    echo "mutants: building $top/$name" >&2
    # shellcheck disable=SC2086
    if ! { cmake -S . -B $top/"$name" -G "Unix Makefiles" -DBUILD_SHARED_LIBS=ON \
        -DCMAKE_SKIP_BUILD_RPATH=ON -DCMAKE_BUILD_TYPE=Debug "$@" &&
        cmake --build $top/"$name" --parallel "$jobs" --target $wanted; } >$top/"$name".log 2>&1; then
        tail -n 20 $top/"$name".log >&2
        echo "mutants: the build of $top/$name failed; all of it is in $top/$name.log" >&2
        exit 1
    fi
}

build_all() {
    build release "balprobe $(units | tr '\n' ' ') $(targets | tr '\n' ' ')" \
        -DCMAKE_C_FLAGS_DEBUG=-O2
    build asan "$(targets | tr '\n' ' ')" -DCMAKE_C_FLAGS_DEBUG=-O1 \
        -DBALPROBE_SANITIZE=address,undefined
    build reach balprobe_core "-DCMAKE_C_FLAGS_DEBUG=-O0 --coverage"
}

flags() {
    sed -n 's/^C_[A-Z]* = //p' $top/"$1"/CMakeFiles/balprobe_core.dir/flags.make | tr '\n' ' '
}

compile() { # FLAVOUR OUT FILE N
    eval "$tool apply $3 $4 | cc -w -x c -I. $(flags "$1") -c -o $2 -" 2>/dev/null
}

link_core() { # FLAVOUR FILE OBJECT FOLDER: the core with OBJECT in the place of FILE's own
    others=$(find $top/"$1"/CMakeFiles/balprobe_core.dir -name '*.o' ! -path "*/$2.o")
    sanitizers=
    [ "$1" != asan ] || sanitizers=-fsanitize=address,undefined
    # shellcheck disable=SC2086
    cc -shared $sanitizers -o "$4/libbalprobe_core.so" "$3" $others -lyajl
}

kill_with() { # FLAVOUR NAME FOLDER CPU-SECONDS: runs a killer with the core that is in FOLDER
    program=$top/$1/props/unit/$2
    case $2 in
    fuzz_*) program="$top/$1/fuzz/$2 corpus/${2#fuzz_}" ;;
    check) program="$top/$1/balprobe check --in-process --exhaustive --out $3/out" ;;
    esac
    (
        ulimit -c 0
        ulimit -t "$4"
        [ "$1" = asan ] || ulimit -v 2000000
        LD_LIBRARY_PATH=$PWD/$3
        ASAN_OPTIONS=symbolize=0:hard_rss_limit_mb=2000
        UBSAN_OPTIONS=symbolize=0
        export LD_LIBRARY_PATH ASAN_OPTIONS UBSAN_OPTIONS
        # shellcheck disable=SC2086
        exec timeout --foreground -k 1 $(($4 * 4 + 5)) $program
    ) >/dev/null 2>&1 </dev/null
}

# killers.tsv: milliseconds, flavour, name. reach.tsv: the same and a function. Functions of one name
# in two files count as one: some killers too many, never one too few.
measure() {
    sum=$(find corpus fuzz props src certs -type f | sort | xargs cat | cksum | cut -d ' ' -f 1)
    [ "$(cat $top/killers.sum 2>/dev/null)" != "$sum" ] || return 0
    echo "mutants: measuring the killers" >&2
    rm -f $top/killers.sum $top/killers.tsv $top/reach.tsv
    objects=$top/reach/CMakeFiles/balprobe_core.dir
    { units; targets; echo check; } | sed 's/^/release /' >$top/killers.list
    targets | sed 's/^/asan /' >>$top/killers.list
    while read -r flavour name; do
        begun=$(now_ms)
        if ! kill_with "$flavour" "$name" $top/"$flavour" 60; then
            case $name in fuzz_* | check)
                echo "mutants: $top/$flavour: $name fails without any mutant" >&2
                exit 1
                ;;
            esac
            echo "mutants: $name is left out: it fails without any mutant" >&2
            continue
        fi
        ms=$(($(now_ms) - begun))
        printf '%d\t%s\t%s\n' $ms "$flavour" "$name" >>$top/killers.tsv
        find $objects -name '*.gcda' -exec rm -f {} +
        kill_with "$flavour" "$name" $top/reach 60 || true
        (cd $top/reach && find CMakeFiles/balprobe_core.dir -name '*.gcda' |
            xargs gcov -n -f 2>/dev/null) |
            awk -v killer="$ms$tab$flavour$tab$name" -v OFS="$tab" '
            /^Function / { name = substr($2, 2, length($2) - 2) }
            /^Lines executed/ && name != "" {
                if ($2 !~ /^executed:0\.00%/) print killer, name
                name = "" }' >>$top/reach.tsv
    done <$top/killers.list
    [ -s $top/reach.tsv ] || { echo "mutants: nothing reaches the core" >&2; exit 1; }
    echo "$sum" >$top/killers.sum
}

# all.tsv: what the tool lists; with the sum of the original's object in front, once it is known.
choose() { # FILE...
    $tool list "$@" >$top/all.tsv
    sort -t "$tab" -k 2,2 $top/all.tsv | if [ "$sample" = 0 ]; then cat; else head -n "$sample"; fi |
        sort -t "$tab" -k 3,3 >$top/chosen.plain
    mkdir -p $top/originals
    cut -f 3 $top/chosen.plain | cut -d : -f 1 | sort -u | while read -r file; do
        object=$top/originals/$(echo "$file" | tr / _).o
        built=$top/release/CMakeFiles/balprobe_core.dir/$file.o
        [ -n "$(find "$object" -newer "$built" 2>/dev/null)" ] ||
            compile release "$object" "$file" 0
        echo "$file$tab$(cksum <"$object" | cut -d ' ' -f 1)"
    done >$top/originals.tsv
    awk -F "$tab" -v OFS="$tab" 'FNR == NR { sum[$1] = $2; next }
        { split($3, place, ":"); print sum[place[1]], $0 }' \
        $top/originals.tsv $top/chosen.plain >$top/chosen.tsv
}

# results.tsv: name, the original's sum, the object's sum, verdict, killer, the killers' sum, ms.
list_todo() {
    touch $results
    awk -F "$tab" -v killers="$(cat $top/killers.sum)" '
        FILENAME == ARGV[1] { if ($4 != "survived" || $6 == killers) done[$1, $2] = 1; next }
        !(($3, $1) in done)' $results $top/chosen.tsv
}

no_verdict() { # FUNCTION: that is never the mutant's fault
    echo "mutants: a core with a mutant of $1 cannot be built, which could be built without" >&2
    exit 1
}

# The verdict on the mutant whose object is $work/mutant.o: sets verdict and killer.
judge() { # WORK FILE FUNCTION
    verdict=survived
    killer=-
    has_asan=no
    link_core release "$2" "$1/mutant.o" "$1/release" || no_verdict "$3"
    awk -F "$tab" -v file="$2" -v function_name="$3" '
        FILENAME == ARGV[1] { split($3, place, ":")
            if (function_name == "-" ? place[1] == file : $4 == function_name) wanted[$4] = 1
            next }
        $4 in wanted { print $1 + ($2 == "asan" ? 400 : 0), $1, $2, $3 }' \
        $top/all.tsv $top/reach.tsv | sort -u | sort -n >"$1/killers"
    while read -r _ ms flavour killer_name <&3; do
        if [ "$flavour" = asan ] && [ $has_asan = no ]; then
            has_asan=yes
            compile asan "$1/mutant-asan.o" "$2" "$n" || no_verdict "$3"
            link_core asan "$2" "$1/mutant-asan.o" "$1/asan" || no_verdict "$3"
        fi
        if ! kill_with "$flavour" "$killer_name" "$1/$flavour" $((ms / 100 + 2)); then
            verdict=killed
            killer=$flavour/$killer_name
            return 0
        fi
    done 3<"$1/killers"
}

work() { # WORK: does the mutants in WORK/todo
    mkdir -p "$1/release" "$1/asan"
    while IFS=$tab read -r original n name place function _; do
        begun=$(now_ms)
        file=${place%%:*}
        same=
        killer=-
        object_sum=-
        if ! compile release "$1/mutant.o" "$file" "$n"; then
            verdict=invalid
        elif cmp -s "$1/mutant.o" "$top/originals/$(echo "$file" | tr / _).o"; then
            verdict=equivalent
        else
            object_sum=$(cksum <"$1/mutant.o" | cut -d ' ' -f 1)
            same=$(awk -F "$tab" -v original="$original" -v sum="$object_sum" \
                -v killers="$killers_sum" '
                $2 == original && $3 == sum && ($4 == "killed" || $6 == killers) {
                    print $4, $5; exit }' $results)
            if [ -n "$same" ]; then
                verdict=${same% *}
                killer=${same#* }
            else
                judge "$1" "$file" "$function"
            fi
        fi
        printf '%s\t%s\t%s\t%s\t%s\t%s\t%d\n' "$name" "$original" "$object_sum" "$verdict" "$killer" \
            "$killers_sum" $(($(now_ms) - begun)) >>$results
    done <"$1/todo"
}

progress() { # TOTAL DONE-BEFORE BEGUN
    finished=$(($(wc -l <$results) - $2))
    seconds=$(($(date +%s) - $3))
    printf '%d of %d mutants, %d survived, %d s' "$finished" "$1" \
        "$(tail -n +$(($2 + 1)) $results | grep -c "${tab}survived${tab}" || true)" "$seconds" >&2
    if [ -t 2 ]; then printf '   \r' >&2; else echo >&2; fi
}

workers=
stop() {
    # shellcheck disable=SC2086
    [ -z "$workers" ] || kill $workers 2>/dev/null || true
    wait
    workers=
}

run_all() {
    list_todo >$top/todo.tsv
    total=$(wc -l <$top/todo.tsv)
    before=$(wc -l <$results)
    begun=$(date +%s)
    killers_sum=$(cat $top/killers.sum)
    trap stop EXIT
    trap 'exit 130' INT TERM
    slot=0
    while [ $slot -lt "$jobs" ]; do
        mkdir -p $top/work$slot
        awk -v slot=$slot -v jobs="$jobs" 'NR % jobs == slot' $top/todo.tsv >$top/work$slot/todo
        work $top/work$slot 2>$top/work$slot/log &
        workers="$workers $!"
        slot=$((slot + 1))
    done
    while [ $(($(wc -l <$results) - before)) -lt "$total" ]; do
        progress "$total" "$before" "$begun"
        sleep 5 &
        wait $!
        alive=no
        for worker in $workers; do
            ! kill -0 "$worker" 2>/dev/null || alive=yes
        done
        [ $alive = yes ] || break
    done
    # shellcheck disable=SC2086
    wait $workers
    workers=
    progress "$total" "$before" "$begun"
    [ ! -t 2 ] || echo >&2
}

# Counts, scores, and survivors into build/mutants/survivors: "listed" or "NOT LISTED" and the line.
summarise() {
    awk -F "$tab" -v OFS="$tab" -v unlisted_file=$top/survivors -v score_min=$score_min '
        FILENAME ~ /results/ { verdict[$1, $2] = $4; sum[$1, $2] = $3; ms[$1, $2] = $7; next }
        FILENAME ~ /survivors/ { reason[$1] = $NF; next }
        { split($4, place, "/"); folder = place[1] "/" place[2]; key = $3 SUBSEP $1
          v = verdict[key]; all[folder]++; time += ms[key]; ran++
          if (v == "") { print "mutants: not judged: " $4 " " $5; missing = 1 }
          if (v == "" || v == "invalid" || v == "equivalent") { left[folder]++; next }
          split($4, where, ":")
          if ((where[1], sum[key]) in seen) { left[folder]++; next }
          seen[where[1], sum[key]] = 1
          if (v == "killed") { killed[folder]++
              if ($3 in reason) print "note: listed, but killed: " $3 " " $4; next }
          survived[folder]++
          if (($3 in reason) && reason[$3] ~ /^equivalent/) alike[folder]++
          is_listed = $3 in reason
          print is_listed ? "listed" : "NOT LISTED", $0, is_listed ? reason[$3] : "" >unlisted_file
        }
        END { printf "%-14s %8s %12s %8s %9s %8s %8s\n", "folder", "mutants", "not counted", "killed",
                  "survived", "score", "raw"
              for (f in all) row(f, all[f], left[f], killed[f], survived[f], alike[f])
              for (f in all) { a += all[f]; l += left[f]; k += killed[f]
                  s += survived[f]; q += alike[f] }
              row("all", a, l, k, s, q)
              printf "%.2f s a mutant; raw is the score with listed equivalents as survivors\n",
                  ran ? time / ran / 1000 : 0
              exit missing || !ran || k * 100 < score_min * (k + s - q) }
        function row(name, a, l, k, s, q) {
            printf "%-14s %8d %12d %8d %9d %6.1f %% %6.1f %%\n", name, a, l, k, s,
                k + s - q ? 100 * k / (k + s - q) : 100, k + s ? 100 * k / (k + s) : 100 }' \
        $results $listed $top/chosen.tsv
}

report() {
    failed=0
    : >$top/survivors
    summarise >$top/summary || failed=1
    while IFS=$tab read -r standing _ n name place function operator _ _ reason; do
        file=${place%%:*}
        echo
        echo "survived, $standing: $place $function, $operator, $name${reason:+: }$reason"
        $tool apply "$file" "$n" | diff "$file" - | grep '^[<>]' | grep -v '^> #line 1' || true
    done <$top/survivors
    echo
    cat $top/summary
    if grep -q '^NOT LISTED' $top/survivors; then
        echo "mutants: write a test that fails for these survivors, or list them with a reason" \
            "in $listed"
        failed=1
    fi
    awk -F "$tab" -v file="$file_wanted" 'FNR == NR { is[$2] = 1; next }
        /^[0-9a-f]/ && ($2 == file || file == "") && !($1 in is) {
            print "mutants: listed, but no such mutant any more: " $0; bad = 1 } END { exit bad }' \
        $top/all.tsv $listed || failed=1
    [ $failed = 0 ] || echo "mutants: FAILED (needed: no unlisted survivor, a score of $score_min %)"
    return $failed
}

sample=0
jobs=2
file_wanted=
wants_selftest=no
while [ $# -gt 0 ]; do
    case $1 in
    --selftest) wants_selftest=yes ;;
    --sample | --file | --jobs)
        [ $# -ge 2 ] || usage
        case $1 in --sample) sample=$2 ;; --jobs) jobs=$2 ;; --file) file_wanted=$2 ;; esac
        shift
        ;;
    *) usage ;;
    esac
    shift
done
case $sample:$jobs in :* | *: | *[!0-9:]*) usage ;; esac
[ "$jobs" -ge 1 ] || usage
if [ $wants_selftest = yes ]; then
    build_tool -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
    selftest
    exit
fi
sh ci/setup.sh
build_tool -O2
build_all
measure
if [ -n "$file_wanted" ]; then
    choose "$file_wanted"
else
    choose src/base/*.c src/http/*.c src/value/*.c src/json/*.c src/operator/*.c
fi
run_all
report
