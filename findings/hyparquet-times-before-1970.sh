#!/usr/bin/env bash
# hyparquet 1.33.0 reads a TIMESTAMP of microseconds that lies before 1970 as a later one:
# the microseconds are cut off toward 1970, not down, so that the last moment of a day is
# the next day. A DECIMAL is read as a double, whatever its digits; two that differ are equal.
#
# Seen: 1969-12-31 23:59:59.999999 is 1970-01-01T00:00:00.000Z, where the same time of 2024
# stays in its day; DECIMAL 12345678901234567.89 and .90 are both 12345678901234568.
#
# It fails when that is no longer so. Needs Node.js, and the npm registry.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-fund --no-audit @duckdb/node-api@1.5.6-r.1 hyparquet@1.33.0
cat > read.js <<'JS'
import { DuckDBInstance } from '@duckdb/node-api'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
const connection = await (await DuckDBInstance.create(':memory:')).connect()
await connection.run(`COPY (FROM (VALUES
  (TIMESTAMP '1969-12-31 23:59:59.999999', 12345678901234567.89::DECIMAL(20, 2)),
  (TIMESTAMP '2024-12-31 23:59:59.999999', 12345678901234567.90::DECIMAL(20, 2))) v(t, x))
  TO 'times.parquet'`)
for (const row of await parquetReadObjects({ file: await asyncBufferFromFile('times.parquet') })) {
  console.log(row.t.toISOString(), row.x)
}
JS
got=$(node read.js)
echo "$got"
diff <(echo "$got") - <<'WANT'
1970-01-01T00:00:00.000Z 12345678901234568
2024-12-31T23:59:59.999Z 12345678901234568
WANT
