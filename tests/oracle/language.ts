/**
 * A small language of functions that acquire and release, and its spelling in TypeScript.
 *
 * Every statement of it means something in terms of acquiring, releasing and leaving; `interpreter.ts`
 * says what. The spelling is what the engine gets to see.
 */

/** `maybe`: a parameter, which may hold nothing and may be given another value. */
export interface Variable {
  readonly name: string;
  readonly maybe: boolean;
}

export type Condition =
  /** A call: another answer each time, and it may throw. */
  | { readonly test: "call" }
  /** A parameter that nothing assigns: one answer for the whole run. */
  | { readonly test: "flag"; readonly flag: string }
  | { readonly test: "holds"; readonly variable: Variable };

export type Statement =
  /** `site` names the acquisition. A variable that is not `maybe` is declared here. */
  | { readonly do: "open"; readonly site: string; readonly into: Variable }
  | { readonly do: "using"; readonly site: string; readonly into: Variable }
  /** The result of an acquisition that nothing is done with. */
  | { readonly do: "drop"; readonly site: string }
  | { readonly do: "alias"; readonly from: Variable; readonly to: Variable }
  | { readonly do: "close"; readonly variable: Variable }
  /** Closes what the variable holds, whether the operation before it fails or not. */
  | { readonly do: "use-then-close"; readonly variable: Variable }
  | { readonly do: "clear"; readonly variable: Variable }
  | { readonly do: "use"; readonly variable: Variable }
  | { readonly do: "step" }
  | { readonly do: "wait" }
  | { readonly do: "log" }
  | { readonly do: "throw" }
  | { readonly do: "return"; readonly variable?: Variable }
  | { readonly do: "break" }
  | { readonly do: "continue" }
  | {
      readonly do: "if";
      readonly condition: Condition;
      readonly then: Block;
      readonly otherwise: Block;
    }
  | { readonly do: "while"; readonly body: Block }
  | { readonly do: "each"; readonly body: Block }
  | { readonly do: "switch"; readonly cases: readonly Block[]; readonly fallback: Block }
  | {
      readonly do: "try";
      readonly body: Block;
      readonly handler?: Block;
      readonly final?: Block;
    }
  /** A function that closes the variable, to be called, or kept by somebody who calls it in the end. */
  | { readonly do: "closer"; readonly name: string; readonly variable: Variable }
  | { readonly do: "run-closer"; readonly name: string }
  /** Hands the resource to another function of the program. */
  | { readonly do: "help"; readonly helper: string; readonly variable: Variable };

export type Block = readonly Statement[];

/** Its parameters are lent: whoever calls owns what they hold. */
export interface Procedure {
  readonly parameters: readonly Variable[];
  readonly body: Block;
}

export interface Program extends Procedure {
  readonly helpers: readonly (Procedure & { readonly name: string })[];
}

export const flags = ["on", "off"] as const;

const prelude = `import { open, type FileHandle } from "node:fs/promises";
declare function step(): void;
declare function ready(): boolean;
declare function pick(): number;
declare function wait(): Promise<void>;
`;

/** The TypeScript of a program: one module with the function `main` and its helpers. */
export function spell({ helpers, ...main }: Program): string {
  const all = [{ ...main, name: "main" }, ...helpers];
  return [prelude, ...all.map(spellProcedure)].join("\n");
}

function spellProcedure({ name, parameters, body }: Procedure & { name: string }): string {
  const handles = parameters.map((one) => `${one.name}: FileHandle | undefined`);
  const others = ["list: string[]", ...flags.map((flag) => `${flag}: boolean`)];
  return `export async function ${name}(${[...handles, ...others].join(", ")}): Promise<FileHandle | undefined> {
${spellBlock(body, "  ")}  return undefined;
}
`;
}

function spellBlock(block: Block, indent: string): string {
  return block.map((statement) => spellStatement(statement, indent)).join("");
}

function spellStatement(statement: Statement, indent: string): string {
  const line = (text: string): string => `${indent}${text}\n`;
  const inner = `${indent}  `;
  const braces = (block: Block): string => `{\n${spellBlock(block, inner)}${indent}}`;
  switch (statement.do) {
    case "open": {
      const { into, site } = statement;
      return line(`${into.maybe ? "" : "const "}${into.name} = await open("${site}");`);
    }
    case "using":
      return line(`await using ${statement.into.name} = await open("${statement.site}");`);
    case "drop":
      return line(`await open("${statement.site}");`);
    case "alias":
      return line(
        `${statement.to.maybe ? "" : "const "}${statement.to.name} = ${statement.from.name};`,
      );
    case "close":
      return line(`await ${member(statement.variable)}close();`);
    case "use-then-close": {
      const { variable } = statement;
      return line(
        `await ${member(variable)}stat().finally(async () => await ${member(variable)}close());`,
      );
    }
    case "clear":
      return line(`${statement.variable.name} = undefined;`);
    case "use":
      return line(`await ${member(statement.variable)}stat();`);
    case "step":
      return line("step();");
    case "wait":
      return line("await wait();");
    case "log":
      return line('console.log("here");');
    case "throw":
      return line('throw new Error("failed");');
    case "return":
      return line(`return ${statement.variable?.name ?? "undefined"};`);
    case "break":
    case "continue":
      return line(`${statement.do};`);
    case "if": {
      const { condition, then, otherwise } = statement;
      const rest = otherwise.length > 0 ? ` else ${braces(otherwise)}` : "";
      return line(`if (${spellCondition(condition)}) ${braces(then)}${rest}`);
    }
    case "while":
      return line(`while (ready()) ${braces(statement.body)}`);
    case "each":
      return line(`for (const name of list) ${braces([{ do: "log" }, ...statement.body])}`);
    case "switch": {
      const cases = statement.cases.map(
        (block, at) => `${inner}case ${at}: {\n${spellBlock(block, `${inner}  `)}${inner}}\n`,
      );
      const fallback = `${inner}default: {\n${spellBlock(statement.fallback, `${inner}  `)}${inner}}\n`;
      return line(`switch (pick()) {\n${cases.join("")}${fallback}${indent}}`);
    }
    case "try": {
      const { body, handler, final } = statement;
      const catches = handler === undefined ? "" : ` catch ${braces(handler)}`;
      const ends = final === undefined ? "" : ` finally ${braces(final)}`;
      return line(`try ${braces(body)}${catches}${ends}`);
    }
    case "closer":
      return line(
        `const ${statement.name} = async () => { await ${member(statement.variable)}close(); };`,
      );
    case "run-closer":
      return line(`await ${statement.name}();`);
    case "help":
      return line(
        `await ${statement.helper}(${statement.variable.name}, list, ${flags.join(", ")});`,
      );
  }
}

function spellCondition(condition: Condition): string {
  switch (condition.test) {
    case "call":
      return "ready()";
    case "flag":
      return condition.flag;
    case "holds":
      return condition.variable.name;
  }
}

function member({ name, maybe }: Variable): string {
  return `${name}${maybe ? "?." : "."}`;
}
