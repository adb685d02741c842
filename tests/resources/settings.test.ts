/** What users declare in `settings['resource-hygiene']`, and what they are told when it is wrong. */
import { catalog } from "../../src/resources/catalog/index.ts";
import { builtInCatalog, effectiveCatalog } from "../../src/resources/effective-catalog.ts";
import type { ResourceKind } from "../../src/resources/kind.ts";
import {
  type CacheSetting,
  type ConnectionSetting,
  defineSettings,
  type KindSetting,
  type Settings,
} from "../../src/resources/settings.ts";

const key = 'settings["resource-hygiene"]';

/** The sentence with which the settings are refused. */
function refusal(settings: unknown): string {
  try {
    effectiveCatalog(settings, "/project");
  } catch (error) {
    const { message, stack } = error as Error;
    expect(stack).toBe(message);
    return message;
  }
  throw new Error("the settings are accepted");
}

function kindOf(settings: Settings, id: string): ResourceKind | undefined {
  return effectiveCatalog(settings, "/project").kinds.find((kind) => kind.id === id);
}

const acquire = [{ by: "call", module: "acme", name: "open" }] as const;
const release = [{ method: "close" }] as const;
const make = [{ by: "construct", module: "acme", name: "Cache" }] as const;

describe("a wrong setting", () => {
  it.each<[string, unknown, string]>([
    ["no object", "pg", `${key} is "pg"; allowed: an object.`],
    ["null", null, `${key} is null; allowed: an object.`],
    ["a list", [], `${key} is a list; allowed: an object.`],
    [
      "an unknown section",
      { kind: {} },
      `${key} has an unknown key "kind"; allowed: the keys kinds, functions, noDuty, caches and connections.`,
    ],
    [
      "a list of kinds",
      { kinds: [] },
      `${key}.kinds is a list; allowed: an object with entries by key.`,
    ],
    [
      "a kind that is true",
      { kinds: { "pg.Pool": true } },
      `${key}.kinds["pg.Pool"] is true; allowed: an object, or false.`,
    ],
    [
      "a misspelt key",
      { kinds: { acme: { acquire, relase: release } } },
      `${key}.kinds.acme has an unknown key "relase"; allowed: the keys label, grade, duty, acquire, release, asyncRelease, armedBy, failsClean, automatic, standIns, notReleasedBy, wrongRelease, releasedWhen, releaseTwice, types and source.`,
    ],
    [
      "a misspelt value",
      { kinds: { acme: { acquire, release, grade: "shuold" } } },
      `${key}.kinds.acme.grade is "shuold"; allowed: "must", "should", "idle" or "memory".`,
    ],
    [
      "a missing key in a list",
      { kinds: { acme: { acquire: [{ name: "open" }], release } } },
      `${key}.kinds.acme.acquire[0] has no "by"; allowed: the keys by, module, name, typed, through, at, armed, when and unless.`,
    ],
    [
      "an empty name",
      { kinds: { acme: { acquire: [{ by: "call", name: "" }], release } } },
      `${key}.kinds.acme.acquire[0].name is ""; allowed: a string that is not empty.`,
    ],
    [
      "no name at all",
      { kinds: { acme: { acquire: [{ by: "call", name: [] }], release } } },
      `${key}.kinds.acme.acquire[0].name is a list; allowed: at least one name.`,
    ],
    [
      "text where a list is needed",
      { kinds: { acme: { acquire, release: "close" } } },
      `${key}.kinds.acme.release is "close"; allowed: a list, or { add: a list }.`,
    ],
    [
      "text where a release is needed",
      { kinds: { acme: { acquire, release: ["close"] } } },
      `${key}.kinds.acme.release[0] is "close"; allowed: { method }, { name, module, argument } or { invoke: true }.`,
    ],
    [
      "a function that releases nothing",
      { kinds: { acme: { acquire, release: [{ name: "shut" }] } } },
      `${key}.kinds.acme.release[0] has no "argument"; allowed: the keys module, name and argument.`,
    ],
    [
      "a negative position",
      { functions: { adopt: { module: "acme", name: "adopt", takes: [-1] } } },
      `${key}.functions.adopt.takes[0] is -1; allowed: the position of an argument, counted from 0.`,
    ],
    [
      "a condition that cannot be decided",
      {
        kinds: {
          acme: {
            acquire: [{ ...acquire[0], when: [{ argument: 0, is: /x/.test.bind(/x/) }] }],
            release,
          },
        },
      },
      `${key}.kinds.acme.acquire[0].when[0].is is a function; allowed: true, false, a string, a number, null, { present: true } or { present: false }.`,
    ],
    [
      "no way to tell what owes nothing",
      { noDuty: { Clock: { module: "acme", name: "Clock", by: "class" } } },
      `${key}.noDuty.Clock.by is "class"; allowed: "call", "construct" or "type".`,
    ],
    [
      "a new kind without a release",
      { kinds: { "acme.Client": { acquire } } },
      `${key}.kinds["acme.Client"] has no "release"; allowed: a kind with "release", and "acquire" or "types" or the id of a built-in kind.`,
    ],
    [
      "a new kind that nothing makes",
      { kinds: { "acme.Client": { release } } },
      `${key}.kinds["acme.Client"] has no "acquire"; allowed: a kind with "release", and "acquire" or "types" or the id of a built-in kind.`,
    ],
    [
      "nearly a built-in kind",
      { kinds: { "pg.PoolCleint": { grade: "idle" } } },
      `${key}.kinds["pg.PoolCleint"] has no "release"; allowed: a kind with "release", and "acquire" or "types" or the id of a built-in kind, such as "pg.PoolClient".`,
    ],
    [
      "nearly a built-in kind, switched off",
      { kinds: { "pg.PoolCleint": false } },
      `${key}.kinds["pg.PoolCleint"] is false; allowed: the id of a built-in kind, such as "pg.PoolClient".`,
    ],
    [
      "a cache that nothing makes",
      { caches: { "acme.Cache": { policies: [{ drops: "expired" }] } } },
      `${key}.caches["acme.Cache"] has no "make"; allowed: a cache with "make" and "policies" or the id of a built-in cache.`,
    ],
    [
      "a cache that drops nothing",
      { caches: { "acme.Cache": { make } } },
      `${key}.caches["acme.Cache"] has no "policies"; allowed: a cache with "make" and "policies" or the id of a built-in cache.`,
    ],
    [
      "nearly a built-in cache, switched off",
      { caches: { "keyv.Kevy": false } },
      `${key}.caches["keyv.Kevy"] is false; allowed: the id of a built-in cache, such as "keyv.Keyv".`,
    ],
    [
      "a connection that nothing ends",
      { connections: { "acme.Peer": { types: [{ module: "acme", name: "Peer" }] } } },
      `${key}.connections["acme.Peer"] has no "ends"; allowed: a connection with "types" and "ends" or the id of a built-in connection.`,
    ],
    [
      "nearly a built-in connection, switched off",
      { connections: { "ws.WebSokcet": false } },
      `${key}.connections["ws.WebSokcet"] is false; allowed: the id of a built-in connection, such as "ws.WebSocket".`,
    ],
    [
      "a misspelt reason of removal",
      { caches: { "acme.Cache": { make, policies: [{ drops: "dropped" }] } } },
      `${key}.caches["acme.Cache"].policies[0].drops is "dropped"; allowed: "evicted", "expired", "overwritten", "deleted", "cleared" or "collected".`,
    ],
  ])("that is %s says where it is, what it is and what is allowed", (_, settings, sentence) => {
    expect(refusal(settings)).toBe(sentence);
  });

  it("is refused again when the same object is asked again", () => {
    const settings = { kinds: 1 };
    expect(refusal(settings)).toBe(refusal(settings));
  });
});

describe("names that are hostile", () => {
  const hostile = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "näme.Ünïcode.💧",
    "\u202egnirts",
    "\ud800",
    "x".repeat(100_000),
    "",
    "a\nb",
  ];

  it.each(hostile.map((name) => [name.slice(0, 20), name] as const))("%j as an id", (_, id) => {
    const kinds = Object.fromEntries<KindSetting>([[id, { acquire, release }]]);
    expect(kindOf({ kinds }, id)).toMatchObject({ id, acquire, release });
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(({} as { acquire?: unknown }).acquire).toBeUndefined();
  });

  it.each(hostile.map((name) => [name.slice(0, 20), name] as const))("%j as a key", (_, name) => {
    const setting = Object.fromEntries<unknown>([
      ["acquire", acquire],
      ["release", release],
      [name, 1],
    ]);
    const sentence = refusal({ kinds: { acme: setting } });
    expect(sentence).toContain(`${key}.kinds.acme has an unknown key `);
    expect(sentence.length).toBeLessThan(400);
    expect(sentence).not.toContain("\n");
  });

  it.each(hostile.filter(Boolean).map((name) => [name.slice(0, 20), name] as const))(
    "%j as a declared name",
    (_, name) => {
      const index = effectiveCatalog(
        { kinds: { acme: { acquire: [{ by: "call", module: "acme", name }], release } } },
        "/project",
      );
      expect(index.calls.get(name.slice(name.lastIndexOf(".") + 1))).toHaveLength(1);
    },
  );
});

describe("the effective catalog", () => {
  it("is the built-in one without settings, and with empty ones holds the same", () => {
    expect(effectiveCatalog(undefined, "/project")).toBe(builtInCatalog);
    expect(effectiveCatalog({}, "/project").kinds).toEqual(builtInCatalog.kinds);
  });

  it("is shared by equal settings, whatever the order of their keys", () => {
    const one = effectiveCatalog(
      { kinds: { a: { acquire, release }, b: { release, acquire } } },
      "/project",
    );
    const other = effectiveCatalog(
      { kinds: { b: { acquire, release }, a: { acquire, release } } },
      "/project",
    );
    expect(other).toBe(one);
    expect(effectiveCatalog({ kinds: { a: { acquire, release } } }, "/project")).not.toBe(one);
  });

  it("changes what a partial entry says and leaves the rest", () => {
    const known = catalog.flatMap(({ kinds }) => kinds).find(({ id }) => id === "pg.PoolClient")!;
    expect(kindOf({ kinds: { "pg.PoolClient": { grade: "should" } } }, "pg.PoolClient")).toEqual({
      ...known,
      grade: "should",
    });
  });

  it("replaces lists, or adds to them", () => {
    const known = builtInCatalog.kinds.find(({ id }) => id === "pg.PoolClient")!;
    const extra = { method: "giveBack" };
    const releases = (setting: KindSetting): unknown =>
      kindOf({ kinds: { "pg.PoolClient": setting } }, "pg.PoolClient")?.release;
    expect(releases({ release: [extra] })).toEqual([extra]);
    expect(releases({ release: { add: [extra] } })).toEqual([...known.release, extra]);
  });

  it("takes back flags and parts of the automatic release", () => {
    const known = builtInCatalog.kinds.find(
      ({ automatic, asyncRelease }) => automatic?.events && asyncRelease,
    )!;
    const changed = kindOf(
      {
        kinds: {
          [known.id]: { asyncRelease: false, automatic: { iteration: true, parent: false } },
        },
      },
      known.id,
    )!;
    expect(changed.asyncRelease).toBeUndefined();
    expect(changed.automatic).toMatchObject({ events: known.automatic?.events, iteration: true });
    expect(changed.automatic?.parent).toBeUndefined();
  });

  it("fills in what a new kind does not say", () => {
    expect(kindOf({ kinds: { "acme.Client": { acquire, release } } }, "acme.Client")).toEqual({
      id: "acme.Client",
      label: "Client",
      grade: "must",
      duty: "close",
      acquire,
      release,
      source: "",
    });
  });

  it("names files by where the settings start", () => {
    const own = { by: "construct", module: ["./src/pool.ts", "acme"], name: "Pool" } as const;
    const settings = { kinds: { own: { acquire: [own], release } } };
    const modules = (folder: string): unknown =>
      effectiveCatalog(settings, folder).kinds.find(({ id }) => id === "own")?.acquire[0]?.module;
    expect(modules("/one")).toEqual(["/one/src/pool.ts", "acme"]);
    expect(modules("/other")).toEqual(["/other/src/pool.ts", "acme"]);
  });
});

describe("caches", () => {
  const cacheOf = (caches: Settings["caches"], id: string): unknown =>
    effectiveCatalog({ caches }, "/project").caches.find((cache) => cache.id === id);

  it("of the catalog are changed, and the rest of them stays", () => {
    const known = builtInCatalog.caches.find(({ id }) => id === "keyv.Keyv")!;
    expect(cacheOf({ "keyv.Keyv": { label: "store" } }, "keyv.Keyv")).toEqual({
      ...known,
      label: "store",
    });
    const look = { add: ["glance"] };
    expect(cacheOf({ "keyv.Keyv": { methods: { look } } }, "keyv.Keyv")).toEqual({
      ...known,
      methods: { ...known.methods, look: [...known.methods.look, "glance"] },
    });
  });

  it("of the catalog are switched off", () => {
    expect(cacheOf({ "keyv.Keyv": false }, "keyv.Keyv")).toBeUndefined();
    expect(cacheOf({}, "keyv.Keyv")).toBeDefined();
  });

  it("of the user are as a Map where they say nothing", () => {
    const policies = [{ drops: "evicted" }] as const;
    expect(cacheOf({ "acme.Cache": { make, policies } }, "acme.Cache")).toEqual({
      id: "acme.Cache",
      label: "Cache",
      make,
      values: { member: "get" },
      policies,
      hooks: [],
      methods: {
        store: [{ method: "set", value: 1 }],
        look: ["get", "has", "peek"],
        delete: ["delete"],
        clear: ["clear"],
      },
      source: "",
    });
  });
});

describe("connections", () => {
  const connectionOf = (connections: Settings["connections"], id: string): unknown =>
    effectiveCatalog({ connections }, "/project").connections.find((one) => one.id === id);

  it("of the plugin are changed, and the rest of them stays", () => {
    const known = builtInCatalog.connections.find(({ id }) => id === "ws.WebSocket")!;
    expect(connectionOf({ "ws.WebSocket": { ids: ["userId"] } }, "ws.WebSocket")).toEqual({
      ...known,
      ids: ["userId"],
    });
    const ends = { add: ["gone"] };
    expect(connectionOf({ "ws.WebSocket": { ends } }, "ws.WebSocket")).toEqual({
      ...known,
      ends: [...known.ends, "gone"],
    });
  });

  it("of the plugin are switched off", () => {
    expect(connectionOf({ "ws.WebSocket": false }, "ws.WebSocket")).toBeUndefined();
    expect(connectionOf({}, "ws.WebSocket")).toBeDefined();
  });

  it("of the user go before those of the plugin", () => {
    const peer = { types: [{ module: "acme", name: "Peer" }], ends: ["gone"] };
    const { connections } = effectiveCatalog({ connections: { "acme.Peer": peer } }, "/project");
    expect(connections[0]).toEqual({
      id: "acme.Peer",
      label: "Peer",
      source: "",
      ...peer,
      sometimes: [],
    });
    expect(connections.slice(1)).toEqual(builtInCatalog.connections);
  });
});

describe("the types", () => {
  it("allow what the schema reads, all keys of every shape", () => {
    const pattern = { module: "acme", name: ["open", "openAll"] } as const;
    const condition = { argument: 1, property: "keep", is: { present: true } } as const;
    const whole: Settings = {
      kinds: {
        "acme.Client": {
          label: "client",
          grade: "should",
          duty: "stop",
          acquire: [
            { by: "call", ...pattern, at: [{ result: "left" }], armed: true, when: [condition] },
            { by: "construct", name: "Own", at: { callback: -1, parameter: 1 }, unless: [] },
          ],
          release: [
            { method: "stop" },
            { method: "stop", ofEach: "parts" },
            { invoke: true },
            { module: "acme", name: "shut", argument: 0 },
          ],
          asyncRelease: true,
          armedBy: ["start"],
          failsClean: ["start"],
          automatic: {
            events: ["end"],
            iteration: true,
            members: ["drain"],
            parent: true,
            signal: { argument: 1 },
          },
          standIns: ["promise"],
          notReleasedBy: ["pause"],
          wrongRelease: ["kill"],
          releasedWhen: ["stopped"],
          releaseTwice: "throws",
          types: [pattern],
          source: "https://example.org",
        } satisfies Required<KindSetting>,
      },
      functions: {
        adopt: {
          ...pattern,
          takes: [0, "this", "all", { argument: 0, property: "client" }],
          reads: { argument: 0, property: "input" },
          returns: "this",
          throws: "on-bad-data",
          never: "throws",
          runsCallback: "now",
          unless: [{ argument: 0, is: null }],
          source: "https://example.org",
        } satisfies Required<NonNullable<Settings["functions"]>[string]>,
        borrow: false,
      },
      noDuty: {
        clock: { by: "type", ...pattern, reason: "no duty", source: "here" },
        other: false,
      },
      caches: {
        "acme.Cache": {
          label: "cache",
          make: [{ by: "call", ...pattern, options: [1], memoises: 0 }],
          withMember: "prune",
          values: { member: "get" },
          policies: [{ drops: "expired", option: ["ttl", "maxAge"], argument: 1 }],
          hooks: [
            {
              form: "option",
              name: "onEvict",
              covers: ["evicted", "expired", "overwritten", "deleted", "cleared", "collected"],
              value: { parameter: 0, property: "value" },
              key: { parameter: 1 },
              registeredBy: ["hooks.add"],
              reason: { parameter: 2, words: { expired: "ttl" } },
              unless: [{ option: "quiet", loses: "deleted" }],
            },
          ],
          methods: {
            store: [{ method: "put", value: 1, expires: { argument: 2, property: "ttl" } }],
            look: { add: ["peek"] },
            delete: ["drop"],
            clear: ["dropAll"],
          },
          loaders: ["load"],
          storeOption: "store",
          clearedBy: pattern,
          instead: "a better one",
          source: "https://example.org",
        } satisfies Required<CacheSetting>,
        "keyv.Keyv": false,
      },
      connections: {
        "acme.Peer": {
          label: "peer",
          types: [pattern],
          ends: ["gone"],
          sometimes: { add: ["fault"] },
          ids: ["id"],
          source: "https://example.org",
        } satisfies Required<ConnectionSetting>,
        "ws.WebSocket": false,
      },
    } satisfies Required<Settings>;
    expect(effectiveCatalog(whole, "/project").kinds.at(0)?.id).toBe("acme.Client");
  });

  it("refuse in the editor what the schema refuses", () => {
    const wrong = [
      // @ts-expect-error a section that nothing reads
      (): unknown => defineSettings({ cache: {} }),
      // @ts-expect-error a misspelt key
      (): unknown => defineSettings({ kinds: { acme: { acquire, relase: release } } }),
      // @ts-expect-error a misspelt value
      (): unknown => defineSettings({ kinds: { acme: { grade: "musst" } } }),
      // @ts-expect-error only built-in kinds are switched, and only off
      (): unknown => defineSettings({ kinds: { "pg.Pool": true } }),
      // @ts-expect-error an argument is a position
      (): unknown => defineSettings({ functions: { f: { name: "f", takes: ["first"] } } }),
      // @ts-expect-error a way to come by it
      (): unknown => defineSettings({ noDuty: { c: { name: "C" } } }),
    ];
    for (const settings of wrong) {
      const given = settings() as Record<string, unknown>;
      expect(() => effectiveCatalog(given["resource-hygiene"], "/project")).toThrow(key);
    }
  });

  it("give back what ESLint wants, under the plugin's own key", () => {
    expectTypeOf(defineSettings).returns.toEqualTypeOf<{
      readonly "resource-hygiene": Settings;
    }>();
    const settings = { kinds: { "pg.PoolClient": false } } as const;
    expect(defineSettings(settings)).toEqual({ "resource-hygiene": settings });
  });
});
