import path from "node:path";
import { Pool } from "pg";
import {
  backUp,
  fingerprint,
  markExported,
  ordersSince,
  readSettings,
  writeCsv,
} from "./export.ts";

const settings = readSettings(process.argv[2] ?? "export.json");
const report = path.join(settings.folder, `orders-${settings.since}.csv`);
const pool = new Pool({ max: 10 });

const rows = await ordersSince(pool, settings.since);
if ((await writeCsv(report, rows)) > 0) {
  await markExported(
    pool,
    rows.map(({ id }) => id),
  );
  backUp(report);
  console.log(`${report} ${await fingerprint(report)}`);
}
await pool.end();
