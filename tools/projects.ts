import { existsSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Something the person who ran the command can mend: printed as one line, without a stack. */
export class UsageError extends Error {}

/** One tsconfig file and what it says. */
export interface Project {
  readonly configFile: string;
  readonly fileNames: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly references: readonly ts.ProjectReference[];
}

/**
 * The projects to lint for a folder with a `tsconfig.json`, or for a tsconfig file itself.
 *
 * A tsconfig without files of its own stands for the projects that it references. One with files
 * brings those that it references inside its own folder (`tsconfig.node.json` and the like); others
 * belong to somebody else.
 *
 * @param warn told about what is odd in a tsconfig and does not keep the project from being read
 * @throws UsageError when there is nothing to lint
 */
export function findProjects(target: string, warn: (line: string) => void): Project[] {
  const root = configFileOf(target);
  const folder = path.dirname(root) + path.sep;
  const found = new Map<string, Project>();
  const queue = [root];
  for (let configFile = queue.pop(); configFile !== undefined; configFile = queue.pop()) {
    if (found.has(configFile)) continue;
    const project = readProject(configFile, warn);
    found.set(configFile, project);
    const references = project.references.map((reference) =>
      path.resolve(ts.resolveProjectReferencePath(reference)),
    );
    for (const reference of references.reverse()) {
      if (!existsSync(reference)) warn(`${configFile} references ${reference}, which is missing`);
      else if (project.fileNames.length === 0 || reference.startsWith(folder)) {
        queue.push(reference);
      }
    }
  }
  const projects = [...found.values()].filter(({ fileNames }) => fileNames.length > 0);
  if (projects.length === 0) throw new UsageError(`${root} includes no TypeScript file`);
  return projects;
}

function configFileOf(target: string): string {
  if (!existsSync(target)) throw new UsageError(`${target} does not exist`);
  if (!statSync(target).isDirectory()) {
    if (target.endsWith(".json")) return target;
    throw new UsageError(`${target} is neither a folder nor a tsconfig file`);
  }
  const configFile = path.join(target, "tsconfig.json");
  if (!existsSync(configFile)) throw new UsageError(`${target} has no tsconfig.json`);
  return configFile;
}

function readProject(configFile: string, warn: (line: string) => void): Project {
  const fail = (diagnostic: ts.Diagnostic): never => {
    throw new UsageError(describe(diagnostic, configFile));
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: fail,
  });
  if (parsed === undefined) throw new UsageError(`${configFile} cannot be read`);
  for (const diagnostic of ts.getConfigFileParsingDiagnostics(parsed)) {
    if (isEmptiness(diagnostic)) continue;
    if (isTolerable(diagnostic)) warn(describe(diagnostic, configFile));
    else fail(diagnostic);
  }
  return {
    configFile,
    fileNames: parsed.fileNames,
    options: {
      ...parsed.options,
      // TypeScript 6 includes no @types package unless told to; projects written for 5 rely on all.
      types: parsed.options.types ?? ["*"],
      noEmit: true,
    },
    references: parsed.projectReferences ?? [],
  };
}

/** "No inputs were found" and "the 'files' list is empty": no error where there are references. */
function isEmptiness({ code }: ts.Diagnostic): boolean {
  return code === 18002 || code === 18003;
}

/**
 * Unknown options and values (the project may be written for another version of TypeScript), and a
 * base config that would come with a package which is not installed.
 */
function isTolerable(diagnostic: ts.Diagnostic): boolean {
  const { code, messageText } = diagnostic;
  if (code === 6053) return !/'[./]/.test(ts.flattenDiagnosticMessageText(messageText, " "));
  return [5023, 5025, 5102, 5107, 5108, 6046].includes(code);
}

function describe({ file, start, messageText }: ts.Diagnostic, configFile: string): string {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  if (file === undefined || start === undefined) return `${configFile}: ${text}`;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${file.fileName}:${String(line + 1)}:${String(character + 1)}: ${text}`;
}

/** The program of a project, in which a referenced project is its sources, not its build output. */
export function createProjectProgram({ fileNames, options, references }: Project): ts.Program {
  const host = Object.assign(ts.createCompilerHost(options, true), {
    // Read by every program, but declared for watching hosts only.
    useSourceOfProjectReferenceRedirect: () => true,
  } satisfies Pick<ts.WatchCompilerHost<ts.BuilderProgram>, "useSourceOfProjectReferenceRedirect">);
  return ts.createProgram({ rootNames: fileNames, options, projectReferences: references, host });
}

/** The files of a project that a type-aware rule has something to say about. */
export function lintableFiles({ fileNames, options }: Project): string[] {
  const pattern = options.checkJs === true ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
  return fileNames.filter((file) => pattern.test(file) && !/\.d\.[^/]*ts$/.test(file));
}

/**
 * Imports of a file that lead to no types: a package that is not installed or has no declarations.
 * What they bring is `any` to the checker, so no rule finds anything there.
 */
export function unresolvedImports(program: ts.Program, file: ts.SourceFile): string[] {
  const checker = program.getTypeChecker();
  const unresolved: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && checker.getSymbolAtLocation(specifier) === undefined) {
      unresolved.push(specifier.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return unresolved;
}

/** The module specifier of an import or re-export that brings names; `import "./x.css"` brings none. */
function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  let specifier: ts.Node | undefined;
  if (ts.isImportDeclaration(node)) {
    specifier = node.importClause === undefined ? undefined : node.moduleSpecifier;
  } else if (ts.isExportDeclaration(node)) {
    specifier = node.moduleSpecifier;
  } else if (ts.isExternalModuleReference(node)) {
    specifier = node.expression;
  } else if (ts.isImportTypeNode(node)) {
    specifier = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    specifier = node.arguments[0];
  }
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier : undefined;
}
