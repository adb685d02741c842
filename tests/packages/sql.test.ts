/** Clients of relational databases: a leak, a release and an end by itself for each kind. */
import { packageVerdicts } from "../support/packages.ts";

const rule = "no-unclosed-disposable";

const pg = {
  "a pooled client": {
    leak: {
      "never released": `
import { Pool } from "pg";
export async function f(pool: Pool): Promise<number> {
  const client = await pool.connect(); //! neverReleased
  const { rowCount } = await client.query("select 1");
  return rowCount ?? 0;
}`,
      "a query may be rejected": `
import { Pool } from "pg";
export async function f(pool: Pool): Promise<void> {
  const client = await pool.connect(); //! notReleasedOnThrow
  await client.query("select 1");
  client.release();
}`,
    },
    fine: {
      released: `
import { Pool } from "pg";
export async function f(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select 1");
  } finally {
    client.release();
  }
}`,
    },
  },
};

packageVerdicts(rule, "pg", pg);
packageVerdicts(rule, "pg, older types", pg, { versions: { "@types/pg": "pg-older-types" } });
