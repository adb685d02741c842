/** The Aeron story in three styles: a subscription that is waited for too long, and every retry leaves one more. */
import { verdicts } from "../../support/verdicts.ts";

const types = `
  interface Subscription { poll(): string | undefined; close(): void }
  interface Aeron { subscribe(channel: string): Promise<Subscription>; close(): void }
  declare function connect(directory: string): Promise<Aeron>;
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n`;

verdicts("require-cancel-on-timeout", "the story of Aeron", {
  "a class": {
    leak: {
      "the race in the loop": `${types}
        export class Feed {
          #subscription: Subscription | undefined;
          readonly #aeron: Aeron;
          constructor(aeron: Aeron) { this.#aeron = aeron; }
          async open(channel: string, attempts: number, ms: number): Promise<void> {
            for (let attempt = 0; attempt < attempts; attempt++) {
              let timer: NodeJS.Timeout | undefined;
              try {
                this.#subscription = await Promise.race([
                  this.#aeron.subscribe(channel), //! lateResult
                  new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error("late")), ms); }),
                ]);
                return;
              } catch {
                await pause(100);
              } finally {
                clearTimeout(timer);
              }
            }
            throw new Error("no subscription");
          }
          close(): void { this.#subscription?.close(); }
        }`,
    },
    fine: {
      "the late one is closed": `${types}
        export class Feed {
          #subscription: Subscription | undefined;
          readonly #aeron: Aeron;
          constructor(aeron: Aeron) { this.#aeron = aeron; }
          async open(channel: string, attempts: number, ms: number): Promise<void> {
            for (let attempt = 0; attempt < attempts; attempt++) {
              let timer: NodeJS.Timeout | undefined;
              const pending = this.#aeron.subscribe(channel);
              try {
                this.#subscription = await Promise.race([
                  pending,
                  new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error("late")), ms); }),
                ]);
                return;
              } catch {
                pending.then((late) => late.close(), () => undefined);
                await pause(100);
              } finally {
                clearTimeout(timer);
              }
            }
            throw new Error("no subscription");
          }
          close(): void { this.#subscription?.close(); }
        }`,
    },
  },
  functions: {
    leak: {
      "a helper that gives up": `${types}
        function within<T>(operation: Promise<T>, ms: number): Promise<T> {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            operation.then(
              (value) => { clearTimeout(timer); resolve(value); },
              (error: unknown) => { clearTimeout(timer); reject(error); },
            );
          });
        }
        async function subscribe(aeron: Aeron, channel: string, attempts: number): Promise<Subscription> {
          try {
            return await within(aeron.subscribe(channel), 5000); //! lateResult
          } catch (error) {
            if (attempts === 0) throw error;
            return await subscribe(aeron, channel, attempts - 1);
          }
        }
        export async function first(directory: string) {
          const aeron = await connect(directory);
          try {
            return (await subscribe(aeron, "orders", 3)).poll();
          } finally {
            aeron.close();
          }
        }`,
    },
    fine: {
      "a helper that is told how to release": `${types}
        async function within<T>(operation: Promise<T>, ms: number, release: (late: T) => void): Promise<T> {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error("late")), ms); });
          try {
            return await Promise.race([operation, late]);
          } catch (error) {
            operation.then(release, () => undefined);
            throw error;
          } finally {
            clearTimeout(timer);
          }
        }
        export const subscribe = (aeron: Aeron, channel: string) =>
          within(aeron.subscribe(channel), 5000, (late) => late.close());`,
    },
  },
  "a promise chain": {
    leak: {
      "then and catch": `${types}
        const expire = (ms: number): Promise<never> => pause(ms).then(() => { throw new Error("late"); });
        export const subscribe = (aeron: Aeron, channel: string, attempts: number): Promise<Subscription> =>
          Promise.race([aeron.subscribe(channel), expire(5000)]).catch((error: unknown) => { //! lateResult
            if (attempts === 0) throw error;
            return subscribe(aeron, channel, attempts - 1);
          });`,
    },
    fine: {
      "then and catch": `${types}
        const expire = (ms: number): Promise<never> => pause(ms).then(() => { throw new Error("late"); });
        export const subscribe = (aeron: Aeron, channel: string, attempts: number): Promise<Subscription> => {
          const pending = aeron.subscribe(channel);
          return Promise.race([pending, expire(5000)]).catch((error: unknown) => {
            pending.then((late) => late.close(), () => undefined);
            if (attempts === 0) throw error;
            return subscribe(aeron, channel, attempts - 1);
          });
        };`,
    },
  },
});
