/** A command line tool: early exits, standard input, and a log that lives as long as the process. */
import { createInterface } from "node:readline";
import { LogFile } from "./log-file.ts";

const log = new LogFile("tool.log");

function fail(message: string): never {
  log.write(message);
  process.exit(2);
}

async function countLines(): Promise<number> {
  let count = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "") break;
    count++;
  }
  return count;
}

function openReport(target: string | undefined): LogFile | undefined {
  return target === undefined || target === "-" ? undefined : new LogFile(target);
}

export async function main(argv: readonly string[]): Promise<void> {
  const [target] = argv;
  if (target?.startsWith("--")) fail(`unknown option ${target}`);
  using report = openReport(target);
  const count = await countLines();
  if (report) report.write(String(count));
  else console.log(count);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
