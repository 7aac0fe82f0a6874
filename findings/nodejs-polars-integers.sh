#!/usr/bin/env bash
# nodejs-polars 0.26.1 makes other integers of those it is given, without an error:
#   - A negative BigInt loses its sign, in a Series, a DataFrame and readRecords alike:
#     the column is UInt64, and -150n is 150n there. INT64 comes to JavaScript as BigInt
#     from BigQuery's client, DuckDB and Parquet.
#   - Declared Int64, which would hold them, every BigInt is null.
#   - In a column declared Int32 a NaN is 0, not null, and 3000000000 is -1294967296;
#     in one declared UInt8 a number out of range is null.
#
# Seen: [-150n, 150n] is [150n, 150n], its mean 150; as Int64 [null, null]; [NaN, 3e9] as
# Int32 is [0, -1294967296], with no null; [300, -1, 1] as UInt8 is [null, null, 1].
#
# It fails when that is no longer so. Needs Node.js on Linux x64, and the npm registry.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-fund --no-audit nodejs-polars@0.26.1 nodejs-polars-linux-x64-gnu@0.26.1
cat > integers.js <<'JS'
import pl from 'nodejs-polars'

const text = values => values.map(v => typeof v === 'bigint' ? v + 'n' : String(v)).join(', ')
const frame = pl.DataFrame({ x: [-150n, 150n] })
console.log('DataFrame', text(frame.toRecords().map(r => r.x)), 'mean', frame.getColumn('x').mean())
console.log('records', text(pl.readRecords([{ x: -150n }, { x: 150n }]).toRecords().map(r => r.x)))
for (const [type, values] of [['Int64', [-150n, 150n]], ['Int32', [NaN, 3e9]], ['UInt8', [300, -1, 1]]]) {
  const series = pl.Series('x', values, pl[type])
  console.log(type, text(series.toArray()), 'nulls', series.nullCount())
}
JS
got=$(node integers.js)
echo "$got"
diff <(echo "$got") - <<'WANT'
DataFrame 150n, 150n mean 150
records 150n, 150n
Int64 null, null nulls 2
Int32 0, -1294967296 nulls 0
UInt8 null, null, 1 nulls 2
WANT
