/**
 * Programs that hand a resource over, made from those that leak or release it: it is returned to the
 * caller, and it is given to an object that releases it when it is closed itself.
 */
import ts from "typescript";

export interface HandOver {
  /** The body of a function that hands the resource over. */
  readonly body: string;
  /** Declarations that the body needs, beside its function. */
  readonly beside?: string;
}

/**
 * @param body the body of an async function whose first statement acquires: `const x = open(path)`
 * @returns the same function, which gives what it acquires to its caller; nothing where it is no variable
 */
export function returned(body: string): readonly HandOver[] {
  const acquired = acquiredBy(body);
  return acquired === undefined
    ? []
    : [{ body: `${acquired.declaration} return ${acquired.name};` }];
}

/**
 * @param body as for {@link returned}, and the statements behind the first one release it
 * @param name a name that nothing else of the file has
 */
export function givenToOwner(body: string, name: string): readonly HandOver[] {
  const acquired = acquiredBy(body);
  if (acquired === undefined || acquired.rest === "") return [];
  const { declaration, name: resource, rest } = acquired;
  const beside = `
    async function make${name}() { ${declaration} return ${resource}; }
    class Owner${name} {
      constructor(private readonly kept: Awaited<ReturnType<typeof make${name}>>) {}
      async close() { const ${resource} = this.kept; ${rest} }
    }`;
  return [{ body: `${declaration} return new Owner${name}(${resource});`, beside }];
}

/** The variable that the first statement declares, or the list of them, and what follows it. */
function acquiredBy(
  body: string,
): { readonly declaration: string; readonly name: string; readonly rest: string } | undefined {
  const { statements, text } = ts.createSourceFile("body.ts", body, ts.ScriptTarget.Latest);
  const [first] = statements;
  if (first === undefined || !ts.isVariableStatement(first)) return undefined;
  const [variable, ...others] = first.declarationList.declarations;
  if (variable === undefined || others.length > 0) return undefined;
  return {
    declaration: text.slice(0, first.end).trim(),
    name: namesIn(variable.name),
    rest: text.slice(first.end).trim(),
  };
}

/** `x`; `x` of `{ x }` and of `{ y: x }`; `[x, y]` of every pattern with several names. */
function namesIn(pattern: ts.BindingName): string {
  if (ts.isIdentifier(pattern)) return pattern.text;
  const names = pattern.elements.flatMap((one) =>
    ts.isBindingElement(one) ? [namesIn(one.name)] : [],
  );
  return names.length === 1 ? names[0]! : `[${names.join(", ")}]`;
}
