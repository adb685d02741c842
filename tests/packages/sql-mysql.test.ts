/** Clients of MySQL and MariaDB. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";

const rule = "no-unclosed-disposable";

const mysql2 = {
  "mysql2.Connection": {
    imports: 'import { createConnection } from "mysql2/promise";',
    acquire: 'const x = await createConnection("mysql://root@localhost")',
    use: 'await x.query("select 1")',
    release: "await x.end()",
    automatic: 'x.on("end", () => undefined)',
  },
  "mysql2.PoolConnection": {
    imports: 'import type { Pool } from "mysql2/promise";',
    given: "pool: Pool",
    acquire: "const x = await pool.getConnection()",
    use: 'await x.query("select 1")',
    release: "x.release()",
  },
  "mysql2.Pool": {
    imports: 'import mysql from "mysql2/promise";',
    acquire: 'const x = mysql.createPool({ host: "localhost" })',
    use: 'await x.query("select 1")',
    release: "await x.end()",
  },
};

packageKinds(rule, "sql-mysql", {
  ...mysql2,
  "mysql2.PoolCluster": {
    imports: 'import { createPoolCluster } from "mysql2";',
    acquire: "const x = createPoolCluster()",
    use: 'x.add("a", { host: "a" })',
    release: "x.end()",
    notReleased: 'x.remove("a")',
  },
  "mysql2.PreparedStatement": {
    imports: 'import type { Connection } from "mysql2/promise";',
    given: "connection: Connection",
    acquire: 'const x = await connection.prepare("select 1")',
    use: "await x.execute([])",
    release: "await x.close()",
  },
  "mariadb.Connection": {
    imports: 'import { createConnection } from "mariadb";',
    acquire: 'const x = await createConnection({ host: "localhost" })',
    use: 'await x.query("select 1")',
    release: "await x.end()",
    automatic: 'x.once("end", () => undefined)',
  },
  "mariadb.PoolConnection": {
    imports: 'import type { Pool } from "mariadb";',
    given: "pool: Pool",
    acquire: "const x = await pool.getConnection()",
    use: 'await x.query("select 1")',
    release: "await x.release()",
  },
  "mariadb.Pool": {
    imports: 'import * as mariadb from "mariadb";',
    acquire: 'const x = mariadb.createPool({ host: "localhost" })',
    use: 'await x.query("select 1")',
    release: "await x.end()",
  },
  "mariadb.Prepare": {
    imports: 'import type { Connection } from "mariadb";',
    given: "connection: Connection",
    acquire: 'const x = await connection.prepare("select 1")',
    use: "await x.execute()",
    release: "x.close()",
  },
});

packageKinds(rule, "sql-mysql", mysql2, { versions: { mysql2: "mysql2-older" } });

packageVerdicts(
  rule,
  "mysql2: names and callbacks",
  {
    "a pooled connection": {
      leak: {
        "given to a callback": `
import { createPool } from "mysql2";
export function f(): void {
  createPool({}).getConnection((error, connection) => { //! neverReleased
    if (error) return;
    connection.query("select 1");
  });
}`,
        "ended instead of released": `
import type { Pool } from "mysql2/promise";
export async function f(pool: Pool): Promise<void> {
  const connection = await pool.getConnection(); //! wrongRelease
  await connection.end();
}`,
        "of a pool that is exported again and renamed": `
import { type Pool as Connections } from "./database.ts";
export async function f(connections: Connections): Promise<void> {
  const connection = await connections.getConnection(); //! neverReleased
  await connection.ping();
}`,
        "of a wrapper of the program": `
import { createPool, type PoolConnection } from "mysql2/promise";
const pool = createPool("mysql://root@localhost");
function take(): Promise<PoolConnection> {
  return pool.getConnection();
}
export async function f(): Promise<void> {
  const connection = await take(); //! neverReleased
  await connection.ping();
}`,
      },
      fine: {
        "given to a callback": `
import { createPool } from "mysql2";
export function f(): void {
  createPool({}).getConnection((error, connection) => {
    if (error) return;
    connection.release();
  });
}`,
        "given back to its pool": `
import { createPool } from "mysql2";
export function f(): void {
  const pool = createPool({});
  pool.getConnection((error, connection) => {
    if (error) return;
    pool.releaseConnection(connection);
  });
}`,
        "a pool of the program": `
class Pool {
  getConnection(): Promise<{ ping(): void; release(): void }> {
    return Promise.resolve({ ping() {}, release() {} });
  }
}
export async function f(pool: Pool): Promise<void> {
  const connection = await pool.getConnection();
  connection.ping();
}`,
      },
    },
  },
  { files: { "database.ts": 'export type { Pool } from "mysql2/promise";' } },
);

foundUnderEveryName("sql-mysql", {
  kind: "mysql2.Connection",
  module: "mysql2/promise",
  name: "createConnection",
  acquire: `await NAME({ host: "a" })`,
  versions: { "an older version": { mysql2: "mysql2-older" } },
});
