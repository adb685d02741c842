import { createHash } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, openSync, readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import type { Pool } from "pg";

export interface OrderRow {
  readonly id: string;
  readonly customer: string;
  readonly cents: number;
}

export interface Settings {
  readonly folder: string;
  readonly since: string;
}

/** Reads the settings of the export from a JSON file. */
export function readSettings(path: string): Settings {
  const descriptor = openSync(path, "r"); // expect: no-unclosed-disposable
  const settings = JSON.parse(readFileSync(descriptor, "utf8")) as Settings;
  closeSync(descriptor);
  return settings;
}

/** Orders placed since a day. A query that fails keeps its connection: ten of them stop the pool. */
export async function ordersSince(pool: Pool, since: string): Promise<OrderRow[]> {
  const client = await pool.connect(); // expect: no-unclosed-disposable
  await client.query("SET statement_timeout = '30s'");
  const { rows } = await client.query<OrderRow>(
    "SELECT id, customer, cents FROM orders WHERE placed_at >= $1 ORDER BY id",
    [since],
  );
  client.release();
  return rows;
}

/** Remembers which orders were exported, all of them or none. */
export async function markExported(pool: Pool, ids: readonly string[]): Promise<void> {
  const client = await pool.connect(); // expect: no-unclosed-disposable
  try {
    await client.query("BEGIN");
    await client.query("UPDATE orders SET exported_at = now() WHERE id = ANY($1)", [ids]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    await client.end();
  }
}

function csvLine(row: OrderRow): string {
  const customer = row.customer.replaceAll('"', '""');
  return `${row.id},"${customer}",${(row.cents / 100).toFixed(2)}\n`;
}

/** Writes the rows, and says how many. The file appears under its name only when it is whole. */
export async function writeCsv(path: string, rows: readonly OrderRow[]): Promise<number> {
  const file = await open(`${path}.part`, "w"); // expect: no-unclosed-disposable
  if (rows.length === 0) return 0;
  await file.write("id,customer,amount\n");
  for (const row of rows) await file.write(csvLine(row));
  await file.close();
  await rename(`${path}.part`, path);
  return rows.length;
}

/** Appends the second report to the first. */
export async function concatenate(first: string, second: string): Promise<void> {
  const target = await open(first, "a"); // expect: no-unclosed-disposable
  const source = await open(second, "r");
  try {
    await target.write(await source.readFile());
  } finally {
    await source.close().catch(console.error);
    await target.close();
  }
}

/** Whether two reports start alike. */
export async function startAlike(first: string, second: string): Promise<boolean> {
  const [left, right] = await Promise.all([open(first), open(second)]); // expect: no-unclosed-disposable
  try {
    const a = await left.read(Buffer.alloc(512), 0, 512, 0);
    const b = await right.read(Buffer.alloc(512), 0, 512, 0);
    return a.bytesRead === b.bytesRead && a.buffer.equals(b.buffer);
  } finally {
    await Promise.allSettled([left.close(), right.close()]);
  }
}

/** Keeps a copy of the report. */
export function backUp(path: string): void {
  createReadStream(path).pipe(createWriteStream(`${path}.bak`)); // expect: no-unclosed-disposable
}

/** Fingerprint of the report. A loop over a stream closes it, however the loop is left. */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
