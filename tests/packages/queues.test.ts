/** Job queues and schedulers. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "bullmq.Queue": {
    imports: 'import { Queue } from "bullmq";',
    acquire: 'const x = new Queue("a")',
    use: 'await x.add("a", {})',
    release: "await x.close()",
    notReleased: "await x.drain()",
  },
  "bullmq.Worker": {
    imports: 'import { Worker } from "bullmq";',
    acquire: 'const x = new Worker("a", async () => undefined)',
    use: "await x.waitUntilReady()",
    release: "await x.close()",
    automatic: 'x.once("closed", () => undefined)',
  },
  "bullmq.QueueEvents": {
    imports: 'import { QueueEvents } from "bullmq";',
    acquire: 'const x = new QueueEvents("a")',
    use: "await x.waitUntilReady()",
    release: "await x.close()",
  },
  "bullmq.FlowProducer": {
    imports: 'import { FlowProducer } from "bullmq";',
    acquire: "const x = new FlowProducer()",
    use: "await x.waitUntilReady()",
    release: "await x.close()",
  },
  "bull.Queue": {
    imports: 'import Queue from "bull";',
    acquire: 'const x = new Queue("a")',
    use: "await x.add({})",
    release: "await x.close()",
  },
};

packageKinds(rule, "queues", kinds);

packageKinds(
  rule,
  "queues",
  {
    "bullmq.Queue": kinds["bullmq.Queue"],
    "bullmq.Worker": kinds["bullmq.Worker"],
    "bullmq.QueueEvents": kinds["bullmq.QueueEvents"],
  },
  { versions: { bullmq: "bullmq-older" } },
);

foundUnderEveryName("queues", {
  kind: "bullmq.Queue",
  module: "bullmq",
  name: "Queue",
  acquire: `new NAME("a")`,
  extended: "NAME",
  versions: { "older types": { bullmq: "bullmq-older" } },
});

packageKinds("no-unstoppable-task", "queues", {
  "agenda.Agenda": {
    imports: 'import { Agenda, type AgendaOptions } from "agenda";',
    given: "options: AgendaOptions",
    acquire: "const x = new Agenda(options)",
    use: "await x.start()",
    release: "await x.stop()",
    notReleased: "await x.cancel({})",
  },
});
