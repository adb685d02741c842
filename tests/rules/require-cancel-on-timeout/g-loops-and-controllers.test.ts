import { verdicts } from "../../support/verdicts.ts";

const cluster = `import { ClusterClient, type Subscription } from "./kit/cluster.js";
  import { sleep } from "./helpers/timers.ts";\n`;

verdicts("require-cancel-on-timeout", "G57 a loop with a deadline", {
  "a pending registration": {
    leak: {
      throws: `${cluster}
        export async function subscription(client: ClusterClient, channel: string, ms: number) {
          const id = client.addSubscription(channel); //! notCancelled
          const deadline = Date.now() + ms;
          while (Date.now() < deadline) {
            const found = client.findSubscription(id);
            if (found !== undefined) return found;
            await sleep(10);
          }
          throw new Error("timed out");
        }`,
      "returns from the loop": `${cluster}
        export class Feed {
          constructor(private readonly client: ClusterClient) {}
          async open(channel: string, ms: number): Promise<Subscription | undefined> {
            const start = performance.now();
            const id = this.client.addSubscription(channel); //! notCancelled
            for (;;) {
              const found = this.client.findSubscription(id);
              if (found) return found;
              if (performance.now() - start > ms) return undefined;
              await sleep(10);
            }
          }
        }`,
      "an arrow function": `${cluster}
        export const subscription = async (client: ClusterClient, ms: number) => {
          const id = client.addSubscription("orders"); //! notCancelled
          const until = Date.now() + ms;
          let found: Subscription | undefined;
          do {
            found = client.findSubscription(id);
            await sleep(1);
          } while (found === undefined && Date.now() <= until);
          return found;
        };`,
      "what was asked for is an object": `import { sleep } from "./helpers/timers.ts";
        interface Registration { readonly id: number }
        interface Hub {
          register(topic: string): Registration;
          poll(registration: Registration): string | undefined;
          unregister(registration: Registration): void;
        }
        export async function first(hub: Hub, ms: number) {
          const registration = hub.register("orders"); //! notCancelled
          const end = Date.now() + ms;
          while (Date.now() < end) {
            const found = hub.poll(registration);
            if (found !== undefined) return found;
            await sleep(10);
          }
          return undefined;
        }`,
      "so many tries": `${cluster}
        export async function subscription(client: ClusterClient, channel: string) {
          const id = client.addSubscription(channel); //! notCancelled
          for (let tries = 0; tries < 10; tries++) {
            const found = client.findSubscription(id);
            if (found !== undefined) return found;
            await sleep(100);
          }
          throw new Error("no answer");
        }`,
    },
    fine: {
      "so many tries, then cancelled": `${cluster}
        export async function subscription(client: ClusterClient, channel: string) {
          const id = client.addSubscription(channel);
          for (let tries = 0; tries < 10; tries++) {
            const found = client.findSubscription(id);
            if (found !== undefined) return found;
            await sleep(100);
          }
          client.cancelSubscription(id);
          throw new Error("no answer");
        }`,
      cancelled: `${cluster}
        export async function subscription(client: ClusterClient, channel: string, ms: number) {
          const id = client.addSubscription(channel);
          const deadline = Date.now() + ms;
          while (Date.now() < deadline) {
            const found = client.findSubscription(id);
            if (found !== undefined) return found;
            await sleep(10);
          }
          client.cancelSubscription(id);
          throw new Error("timed out");
        }`,
      kept: `${cluster}
        export class Feed {
          private readonly ids = new Set<bigint>();
          constructor(private readonly client: ClusterClient) {}
          async open(channel: string, ms: number) {
            const id = this.client.addSubscription(channel);
            this.ids.add(id);
            const deadline = Date.now() + ms;
            while (Date.now() < deadline) {
              const found = this.client.findSubscription(id);
              if (found !== undefined) return found;
              await sleep(10);
            }
            throw new Error("timed out");
          }
        }`,
      "no deadline": `${cluster}
        export async function subscription(client: ClusterClient, channel: string) {
          const id = client.addSubscription(channel);
          for (;;) {
            const found = client.findSubscription(id);
            if (found !== undefined) return found;
            await sleep(10);
          }
        }`,
      "nothing to cancel": `${cluster}
        export async function until(ready: (id: number) => boolean, ms: number) {
          const id = Math.floor(ms);
          const deadline = Date.now() + ms;
          while (Date.now() < deadline) {
            if (ready(id)) return true;
            await sleep(10);
          }
          return false;
        }`,
    },
  },
});

verdicts("require-cancel-on-timeout", "G62 controllers and received signals", {
  "a signal that nothing aborts": {
    leak: {
      "a listener": `
        export function watch(target: EventTarget, seen: () => void) {
          const controller = new AbortController(); //! neverAborted
          target.addEventListener("change", seen, { signal: controller.signal });
        }`,
      "work that nobody awaits": `${cluster}
        export async function status(client: ClusterClient) {
          const controller = new AbortController(); //! neverAborted
          const answer = client.request("status", { signal: controller.signal });
          const latency = await client.ping();
          return { answer, latency };
        }`,
    },
    fine: {
      aborted: `
        export async function watch(target: EventTarget, seen: () => void, ms: number) {
          const controller = new AbortController();
          target.addEventListener("change", seen, { signal: controller.signal });
          await new Promise((resolve) => setTimeout(resolve, ms));
          controller.abort();
        }`,
      returned: `
        export function watch(target: EventTarget, seen: () => void) {
          const controller = new AbortController();
          target.addEventListener("change", seen, { signal: controller.signal });
          return () => controller.abort();
        }`,
      kept: `
        export class Watch {
          private controller: AbortController | undefined;
          start(target: EventTarget, seen: () => void) {
            const controller = new AbortController();
            this.controller = controller;
            target.addEventListener("change", seen, { signal: controller.signal });
          }
          stop() { this.controller?.abort(); }
        }`,
    },
    strict: {
      "what is awaited": `
        export async function load(url: string) {
          const controller = new AbortController(); //! neverAborted
          return await fetch(url, { signal: controller.signal });
        }`,
    },
  },
  "a controller that nobody listens to": {
    leak: {
      "a guard timer": `
        export async function isHealthy(url: string, ms: number) {
          const controller = new AbortController(); //! unheard
          const timer = setTimeout(() => controller.abort(), ms);
          try {
            return (await fetch(url, {})).ok;
          } finally {
            clearTimeout(timer);
          }
        }`,
      "in an arrow function, aborted where it fails": `
        export const load = async (url: string) => {
          const controller = new AbortController(); //! unheard
          try {
            return await fetch(url);
          } catch (error) {
            controller.abort(error);
            throw error;
          }
        };`,
      "its signal taken apart and forgotten": `
        export async function load(url: string) {
          const controller = new AbortController(); //! unheard
          const { signal } = controller;
          try {
            return await fetch(url);
          } finally {
            controller.abort();
          }
        }`,
      "its signal under another name, with a cast, and forgotten": `
        export async function load(url: string) {
          const controller = (new AbortController()); //! unheard
          const stop = (controller.signal as AbortSignal)!;
          try {
            return await fetch(url);
          } finally {
            controller!.abort();
          }
        }`,
      "its signal taken apart behind a cast, and forgotten": `
        export async function load(url: string) {
          const controller = new AbortController() satisfies object; //! unheard
          const { signal } = (controller as AbortController);
          try {
            return await fetch(url);
          } finally {
            (controller as AbortController).abort();
          }
        }`,
      "its signal under another name, and forgotten": `
        export async function load(url: string) {
          const controller = new AbortController(); //! unheard
          const stop = controller.signal;
          try {
            return await fetch(url);
          } finally {
            controller.abort();
          }
        }`,
    },
    fine: {
      "passed on": `
        export async function isHealthy(url: string, ms: number) {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), ms);
          try {
            return (await fetch(url, { signal: controller.signal })).ok;
          } finally {
            clearTimeout(timer);
          }
        }`,
      "taken apart and passed on": `
        export async function load(url: string) {
          const controller = new AbortController();
          const { signal } = controller;
          try {
            return await fetch(url, { signal });
          } finally {
            controller.abort();
          }
        }`,
      "asked by a loop": `
        export async function poll(url: string, ms: number) {
          const controller = new AbortController();
          setTimeout(() => controller.abort(), ms).unref();
          while (!controller.signal.aborted) await fetch(url, { method: "HEAD" });
        }`,
      "given away itself": `
        export function load(url: string, start: (controller: AbortController) => void) {
          const controller = new AbortController();
          start(controller);
          return { url, stop: () => controller.abort() };
        }`,
      "under another name": `
        export function load(url: string) {
          const controller = new AbortController();
          const other = controller;
          const answer = fetch(url, { signal: other.signal });
          return { answer, stop: () => controller.abort() };
        }`,
    },
  },
  "a received signal that is not passed on": {
    strict: {
      "a parameter": `
        export async function load(url: string, signal: AbortSignal) {
          signal.throwIfAborted();
          return await fetch(url); //! signalNotForwarded
        }`,
      "an option": `${cluster}
        export async function status(client: ClusterClient, options: { signal?: AbortSignal }) {
          options.signal?.throwIfAborted();
          return client.request("status"); //! signalNotForwarded
        }`,
      destructured: `
        export const load = async (url: string, { signal }: { signal: AbortSignal }) => {
          signal.throwIfAborted();
          return (await fetch(url, { method: "HEAD" })).ok; //! signalNotForwarded
        };`,
    },
    fine: {
      "passed on": `
        export const load = async (url: string, signal: AbortSignal) => await fetch(url, { signal });`,
      "options passed on": `
        export const load = async (url: string, options: { signal: AbortSignal }) => await fetch(url, options);`,
      "no signal": `
        export const load = async (url: string) => await fetch(url);`,
    },
  },
});
