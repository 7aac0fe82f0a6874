#!/usr/bin/env bash
# DuckDB 1.5.6 writes another total to Parquet than its query has, without an error: SUM
# of a BIGINT is a HUGEINT, exact, and a HUGEINT is written as DOUBLE. Beyond 2^53 the file
# holds another number, and its column is no integer any more; a table of the same query
# and a CSV file keep it. A GROUP BY over micros or cents that is copied to Parquet is
# rounded so, and two totals that differ by one are one.
#
# Seen: 9007199254740993 HUGEINT in the query, 9007199254740992.0 DOUBLE in the file.
#
# It fails when that is no longer so. Needs Node.js, and the npm registry.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-fund --no-audit @duckdb/node-api@1.5.6-r.1
cat > write.js <<'JS'
import { DuckDBInstance } from '@duckdb/node-api'
const connection = await (await DuckDBInstance.create(':memory:')).connect()
await connection.run('CREATE TABLE cents AS FROM (VALUES (9007199254740992::BIGINT), (1)) v(x)')
await connection.run('CREATE TABLE total AS SELECT sum(x) AS total FROM cents')
for (const format of ['parquet', 'csv']) await connection.run(`COPY total TO 'total.${format}'`)
for (const from of ['total', "'total.parquet'", "'total.csv'"]) {
  const [row] = (await connection.runAndReadAll(
    `SELECT total::VARCHAR AS total, typeof(total) AS type FROM ${from}`)).getRowObjectsJson()
  console.log(from, row.total, row.type)
}
JS
got=$(node write.js)
echo "$got"
diff <(echo "$got") - <<'WANT'
total 9007199254740993 HUGEINT
'total.parquet' 9007199254740992.0 DOUBLE
'total.csv' 9007199254740993 BIGINT
WANT
