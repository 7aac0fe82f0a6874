// operators.mjs: the work of BenchmarkAggregate, BenchmarkJoin and BenchmarkPrevious of
// quality/rows by DuckDB in its own memory, with the processor time that it took.
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
const run = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();

const work = {
  aggregate: `SELECT sum(n), sum(s), sum(m) FROM (SELECT k, count(*) n, sum(v) s, max(v) m FROM few GROUP BY k)`,
  join: `SELECT sum(v), sum(w) FROM l LEFT JOIN (SELECT k, max(w) w FROM r GROUP BY k) USING (k)`,
  previous: `SELECT sum(v), sum(b) FROM (SELECT *, lag(v) OVER (PARTITION BY p ORDER BY d) b
    FROM (SELECT p, d, max(v) v FROM days GROUP BY p, d))`,
};
const data = [
  `CREATE TABLE few AS SELECT 'player_' || (hash(i) % 1000000)::VARCHAR k, (hash(i + 7) % 1000)::BIGINT v FROM range(5000000) t(i)`,
  `CREATE TABLE l AS SELECT 'player_' || (hash(i) % 1000000)::VARCHAR k, (hash(i + 7) % 1000)::BIGINT v FROM range(1000000) t(i)`,
  `CREATE TABLE r AS SELECT 'player_' || i::VARCHAR k, (hash(i + 7) % 1000)::BIGINT w FROM range(1000000) t(i)`,
  `CREATE TABLE days AS SELECT 'player_' || (i % 5000)::VARCHAR p, i // 5000 d, (hash(i + 7) % 1000)::BIGINT v FROM range(5000000) t(i) ORDER BY hash(i)`,
];
for (const sql of data) await run(sql);
for (const [name, sql] of Object.entries(work)) {
  for (let turn = 0; turn < 3; turn++) {
    const before = process.cpuUsage();
    await run(sql);
    console.log(`duckdb ${name} ${(process.cpuUsage(before).user / 1e6).toFixed(2)} user-s`);
  }
}
