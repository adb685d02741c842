import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";

// All of these live as long as the process unless some path stops them.
kindCases(
  "schedulers",
  {
    "node-cron.ScheduledTask": {
      leak: `const task = schedule("* * * * *", work); if (idle) return; await task.stop();`,
      release: [
        `const task = schedule("* * * * *", work); await task.destroy();`,
        `schedule("* * * * *", work);`,
      ],
      none: `schedule("* * * * *", work, { maxExecutions: 1 });`,
    },
    "node-cron.ScheduledTask.created": {
      leak: `const task = createTask("* * * * *", work); await task.start(); if (idle) return; await task.destroy();`,
      release: `const task = createTask("* * * * *", work); await task.start(); await task.destroy();`,
      automatic: `const task = createTask("* * * * *", work); if (idle) return; await task.destroy();`,
    },
    "croner.Cron": {
      leak: `const job = new Cron("* * * * *", work); if (idle) return; job.stop();`,
      release: `const job = new Cron("* * * * *", work); job.stop();`,
      none: [
        `const dates = new Cron("* * * * *"); console.log(dates.nextRun());`,
        `new Cron("* * * * *", work, { maxRuns: 1 });`,
      ],
    },
    "cron.CronJob": {
      leak: [
        `const job = new CronJob("* * * * *", work); job.start(); if (idle) return; await job.stop();`,
        `const job = new CronJob("* * * * *", work, null, true); if (idle) return; await job.stop();`,
        `const job = CronJob.from({ cronTime: "* * * * *", onTick: work, start: true }); if (idle) return; await job.stop();`,
      ],
      release: `const job = new CronJob("* * * * *", work, null, true); await job.stop();`,
      automatic: `const job = new CronJob("* * * * *", work); if (idle) return; await job.stop();`,
    },
    "node-schedule.Job": {
      leak: `const job = scheduleJob("* * * * *", work); if (idle) return; job.cancel();`,
      release: [
        `const job = scheduleJob("* * * * *", work); job.cancel();`,
        `const job = scheduleJob("* * * * *", work); cancelJob(job);`,
      ],
    },
    "toad-scheduler.ToadScheduler": {
      leak: `const scheduler = new ToadScheduler(); scheduler.addSimpleIntervalJob(job); if (idle) return; scheduler.stop();`,
      release: `const scheduler = new ToadScheduler(); scheduler.addSimpleIntervalJob(job); scheduler.stop();`,
      automatic: `const scheduler = new ToadScheduler(); if (idle) return; scheduler.stop();`,
    },
    "xstate.Actor": {
      leak: [
        `const actor = createActor(machine); actor.start(); actor.send({ type: "a" });`,
        `const actor = createActor(machine).start(); actor.send({ type: "a" });`,
      ],
      release: `const actor = createActor(machine).start(); actor.stop();`,
      automatic: `const actor = createActor(machine); console.log(actor.id);`,
    },
  },
  {
    packages: true,
    prelude: `
      import { createTask, schedule } from "node-cron";
      import { Cron } from "croner";
      import { CronJob } from "cron";
      import { cancelJob, scheduleJob } from "node-schedule";
      import { type SimpleIntervalJob, ToadScheduler } from "toad-scheduler";
      import { createActor, createMachine } from "xstate";
      declare const idle: boolean;
      declare const job: SimpleIntervalJob;
      const machine = createMachine({});
      function work(): void {}`,
  },
);

foundUnderEveryName("schedulers", {
  kind: "cron.CronJob",
  module: "cron",
  name: "CronJob",
  acquire: `new NAME("* * * * *", () => undefined)`,
  extended: "NAME",
});
foundUnderEveryName("schedulers", {
  kind: "node-cron.ScheduledTask",
  module: "node-cron",
  name: "schedule",
  acquire: `NAME("* * * * *", () => undefined)`,
  versions: { "older types": { "@types/node-cron": "node-cron-3-types" } },
});
