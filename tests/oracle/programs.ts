/**
 * Random programs of the small language.
 *
 * What is drawn is a tree of numbers that shrinks well; `elaborate` gives the numbers their meaning in
 * the place where they stand, so that every name it writes is in scope.
 */
import fc from "fast-check";
import {
  type Block,
  type Condition,
  flags,
  type Procedure,
  type Program,
  type Statement,
  type Variable,
} from "./language.ts";

interface Shape {
  readonly kind: (typeof simple)[number] | (typeof compound)[number];
  readonly pick: number;
  readonly blocks: readonly (readonly Shape[])[];
}

/** Repeated where more of a sort makes more interesting programs. */
const simple = [
  "open",
  "open",
  "open",
  "reopen",
  "using",
  "drop",
  "alias",
  "realias",
  "close",
  "close",
  "close",
  "use-then-close",
  "clear",
  "clear",
  "use",
  "step",
  "step",
  "step",
  "step",
  "wait",
  "log",
  "throw",
  "give-up",
  "return",
  "give",
  "leave",
  "closer",
  "run-closer",
  "help",
  "help",
  "help",
] as const;

const compound = [
  "if",
  "if-held",
  "if-flag",
  "while",
  "each",
  "switch",
  "try-catch",
  "try-catch",
  "try-finally",
  "try-finally",
  "try-catch-finally",
  "fail-finally",
  "bracket",
  "bracket",
  "guarded",
  "guarded",
  "handled",
] as const;

/** What is opened and then closed, with a block between. */
type Opening = "bracket" | "guarded" | "handled";

const { block } = fc.letrec<{ block: readonly Shape[]; statement: Shape }>((tie) => ({
  block: fc.array(tie("statement"), { maxLength: 6, depthIdentifier: "program" }),
  statement: fc.oneof(
    { maxDepth: 3, depthIdentifier: "program", withCrossShrink: true },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(...simple),
        pick: fc.nat(11),
        blocks: fc.constant([]),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom(...compound),
        pick: fc.nat(11),
        blocks: fc.tuple(tie("block"), tie("block"), tie("block")),
      }),
    },
  ),
}));

export const programs: fc.Arbitrary<Program> = fc
  .record({ main: block, helpers: fc.array(block, { maxLength: 2 }) })
  .map(({ main, helpers }) => elaborate(main, helpers));

function elaborate(main: readonly Shape[], helperShapes: readonly (readonly Shape[])[]): Program {
  const names = new Names();
  const helpers: Helper[] = [];
  const procedure = (shapes: readonly Shape[], parameterNames: string[]): Procedure => {
    const parameters = parameterNames.map((name) => ({ name, maybe: true }));
    // A helper calls only those before it, so that no run is endless.
    const scope = { variables: parameters, closers: [], helpers: [...helpers] };
    const inHelper = parameters.length === 1;
    return { parameters, body: elaborateBlock(shapes, { ...scope, exits: [], inHelper }, names) };
  };
  for (const shapes of helperShapes)
    helpers.push({ name: `helper${helpers.length}`, ...procedure(shapes, ["given"]) });
  return { ...procedure(main, ["a", "b"]), helpers };
}

type Helper = Program["helpers"][number];

interface Scope {
  readonly variables: Variable[];
  readonly closers: string[];
  readonly helpers: readonly Helper[];
}

interface Place extends Scope {
  /** What `break` and `continue` may leave here. */
  readonly exits: readonly ("break" | "continue")[];
  /** Flags belong to `main`. */
  readonly inHelper: boolean;
}

/** Numbers the acquisitions and the names of one program. */
class Names {
  private last = 0;
  next(prefix: string): string {
    return `${prefix}${++this.last}`;
  }
}

function elaborateBlock(shapes: readonly Shape[], outer: Place, names: Names): Block {
  const place = { ...outer, variables: [...outer.variables], closers: [...outer.closers] };
  return shapes.flatMap((shape) => elaborateShape(shape, place, names));
}

/** One shape may stand for several statements: what is opened is often closed. */
function elaborateShape(shape: Shape, place: Place, names: Names): Block {
  const { kind } = shape;
  if (kind !== "bracket" && kind !== "guarded" && kind !== "handled") {
    const statement = elaborateStatement({ ...shape, kind }, place, names);
    return statement === undefined ? [] : [statement];
  }
  const opened = declared(place, names);
  const open: Statement = { do: "open", site: names.next("site"), into: opened };
  const close: Statement = { do: "close", variable: opened };
  const body = elaborateBlock(shape.blocks[0] ?? [], place, names);
  switch (kind) {
    case "bracket":
      return [open, ...body, close];
    case "guarded":
      return [open, { do: "try", body, final: [close] }];
    case "handled":
      return [open, { do: "try", body, handler: [close, { do: "throw" }] }, close];
  }
}

function declared(place: Place, names: Names): Variable {
  const variable = { name: names.next("h"), maybe: false };
  place.variables.push(variable);
  return variable;
}

/** @returns `undefined` for what means nothing here, such as closing before anything has a name */
function elaborateStatement(
  { kind, pick, blocks }: Shape & { readonly kind: Exclude<Shape["kind"], Opening> },
  place: Place,
  names: Names,
): Statement | undefined {
  const inner = (at: number, exits = place.exits): Block =>
    elaborateBlock(blocks[at] ?? [], { ...place, exits }, names);
  const any = pickFrom(place.variables, pick);
  const maybe = pickFrom(
    place.variables.filter((one) => one.maybe),
    pick,
  );
  const choice = (condition: Condition): Statement => ({
    do: "if",
    condition,
    then: inner(0),
    otherwise: inner(1),
  });
  switch (kind) {
    case "open":
      return { do: "open", site: names.next("site"), into: declared(place, names) };
    case "using":
      return { do: "using", site: names.next("site"), into: declared(place, names) };
    case "reopen":
      return maybe && { do: "open", site: names.next("site"), into: maybe };
    case "drop":
      return { do: "drop", site: names.next("site") };
    case "alias": {
      // Declared only once its value is known, and it holds nothing where that does.
      if (any === undefined || any.maybe) return undefined;
      return { do: "alias", from: any, to: declared(place, names) };
    }
    case "realias":
      return any && maybe && any !== maybe ? { do: "alias", from: any, to: maybe } : undefined;
    case "close":
    case "use-then-close":
    case "use":
      return any && { do: kind, variable: any };
    case "clear":
      return maybe && { do: "clear", variable: maybe };
    case "step":
    case "wait":
    case "log":
    case "throw":
    case "return":
      return { do: kind };
    case "give":
      return any && { do: "return", variable: any };
    case "leave": {
      const exit = pickFrom(place.exits, pick);
      return exit && { do: exit };
    }
    case "closer": {
      if (any === undefined) return undefined;
      const name = names.next("close");
      place.closers.push(name);
      return { do: "closer", name, variable: any };
    }
    case "run-closer": {
      const name = pickFrom(place.closers, pick);
      return name === undefined ? undefined : { do: "run-closer", name };
    }
    case "help": {
      const helper = pickFrom(place.helpers, pick);
      return helper && any && { do: "help", helper: helper.name, variable: any };
    }
    case "if":
      return choice({ test: "call" });
    case "if-flag":
      return choice(
        place.inHelper ? { test: "call" } : { test: "flag", flag: pickFrom(flags, pick)! },
      );
    case "if-held":
      return maybe && choice({ test: "holds", variable: maybe });
    case "while":
    case "each":
      return { do: kind, body: inner(0, ["break", "continue"]) };
    case "switch": {
      const exits = [...new Set(["break" as const, ...place.exits])];
      return { do: "switch", cases: [inner(0, exits), inner(1, exits)], fallback: inner(2, exits) };
    }
    case "try-catch":
      return { do: "try", body: inner(0), handler: inner(1) };
    case "try-finally":
      return { do: "try", body: inner(0), final: inner(2) };
    case "fail-finally":
      return { do: "try", body: [...inner(0), { do: "throw" }], final: inner(2) };
    case "give-up":
      return { do: "try", body: [{ do: "step" }], handler: [{ do: "return" }] };
    case "try-catch-finally":
      return { do: "try", body: inner(0), handler: inner(1), final: inner(2) };
  }
}

function pickFrom<T>(values: readonly T[], pick: number): T | undefined {
  return values[pick % values.length];
}
