import path from "node:path";
import { collectorAnswers, collectorVersion, Shipper } from "./shipper.ts";
import { countLevels, firstRotated, readFrom, tail } from "./tail.ts";

const log = process.argv[2] ?? "server.log";

if (!(await collectorAnswers())) throw new Error("the collector does not answer");
console.log(`collector ${await collectorVersion()}`);

const rotated = await firstRotated(path.dirname(log));
if (rotated !== undefined) {
  const { text } = await readFrom(path.join(path.dirname(log), rotated), 0);
  console.log(rotated, await countLevels(text));
}

const shipper = new Shipper();
const running = tail(log, shipper);

process.once("SIGTERM", () => {
  running.stop();
  shipper.close();
});
