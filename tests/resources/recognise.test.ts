import { describe, expect, it } from "vitest";
import { catalog } from "../../src/resources/catalog/index.ts";
import type { CatalogFamily, ResourceKind } from "../../src/resources/kind.ts";
import { optionHolds } from "../../src/resources/option-conditions.ts";
import { programOf, type ProgramSettings } from "../support/program.ts";

const pond = "node_modules/pond";
const files = {
  [`${pond}/package.json`]:
    '{"name":"pond","version":"1.0.0","type":"module","types":"index.d.ts"}',
  [`${pond}/index.d.ts`]: `
    export declare class Client implements Disposable { constructor(options?: object); end(): void; [Symbol.dispose](): void }
    export declare class Quiet implements Disposable { close(): void; [Symbol.dispose](): void }
    export declare class Plain { close(): void }
    export declare function connect(options?: { keep?: boolean; mode?: string }, other?: string): Client;
    export declare function both(): { left: Client; right: Client };
    export declare function serve(listener: (error: Error | null, client: Client) => void): void;
    export declare function quiet(): Client;
    export declare function shared(): Client;
    export interface Drop { dry(): void }
    export declare class Pump { drip(): Drop; getDrop(): Drop; same<T extends Drop>(drop: T): T; keep(drop: Drop): Drop; none(into: Drop[]): Drop; }
    export declare function within<T>(work: () => T): T;
    export declare function pump(): Pump;`,
};

function kind(id: string, rest: Partial<ResourceKind>): ResourceKind {
  return {
    id,
    label: id,
    grade: "must",
    duty: "close",
    acquire: [],
    release: [{ method: "end" }],
    source: "https://example.org",
    ...rest,
  };
}

const family: CatalogFamily = {
  family: "pond",
  kinds: [
    kind("pond.Client", {
      acquire: [
        { by: "construct", module: "pond", name: "Client" },
        {
          by: "call",
          module: "pond",
          name: "connect",
          unless: [{ argument: 0, property: "keep", is: false }],
        },
        {
          by: "call",
          module: "pond",
          name: "both",
          at: [{ result: "left" }, { result: "right" }],
        },
        {
          by: "call",
          module: "pond",
          name: "serve",
          at: { callback: 0, parameter: 1 },
        },
      ],
    }),
    kind("pond.Drop", {
      acquire: [
        {
          by: "result",
          module: "pond",
          name: "Drop",
          unless: [{ argument: 0, is: { present: true } }],
        },
        { by: "call", module: "pond", name: "within", typed: true },
      ],
      release: [{ method: "dry" }],
    }),
  ],
  functions: [{ module: "pond", name: "Pump.keep", returns: 0, source: "" }],
  noDuty: [
    { by: "type", module: "pond", name: "Quiet", reason: "", source: "" },
    { by: "call", module: "pond", name: "quiet", reason: "", source: "" },
  ],
  closedWorlds: ["pond"],
};

const settings: ProgramSettings = { files, families: [family] };

/** What the marked call yields, in words. */
function recognised(code: string, further: ProgramSettings = {}): string[] {
  const program = programOf(code, { ...settings, ...further });
  return program.environment.recogniser.acquisitions(program.call("x")).map((one) => {
    if (one.freshness === "body") return "as its body says";
    const place =
      one.place === undefined
        ? ""
        : "result" in one.place
          ? ` at ${one.place.result}`
          : "receiver" in one.place
            ? " in its receiver"
            : ` in parameter ${one.place.parameter} of argument ${one.place.callback}`;
    return `${one.kind.id}${place}${one.freshness === "named" ? ", by its name" : ""}${one.armed ? "" : ", not armed"}`;
  });
}

const disposable = "{ close(): void; [Symbol.dispose](): void }";

describe("the order of evidence", () => {
  it("begins with the catalog", () => {
    expect(recognised('import { Client } from "pond"; /*x*/ new Client();')).toEqual([
      "pond.Client",
    ]);
    expect(recognised('import { connect } from "pond"; /*x*/ connect();')).toEqual(["pond.Client"]);
  });

  it("believes the catalog when it says that nothing is owed", () => {
    expect(recognised('import { Quiet } from "pond"; /*x*/ new Quiet();')).toEqual([]);
    expect(recognised('import { quiet } from "pond"; /*x*/ quiet();')).toEqual([]);
    expect(
      recognised('import { Quiet } from "pond"; class Sub extends Quiet {} /*x*/ new Sub();'),
    ).toEqual([]);
  });

  it("asks nothing else of a module whose functions are all known", () => {
    expect(recognised('import { shared } from "pond"; /*x*/ shared();')).toEqual([]);
  });

  it("goes on with the dispose symbols of the type", () => {
    expect(recognised(`declare class Own ${disposable} /*x*/ new Own(); export {};`)).toEqual([
      "inferred.Own",
    ]);
    expect(
      recognised(
        `interface Own ${disposable} declare function openOwn(): Own; /*x*/ openOwn(); export {};`,
      ),
    ).toEqual(["inferred.Own, by its name"]);
  });

  it("ends with classes of the program that own a resource and release it", () => {
    const owner = (member: string) => `import { Client } from "pond";
      class Owner { client = new Client(); ${member} } export const o = /*x*/ new Owner();`;
    expect(recognised(owner("stop() { this.client.end(); }"))).toEqual(["inferred.Owner"]);
    expect(recognised(owner("stop() { console.log(this.client); }"))).toEqual([]);
    expect(recognised(owner("private stop() { this.client.end(); } run() { this.stop; }"))).toEqual(
      [],
    );
  });

  it("is not moved by a method that is called close", () => {
    expect(recognised('import { Plain } from "pond"; /*x*/ new Plain();')).toEqual([]);
    expect(recognised("declare class Door { close(): void } /*x*/ new Door(); export {};")).toEqual(
      [],
    );
  });

  it("does not call a disposer that does nothing a duty", () => {
    expect(recognised("class Own { [Symbol.dispose]() {} } /*x*/ new Own(); export {};")).toEqual(
      [],
    );
    expect(
      recognised(
        "class Own { [Symbol.dispose]() { console.log(1); } } /*x*/ new Own(); export {};",
      ),
    ).toEqual(["inferred.Own"]);
  });
});

describe("a declaration", () => {
  it.each([
    'import { Client as C } from "pond"; /*x*/ new C();',
    'import * as pond from "pond"; /*x*/ new pond.Client();',
    'import { Client } from "pond"; class Sub extends Client {} /*x*/ new Sub();',
    'import { Client } from "pond"; class A extends Client {} class B extends A {} /*x*/ new B();',
    'import { connect as c } from "pond"; /*x*/ c();',
    'import { connect } from "pond"; const c = connect; /*x*/ c();',
    'import * as pond from "pond"; const { connect: c } = pond; /*x*/ c();',
    'import { connect } from "pond"; (/*x*/ connect!());',
  ])("is found under every name: %s", (code) => {
    expect(recognised(code)).toEqual(["pond.Client"]);
  });

  it("is found through files that export it again", () => {
    expect(
      recognised('import { reach } from "./again.ts"; /*x*/ reach();', {
        files: { ...files, "again.ts": 'export { connect as reach } from "pond";' },
      }),
    ).toEqual(["pond.Client"]);
  });

  it("of the user's own with the same name is another", () => {
    expect(recognised("class Client { end() {} } /*x*/ new Client(); export {};")).toEqual([]);
    expect(recognised("function connect() { return 1; } /*x*/ connect(); export {};")).toEqual([]);
    expect(recognised("declare function connect(): object; /*x*/ connect(); export {};")).toEqual(
      [],
    );
  });

  it("says where in the result, or in which parameter, the resources are", () => {
    expect(recognised('import { both } from "pond"; /*x*/ both();')).toEqual([
      "pond.Client at left",
      "pond.Client at right",
    ]);
    expect(
      recognised('import { serve } from "pond"; /*x*/ serve((error, client) => [error, client]);'),
    ).toEqual(["pond.Client in parameter 1 of argument 0"]);
  });

  it("is not there for what cannot be resolved", () => {
    const broken: ProgramSettings = { broken: true };
    expect(recognised('import { Client } from "nowhere"; /*x*/ new Client();', broken)).toEqual([]);
    expect(recognised("declare const o: any; /*x*/ o.connect();")).toEqual([]);
    expect(recognised("declare const f: any; /*x*/ new f();")).toEqual([]);
    expect(recognised("declare const f: (() => object)[]; /*x*/ f[0]!(); export {};")).toEqual([]);
  });
});

describe("a type that says that its values are new", () => {
  const made = (call: string, before = "") =>
    recognised(`import { type Drop, Pump, pump, within } from "pond";
      ${before} declare const drop: Drop; declare const drops: Drop[];
      /*x*/ ${call}; export const used = [drop, drops, pump, within, Pump];`);

  it("is enough, whatever the function is called", () => {
    expect(made("pump().drip()")).toEqual(["pond.Drop"]);
    expect(made("other()", "declare function other(): Drop;")).toEqual(["pond.Drop"]);
    expect(made("other.onDrop()", "declare const other: { onDrop: () => Promise<Drop> };")).toEqual(
      ["pond.Drop"],
    );
  });

  it("is not enough for a lookup, or what a fact says to be its argument", () => {
    expect(made("pump().getDrop()")).toEqual([]);
    expect(made("pump().keep(drop)")).toEqual([]);
  });

  it("is not enough where a condition counts against it", () => {
    expect(made("pump().none(drops)")).toEqual([]);
  });

  it("is not enough for a function of others that passes its argument through", () => {
    expect(made("own(drop)", "declare function own<T extends Drop>(one: T): T;")).toEqual([]);
  });

  it("is not enough where the body makes nothing at all", () => {
    expect(made("own()", "function own(): Drop { return drops[0]!; }")).toEqual([]);
  });

  it("is not enough where a body can say more", () => {
    expect(made("own()", "function own(): Drop { return drops.slice(1)[0]!; }")).toEqual([
      "as its body says",
    ]);
  });

  it("decides what a function makes that returns what its callback does", () => {
    expect(made("within(() => pump().drip())")).toEqual(["pond.Drop"]);
    expect(made("within(() => 1)")).toEqual([]);
  });
});

describe("options", () => {
  const connected = (args: string) =>
    recognised(`import { connect } from "pond";
      declare const options: { keep: boolean }; declare const keep: boolean;
      /*x*/ connect(${args}); export const used = [options, keep];`);

  it.each(["", "{}", "{ keep: true }", "{ mode: 'a' }"])("that do not say so: (%s)", (args) => {
    expect(connected(args)).toEqual(["pond.Client"]);
  });

  it.each(["{ keep: false }", "{ 'keep': false }", "{ mode: 'a', keep: false }"])(
    "that say so: (%s)",
    (args) => {
      expect(connected(args)).toEqual([]);
    },
  );

  it.each(["options", "{ ...options }", "{ keep }", "{ keep: keep }", "{ keep: !keep }"])(
    "that cannot be read count against a report: (%s)",
    (args) => {
      expect(connected(args)).toEqual([]);
    },
  );

  it("are true, false or unknown", () => {
    const holds = (
      text: string,
      is: boolean | string | number | null | { present: boolean },
      property?: string,
    ) => {
      const program = programOf(
        `declare const o: any; declare const f: any; /*x*/ f(${text}); export {};`,
      );
      const call = program.call("x");
      return optionHolds(
        { argument: 0, is, ...(property === undefined ? {} : { property }) },
        call.arguments ?? [],
      );
    };
    expect(holds("true", true)).toBe(true);
    expect(holds("false", true)).toBe(false);
    expect(holds("", true)).toBe(false);
    expect(holds("", { present: false })).toBe(true);
    expect(holds("1", { present: true })).toBe(true);
    expect(holds("'a'", "a")).toBe(true);
    expect(holds("`a`", "a")).toBe(true);
    expect(holds("'b'", "a")).toBe(false);
    expect(holds("12", 12)).toBe(true);
    expect(holds("null", null)).toBe(true);
    expect(holds("o", true)).toBe("unknown");
    expect(holds("{ a: true }", true, "a")).toBe(true);
    expect(holds("{ b: true }", true, "a")).toBe(false);
    expect(holds("{ b: true }", { present: false }, "a")).toBe(true);
    expect(holds("{ a: o }", { present: true }, "a")).toBe(true);
    expect(holds("{ a: o }", true, "a")).toBe("unknown");
    expect(holds("{ a() {} }", { present: true }, "a")).toBe(true);
    expect(holds("'text'", true, "a")).toBe(false);
    expect(holds("o", true, "a")).toBe("unknown");
    expect(holds("{ ...o }", true, "a")).toBe("unknown");
    // What is written behind a spread wins over it.
    expect(holds("{ ...o, a: true }", true, "a")).toBe(true);
    expect(holds("{ a: true, ...o }", true, "a")).toBe("unknown");
    expect(holds("{ [o]: true }", true, "a")).toBe("unknown");
    expect(holds("...o", true)).toBe("unknown");
    expect(holds("undefined", true)).toBe(false);
    expect(holds("{ a: undefined }", true, "a")).toBe(false);
    expect(holds("(true)", true)).toBe(true);
    expect(holds("({ a: true } as any)", true, "a")).toBe(true);
  });
});

describe("functions without a body", () => {
  const own = `interface Own ${disposable} declare const o: any;`;
  const called = (declaration: string, call: string) =>
    recognised(`${own} ${declaration} /*x*/ ${call}; export const used = o;`);

  it.each(["open", "createOwn", "makeOwn", "acquireOwn", "connect", "subscribe", "newOwn"])(
    "make what they return when they are called %s",
    (name) => {
      expect(called(`declare function ${name}(): Own;`, `${name}()`)).toEqual([
        "inferred.Own, by its name",
      ]);
    },
  );

  it.each(["getOwn", "own", "currentOwn", "findOwn", "opener", "newest"])(
    "lend it when they are called %s",
    (name) => {
      expect(called(`declare function ${name}(): Own;`, `${name}()`)).toEqual([]);
    },
  );

  it("make what they promise, but for verbs that look something up", () => {
    expect(called("declare function own(): Promise<Own>;", "own()")).toEqual([
      "inferred.Own, by its name",
    ]);
    for (const name of ["getOwn", "resolveOwn", "waitForOwn", "requireOwn"])
      expect(called(`declare function ${name}(): Promise<Own>;`, `${name}()`)).toEqual([]);
  });

  it("may return nothing as well", () => {
    expect(called("declare function openOwn(): Own | undefined;", "openOwn()")).toEqual([
      "inferred.Own, by its name",
    ]);
  });

  it("pass through what they are given", () => {
    expect(called("declare function openAll<T>(value: T): T;", "openAll(o as Own)")).toEqual([]);
    expect(called("declare function openSame(value: Own): Own;", "openSame(o)")).toEqual([
      "inferred.Own, by its name",
    ]);
    expect(called("declare function openSame(value: Own): Own;", "openSame(o as Own)")).toEqual([]);
  });
});

describe("functions of the program", () => {
  it("are asked what they return when that could hold a resource", () => {
    const of = (body: string) =>
      recognised(
        `import { connect } from "pond"; function f() { ${body} } /*x*/ f(); export const used = connect;`,
      );
    expect(of("return connect();")).toEqual(["as its body says"]);
    expect(of("return { client: connect() };")).toEqual(["as its body says"]);
    expect(of("return [connect()];")).toEqual(["as its body says"]);
    expect(of("return 'text';")).toEqual([]);
    expect(of("connect();")).toEqual([]);
    expect(of("return { text: 'text' };")).toEqual([]);
  });

  it("that are generators owe when leaving them half-way matters", () => {
    const of = (body: string) =>
      recognised(`function* f(o: any) { ${body} } /*x*/ f(1); export {};`, { families: catalog });
    expect(of("try { yield 1; } finally { o.close(); }")).toEqual([
      "inferred.generator f(), not armed",
    ]);
    expect(of("using h = o; yield h;")).toEqual(["inferred.generator f(), not armed"]);
    expect(of("yield 1; o.close();")).toEqual([]);
    expect(of("yield 1; try { o.read(); } finally { o.close(); }")).toEqual([]);
    expect(of("try { yield 1; } catch { o.close(); }")).toEqual([]);
  });
});

describe("asking the checker", () => {
  /** How often the type of a node was asked for while the marked call was looked at. */
  function asked(code: string): number {
    const { environment, ...program } = withCall(code);
    const { types } = environment;
    const original = types.typeOf.bind(types);
    let count = 0;
    types.typeOf = (node) => {
      count++;
      return original(node);
    };
    environment.recogniser.acquisitions(program.call);
    return count;
  }
  function withCall(code: string) {
    const program = programOf(code, settings);
    return { environment: program.environment, call: program.call("x") };
  }

  it("is spared for names that look something up, and for callees without a name", () => {
    expect(asked("declare function getOwn(): Disposable; /*x*/ getOwn(); export {};")).toBe(0);
    expect(asked("declare const f: any; /*x*/ f[0](); export {};")).toBe(0);
    expect(asked("declare const f: any; /*x*/ f()(); export {};")).toBe(0);
  });

  it("is spared for functions of the catalog and of modules that are known", () => {
    expect(asked('import { connect } from "pond"; /*x*/ connect();')).toBe(0);
    expect(asked('import { shared } from "pond"; /*x*/ shared();')).toBe(0);
    expect(asked("/*x*/ parseInt('1');")).toBe(0);
  });

  it("happens once for a call", () => {
    const { environment, call } = withCall(
      "declare function openOwn(): Disposable; /*x*/ openOwn(); export {};",
    );
    const first = environment.recogniser.acquisitions(call);
    expect(environment.recogniser.acquisitions(call)).toBe(first);
  });
});
