import type { CatalogFamily } from "../kind.ts";

/** Clients of PostgreSQL. */
export const sqlPostgres: CatalogFamily = {
  family: "sql-postgres",
  kinds: [
    {
      // The declarations let PoolClient extend Client, so that `end()` type-checks on a pooled client.
      // It hangs up without telling the pool, which counts the client as lent out.
      id: "pg.PoolClient",
      label: "pg PoolClient",
      grade: "must",
      duty: "close",
      acquire: [
        // The callback form is left out: its third parameter releases as well as the client does.
        {
          by: "call",
          module: "pg",
          name: "Pool.connect",
          when: [{ argument: 0, is: { present: false } }],
        },
      ],
      release: [{ method: "release" }],
      wrongRelease: ["end"],
      releaseTwice: "throws",
      types: [{ module: "pg", name: "PoolClient" }],
      source: "https://node-postgres.com/apis/pool#releasing-clients",
    },
    {
      id: "pg.Client",
      label: "pg Client",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", module: "pg", name: "Client" }],
      release: [{ method: "end" }],
      asyncRelease: true,
      armedBy: ["connect"],
      // What fails has closed its socket: a refused connection, a login, a timeout.
      failsClean: ["connect"],
      automatic: { events: ["end"] },
      releaseTwice: "harmless",
      types: [{ module: "pg", name: "Client" }],
      source: "https://node-postgres.com/apis/client#clientend",
    },
    {
      // Connects lazily and closes what is idle, so one pool for the life of the program is usual.
      id: "pg.Pool",
      label: "pg Pool",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "pg", name: "Pool" }],
      release: [{ method: "end" }],
      asyncRelease: true,
      releasedWhen: ["ending", "ended"],
      releaseTwice: "throws",
      types: [{ module: "pg", name: "Pool" }],
      source: "https://node-postgres.com/apis/pool#poolend",
    },
    {
      // `cursor.end()` ends the connection, not the cursor. The query starts it, so that one that is
      // only made owes nothing.
      id: "pg-cursor.Cursor",
      label: "pg Cursor",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", module: "pg-cursor", name: "Cursor" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      armedBy: ["read"],
      wrongRelease: ["end"],
      releaseTwice: "harmless",
      types: [{ module: "pg-cursor", name: "Cursor" }],
      source: "https://node-postgres.com/apis/cursor#close",
    },
    {
      id: "pg-query-stream.QueryStream",
      label: "pg QueryStream",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", module: "pg-query-stream", name: "QueryStream" }],
      release: [{ method: "destroy" }],
      armedBy: ["read"],
      automatic: { events: ["data", "end", "close"], iteration: true, members: ["toArray"] },
      releasedWhen: ["destroyed", "closed", "readableEnded"],
      releaseTwice: "harmless",
      types: [{ module: "pg-query-stream", name: "QueryStream" }],
      source: "https://github.com/brianc/node-postgres/tree/master/packages/pg-query-stream",
    },
    {
      // Connects with the first query, and closes what is idle.
      id: "postgres.Sql",
      label: "postgres client",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "postgres", name: "postgres" }],
      release: [{ method: "end" }],
      asyncRelease: true,
      releaseTwice: "harmless",
      types: [{ module: "postgres", name: "Sql" }],
      source: "https://github.com/porsager/postgres#teardown--cleanup",
    },
    {
      id: "postgres.ReservedSql",
      label: "reserved postgres connection",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "postgres", name: "Sql.reserve" }],
      release: [{ method: "release" }],
      wrongRelease: ["end"],
      types: [{ module: "postgres", name: "ReservedSql" }],
      source: "https://github.com/porsager/postgres#await-sqlreserve",
    },
  ],
  functions: [
    {
      // `client.query(new Cursor(text))` answers with the cursor itself. For a text or a config the
      // answer is a promise of rows, and an alias of a text owes nothing.
      module: "pg",
      name: ["ClientBase.query", "Pool.query"],
      returns: 0,
      source: "https://node-postgres.com/apis/cursor#constructor",
    },
  ],
  noDuty: [],
  closedWorlds: ["pg", "pg-cursor", "pg-query-stream", "postgres"],
};
