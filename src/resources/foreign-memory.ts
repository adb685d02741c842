/**
 * Memory of a module that was compiled to WebAssembly: numbers that stand for it, from `_malloc()` to
 * `_free()`. No garbage collector knows of it.
 *
 * The evidence is the pair, as with counted references: a type that declares both functions, or a module
 * that has both, none of them with a body in the program.
 */
import ts from "typescript";
import { skipWrappers } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import type { Release, ResourceKind } from "./kind.ts";

/** What gives out memory, and what takes it back; both have one prefix, as `_` or `__wbindgen_`. */
const pairs: ReadonlyMap<string, readonly string[]> = new Map([
  ["malloc", ["free"]],
  ["calloc", ["free"]],
  ["alloc", ["dealloc", "free"]],
  ["allocate", ["deallocate"]],
]);

const allocating = new RegExp(`^(_*(?:[a-zA-Z0-9]+_)*)(${[...pairs.keys()].join("|")})$`);

/** A call of the name may give out memory: what cannot be asked for the types is told by the name. */
export function mayAllocate(name: string): boolean {
  return allocating.test(name);
}

/** The functions that would take back what a function of the name gives out. */
function givingBack(name: string): readonly string[] {
  const [, prefix = "", take = ""] = allocating.exec(name) ?? [];
  return (pairs.get(take) ?? []).map((give) => prefix + give);
}

/**
 * The memory that `wasm._malloc(size)` gives out.
 *
 * @param symbol of the function that is called
 * @returns undefined where the result is no number, or where nothing takes it back
 */
export function kindOfAllocated(
  call: ts.CallExpression,
  name: string,
  symbol: ts.Symbol,
  types: Types,
): ResourceKind | undefined {
  if (!mayAllocate(name) || types.implementations(call.expression, false).length > 0)
    return undefined;
  if (!types.isNumber(types.typeOf(call))) return undefined;
  const release = givingBack(name).flatMap((give): Release[] => {
    const other = pairedWith(call, symbol, give, types);
    const [declared] = other === undefined ? [] : types.declaredNames(other);
    if (declared === undefined) return [];
    const { origin, module, name: own } = declared;
    return [{ ...(origin === "global" ? {} : { module }), name: own, argument: 0 }];
  });
  if (release.length === 0) return undefined;
  return {
    id: `foreign.${name}`,
    label: `memory of ${name}()`,
    grade: "must",
    duty: "free",
    foreign: true,
    acquire: [],
    release,
    source:
      "https://emscripten.org/docs/porting/connecting_cpp_and_javascript/Interacting-with-code.html",
  };
}

/** The function of the module, or of the type of the receiver, that has the other name of the pair. */
function pairedWith(
  call: ts.CallExpression,
  symbol: ts.Symbol,
  give: string,
  types: Types,
): ts.Symbol | undefined {
  const callee = skipWrappers(call.expression);
  if (ts.isPropertyAccessExpression(callee))
    return types.member(types.valueType(callee.expression), give);
  return types.sibling(symbol, give);
}

/** The call is one of the module that the memory belongs to, which only looks at what it is given. */
export function isOfItsModule(callee: ts.Expression, kind: ResourceKind, types: Types): boolean {
  if (kind.foreign !== true) return false;
  const node = skipWrappers(callee);
  return kind.release.some((release) => {
    if (!("name" in release) || typeof release.name !== "string") return false;
    const give = release.name.slice(release.name.lastIndexOf(".") + 1);
    if (ts.isPropertyAccessExpression(node))
      return types.member(types.valueType(node.expression), give) !== undefined;
    const symbol = types.calleeSymbol(node);
    return symbol !== undefined && types.sibling(symbol, give) !== undefined;
  });
}
