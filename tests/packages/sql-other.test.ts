/** Embedded databases, and clients of Oracle and SQL Server. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";

const rule = "no-unclosed-disposable";

const betterSqlite = {
  "better-sqlite3.Database": {
    imports: 'import Database from "better-sqlite3";',
    acquire: 'const x = new Database("a.db")',
    use: 'x.exec("select 1")',
    release: "x.close()",
  },
};

packageKinds(rule, "sql-other", {
  ...betterSqlite,
  "sqlite3.Database": {
    imports: 'import sqlite3 from "sqlite3";',
    acquire: 'const x = new sqlite3.Database("a.db")',
    use: 'x.run("select 1")',
    release: "x.close()",
  },
  "sqlite3.Statement": {
    imports: 'import type { Database } from "sqlite3";',
    given: "database: Database",
    acquire: 'const x = database.prepare("select 1")',
    use: "x.run()",
    release: "x.finalize()",
  },
  "libsql.Client": {
    imports: 'import { createClient } from "@libsql/client";',
    acquire: 'const x = createClient({ url: "file:a.db" })',
    use: 'await x.execute("select 1")',
    release: "x.close()",
  },
  "libsql.Transaction": {
    imports: 'import type { Client } from "@libsql/client";',
    given: "client: Client",
    acquire: 'const x = await client.transaction("write")',
    use: 'await x.execute("select 1")',
    release: "x.close()",
  },
  "duckdb.Connection": {
    imports: 'import type { DuckDBInstance } from "@duckdb/node-api";',
    given: "instance: DuckDBInstance",
    acquire: "const x = await instance.connect()",
    use: 'await x.run("select 1")',
    release: "x.closeSync()",
  },
  "duckdb.Instance": {
    imports: 'import { DuckDBInstance } from "@duckdb/node-api";',
    acquire: "const x = await DuckDBInstance.create()",
    use: "console.log(x)",
    release: "x.closeSync()",
  },
  "lmdb.Database": {
    imports: 'import { open } from "lmdb";',
    acquire: 'const x = open({ path: "a" })',
    use: 'await x.put("a", 1)',
    release: "await x.close()",
  },
  "classic-level.ClassicLevel": {
    imports: 'import { ClassicLevel } from "classic-level";',
    acquire: 'const x = new ClassicLevel("a")',
    use: 'await x.put("a", "b")',
    release: "await x.close()",
  },
  "classic-level.Iterator": {
    imports: 'import type { ClassicLevel } from "classic-level";',
    given: "level: ClassicLevel",
    acquire: "const x = level.iterator()",
    use: "await x.next()",
    release: "await x.close()",
    automatic: "for await (const [key] of x) console.log(key)",
  },
  "oracledb.Connection": {
    imports: 'import oracledb from "oracledb";',
    acquire: 'const x = await oracledb.getConnection({ user: "a" })',
    use: 'await x.execute("select 1 from dual")',
    release: "await x.close()",
  },
  "oracledb.Pool": {
    imports: 'import oracledb from "oracledb";',
    acquire: 'const x = await oracledb.createPool({ user: "a" })',
    use: "console.log(x.connectionsOpen)",
    release: "await x.close()",
  },
  "mssql.ConnectionPool": {
    imports: 'import sql from "mssql";',
    acquire: 'const x = new sql.ConnectionPool("Server=localhost")',
    use: "await x.connect()",
    release: "await x.close()",
  },
  "mssql.Transaction": {
    imports: 'import sql from "mssql";',
    given: "pool: sql.ConnectionPool",
    acquire: "const x = new sql.Transaction(pool)",
    use: "await x.begin()",
    release: "await x.rollback()",
  },
  "mssql.PreparedStatement": {
    imports: 'import sql from "mssql";',
    given: "pool: sql.ConnectionPool",
    acquire: "const x = new sql.PreparedStatement(pool)",
    use: 'await x.prepare("select 1")',
    release: "await x.unprepare()",
  },
  "tedious.Connection": {
    imports: 'import { Connection } from "tedious";',
    acquire: 'const x = new Connection({ server: "localhost" })',
    use: "x.connect()",
    release: "x.close()",
    automatic: 'x.once("end", () => undefined)',
  },
});

packageKinds(rule, "sql-other", betterSqlite, {
  versions: { "@types/better-sqlite3": "better-sqlite3-older-types" },
});

packageVerdicts(
  rule,
  "better-sqlite3: names",
  {
    "a database": {
      leak: {
        "made by a call, under another name": `
import open from "better-sqlite3";
export function f(): void {
  const database = open("a.db"); //! neverReleased
  database.exec("select 1");
}`,
        "of a subclass": `
import Database from "better-sqlite3";
class AppDatabase extends Database {}
export function f(): void {
  const database = new AppDatabase("a.db"); //! neverReleased
  database.exec("select 1");
}`,
        "exported again": `
import { Sqlite } from "./database.ts";
export function f(): void {
  const database = new Sqlite("a.db"); //! neverReleased
  database.exec("select 1");
}`,
        "of a function with a type-only import": `
import type { Database } from "better-sqlite3";
export async function f(open: { createDatabase(): Database }): Promise<void> {
  const database = await Promise.resolve(make(open)); //! neverReleased
  database.exec("select 1");
}
import Sqlite from "better-sqlite3";
function make(open: unknown): Database {
  console.log(open);
  return new Sqlite("a.db");
}`,
      },
      fine: {
        "a class of the program with the same name": `
class Database {
  exec(): void {}
  close(): void {}
}
export function f(): void {
  const database = new Database();
  database.exec();
}`,
        "a statement owes nothing": `
import type { Database } from "better-sqlite3";
export function f(database: Database): unknown {
  const statement = database.prepare("select 1");
  return statement.get();
}`,
      },
    },
  },
  { files: { "database.ts": 'export { default as Sqlite } from "better-sqlite3";' } },
);

foundUnderEveryName("sql-other", {
  kind: "tedious.Connection",
  module: "tedious",
  name: "Connection",
  acquire: `new NAME({ server: "a" })`,
  extended: "NAME",
});
