/**
 * Clients of MySQL and MariaDB.
 *
 * mysql2 declares the classes of its callback and of its promise API under the same names: which of
 * the two a call belongs to shows in whether it is given a callback.
 */
import type { CatalogFamily } from "../kind.ts";

export const sqlMysql: CatalogFamily = {
  family: "sql-mysql",
  kinds: [
    {
      id: "mysql2.Connection",
      label: "mysql2 Connection",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "mysql2", name: "createConnection" }],
      release: [{ method: "end" }, { method: "destroy" }],
      automatic: { events: ["end"] },
      releaseTwice: "harmless",
      types: [{ module: "mysql2", name: "Connection" }],
      source: "https://sidorares.github.io/node-mysql2/docs#first-query",
    },
    {
      // Here release() gives the connection back, and end() is an old name for it in one API and ends
      // the connection of the pool in the other.
      id: "mysql2.PoolConnection",
      label: "mysql2 PoolConnection",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "mysql2",
          name: ["Pool.getConnection", "PoolNamespace.getConnection"],
          when: [{ argument: 0, is: { present: false } }],
        },
        {
          by: "call",
          module: "mysql2",
          name: ["Pool.getConnection", "PoolNamespace.getConnection"],
          at: { callback: -1, parameter: 1 },
          unless: [{ argument: 0, is: { present: false } }],
        },
      ],
      release: [
        { method: "release" },
        { method: "destroy" },
        { module: "mysql2", name: "Pool.releaseConnection", argument: 0 },
      ],
      wrongRelease: ["end"],
      types: [{ module: "mysql2", name: "PoolConnection" }],
      source: "https://sidorares.github.io/node-mysql2/docs#using-connection-pools",
    },
    {
      id: "mysql2.Pool",
      label: "mysql2 Pool",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "mysql2", name: "createPool" }],
      release: [{ method: "end" }],
      releaseTwice: "harmless",
      types: [{ module: "mysql2", name: "Pool" }],
      source: "https://sidorares.github.io/node-mysql2/docs#using-connection-pools",
    },
    {
      id: "mysql2.PoolCluster",
      label: "mysql2 PoolCluster",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "mysql2", name: "createPoolCluster" }],
      release: [{ method: "end" }],
      notReleasedBy: ["remove"],
      releaseTwice: "harmless",
      types: [{ module: "mysql2", name: "PoolCluster" }],
      source: "https://sidorares.github.io/node-mysql2/docs/documentation/promise-wrapper",
    },
    {
      id: "mysql2.PreparedStatement",
      label: "mysql2 prepared statement",
      grade: "idle",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "mysql2",
          name: "Connection.prepare",
          when: [{ argument: 1, is: { present: false } }],
        },
      ],
      release: [{ method: "close" }],
      types: [{ module: "mysql2", name: "PreparedStatementInfo" }],
      source: "https://sidorares.github.io/node-mysql2/docs/documentation/prepared-statements",
    },
    {
      id: "mariadb.Connection",
      label: "mariadb Connection",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "mariadb", name: "createConnection" }],
      release: [{ method: "end" }, { method: "close" }, { method: "destroy" }],
      asyncRelease: true,
      automatic: { events: ["end"] },
      releaseTwice: "harmless",
      types: [{ module: "mariadb", name: "Connection" }],
      source:
        "https://github.com/mariadb-corporation/mariadb-connector-nodejs/blob/main/documentation/promise-api.md#connectionend--promise",
    },
    {
      // Unlike in mysql2, release() is asynchronous.
      id: "mariadb.PoolConnection",
      label: "mariadb PoolConnection",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "mariadb",
          name: [
            "Pool.getConnection",
            "PoolCluster.getConnection",
            "FilteredPoolCluster.getConnection",
          ],
        },
      ],
      release: [
        { method: "release" },
        { method: "end" },
        { method: "close" },
        { method: "destroy" },
      ],
      asyncRelease: true,
      types: [{ module: "mariadb", name: "PoolConnection" }],
      source:
        "https://github.com/mariadb-corporation/mariadb-connector-nodejs/blob/main/documentation/promise-api.md#poolgetconnection--promise",
    },
    {
      id: "mariadb.Pool",
      label: "mariadb Pool",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "mariadb", name: ["createPool", "createPoolCluster"] }],
      release: [{ method: "end" }],
      asyncRelease: true,
      types: [{ module: "mariadb", name: ["Pool", "PoolCluster"] }],
      source:
        "https://github.com/mariadb-corporation/mariadb-connector-nodejs/blob/main/documentation/promise-api.md#poolend--promise",
    },
    {
      id: "mariadb.Prepare",
      label: "mariadb prepared statement",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "mariadb", name: "Connection.prepare" }],
      release: [{ method: "close" }],
      types: [{ module: "mariadb", name: "Prepare" }],
      source:
        "https://github.com/mariadb-corporation/mariadb-connector-nodejs/blob/main/documentation/promise-api.md#connectionpreparesql--promise",
    },
  ],
  functions: [],
  noDuty: [],
  closedWorlds: ["mariadb", "mysql2"],
};
