/**
 * Programs from text, for tests of what the engine knows rather than of what rules say.
 *
 * The text is a file in the folder of the fixtures, so that `./kit/…` resolves as it does for the
 * rule tester. A comment like `/*name*\/` marks the node that starts behind it.
 */
import path from "node:path";
import ts from "typescript";
import type { FunctionWithBody } from "../../src/flow/graph.ts";
import { Environment, type UnknownCallee } from "../../src/ownership/environment.ts";
import { acquisitionsAt, type Acquired } from "../../src/ownership/find-acquisitions.ts";
import { Summaries } from "../../src/ownership/summaries.ts";
import { catalog } from "../../src/resources/catalog/index.ts";
import { indexCatalog } from "../../src/resources/catalog-index.ts";
import type { CatalogFamily, ResourceKind } from "../../src/resources/kind.ts";
import type { CallLike } from "../../src/resources/recognise.ts";
import { virtualHost } from "./virtual-host.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures").replaceAll(path.sep, "/");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: ["node"],
};

const inWorker = { ...options, lib: ["lib.esnext.d.ts", "lib.webworker.d.ts"] };

const index = indexCatalog(catalog);
/** Files on disk, parsed once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>();

export interface ProgramSettings {
  /** Further files, by their path below the folder of the program. */
  readonly files?: Readonly<Record<string, string>>;
  /** Instead of the plugin's own catalog. */
  readonly families?: readonly CatalogFamily[];
  readonly unknownCallee?: UnknownCallee;
  /** Programs that are wrong on purpose are not checked. */
  readonly broken?: true;
  /** The program runs in a worker of the web, not in a page. */
  readonly worker?: true;
}

/** @throws when the text does not compile: a typo would make a test say nothing */
export function programOf(code: string, settings: ProgramSettings = {}): TestProgram {
  return new TestProgram(code, settings);
}

export class TestProgram {
  readonly program: ts.Program;
  readonly file: ts.SourceFile;
  readonly environment: Environment;
  readonly summaries: Summaries;
  private readonly settings: ProgramSettings;

  constructor(code: string, settings: ProgramSettings) {
    const main = `${folder}/program.ts`;
    const files = new Map([[main, code]]);
    for (const [name, text] of Object.entries(settings.files ?? {}))
      files.set(`${folder}/${name}`, text);
    this.settings = settings;
    const ofWorld: ts.CompilerOptions = settings.worker === true ? inWorker : options;
    this.program = ts.createProgram(
      [...files.keys()],
      ofWorld,
      virtualHost(ofWorld, { files, parsed }),
    );
    this.file = this.program.getSourceFile(main)!;
    if (settings.broken === undefined) this.check([...files.keys()]);
    ({ environment: this.environment, summaries: this.summaries } = this.freshEngine());
  }

  /** An engine of the same program that has not been asked anything yet. */
  freshEngine(): { environment: Environment; summaries: Summaries } {
    const { families, unknownCallee = "owns" } = this.settings;
    const known = families === undefined ? index : indexCatalog(families);
    const environment = new Environment(this.program, known, unknownCallee);
    return { environment, summaries: new Summaries(environment) };
  }

  /** The largest node behind the comment that names it; the expression of an expression statement. */
  marked(name: string): ts.Node {
    const comment = `/*${name}*/`;
    const { text } = this.file;
    const at = text.indexOf(comment);
    if (at < 0 || text.includes(comment, at + 1)) throw new Error(`no single ${comment}`);
    let start = at + comment.length;
    while (/\s/.test(text.charAt(start))) start++;
    const find = (node: ts.Node): ts.Node | undefined =>
      !ts.isSourceFile(node) && node.getStart(this.file) === start
        ? node
        : ts.forEachChild(node, find);
    const node = find(this.file);
    if (node === undefined) throw new Error(`nothing starts behind ${comment}`);
    return ts.isExpressionStatement(node) ? node.expression : node;
  }

  expression(name: string): ts.Expression {
    const node = this.marked(name);
    if (!ts.isExpression(node)) throw new Error(`${name} is no expression`);
    return node;
  }

  /** A marked call or `new`, or the one that a marked `await` waits for. */
  call(name: string): CallLike {
    let node = this.marked(name);
    while (ts.isAwaitExpression(node)) node = node.expression;
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node))
      throw new Error(`${name} is no call`);
    return node;
  }

  /** The function declaration, constant function or method (`Class.method`, `Class.constructor`) of a name. */
  fn(name: string): FunctionWithBody {
    const [owner, member] = name.split(".");
    let found: ts.Node | undefined;
    const visit = (node: ts.Node): void => {
      if (member !== undefined && ts.isClassLike(node) && node.name?.text === owner) {
        found ??= node.members.find(
          (one) => nameOf(one) === member && "body" in one && one.body !== undefined,
        );
      } else if (member === undefined && ts.isFunctionDeclaration(node) && node.body) {
        if (node.name?.text === name) found ??= node;
      } else if (ts.isVariableDeclaration(node) && node.name.getText() === name) {
        if (node.initializer && ts.isFunctionLike(node.initializer)) found ??= node.initializer;
      }
      ts.forEachChild(node, visit);
    };
    visit(this.file);
    if (found === undefined) throw new Error(`no function ${name}`);
    return found as FunctionWithBody;
  }

  /** The one acquisition of a marked call. */
  acquired(name: string): Acquired {
    const all = acquisitionsAt(this.call(name), this.environment, this.summaries);
    if (all.length !== 1) throw new Error(`${name} acquires ${all.length}`);
    return all[0]!;
  }

  /** The kind of the class or interface `name` of the program or of an import of it. */
  kind(name: string): ResourceKind {
    const checker = this.program.getTypeChecker();
    const symbol = checker.resolveName(
      name,
      this.file,
      ts.SymbolFlags.Type | ts.SymbolFlags.Alias,
      false,
    );
    const target =
      symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
        ? checker.getAliasedSymbol(symbol)
        : symbol;
    const kind =
      target && this.environment.recogniser.kindOfType(checker.getDeclaredTypeOfSymbol(target));
    if (kind === undefined) throw new Error(`${name} is no resource`);
    return kind;
  }

  private check(names: readonly string[]): void {
    const complaints = names.flatMap((name) => {
      const source = this.program.getSourceFile(name);
      // A file of a package is in the program only when something imports it.
      if (source === undefined || source.isDeclarationFile) return [];
      return [
        ...this.program.getSyntacticDiagnostics(source),
        ...this.program.getSemanticDiagnostics(source),
      ].map((one) => ts.flattenDiagnosticMessageText(one.messageText, " "));
    });
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
  }
}

function nameOf(member: ts.ClassElement): string {
  return ts.isConstructorDeclaration(member) ? "constructor" : (member.name?.getText() ?? "");
}

/** The first line of each node's text. */
export function texts(nodes: Iterable<ts.Node>): string[] {
  return [...nodes].map((node) => node.getText().split("\n", 1)[0]!);
}
