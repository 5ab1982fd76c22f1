#!/bin/sh
# Format and architecture: what may never be, checked by reading sources and object files.
# Needs build/release. Prints each offence; exit status 1 when there is one.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
work=build/tidy
mkdir -p $work
: >$work/problems

# offend WORDS: standard input has the offending places, one a line.
offend() { sed "s|^|$1: |" >>$work/problems; }

sources=$(find src props fuzz certs ci -name '*.[ch]' | sort)
core=$(echo "$sources" | grep '^src/' | grep -vE '^src/(net|tool|server)/')

# Format: clang-format, widths, lengths.
# shellcheck disable=SC2086
clang-format --dry-run $sources 2>&1 | grep -E '^[^ ].*warning' | offend "not formatted" || true
# shellcheck disable=SC2086
awk 'length($0) > 100 { print FILENAME ":" FNR }' $sources | offend "wider than 100 columns"
for file in $sources; do
    lines=$(wc -l <"$file")
    case $file in *_table.h) continue ;; esac
    [ "$lines" -le 400 ] || echo "$file has $lines lines" | offend "longer than 400 lines"
done
# shellcheck disable=SC2086
awk '/^{$/ { start = FNR } /^}/ && start { if (FNR - start - 1 > 70)
    print FILENAME ":" start; start = 0 } FNR == 1 { start = 0 }' $sources |
    offend "function longer than 70 lines"
for file in $sources; do
    head -n 1 "$file" | grep -q '^// SPDX-License-Identifier: Apache-2.0$' || echo "$file"
done | offend "no SPDX line"

# Words: banned functions, unfinished marks.
banned='atoi|atol|atoll|strtol|strtoul|strtoll|strtoull|strtod|sscanf|sprintf|vsprintf|strcpy|strcat'
banned="$banned|strtok|gets|alloca|isdigit|isalpha|isalnum|isxdigit|isspace|tolower|toupper"
# shellcheck disable=SC2086
for file in $(echo "$sources" | grep -vE '^(props/unit|fuzz)/'); do
    sed -e 's|//.*||' -e 's/"[^"]*"//g' "$file" | grep -nE "(^|[^A-Za-z0-9_])($banned)\(" |
        sed "s|^|$file:|"
done | offend "banned function"
# shellcheck disable=SC2086
grep -nE 'T[O]DO|F[I]XME|X[X]X|H[A]CK' $sources | offend "unfinished mark" || true

# Includes: who may know whom. A folder not listed may include anything of src/ and props/.
allowed() {
    case $1 in
    src/base) echo base ;;
    src/value) echo base value ;;
    src/http | src/json) echo "base value ${1#src/}" ;;
    src/operator) echo base value http json operator ;;
    src/tool) echo base tool ;;
    src/net) echo base value http json operator net ;;
    src/server) echo base value http json operator net tool server ;;
    certs) echo base tool certs ;;
    props/choice) echo base props/choice ;;
    props/case) echo base value http json operator props/choice props/case props/rule props/subject ;;
    props/rule) echo base value http json operator props/choice props/case props/rule props/subject ;;
    props/subject) echo base value http json operator net tool props/case props/rule props/subject ;;
    props/liar) echo base value http json operator net certs props/case props/rule props/subject props/liar ;;
    props/launch) echo base value http net tool props/launch ;;
    props/engine) echo base json tool props/engine ;;
    *) echo any ;;
    esac
}
for file in $(echo "$sources" | grep -E '^(src|props|certs)/'); do
    folder=$(dirname "$file")
    may=$(allowed "$folder")
    [ "$may" != any ] || continue
    sed -n 's/^#include "\(.*\)\/[^/]*"$/\1/p' "$file" | sort -u | while read -r included; do
        case " $may " in *" $included "*) ;; *) echo "$file includes $included/" ;; esac
    done
done | offend "include direction"
# shellcheck disable=SC2086
grep -nE '#include [<"](props|fuzz)/' $core | offend "src/ must not know props/ or fuzz/" || true
grep -lE '#include <yajl/' $sources | grep -v '^src/json/' | offend "only src/json may use yajl" || true
grep -lE '#include <openssl/' $sources | grep -vE '^(src/net|certs|props/unit|fuzz|ci/bench)/' |
    offend "only src/net, certs and their tests may use OpenSSL" || true
# shellcheck disable=SC2086
grep -nE '#include <(stdio|stdlib|time|locale|ctype|errno|unistd|signal|sys/.*)\.h>' $core |
    offend "forbidden header in src/" || true

# Objects: the core calls nothing of the world, keeps no state, and documents what it exports.
objects=$(find build/release/CMakeFiles/balprobe_core.dir -name '*.o')
# shellcheck disable=SC2086
nm -A -u $objects | sed 's/:  *U / /' |
    grep -vE ' (bp_|buf_|view_|mem(cpy|cmp|chr|set|move)$|strlen$|__assert_fail$|_GLOBAL_OFFSET_TABLE_$)' |
    grep -vE '/src/json/[a-z_]*\.c\.o yajl_' | offend "undefined symbol in the core" || true
# (.data.rel.ro holds constants with pointers in them.)
for object in $objects; do
    size -A "$object" | awk -v name="$object" '($1 == ".data" || $1 == ".bss") && $2 > 0 {
        print name ": " $1 " has " $2 " bytes" }'
done | offend "global mutable state in the core"
# shellcheck disable=SC2086
nm -g --defined-only $objects | sed -n 's/.* T //p' | sort -u | while read -r symbol; do
    grep -rqE "^ *// .*\<$symbol\>" --include='*.h' src || echo "$symbol"
done | offend "exported but explained in no header"

# The oracle is independent: rules never call what understands requests or makes balances, and the
# grammar never parses. (props/case/fixture.c takes names from the inventory; that is not judging.)
judged='bp_(query|target|path|basic|transaction)_[a-z_]*|bp_converse|bp_conversation_start'
judged="$judged|bp_answer_[a-z_]*|bp_endpoint_[a-z_]*|bp_balances_[a-z_]*|bp_sim_[a-z_]*"
judged="$judged|bp_deployment_[a-z_]*|bp_inventory_[a-z_]*|bp_replay_[a-z_]*|bp_limiter_[a-z_]*|bp_percent_decode"
judged="$judged|bp_act_apply|bp_act_refusal"
find build/release/CMakeFiles/balprobe_props.dir/props/rule -name '*.o' -exec nm -A -u {} + |
    grep -E " U ($judged)\$" | offend "a rule calls the code under test" || true
find build/release/CMakeFiles/balprobe_props.dir/props/case -name '*.o' ! -name 'fixture*' \
    -exec nm -A -u {} + |
    grep -E " U (bp_[a-z0-9_]*_read|bp_json_[a-z]*|bp_converse|bp_percent_decode)\$" |
    offend "the grammar parses" || true

# Repository: top level, READMEs, generated files.
find . -mindepth 1 -maxdepth 1 ! -name build ! -name balprobe-out ! -name balprobe-pki | sed 's|^./||' |
    grep -vxE 'CMakeLists.txt|README.md|fuzz|corpus|src|props|certs|ci|LICENSE|CMakePresets.json|\..*' |
    offend "unexpected at the top level" || true
for folder in src fuzz corpus props certs ci; do
    [ -f $folder/README.md ] || echo $folder
done | offend "no README.md"
sh ci/countries.sh | grep -v '^// Generated from' >$work/country_table.h
grep -v '^// Generated from' src/value/country_table.h | cmp -s - $work/country_table.h ||
    echo src/value/country_table.h | offend "not what ci/countries.sh makes"

build/release/balprobe explain --md >$work/areas.md
awk 'FNR == NR { want[++n] = $0; next } $0 == want[1] { i = 1 } i && i <= n && $0 == want[i] { i++ }
    END { exit i != n + 1 }' $work/areas.md README.md ||
    echo README.md | offend "its table of areas is not what balprobe explain --md prints"

if [ -s $work/problems ]; then
    cat $work/problems
    exit 1
fi
echo "format and architecture hold for $(echo "$sources" | wc -l) files"
