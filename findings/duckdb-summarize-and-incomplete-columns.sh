#!/usr/bin/env bash
# DuckDB's SUMMARIZE, its profile of a table, cannot be relied on to tell that a
# column is incomplete.
#
# Seen with DuckDB 1.5.6 (npm @duckdb/node-api 1.5.6-r.1):
#   - null_percentage has two decimals: of 1,000,000 values of which 40 are NULL it
#     says 0.00, the same as of a column that is whole. count is the rows of the
#     table, NULL included, so the two together say "complete" as well.
#   - One NaN or one infinity in one DOUBLE column makes SUMMARIZE of the whole table
#     an error (STDDEV_SAMP is out of range!): no other column is profiled either.
#     avg, min and max of the same column answer.
#
# Whoever gates on it must count NULLs, and what is not finite, by themselves.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-fund --no-audit @duckdb/node-api@1.5.6-r.1
cat > summarize.js <<'JS'
import { DuckDBInstance } from '@duckdb/node-api'
const connection = await (await DuckDBInstance.create(':memory:')).connect()
for (const table of [
  'SELECT CASE WHEN i % 25000 = 0 THEN NULL ELSE i END AS x FROM range(1000000) t(i)',
  'SELECT i AS x FROM range(1000000) t(i)',
  "SELECT i AS x, CASE WHEN i = 7 THEN 'nan'::DOUBLE ELSE 1.5 END AS y FROM range(10) t(i)",
  "SELECT i AS x, CASE WHEN i = 7 THEN 'inf'::DOUBLE ELSE 1.5 END AS y FROM range(10) t(i)",
]) {
  try {
    const rows = (await connection.runAndReadAll('SUMMARIZE ' + table)).getRowObjectsJson()
    console.log(rows.map(r => `${r.column_name}: ${r.null_percentage} % of ${r.count}`).join(', '))
  } catch (error) {
    console.log(error.message)
  }
}
JS
got=$(node summarize.js)
echo "$got"
diff <(echo "$got") - <<'WANT'
x: 0.00 % of 1000000
x: 0.00 % of 1000000
Out of Range Error: STDDEV_SAMP is out of range!
Out of Range Error: STDDEV_SAMP is out of range!
WANT
