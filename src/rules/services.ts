import type {
  ParserServicesWithTypeInformation,
  TSESLint,
  TSESTree,
} from "@typescript-eslint/utils";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import { effectiveCatalog } from "../resources/effective-catalog.ts";
import { settingsKey } from "../resources/settings.ts";
import { SentenceError } from "./errors.ts";

type Context = Pick<TSESLint.RuleContext<string, readonly unknown[]>, "id" | "filename"> & {
  readonly sourceCode: Pick<TSESLint.SourceCode, "ast" | "parserServices">;
};

/**
 * The type information of the file that is linted. Every rule calls this first.
 *
 * @throws SentenceError when there is none, or when it comes from another version of TypeScript
 * than the one that the rules read it with: numbers such as `ts.SyntaxKind` differ between versions.
 */
export function requireServices(context: Context): ParserServicesWithTypeInformation {
  const { ast, parserServices } = context.sourceCode;
  const services = withWholeFile(parserServices ?? {}, context);
  if (services === undefined) {
    throw new SentenceError(
      `${context.id} needs type information for ${context.filename}: let @typescript-eslint/parser parse it, with "projectService: true" in languageOptions.parserOptions, or restrict the rule to TypeScript files.`,
    );
  }
  const sourceFile = services.esTreeNodeToTSNodeMap.get(ast);
  if (sourceFile.constructor !== ownSourceFile.constructor) {
    const theirs = versionOfProgram(services.program);
    // Two copies of one version agree on everything that is read here.
    if (
      theirs === undefined
        ? kindNumber(sourceFile) !== kindNumber(ownSourceFile)
        : theirs !== ts.version
    ) {
      throw new SentenceError(
        `eslint-plugin-resource-hygiene loads TypeScript ${ts.version} and the parser of ${context.filename} loads TypeScript ${theirs ?? "of another version"}: install one version for both.`,
      );
    }
  }
  return services;
}

/**
 * In a run with `parserOptions.project` that should lint every file once, typescript-eslint reads a file
 * that is linted again as a program of that file alone. Nothing that it imports has a type there, and neither has the
 * platform, so nothing can be said of it.
 */
export function isReadAlone({ sourceCode: { parserServices } }: Context): boolean {
  const program = parserServices?.program;
  return program?.getCompilerOptions().noResolve === true && program.getCurrentDirectory() === "";
}

/**
 * Parsers of components, such as Svelte's, map the nodes of the scripts in a file, and not the file: its
 * tree holds markup too. The program knows it by its name.
 */
function withWholeFile(
  parserServices: Partial<TSESLint.SourceCode["parserServices"]>,
  { filename, sourceCode: { ast } }: Context,
): ParserServicesWithTypeInformation | undefined {
  if (!parserServices?.program || !parserServices.esTreeNodeToTSNodeMap) return undefined;
  const services = parserServices as ParserServicesWithTypeInformation;
  const map = services.esTreeNodeToTSNodeMap;
  if (map.has(ast)) return services;
  const file = services.program.getSourceFile(filename);
  if (file === undefined) return undefined;
  const get = (node: TSESTree.Node): ts.Node => (node === ast ? file : map.get(node));
  const has = (node: unknown): boolean => node === ast || map.has(node);
  return { ...services, esTreeNodeToTSNodeMap: { get, has } as typeof map };
}

/**
 * What is known of resources where the file is linted: the catalog, and what the settings change.
 *
 * @throws an error of one sentence when the settings are wrong
 */
export function catalogOf(
  context: Pick<TSESLint.RuleContext<string, readonly unknown[]>, "settings" | "cwd">,
): CatalogIndex {
  return effectiveCatalog(context.settings[settingsKey], context.cwd);
}

/** Every copy of TypeScript has node classes and, from version to version, node kinds of its own. */
const ownSourceFile = ts.createSourceFile("own.ts", "", ts.ScriptTarget.Latest);
const kindNumber = ({ kind }: ts.SourceFile): number => kind;

const versions = new WeakMap<ts.Program, string | undefined>();

/** The version of the TypeScript package whose `lib.*.d.ts` files the program holds. */
function versionOfProgram(program: ts.Program): string | undefined {
  if (!versions.has(program)) versions.set(program, readVersion(program));
  return versions.get(program);
}

function readVersion(program: ts.Program): string | undefined {
  const library = program
    .getSourceFiles()
    .find((file) => /[\\/]lib[\\/]lib\.[^\\/]*d\.ts$/.test(file.fileName));
  if (library === undefined) return undefined;
  try {
    const manifest = path.join(path.dirname(library.fileName), "../package.json");
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version?: string }).version;
  } catch {
    // A replaced library, or one that is no package: its version is unknown.
    return undefined;
  }
}
