/** Dependency injection: the container owns what its factories make, users of services borrow. */
import { LogFile } from "./log-file.ts";

type Factory<T> = (container: Container) => T;

export class Container implements Disposable {
  readonly #stack = new DisposableStack();
  #log: LogFile | undefined;

  get log(): LogFile {
    return (this.#log ??= this.#stack.use(new LogFile("container.log")));
  }

  own<T extends Disposable>(make: Factory<T>): T {
    return this.#stack.use(make(this));
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}

export class Audit implements Disposable {
  readonly #log: LogFile;
  readonly #ownsLog: boolean;

  constructor(options: { log?: LogFile; path: string }) {
    this.#ownsLog = options.log === undefined;
    this.#log = options.log ?? new LogFile(options.path);
  }

  note(text: string): void {
    this.#log.write(text);
  }

  [Symbol.dispose](): void {
    if (this.#ownsLog) this.#log.close();
  }
}

export function run(texts: readonly string[]): void {
  using container = new Container();
  const audit = container.own((services) => new Audit({ log: services.log, path: "audit.log" }));
  for (const text of texts) audit.note(text);
  container.own(() => new LogFile("run.log")).write("done");
}
