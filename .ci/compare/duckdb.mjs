// duckdb.mjs FILE.sql: runs the statements of a file, and prints the rows of the last.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
let rows = [];
for (const statement of readFileSync(process.argv[2], "utf8").split(";\n")) {
  if (statement.trim()) rows = await (await connection.runAndReadAll(statement)).getRowsJson();
}
for (const row of rows) console.log(row.join("\t"));
