#!/usr/bin/env bash
# csvq 1.18.1, SQL over CSV files, has two notions of which keys are one, and neither is
# the text of the cell. Cells are text, and no cast is asked for:
#   - = and JOIN hold 1 equal to 1.0, true and t, 10 to 1e1, 1000 to 1_000 and a to A, so
#     that the id 1 is joined with the row of true.
#   - GROUP BY and DISTINCT put 007 and 7 together, and 1 and true, but 7.0 apart from 7,
#     which = and JOIN hold for equal.
#   - AVG passes over a cell like NA, which COUNT counts: SUM / COUNT is another number.
#
# Seen: the key 1 joined with the rows of 1.0 and true; groups 007 of 2 rows, 7.0 of 1,
# true of 2; an average of 8.5 for 7, NA and 10, whose sum is 17 and count 3.
#
# It fails when that is no longer so. Needs Go, and the public module proxy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
GOBIN=$work go install github.com/mithrandie/csvq@v1.18.1 2>/dev/null
printf 'id\n1\n7\n' >a.csv
printf 'id,who\n1.0,x\ntrue,y\n007,z\n' >b.csv
printf 'id\n007\n7\n7.0\ntrue\n1\n' >c.csv
printf 'x\n7\nNA\n10\n' >d.csv
query() { ./csvq --format CSV --without-header "$1"; }
got=$(
	query "SELECT a.id, b.id, who FROM a JOIN b ON a.id = b.id ORDER BY who"
	query "SELECT id, COUNT(*) FROM c GROUP BY id"
	query "SELECT AVG(x), SUM(x), COUNT(x) FROM d"
	query "SELECT '1_000' = '1000', '10' = '1e1', 't' = '1', 'a' = 'A'"
)
echo "$got"
diff <(echo "$got") - <<'WANT'
1,1.0,x
1,true,y
7,007,z
007,2
7.0,1
true,2
8.5,17,3
true,true,true,true
WANT
