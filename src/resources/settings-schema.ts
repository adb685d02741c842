/**
 * The schema of `settings['resource-hygiene']`. What does not fit is an error of one sentence: the
 * key it stands under, what was found there, and what is allowed.
 */
import * as v from "valibot";
import { listed, type PathPart, quoted, SettingsError, settingSentence } from "./settings-error.ts";
import type {
  CacheSetting,
  ConnectionSetting,
  FunctionSetting,
  KindSetting,
  NoDutySetting,
} from "./settings.ts";

// The message of each schema says what it allows; the sentence around it is written in one place.

type Entries = Parameters<typeof v.strictObject>[0];

function closed<const E extends Entries>(entries: E) {
  return v.pipe(
    v.custom<object>(isPlainObject, "an object"),
    v.strictObject(entries, `the keys ${listed(Object.keys(entries))}`),
  );
}

const text = v.pipe(v.string("a string"), v.nonEmpty("a string that is not empty"));
const flag = v.boolean("true or false");
const positionWords = "the position of an argument, counted from 0";
const position = v.pipe(
  v.number(positionWords),
  v.integer(positionWords),
  v.minValue(0, positionWords),
);
const callbackWords = "the position of an argument, or -1 for the last one";
const callbackPosition = v.pipe(
  v.number(callbackWords),
  v.integer(callbackWords),
  v.minValue(-1, callbackWords),
);

function oneOf<const O extends readonly string[]>(options: O) {
  return v.picklist(options, listed(options.map(quoted), "or"));
}

function list<S extends v.GenericSchema>(item: S) {
  return v.array(item, "a list");
}

/** A list, or what is added to the list of a built-in entry. */
function changedList<S extends v.GenericSchema>(item: S) {
  const added = closed({ add: list(item) });
  return v.lazy((input) =>
    isPlainObject(input) ? added : v.array(item, "a list, or { add: a list }"),
  );
}

const textOrTexts = v.lazy((input) =>
  Array.isArray(input)
    ? v.pipe(list(text), v.nonEmpty("at least one name"))
    : v.pipe(v.string("a string or a list of strings"), v.nonEmpty("a string that is not empty")),
);

const pattern = { module: v.exactOptional(textOrTexts), name: textOrTexts };

const presence = closed({ present: flag });
const isCallback = closed({ callback: flag });
const scalar = v.union(
  [v.boolean(), v.string(), v.number(), v.null()],
  "true, false, a string, a number, null, { present: true } or { present: false }",
);
const condition = closed({
  argument: position,
  property: v.exactOptional(text),
  is: v.lazy((input) => {
    if (!isPlainObject(input)) return scalar;
    return "callback" in input ? isCallback : presence;
  }),
});
const conditions = v.exactOptional(list(condition));

const resultPlace = closed({ result: text });
const callbackPlace = closed({
  callback: callbackPosition,
  property: v.exactOptional(text),
  parameter: position,
});
const receiverPlace = closed({ receiver: v.literal(true, "true") });
const place = v.lazy((input) => {
  if (!isPlainObject(input)) return resultPlace;
  if ("receiver" in input) return receiverPlace;
  return "callback" in input ? callbackPlace : resultPlace;
});
const places = list(place);

const acquisition = closed({
  by: oneOf(["call", "construct", "result"]),
  ...pattern,
  typed: v.exactOptional(v.literal(true, "true")),
  through: v.exactOptional(list(closed(pattern))),
  at: v.exactOptional(v.lazy((input) => (Array.isArray(input) ? places : place))),
  armed: v.exactOptional(v.literal(true, "true")),
  when: conditions,
  unless: conditions,
});

const methodRelease = closed({ method: text, ofEach: v.exactOptional(text) });
const functionRelease = closed({ ...pattern, argument: position });
const pairedRelease = closed({
  ...pattern,
  pairedBy: v.lazy((input) =>
    typeof input === "string" ? v.literal("receiver", 'a position, or "receiver"') : position,
  ),
});
const invokeRelease = closed({ invoke: v.literal(true, "true") });
const release = v.lazy((input) => {
  if (!isPlainObject(input))
    return v.never("{ method }, { name, module, argument } or { invoke: true }");
  if ("invoke" in input) return invokeRelease;
  if ("pairedBy" in input) return pairedRelease;
  return "argument" in input || "name" in input ? functionRelease : methodRelease;
});

const kind = closed({
  label: v.exactOptional(text),
  grade: v.exactOptional(oneOf(["must", "should", "idle", "memory"])),
  duty: v.exactOptional(oneOf(["close", "stop", "remove", "free"])),
  acquire: v.exactOptional(changedList(acquisition)),
  release: v.exactOptional(changedList(release)),
  asyncRelease: v.exactOptional(flag),
  armedBy: v.exactOptional(changedList(text)),
  failsClean: v.exactOptional(changedList(text)),
  automatic: v.exactOptional(
    closed({
      events: v.exactOptional(changedList(text)),
      iteration: v.exactOptional(flag),
      members: v.exactOptional(changedList(text)),
      parent: v.exactOptional(flag),
      receiver: v.exactOptional(flag),
      signal: v.exactOptional(closed({ argument: position })),
      once: v.exactOptional(closed({ callback: position })),
      within: v.exactOptional(changedList(closed(pattern))),
      through: v.exactOptional(changedList(closed(pattern))),
    }),
  ),
  standIns: v.exactOptional(changedList(text)),
  notReleasedBy: v.exactOptional(changedList(text)),
  wrongRelease: v.exactOptional(changedList(text)),
  releasedWhen: v.exactOptional(changedList(text)),
  releaseTwice: v.exactOptional(oneOf(["throws", "harmless"])),
  types: v.exactOptional(changedList(closed(pattern))),
  source: v.exactOptional(text),
});

const takenMember = closed({ argument: position, property: text });
const takenArgument = v.union(
  [position, v.picklist(["this", "all"])],
  `${positionWords}, "this", "all" or { argument, property }`,
);
const returnedArgument = v.union([position, v.literal("this")], `${positionWords}, or "this"`);

const functionFact = closed({
  ...pattern,
  takes: v.exactOptional(
    list(v.lazy((input) => (isPlainObject(input) ? takenMember : takenArgument))),
  ),
  reads: v.exactOptional(takenMember),
  returns: v.exactOptional(returnedArgument),
  throws: v.exactOptional(oneOf(["on-bad-data"])),
  never: v.exactOptional(oneOf(["throws", "returns"])),
  runsCallback: v.exactOptional(oneOf(["now"])),
  unless: conditions,
  source: v.exactOptional(text),
});

const noDuty = closed({
  ...pattern,
  by: oneOf(["call", "construct", "type"]),
  reason: v.exactOptional(text),
  source: v.exactOptional(text),
});

const reason = oneOf(["evicted", "expired", "overwritten", "deleted", "cleared", "collected"]);
const hookPlace = closed({ parameter: position, property: v.exactOptional(text) });
const hook = closed({
  form: oneOf(["option", "event", "method", "override"]),
  name: text,
  covers: list(reason),
  value: v.exactOptional(hookPlace),
  key: v.exactOptional(hookPlace),
  registeredBy: v.exactOptional(list(text)),
  reason: v.exactOptional(
    closed({
      parameter: position,
      words: closed({
        evicted: v.exactOptional(text),
        expired: v.exactOptional(text),
        overwritten: v.exactOptional(text),
        deleted: v.exactOptional(text),
        cleared: v.exactOptional(text),
        collected: v.exactOptional(text),
      }),
    }),
  ),
  unless: v.exactOptional(list(closed({ option: text, loses: reason }))),
});
const typeArgument = closed({ typeArgument: position });
const valuesOfMember = closed({ member: text });
const valuesOfResult = closed({ result: v.literal(true, "true") });
const valuesStored = closed({ stored: v.literal(true, "true") });
const values = v.lazy((input) => {
  if (!isPlainObject(input)) return valuesOfMember;
  if ("typeArgument" in input) return typeArgument;
  if ("result" in input) return valuesOfResult;
  return "stored" in input ? valuesStored : valuesOfMember;
});
const store = closed({
  method: text,
  value: position,
  expires: v.exactOptional(closed({ argument: position, property: v.exactOptional(text) })),
});

const cache = closed({
  label: v.exactOptional(text),
  make: v.exactOptional(
    changedList(
      closed({
        by: oneOf(["call", "construct"]),
        ...pattern,
        options: v.exactOptional(list(position)),
        memoises: v.exactOptional(position),
      }),
    ),
  ),
  withMember: v.exactOptional(text),
  values: v.exactOptional(values),
  policies: v.exactOptional(
    changedList(
      closed({
        drops: reason,
        option: v.exactOptional(textOrTexts),
        argument: v.exactOptional(position),
      }),
    ),
  ),
  hooks: v.exactOptional(changedList(hook)),
  methods: v.exactOptional(
    closed({
      store: v.exactOptional(changedList(store)),
      look: v.exactOptional(changedList(text)),
      delete: v.exactOptional(changedList(text)),
      clear: v.exactOptional(changedList(text)),
    }),
  ),
  loaders: v.exactOptional(changedList(text)),
  storeOption: v.exactOptional(text),
  clearedBy: v.exactOptional(closed(pattern)),
  instead: v.exactOptional(text),
  source: v.exactOptional(text),
});

const connection = closed({
  label: v.exactOptional(text),
  types: v.exactOptional(changedList(closed(pattern))),
  ends: v.exactOptional(changedList(text)),
  sometimes: v.exactOptional(changedList(text)),
  ids: v.exactOptional(changedList(text)),
  source: v.exactOptional(text),
});

/** Entries of users by key, with `false` for what is switched off. */
export type Entry<T> = readonly [key: string, value: T | false];

/** The settings, checked, as lists in the order of their keys. */
export interface CheckedSettings {
  readonly kinds: readonly Entry<KindSetting>[];
  readonly functions: readonly Entry<FunctionSetting>[];
  readonly noDuty: readonly Entry<NoDutySetting>[];
  readonly caches: readonly Entry<CacheSetting>[];
  readonly connections: readonly Entry<ConnectionSetting>[];
}

/**
 * @param given whatever stands under `settings['resource-hygiene']`
 * @throws SettingsError for the first thing that does not fit
 */
export function checkSettings(given: unknown): CheckedSettings {
  const all = check(sections, given, []);
  return {
    kinds: entriesOf(kind, all.kinds, "kinds"),
    functions: entriesOf(functionFact, all.functions, "functions"),
    noDuty: entriesOf(noDuty, all.noDuty, "noDuty"),
    caches: entriesOf(cache, all.caches, "caches"),
    connections: entriesOf(connection, all.connections, "connections"),
  };
}

const keyed = v.exactOptional(v.custom<object>(isPlainObject, "an object with entries by key"));
const sections = closed({
  kinds: keyed,
  functions: keyed,
  noDuty: keyed,
  caches: keyed,
  connections: keyed,
});

/** The keys are the user's own, `constructor` and `__proto__` included, so none is looked up in an object. */
function entriesOf<S extends v.GenericSchema>(
  entry: S,
  given: object | undefined,
  section: string,
): readonly Entry<v.InferOutput<S>>[] {
  const schema = v.lazy((input) => (isPlainObject(input) ? entry : v.never("an object, or false")));
  return Object.entries(given ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]: [string, unknown]): Entry<v.InferOutput<S>> => [
      key,
      value === false ? false : (check(schema, value, [section, key]) as v.InferOutput<S>),
    ]);
}

function check<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  path: readonly PathPart[],
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const at = [...path, ...(issue.path ?? []).map(({ key }) => key as PathPart)];
  throw new SettingsError(sentenceOf(at, issue));
}

function sentenceOf(at: readonly PathPart[], issue: v.BaseIssue<unknown>): string {
  const isKey = issue.path?.at(-1)?.origin === "key";
  if (!isKey) return settingSentence(at, `is ${described(issue.input)}`, issue.message);
  const key = quoted(String(at.at(-1)));
  const found = issue.expected === "never" ? `has an unknown key ${key}` : `has no ${key}`;
  return settingSentence(at.slice(0, -1), found, issue.message);
}

function described(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
