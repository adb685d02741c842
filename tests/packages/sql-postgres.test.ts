/** Clients of PostgreSQL. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";

const rule = "no-unclosed-disposable";

const pg = {
  "pg.PoolClient": {
    imports: 'import { Pool } from "pg";',
    given: "pool: Pool",
    acquire: "const x = await pool.connect()",
    use: 'await x.query("select 1")',
    release: "x.release()",
  },
  "pg.Client": {
    imports: 'import { Client } from "pg";',
    acquire: "const x = new Client()",
    use: "await x.connect()",
    release: "await x.end()",
    automatic: 'x.once("end", () => undefined)',
  },
  "pg.Pool": {
    imports: 'import { Pool } from "pg";',
    acquire: "const x = new Pool()",
    use: 'await x.query("select 1")',
    release: "await x.end()",
  },
};

packageKinds(rule, "sql-postgres", {
  ...pg,
  "pg-cursor.Cursor": {
    imports: 'import Cursor from "pg-cursor"; import type { Client } from "pg";',
    given: "client: Client",
    acquire: 'const x = client.query(new Cursor("select 1"))',
    use: "await x.read(10)",
    release: "await x.close()",
  },
  "pg-query-stream.QueryStream": {
    imports: 'import QueryStream from "pg-query-stream"; import type { Client } from "pg";',
    given: "client: Client",
    acquire: 'const x = client.query(new QueryStream("select 1"))',
    use: "x.read()",
    release: "x.destroy()",
    automatic: "for await (const row of x) console.log(row)",
  },
  "postgres.Sql": {
    imports: 'import connect from "postgres";',
    acquire: "const x = connect()",
    use: "await x`select 1`",
    release: "await x.end()",
  },
  "postgres.ReservedSql": {
    imports: 'import type { Sql } from "postgres";',
    given: "sql: Sql",
    acquire: "const x = await sql.reserve()",
    use: "await x`select 1`",
    release: "x.release()",
  },
});

packageKinds(rule, "sql-postgres", pg, { versions: { "@types/pg": "pg-older-types" } });

packageVerdicts(
  rule,
  "pg: names",
  {
    "a pooled client": {
      leak: {
        "of a subclass": `
import { Pool } from "pg";
class AppPool extends Pool {}
export async function f(): Promise<void> {
  const pool = new AppPool();
  const client = await pool.connect(); //! neverReleased
  await client.query("select 1");
}`,
        "of an export that is exported again": `
import { ConnectionPool } from "./clients.ts";
export async function f(pool: ConnectionPool): Promise<void> {
  const client = await pool.connect(); //! neverReleased
  await client.query("select 1");
}`,
        "of a renamed import": `
import { Client as Connection } from "pg";
export async function f(): Promise<void> {
  const connection = new Connection(); //! neverReleased
  await connection.connect();
}`,
        "of a type-only import": `
import type { Pool } from "pg";
export async function f(pool: Pool): Promise<void> {
  const client = await pool.connect(); //! neverReleased
  await client.query("select 1");
}`,
        "of the whole module": `
import pg from "pg";
export async function f(): Promise<void> {
  const client = new pg.Client(); //! neverReleased
  await client.connect();
}`,
      },
      fine: {
        "a class of the program with the same name": `
class Client {
  connect(): Promise<void> {
    return Promise.resolve();
  }
  end(): void {}
}
export async function f(): Promise<void> {
  const client = new Client();
  await client.connect();
}`,
      },
    },
    "connecting fails": {
      leak: {
        "and asking does": `
import { Client } from "pg";
export async function f(): Promise<void> {
  const client = new Client(); //! notReleasedOnThrow
  await client.connect();
  await client.query("select 1");
  await client.end();
}`,
      },
      fine: {
        "before the try": `
import { Client } from "pg";
export async function f(): Promise<void> {
  const client = new Client();
  await client.connect();
  try {
    await client.query("select 1");
  } finally {
    await client.end();
  }
}`,
      },
    },
    "the wrong way to release": {
      leak: {
        "end() of a pooled client": `
import { Pool } from "pg";
export async function f(pool: Pool): Promise<void> {
  const client = await pool.connect(); //! wrongRelease
  await client.end();
}`,
      },
    },
  },
  { files: { "clients.ts": 'export { Pool as ConnectionPool } from "pg";' } },
);

foundUnderEveryName("sql-postgres", {
  kind: "pg.Client",
  module: "pg",
  name: "Client",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "older types": { pg: "pg-older-types" } },
});
