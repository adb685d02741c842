/**
 * Draws the pictures of the README into docs/pictures: `npm run update:pictures`.
 *
 * The squiggles are those that the ESLint server of VS Code answers, shown by Monaco, the editor that VS
 * Code is made of, in a headless Chromium. Debian has one: `apt-get install chromium fonts-dejavu`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Diagnostic, Editor } from "./editor.ts";

const root = path.resolve(import.meta.dirname, "../..");
const pictures = path.join(root, "docs/pictures");
const build = path.join(root, "build/pictures");
const monaco = path.join(build, "monaco/package/min/vs");

const program = `import { open } from "node:fs/promises";

export async function readSettings(path: string): Promise<unknown> {
  const file = await open(path);
  const settings: unknown = JSON.parse(await file.readFile("utf8"));
  await file.close();
  return settings;
}

const expire = (ms: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("timed out")), ms).unref());

export const load = (url: string): Promise<Response> => Promise.race([fetch(url), expire(5000)]);
`;

function fetchMonaco(): void {
  if (existsSync(monaco)) return;
  const folder = path.join(build, "monaco");
  mkdirSync(folder, { recursive: true });
  const npm = ["pack", "monaco-editor@0.57.0", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", npm, { cwd: folder, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", tarball], { cwd: folder });
}

/** A project in the package itself, which Node finds by its own name, as it finds the other packages. */
function writeProject(): string {
  const folder = path.join(build, "project");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "src"), { recursive: true });
  const config = /^```js eslint\.config\.mjs\n(.*?)^```$/ms.exec(
    readFileSync(path.join(root, "README.md"), "utf8"),
  )?.[1];
  const compilerOptions = { target: "es2022", module: "nodenext", strict: true, types: ["node"] };
  writeFileSync(path.join(folder, "eslint.config.mjs"), config ?? "");
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(path.join(folder, "src/settings.ts"), program);
  return folder;
}

async function squiggles(folder: string): Promise<readonly Diagnostic[]> {
  const editor = await Editor.open(folder, path.join(root, "tests/e2e/tools"));
  await editor.openFile("src/settings.ts");
  const answer = await editor.squiggles("src/settings.ts");
  await editor.close();
  if (answer.length === 0) throw new Error("there is nothing to show");
  return answer;
}

function editorPage(diagnostics: readonly Diagnostic[]): string {
  const markers = diagnostics.map(
    ({ message, code = "", codeDescription, range: { start, end } }) => ({
      severity: 8,
      source: "eslint",
      message,
      code: { value: code, target: codeDescription?.href },
      startLineNumber: start.line + 1,
      startColumn: start.character + 1,
      endLineNumber: end.line + 1,
      endColumn: end.character + 1,
    }),
  );
  const position = { lineNumber: markers[0]?.startLineNumber, column: markers[0]?.startColumn };
  return `<!doctype html><meta charset="utf-8"><style>body { margin: 0 } #editor { width: 920px; height: 280px }</style>
<div id="editor"></div>
<script src="${pathToFileURL(path.join(monaco, "loader.js")).href}"></script>
<script>
require.config({ paths: { vs: ${JSON.stringify(pathToFileURL(monaco).href)} } });
require(["vs/editor/editor.main"], () => {
  const { Uri, editor } = monaco;
  const markers = ${JSON.stringify(markers)}.map((marker) => ({ ...marker, code: { ...marker.code, target: Uri.parse(marker.code.target) } }));
  monaco.typescript?.typescriptDefaults?.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: true });
  const model = editor.createModel(${JSON.stringify(program)}, "typescript");
  const view = editor.create(document.getElementById("editor"), {
    model, theme: "vs-dark", fontSize: 14, fontFamily: "DejaVu Sans Mono", minimap: { enabled: false },
    scrollBeyondLastLine: false, renderLineHighlight: "none", overviewRulerLanes: 0, padding: { top: 8 },
    hover: { delay: 0, above: false, sticky: true },
  });
  editor.setModelMarkers(model, "eslint", markers);
  view.setPosition(${JSON.stringify(position)});
  view.focus();
  setTimeout(() => view.trigger("keyboard", "editor.action.showHover", {}), 800);
});
</script>`;
}

const colours: Readonly<Record<string, string>> = {
  "1": "font-weight: bold",
  "2": "opacity: 0.6",
  "4": "text-decoration: underline",
  "31": "color: #f14c4c",
  "33": "color: #e5e510",
};

/** What a terminal shows of ESLint's output. */
function terminalPage(folder: string): string {
  const eslint = path.join(root, "node_modules/eslint/bin/eslint.js");
  const { stdout, stderr, status } = spawnSync(process.execPath, [eslint, ".", "--color"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "1" },
  });
  if (status !== 1) throw new Error(stderr);
  const html = stdout
    .replaceAll(folder, "/home/you/project")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    // Every style is closed by a code of its own (22, 24, 39), and a span is closed alike.
    .replaceAll(/\u001b\[(\d+)m/g, (_, code: string) =>
      code in colours ? `<span style="${colours[code] ?? ""}">` : code === "0" ? "" : "</span>",
    );
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #1e1e1e; color: #ddd } pre { font: 14px/1.5 "DejaVu Sans Mono"; padding: 12px 16px; margin: 0; white-space: pre-wrap }
</style><pre>$ npx eslint .\n${html}</pre>`;
}

function draw(name: string, page: string, height: number): void {
  const file = path.join(build, `${name}.html`);
  writeFileSync(file, page);
  mkdirSync(pictures, { recursive: true });
  const options = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--force-device-scale-factor=2",
    `--window-size=920,${String(height)}`,
    "--virtual-time-budget=20000",
    `--screenshot=${path.join(pictures, `${name}.png`)}`,
  ];
  execFileSync("chromium", [...options, pathToFileURL(file).href], { stdio: "pipe" });
}

fetchMonaco();
const folder = writeProject();
draw("editor", editorPage(await squiggles(folder)), 280);
draw("terminal", terminalPage(folder), 270);
