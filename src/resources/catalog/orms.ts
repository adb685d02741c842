/** Query builders and object mappers: their connections, and the transactions they hand out. */
import type { CatalogFamily } from "../kind.ts";

export const orms: CatalogFamily = {
  family: "orms",
  kinds: [
    {
      id: "knex.Knex",
      label: "Knex instance",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "knex", name: "knex" }],
      release: [{ method: "destroy" }],
      asyncRelease: true,
      releaseTwice: "harmless",
      // It deletes rows.
      notReleasedBy: ["delete"],
      source: "https://knexjs.org/guide/#destroy",
    },
    {
      // With a callback, knex ends the transaction itself.
      id: "knex.Transaction",
      label: "Knex transaction",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "knex",
          name: "Knex.transaction",
          unless: [{ argument: 0, is: { callback: true } }],
        },
      ],
      release: [{ method: "commit" }, { method: "rollback" }],
      asyncRelease: true,
      releasedWhen: ["isCompleted"],
      releaseTwice: "harmless",
      types: [{ module: "knex", name: "Transaction" }],
      source: "https://knexjs.org/guide/transactions.html",
    },
    {
      id: "typeorm.DataSource",
      label: "TypeORM DataSource",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "typeorm", name: "DataSource" }],
      release: [{ method: "destroy" }],
      asyncRelease: true,
      armedBy: ["initialize"],
      types: [{ module: "typeorm", name: "DataSource" }],
      source: "https://typeorm.io/docs/data-source/data-source",
    },
    {
      // Takes a connection of the pool with its first query. Its dispose symbol commits, also when
      // the scope is left by an exception.
      id: "typeorm.QueryRunner",
      label: "TypeORM QueryRunner",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "typeorm",
          name: ["DataSource.createQueryRunner", "Driver.createQueryRunner"],
        },
      ],
      release: [{ method: "release" }],
      asyncRelease: true,
      armedBy: ["connect", "query", "startTransaction"],
      // It had no connection of the pool yet.
      failsClean: ["connect"],
      releasedWhen: ["isReleased"],
      releaseTwice: "harmless",
      types: [{ module: "typeorm", name: "QueryRunner" }],
      source: "https://typeorm.io/docs/query-runner",
    },
    {
      id: "sequelize.Sequelize",
      label: "Sequelize instance",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "sequelize", name: "Sequelize" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      types: [{ module: "sequelize", name: "Sequelize" }],
      source: "https://sequelize.org/docs/v6/getting-started/#closing-the-connection",
    },
    {
      // With a callback, Sequelize ends the transaction itself.
      id: "sequelize.Transaction",
      label: "Sequelize transaction",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "sequelize",
          name: "Sequelize.transaction",
          unless: [
            { argument: 0, is: { callback: true } },
            { argument: 1, is: { present: true } },
          ],
        },
      ],
      release: [{ method: "commit" }, { method: "rollback" }],
      asyncRelease: true,
      types: [{ module: "sequelize", name: "Transaction" }],
      source: "https://sequelize.org/docs/v6/other-topics/transactions/#unmanaged-transactions",
    },
    {
      id: "kysely.Kysely",
      label: "Kysely instance",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "kysely", name: "Kysely" }],
      release: [{ method: "destroy" }],
      asyncRelease: true,
      releaseTwice: "harmless",
      source: "https://kysely-org.github.io/kysely-apidoc/classes/Kysely.html#destroy",
    },
    {
      // The dispose symbol is that of Kysely and throws here: only these two end it, by a builder
      // that is executed.
      id: "kysely.ControlledTransaction",
      label: "Kysely transaction",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "kysely", name: "ControlledTransactionBuilder.execute" }],
      release: [{ method: "commit" }, { method: "rollback" }],
      asyncRelease: true,
      wrongRelease: ["destroy"],
      releasedWhen: ["isCommitted", "isRolledBack"],
      types: [{ module: "kysely", name: "ControlledTransaction" }],
      source: "https://kysely-org.github.io/kysely-apidoc/classes/ControlledTransaction.html",
    },
  ],
  functions: [
    {
      // destroy() ends the pool or the database that the dialect was given.
      module: "kysely",
      name: ["PostgresDialect", "MysqlDialect", "SqliteDialect", "MssqlDialect", "Kysely"],
      takes: ["all"],
      source: "https://kysely-org.github.io/kysely-apidoc/classes/Kysely.html#destroy",
    },
  ],
  noDuty: [],
  closedWorlds: ["knex", "kysely", "sequelize", "typeorm"],
};
