import { ClusterClient, isHealthy, versionOf } from "./client.ts";

const monitor = process.env["NATS_MONITOR"] ?? "http://127.0.0.1:8222";
const servers = (process.env["NATS_SERVERS"] ?? "127.0.0.1:4222").split(",");
const [subject = "time", question = ""] = process.argv.slice(2);

if (!(await isHealthy(monitor, 2000))) console.warn(`${monitor} is not well`);
console.log(`version ${(await versionOf(monitor, 2000)) ?? "unknown"}`);

const client = new ClusterClient({ servers, attempts: 5, patience: 3000 });
await client.connect();
try {
  console.log(await client.ask(subject, question));
} finally {
  await client.close();
}
