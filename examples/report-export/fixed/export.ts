import { createHash } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, openSync, readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
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
  const descriptor = openSync(path, "r");
  try {
    return JSON.parse(readFileSync(descriptor, "utf8")) as Settings;
  } finally {
    closeSync(descriptor);
  }
}

/** Orders placed since a day. */
export async function ordersSince(pool: Pool, since: string): Promise<OrderRow[]> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = '30s'");
    const { rows } = await client.query<OrderRow>(
      "SELECT id, customer, cents FROM orders WHERE placed_at >= $1 ORDER BY id",
      [since],
    );
    return rows;
  } finally {
    client.release();
  }
}

/** Remembers which orders were exported, all of them or none. */
export async function markExported(pool: Pool, ids: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("UPDATE orders SET exported_at = now() WHERE id = ANY($1)", [ids]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

function csvLine(row: OrderRow): string {
  const customer = row.customer.replaceAll('"', '""');
  return `${row.id},"${customer}",${(row.cents / 100).toFixed(2)}\n`;
}

/** Writes the rows, and says how many. The file appears under its name only when it is whole. */
export async function writeCsv(path: string, rows: readonly OrderRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const file = await open(`${path}.part`, "w");
  try {
    await file.write("id,customer,amount\n");
    for (const row of rows) await file.write(csvLine(row));
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
  return rows.length;
}

/** Appends the second report to the first. */
export async function concatenate(first: string, second: string): Promise<void> {
  await using target = await open(first, "a");
  await using source = await open(second, "r");
  await target.write(await source.readFile());
}

/** Whether two reports start alike. */
export async function startAlike(first: string, second: string): Promise<boolean> {
  const left = await open(first);
  try {
    const right = await open(second);
    try {
      const a = await left.read(Buffer.alloc(512), 0, 512, 0);
      const b = await right.read(Buffer.alloc(512), 0, 512, 0);
      return a.bytesRead === b.bytesRead && a.buffer.equals(b.buffer);
    } finally {
      await right.close();
    }
  } finally {
    await left.close();
  }
}

/** Keeps a copy of the report. */
export async function backUp(path: string): Promise<void> {
  await pipeline(createReadStream(path), createWriteStream(`${path}.bak`));
}

/** Fingerprint of the report. A loop over a stream closes it, however the loop is left. */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
