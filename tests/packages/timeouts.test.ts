/** Helpers that give up waiting, and functions whose promise is a timer, against the types of their packages. */
import { packageVerdicts } from "../support/packages.ts";

packageVerdicts("require-cancel-on-timeout", "helpers of packages", {
  "p-timeout": {
    leak: {
      "it takes a signal and gets none": `
import pTimeout from "p-timeout";
export const load = (url: string) => pTimeout(fetch(url), { milliseconds: 5000 }); //! noSignal`,
      "a late result, under another name": `
import { open } from "node:fs/promises";
import within from "p-timeout";
export const handle = (path: string) => within(open(path), { milliseconds: 5000 }); //! lateResult`,
      "a client of a pool": `
import pTimeout from "p-timeout";
import { Pool } from "pg";
const pool = new Pool();
export async function count(): Promise<number> {
  const client = await pTimeout(pool.connect(), { milliseconds: 500 }); //! lateResult
  try {
    return (await client.query("select 1")).rowCount ?? 0;
  } finally {
    client.release();
  }
}`,
    },
    fine: {
      "a signal of its own": `
import pTimeout from "p-timeout";
export const load = (url: string) =>
  pTimeout(fetch(url, { signal: AbortSignal.timeout(5000) }), { milliseconds: 6000 });`,
      "it cancels what can be cancelled": `
import pTimeout from "p-timeout";
declare function download(url: string): Promise<string> & { cancel(): void };
export const load = (url: string) => pTimeout(download(url), { milliseconds: 5000 });`,
      "the late one is released": `
import { open } from "node:fs/promises";
import pTimeout from "p-timeout";
export async function handle(path: string) {
  const pending = open(path);
  try {
    return await pTimeout(pending, { milliseconds: 5000 });
  } catch (error) {
    pending.then((late) => late.close(), () => undefined);
    throw error;
  }
}`,
    },
  },
  bluebird: {
    leak: {
      "it could be cancelled": `
import Bluebird from "bluebird";
export const load = (url: string) => Bluebird.resolve(fetch(url)).timeout(5000); //! notCancelled`,
    },
  },
  "promise-timeout": {
    leak: {
      "it takes a signal and gets none": `
import { timeout } from "promise-timeout";
export const load = (url: string) => timeout(fetch(url), 5000); //! noSignal`,
    },
    fine: {
      "a signal": `
import { timeout } from "promise-timeout";
export const load = (url: string) => timeout(fetch(url, { signal: AbortSignal.timeout(5000) }), 5000);`,
    },
  },
  "helpers that stop what they give up on": {
    fine: {
      "a lock that is taken too late": `
import { Mutex, withTimeout } from "async-mutex";
const mutex = withTimeout(new Mutex(), 500);
export const locked = (work: () => Promise<void>) => mutex.runExclusive(work);`,
      "a process": `
import { execa } from "execa";
export const build = async () => (await execa("make", { timeout: 5000 })).stdout;`,
    },
  },
});

packageVerdicts("no-dangling-timeout", "timers of packages", {
  delay: {
    leak: {
      "nothing can clear it": `
import delay from "delay";
export const first = (work: Promise<string>) => Promise.race([work, delay(5000)]); //! cannotBeCleared`,
    },
    fine: {
      "a signal": `
import delay from "delay";
export async function first(work: Promise<string>) {
  const won = new AbortController();
  try {
    return await Promise.race([work, delay(5000, { signal: won.signal })]);
  } finally {
    won.abort();
  }
}`,
      "a pause": `
import delay from "delay";
export const soon = async () => { await delay(5000); };`,
    },
  },
  bluebird: {
    leak: {
      "nothing can clear it": `
import Bluebird from "bluebird";
export const first = (work: Promise<string>) => Promise.race([work, Bluebird.delay(5000)]); //! cannotBeCleared`,
    },
  },
  "p-timeout": {
    fine: {
      "it clears its timer": `
import pTimeout from "p-timeout";
export const first = (work: Promise<string>) => pTimeout(work, { milliseconds: 5000 });`,
    },
  },
});

packageVerdicts("require-cancel-on-timeout", "clients that connect when they are told to", {
  "a client that may live as long as the program": {
    leak: {
      "nobody disconnects it": `
import { Redis } from "ioredis";
import { setTimeout as sleep } from "node:timers/promises";
export async function open(url: string): Promise<Redis> {
  const redis = new Redis(url, { lazyConnect: true });
  await Promise.race([redis.connect(), sleep(1000).then(() => Promise.reject(new Error("late")))]); //! notCancelled
  return redis;
}`,
      "the next try makes another": `
import { createClient } from "redis";
const late = (ms: number) =>
  new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), ms).unref());
export async function open(url: string) {
  for (;;) {
    const client = createClient({ url });
    try {
      await Promise.race([client.connect(), late(1000)]); //! lateResult
      return client;
    } catch {
      continue;
    }
  }
}`,
    },
    fine: {
      "the timeout path disconnects it": `
import { Redis } from "ioredis";
const late = (ms: number) =>
  new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), ms).unref());
export async function open(url: string): Promise<Redis> {
  const redis = new Redis(url, { lazyConnect: true });
  try {
    await Promise.race([redis.connect(), late(1000)]);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}`,
      "every try ends what the last one left": `
import type { Cluster } from "ioredis";
const late = (ms: number) =>
  new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), ms).unref());
export async function reconnect(cluster: Cluster): Promise<void> {
  cluster.disconnect(false);
  await Promise.race([cluster.connect(), late(1000)]);
}`,
    },
  },
});
