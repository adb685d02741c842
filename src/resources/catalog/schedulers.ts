/**
 * Jobs that run again and again until somebody stops them.
 *
 * Most are meant to run as long as the process, so they are reported only where some path stops them.
 */
import type { CatalogFamily } from "../kind.ts";

export const schedulers: CatalogFamily = {
  family: "schedulers",
  kinds: [
    {
      id: "node-cron.ScheduledTask",
      label: "node-cron task",
      grade: "idle",
      duty: "stop",
      acquire: [
        {
          by: "call",
          module: "node-cron",
          name: "schedule",
          unless: [
            { argument: 2, property: "maxExecutions", is: { present: true } },
            { argument: 2, property: "scheduled", is: false },
          ],
        },
      ],
      release: [{ method: "destroy" }, { method: "stop" }],
      notReleasedBy: ["unref"],
      releaseTwice: "harmless",
      types: [{ module: "node-cron", name: "ScheduledTask" }],
      source: "https://nodecron.com/task-controls.html",
    },
    {
      id: "node-cron.ScheduledTask.created",
      label: "node-cron task",
      grade: "idle",
      duty: "stop",
      acquire: [
        { by: "call", module: "node-cron", name: "createTask" },
        {
          by: "call",
          module: "node-cron",
          name: "schedule",
          when: [{ argument: 2, property: "scheduled", is: false }],
        },
      ],
      release: [{ method: "destroy" }, { method: "stop" }],
      armedBy: ["start"],
      notReleasedBy: ["unref"],
      releaseTwice: "harmless",
      source: "https://www.nodecron.com/task-lifecycle.html",
    },
    {
      id: "croner.Cron",
      label: "croner job",
      grade: "idle",
      duty: "stop",
      // Without a function it only computes dates.
      acquire: [
        {
          by: "construct",
          module: "croner",
          name: "Cron",
          when: [{ argument: 1, is: { present: true } }],
          unless: [
            { argument: 2, property: "maxRuns", is: { present: true } },
            { argument: 2, property: "paused", is: true },
          ],
        },
      ],
      release: [{ method: "stop" }],
      notReleasedBy: ["pause"],
      releaseTwice: "harmless",
      types: [{ module: "croner", name: "Cron" }],
      source: "https://croner.56k.guru/usage/basics/",
    },
    {
      id: "cron.CronJob",
      label: "cron job",
      grade: "idle",
      duty: "stop",
      acquire: [
        {
          by: "construct",
          module: "cron",
          name: "CronJob",
          unless: [{ argument: 3, is: true }],
        },
        {
          by: "construct",
          module: "cron",
          name: "CronJob",
          armed: true,
          when: [{ argument: 3, is: true }],
        },
        {
          by: "call",
          module: "cron",
          name: "CronJob.from",
          unless: [{ argument: 0, property: "start", is: true }],
        },
        {
          by: "call",
          module: "cron",
          name: "CronJob.from",
          armed: true,
          when: [{ argument: 0, property: "start", is: true }],
        },
      ],
      release: [{ method: "stop" }],
      armedBy: ["start"],
      releaseTwice: "harmless",
      types: [{ module: "cron", name: "CronJob" }],
      source: "https://github.com/kelektiv/node-cron#cronjob-class",
    },
    {
      id: "node-schedule.Job",
      label: "node-schedule job",
      grade: "idle",
      duty: "stop",
      acquire: [{ by: "call", module: "node-schedule", name: "scheduleJob" }],
      release: [{ method: "cancel" }, { module: "node-schedule", name: "cancelJob", argument: 0 }],
      notReleasedBy: ["cancelNext"],
      releaseTwice: "harmless",
      types: [{ module: "node-schedule", name: "Job" }],
      source: "https://github.com/node-schedule/node-schedule#jobcancelreschedule",
    },
    {
      id: "toad-scheduler.ToadScheduler",
      label: "ToadScheduler",
      grade: "idle",
      duty: "stop",
      acquire: [{ by: "construct", module: "toad-scheduler", name: "ToadScheduler" }],
      release: [{ method: "stop" }],
      armedBy: ["addSimpleIntervalJob", "addLongIntervalJob", "addIntervalJob", "addCronJob"],
      notReleasedBy: ["stopById", "removeById"],
      releaseTwice: "harmless",
      types: [{ module: "toad-scheduler", name: "ToadScheduler" }],
      source: "https://github.com/kibertoad/toad-scheduler#api-for-schedulers",
    },
    {
      id: "xstate.Actor",
      label: "XState actor",
      grade: "should",
      duty: "stop",
      acquire: [{ by: "call", module: "xstate", name: "createActor" }],
      release: [{ method: "stop" }],
      armedBy: ["start"],
      releaseTwice: "harmless",
      types: [{ module: "xstate", name: "Actor" }],
      source: "https://stately.ai/docs/actors#stopping-actors",
    },
  ],
  functions: [],
  noDuty: [],
  closedWorlds: ["croner", "cron", "node-cron", "node-schedule"],
};
