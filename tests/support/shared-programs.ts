/**
 * A parser for the rule tester that gives all programs of a test file one TypeScript program: its
 * types are resolved and checked once, where the project service would do so for every case anew.
 *
 * The programs are modules of their own in the folder of the fixtures, so that `./kit/…` resolves.
 */
import parser, { type ParserOptions } from "@typescript-eslint/parser";
import path from "node:path";
import ts from "typescript";
import { virtualHost } from "./virtual-host.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures").replaceAll(path.sep, "/");

/** Files on disk, parsed once for all programs of a worker. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The programs of the test file that registers its cases now. */
let texts = new Map<string, string>();
let program: ts.Program | undefined;
let count = 0;

/** @returns the name of the file that has this text, for the `filename` of a case */
export function fileFor(code: string): string {
  if (program !== undefined) {
    texts = new Map();
    program = undefined;
  }
  const name = `case-${count++}.ts`;
  texts.set(`${folder}/${name}`, code);
  return name;
}

/** Parses what {@link fileFor} has named; other files as the options say. */
export const sharedParser = {
  meta: parser.meta,
  parseForESLint(code: string, given?: unknown): ReturnType<typeof parser.parseForESLint> {
    const options = given as ParserOptions;
    const filePath = path.resolve(folder, options.filePath ?? "").replaceAll(path.sep, "/");
    if (texts.get(filePath) !== code) return parser.parseForESLint(code, options);
    program ??= programOf(texts);
    return parser.parseForESLint(code, {
      ...options,
      filePath,
      projectService: false,
      programs: [program],
    });
  },
};

function programOf(files: ReadonlyMap<string, string>): ts.Program {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${folder}/tsconfig.json`, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    folder,
  );
  // A program without imports is a module too, or it would declare what others see.
  options.moduleDetection = ts.ModuleDetectionKind.Force;
  const host = virtualHost(options, { files, parsed });
  return ts.createProgram([...files.keys()], options, host);
}
