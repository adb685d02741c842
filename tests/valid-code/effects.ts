/** Effects in the manner of UI frameworks: the cleanup that an effect returns releases. */
import { watch } from "node:fs";
import { LogFile } from "./log-file.ts";

type Cleanup = () => void;
type Effect = () => Cleanup | undefined;

export class Scope implements Disposable {
  readonly #cleanups: Cleanup[] = [];

  run(effect: Effect): void {
    const cleanup = effect();
    if (cleanup !== undefined) this.#cleanups.push(cleanup);
  }

  [Symbol.dispose](): void {
    for (const cleanup of this.#cleanups.splice(0).reverse()) cleanup();
  }
}

export function watchFolder(scope: Scope, path: string, onChange: (name: string) => void): void {
  scope.run(() => {
    const watcher = watch(path, (_event, name) => {
      if (name !== null) onChange(name);
    });
    return () => watcher.close();
  });
}

export function tick(scope: Scope, every: number, onTick: () => void): void {
  scope.run(() => {
    const timer = setInterval(onTick, every);
    return () => clearInterval(timer);
  });
}

export function logWhile(scope: Scope, path: string, enabled: boolean): void {
  scope.run(() => {
    if (!enabled) return undefined;
    const file = new LogFile(path);
    return () => {
      file.close();
    };
  });
}
