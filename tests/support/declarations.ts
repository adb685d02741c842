/** Holds the names of catalog entries against the declarations of a program. */
import ts from "typescript";
import type {
  Acquisition,
  DeclarationPattern,
  ResourceKind,
  ResourcePlace,
} from "../../src/resources/kind.ts";
import { declaredNames } from "../../src/typescript/declared-name.ts";

export const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

export function modulesOf(pattern: DeclarationPattern): readonly string[] {
  return pattern.module === undefined ? [""] : list(pattern.module);
}

export function patternsOf(kind: ResourceKind): readonly DeclarationPattern[] {
  return [
    ...kind.acquire,
    ...kind.acquire.flatMap((one) => one.through ?? []),
    ...(kind.automatic?.within ?? []),
    ...(kind.automatic?.through ?? []),
    ...kind.release.filter((one) => "name" in one),
    ...(kind.types ?? []),
  ];
}

/** The symbols of a program by `module name`; globals have an empty module. */
export class Declarations {
  readonly checker: ts.TypeChecker;
  private readonly symbols = new Map<string, ts.Symbol[]>();

  /** @param wanted the last parts of the names that will be asked for; without it, any name may be */
  constructor(program: ts.Program, wanted?: ReadonlySet<string>) {
    this.checker = program.getTypeChecker();
    const visit = (node: ts.Node): void => {
      const name = ts.getNameOfDeclaration(node as ts.Declaration);
      const asked =
        name !== undefined &&
        (wanted === undefined || (ts.isIdentifier(name) && wanted.has(name.text)));
      const symbol = asked ? this.checker.getSymbolAtLocation(name) : undefined;
      if (symbol !== undefined && symbol.declarations?.some(ts.isSourceFile) !== true) {
        for (const one of declaredNames(symbol, program)) {
          const key = `${one.module} ${one.name}`;
          const known = this.symbols.get(key);
          if (known === undefined) this.symbols.set(key, [symbol]);
          else if (!known.includes(symbol)) known.push(symbol);
        }
      }
      // Names that the catalog can mean are at most members; the rest is most of the time.
      if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
    };
    for (const file of program.getSourceFiles()) visit(file);
  }

  find(module: string, name: string): readonly ts.Symbol[] {
    return this.symbols.get(`${module} ${name}`) ?? [];
  }
}

export interface TypeOfWorld {
  readonly world: Declarations;
  readonly type: ts.Type;
}

export function membersOf(kind: ResourceKind): readonly string[] {
  const released = kind.release.flatMap((one) =>
    !("method" in one) ? [] : "ofEach" in one ? [one.ofEach] : [one.method],
  );
  return [
    ...released,
    ...(kind.armedBy ?? []),
    ...(kind.automatic?.members ?? []),
    ...(kind.notReleasedBy ?? []),
    ...(kind.wrongRelease ?? []),
    ...(kind.releasedWhen ?? []),
  ];
}

/** The types of what an acquisition yields, over all overloads and all worlds. */
export function acquiredTypes(
  worlds: readonly Declarations[],
  acquisition: Acquisition,
): readonly TypeOfWorld[] {
  return worlds.flatMap((world) =>
    modulesOf(acquisition).flatMap((module) =>
      list(acquisition.name).flatMap((name) =>
        world.find(module, name).flatMap((symbol) => typesOfSymbol(world, symbol, acquisition)),
      ),
    ),
  );
}

function typesOfSymbol(
  world: Declarations,
  symbol: ts.Symbol,
  acquisition: Acquisition,
): readonly TypeOfWorld[] {
  const { checker } = world;
  const places = acquisition.at === undefined ? [undefined] : list(acquisition.at);
  const found = (type: ts.Type | undefined): readonly TypeOfWorld[] =>
    type === undefined ? [] : [{ world, type: checker.getNonNullableType(type) }];
  if (acquisition.by !== "call") {
    const instance = checker.getDeclaredTypeOfSymbol(symbol);
    return places.flatMap((place) => {
      if (place === undefined) return found(instance);
      if ("result" in place) return found(memberOf(world, instance, place.result));
      if (!("callback" in place)) return [];
      return checker
        .getTypeOfSymbol(symbol)
        .getConstructSignatures()
        .flatMap((signature) => found(parameterOf(world, signature, place)));
    });
  }
  return checker
    .getTypeOfSymbol(symbol)
    .getCallSignatures()
    .flatMap((signature) =>
      places.flatMap((place): readonly TypeOfWorld[] => {
        const result = checker.getAwaitedType(signature.getReturnType());
        if (place === undefined) return found(result);
        if ("result" in place) return found(result && memberOf(world, result, place.result));
        if ("callback" in place) return found(parameterOf(world, signature, place));
        const owner = symbol.valueDeclaration?.parent;
        return found(owner && checker.getTypeAtLocation(owner));
      }),
    );
}

function memberOf({ checker }: Declarations, type: ts.Type, name: string): ts.Type | undefined {
  const property = checker.getPropertyOfType(type, name);
  return property && checker.getTypeOfSymbol(property);
}

/** The type of a parameter of a callback that a function is given. */
function parameterOf(
  world: Declarations,
  signature: ts.Signature,
  place: Extract<ResourcePlace, { callback: number }>,
): ts.Type | undefined {
  const { checker } = world;
  const parameter = signature.getParameters().at(place.callback);
  if (parameter === undefined) return undefined;
  const given = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
  const callback = place.property === undefined ? given : memberOf(world, given, place.property);
  const called =
    callback && checker.getNonNullableType(callback).getCallSignatures()[0]?.getParameters();
  const received = called?.[place.parameter];
  return received && checker.getTypeOfSymbol(received);
}

export function hasMember({ checker }: Declarations, type: ts.Type, member: string): boolean {
  const wellKnown = /^\[Symbol\.(\w+)\]$/.exec(member)?.[1];
  const target = checker.getApparentType(checker.getNonNullableType(type));
  return wellKnown === undefined
    ? checker.getPropertyOfType(target, member) !== undefined
    : checker.getPropertiesOfType(target).some((one) => one.name.startsWith(`__@${wellKnown}@`));
}
