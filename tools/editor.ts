/**
 * An editor without a screen: it speaks to the ESLint language server of VS Code, and sends only what
 * VS Code sends. The server is the one that `vscode-langservers-extracted` takes out of the extension;
 * Neovim, Helix and Zed run it too.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A squiggle. */
export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
  /** 1 is an error, 2 a warning. */
  readonly severity: number;
  /** The rule, with its prefix. */
  readonly code?: string;
  readonly codeDescription?: { readonly href: string };
}

interface Command {
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

export interface CodeAction {
  readonly title: string;
  readonly kind?: string;
  readonly command?: Command;
}

interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

interface WorkspaceEdit {
  readonly documentChanges?: readonly {
    readonly textDocument: { readonly uri: string };
    readonly edits: readonly TextEdit[];
  }[];
}

/** What is used of `vscode-jsonrpc`, which is installed with the server, apart from this project. */
interface JsonRpc {
  readonly createMessageConnection: (reader: unknown, writer: unknown) => Connection;
  readonly StreamMessageReader: new (stream: NodeJS.ReadableStream) => unknown;
  readonly StreamMessageWriter: new (stream: NodeJS.WritableStream) => unknown;
}

interface Connection {
  sendRequest(method: string, parameters?: unknown): Promise<unknown>;
  sendNotification(method: string, parameters?: unknown): Promise<void>;
  onRequest(method: string, handler: (parameters: never) => unknown): void;
  onNotification(method: string, handler: (parameters: never) => void): void;
  listen(): void;
  dispose(): void;
}

/** What VS Code sends when nobody has changed a setting. */
const settingsOfVSCode = {
  validate: "on",
  packageManager: "npm",
  useESLintClass: true,
  useFlatConfig: true,
  experimental: { useFlatConfig: false },
  run: "onType",
  quiet: false,
  onIgnoredFiles: "off",
  options: {},
  rulesCustomizations: [],
  problems: { shortenToSingleLine: false },
  format: false,
  nodePath: null,
  workingDirectory: { mode: "location" },
  codeAction: {
    disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
    showDocumentation: { enable: true },
  },
  codeActionOnSave: { enable: false, mode: "all", rules: [] },
};

const capabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    diagnostic: { dynamicRegistration: true },
    publishDiagnostics: { codeDescriptionSupport: true, dataSupport: true },
    codeAction: {
      dynamicRegistration: true,
      isPreferredSupport: true,
      dataSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
    },
  },
};

/** What the server says when it gives up: no squiggle would come, and no error either. */
const complaints = ["eslint/noConfig", "eslint/noLibrary", "eslint/probeFailed"];

export class Editor {
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #connection: Connection;
  readonly #settings: object;
  readonly #texts = new Map<string, string>();
  #version = 0;
  #complaint: string | undefined;

  private constructor(
    folder: string,
    server: ChildProcess,
    connection: Connection,
    settings: object,
  ) {
    this.#settings = settings;
    this.#folder = folder;
    this.#server = server;
    this.#connection = connection;
  }

  /**
   * Opens a folder.
   *
   * @param folder with a `node_modules` that has ESLint
   * @param tools the folder that has the server and `vscode-jsonrpc` in its `node_modules`
   * @param settings those of VS Code, unless another editor is played
   */
  static async open(
    folder: string,
    tools: string,
    settings: object = settingsOfVSCode,
  ): Promise<Editor> {
    const require = createRequire(path.join(tools, "package.json"));
    const rpc = require("vscode-jsonrpc/node") as JsonRpc;
    const server = path.join(
      path.dirname(require.resolve("vscode-langservers-extracted/package.json")),
      "bin/vscode-eslint-language-server",
    );
    const child = spawn(process.execPath, [server, "--stdio"], {
      cwd: folder,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(child.stdout),
      new rpc.StreamMessageWriter(child.stdin),
    );
    const editor = new Editor(folder, child, connection, settings);
    await editor.#start();
    return editor;
  }

  async #start(): Promise<void> {
    const uri = pathToFileURL(this.#folder).href;
    const workspaceFolder = { uri, name: path.basename(this.#folder) };
    // Asked once for each file that is opened.
    const answers: Record<string, (parameters: never) => unknown> = {
      "workspace/configuration": ({ items }: { items: unknown[] }) =>
        items.map(() => ({ ...this.#settings, workspaceFolder })),
      "workspace/applyEdit": ({ edit }: { edit: WorkspaceEdit }) => this.#applyEdit(edit),
      "client/registerCapability": () => null,
      "workspace/diagnostic/refresh": () => null,
      "eslint/openDoc": () => ({}),
    };
    for (const complaint of complaints) {
      answers[complaint] = (): object => {
        this.#complaint = complaint;
        return {};
      };
    }
    for (const [method, answer] of Object.entries(answers)) {
      this.#connection.onRequest(method, answer);
    }
    this.#connection.onNotification("eslint/status", () => undefined);
    this.#connection.listen();
    await this.#connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [workspaceFolder],
      capabilities,
    });
    await this.#connection.sendNotification("initialized", {});
  }

  /** The text of an open file as it stands in the editor, saved or not. */
  text(file: string): string {
    const text = this.#texts.get(this.#uri(file));
    if (text === undefined) throw new Error(`${file} is not open`);
    return text;
  }

  async openFile(file: string): Promise<void> {
    const uri = this.#uri(file);
    const text = readFileSync(path.join(this.#folder, file), "utf8");
    this.#texts.set(uri, text);
    await this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "typescript", version: ++this.#version, text },
    });
  }

  /** Types: the file on the disk stays as it is. */
  async edit(file: string, text: string): Promise<void> {
    await this.#change(this.#uri(file), text);
  }

  /** The squiggles of an open file. */
  async squiggles(file: string): Promise<readonly Diagnostic[]> {
    const report = (await this.#connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri: this.#uri(file) },
    })) as { readonly items: readonly Diagnostic[] };
    if (this.#complaint !== undefined) throw new Error(`the server says ${this.#complaint}`);
    return report.items;
  }

  /** What the light bulb offers beside a squiggle. */
  async quickFixes(file: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
    return (await this.#connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: this.#uri(file) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: ["quickfix"], triggerKind: 1 },
    })) as readonly CodeAction[];
  }

  /** Chooses an offer. The server answers with an edit, which is applied. */
  async choose(action: CodeAction): Promise<void> {
    await this.#connection.sendRequest("workspace/executeCommand", {
      command: action.command?.command,
      arguments: action.command?.arguments,
    });
  }

  async close(): Promise<void> {
    await this.#connection.sendRequest("shutdown");
    const gone = new Promise<void>((resolve) => {
      this.#server.once("exit", () => {
        resolve();
      });
    });
    await this.#connection.sendNotification("exit");
    await gone;
    this.#connection.dispose();
  }

  #uri(file: string): string {
    return pathToFileURL(path.join(this.#folder, file)).href;
  }

  async #applyEdit({ documentChanges = [] }: WorkspaceEdit): Promise<{ applied: boolean }> {
    for (const { textDocument, edits } of documentChanges) {
      const text = this.#texts.get(textDocument.uri);
      if (text === undefined) throw new Error(`${fileURLToPath(textDocument.uri)} is not open`);
      await this.#change(textDocument.uri, applyEdits(text, edits));
    }
    return { applied: true };
  }

  async #change(uri: string, text: string): Promise<void> {
    this.#texts.set(uri, text);
    await this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: ++this.#version },
      contentChanges: [{ text }],
    });
  }
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [...text.matchAll(/^/gm)].map(({ index }) => index);
  const offset = ({ line, character }: Position): number =>
    (starts[line] ?? text.length) + character;
  return edits
    .map(({ range, newText }) => ({
      from: offset(range.start),
      to: offset(range.end),
      newText,
    }))
    .sort((a, b) => b.from - a.from)
    .reduce((all, { from, to, newText }) => all.slice(0, from) + newText + all.slice(to), text);
}
