/** Query builders and object mappers. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";

const rule = "no-unclosed-disposable";

const knex = {
  "knex.Knex": {
    imports: 'import { knex } from "knex";',
    acquire: 'const x = knex({ client: "pg" })',
    use: 'await x.raw("select 1")',
    release: "await x.destroy()",
  },
  "knex.Transaction": {
    imports: 'import type { Knex } from "knex";',
    given: "db: Knex",
    acquire: "const x = await db.transaction()",
    use: 'await x.raw("select 1")',
    release: "await x.rollback()",
  },
};

packageKinds(rule, "orms", {
  ...knex,
  "typeorm.DataSource": {
    imports: 'import { DataSource } from "typeorm";',
    acquire: 'const x = new DataSource({ type: "postgres" })',
    use: "await x.initialize()",
    release: "await x.destroy()",
  },
  "typeorm.QueryRunner": {
    imports: 'import type { DataSource } from "typeorm";',
    given: "source: DataSource",
    acquire: "const x = source.createQueryRunner()",
    use: "await x.connect()",
    release: "await x.release()",
  },
  "sequelize.Sequelize": {
    imports: 'import { Sequelize } from "sequelize";',
    acquire: 'const x = new Sequelize("sqlite::memory:")',
    use: "await x.authenticate()",
    release: "await x.close()",
  },
  "sequelize.Transaction": {
    imports: 'import type { Sequelize } from "sequelize";',
    given: "sequelize: Sequelize",
    acquire: "const x = await sequelize.transaction()",
    use: 'await sequelize.query("select 1", { transaction: x })',
    release: "await x.rollback()",
  },
  "kysely.Kysely": {
    imports: 'import { Kysely, type KyselyConfig } from "kysely";',
    given: "config: KyselyConfig",
    acquire: "const x = new Kysely(config)",
    use: "await x.introspection.getTables()",
    release: "await x.destroy()",
  },
  "kysely.ControlledTransaction": {
    imports: 'import type { Kysely } from "kysely";',
    given: "db: Kysely<{ a: { b: string } }>",
    acquire: "const x = await db.startTransaction().execute()",
    use: 'await x.selectFrom("a").selectAll().execute()',
    release: "await x.rollback().execute()",
  },
});

packageKinds(rule, "orms", knex, { versions: { knex: "knex-older" } });

packageVerdicts(
  rule,
  "transactions: callbacks and names",
  {
    "a transaction of knex": {
      leak: {
        "of an instance made under another name": `
import connect from "knex";
export async function f(): Promise<void> {
  const db = connect({ client: "pg" });
  const trx = await db.transaction({ isolationLevel: "serializable" }); //! neverReleased
  await trx.raw("select 1");
}`,
        "of an instance exported again": `
import { db } from "./database.ts";
export async function f(): Promise<void> {
  const trx = await db.transaction(); //! neverReleased
  await trx.raw("select 1");
}`,
      },
      fine: {
        "ended by knex": `
import type { Knex } from "knex";
export async function f(db: Knex): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw("select 1");
  });
}`,
        "of a class of the program": `
class Knex {
  transaction(): Promise<{ run(): void; commit(): void }> {
    return Promise.resolve({ run() {}, commit() {} });
  }
}
export async function f(db: Knex): Promise<void> {
  const trx = await db.transaction();
  trx.run();
}`,
      },
    },
    "a transaction of Sequelize": {
      leak: {
        "of a subclass": `
import { Sequelize } from "sequelize";
class Database extends Sequelize {}
export async function f(database: Database): Promise<void> {
  const t = await database.transaction(); //! neverReleased
  await database.query("select 1", { transaction: t });
}`,
      },
      fine: {
        "ended by Sequelize": `
import type { Sequelize } from "sequelize";
export async function f(sequelize: Sequelize): Promise<void> {
  await sequelize.transaction(async (t) => {
    await sequelize.query("select 1", { transaction: t });
  });
}`,
      },
    },
    "a transaction of Kysely": {
      leak: {
        destroyed: `
import type { Kysely } from "kysely";
export async function f(db: Kysely<object>): Promise<void> {
  const trx = await db.startTransaction().execute(); //! wrongRelease
  await trx.destroy();
}`,
      },
      fine: {
        scoped: `
import type { Kysely } from "kysely";
export async function f(db: Kysely<{ a: { b: string } }>): Promise<void> {
  await db.transaction().execute((trx) => trx.selectFrom("a").selectAll().execute());
}`,
      },
    },
  },
  {
    files: {
      "database.ts": 'import { knex } from "knex"; export const db = knex({ client: "pg" });',
    },
  },
);

foundUnderEveryName("orms", {
  kind: "sequelize.Sequelize",
  module: "sequelize",
  name: "Sequelize",
  acquire: `new NAME("sqlite::memory:")`,
  extended: "NAME",
});
