import { foundUnderEveryName, type KindCases, kindCases } from "../support/kind-cases.ts";

function disposed(made: string, release = "dispose", use = "console.log(it)"): KindCases {
  return {
    leak: `const it = ${made}; ${use};`,
    release: [`const it = ${made}; it.${release}();`, `return ${made};`],
  };
}

/** Whoever uses the editor may close it: only a path that forgets what another one does is a leak. */
function shown(made: string): KindCases {
  return {
    leak: `const it = ${made}; if (Date.now() > 0) return; it.dispose();`,
    release: [`const it = ${made}; it.dispose();`, `const it = ${made}; console.log(it);`],
  };
}

const vscode = {
  "vscode.OutputChannel": shown(`vscode.window.createOutputChannel("a")`),
  "vscode.StatusBarItem": shown(`vscode.window.createStatusBarItem()`),
  "vscode.Terminal": shown(`vscode.window.createTerminal()`),
  "vscode.WebviewPanel": shown(`vscode.window.createWebviewPanel("a", "b", 1)`),
  "vscode.TextEditorDecorationType": shown(`vscode.window.createTextEditorDecorationType({})`),
  "vscode.QuickPick": disposed(`vscode.window.createQuickPick()`, "dispose", "it.hide()"),
  "vscode.InputBox": disposed(`vscode.window.createInputBox()`),
  "vscode.DiagnosticCollection": shown(`vscode.languages.createDiagnosticCollection()`),
  "vscode.FileSystemWatcher": disposed(`vscode.workspace.createFileSystemWatcher("a")`),
  "vscode.SourceControl": shown(`vscode.scm.createSourceControl("a", "b")`),
  "vscode.TreeView": shown(`vscode.window.createTreeView("a", { treeDataProvider })`),
  "vscode.EventEmitter": {
    known: `const it = new vscode.EventEmitter<number>(); console.log(it);`,
    release: `const it = new vscode.EventEmitter<number>(); it.dispose();`,
  },
  "vscode.CancellationTokenSource": {
    leak: `const it = new vscode.CancellationTokenSource(); console.log(it.token);`,
    release: [
      `const it = new vscode.CancellationTokenSource(); it.dispose();`,
      `const it = new vscode.CancellationTokenSource(); it.cancel();`,
    ],
  },
  "vscode.Disposable": {
    leak: [
      `vscode.workspace.onDidOpenTextDocument(() => undefined);`,
      `const it = vscode.commands.registerCommand("a", () => undefined); console.log(it);`,
      `own.event(() => undefined);`,
    ],
    release: [
      `const it = vscode.workspace.onDidOpenTextDocument(() => undefined); it.dispose();`,
      `context.subscriptions.push(vscode.commands.registerCommand("a", () => undefined));`,
      `return vscode.Disposable.from(vscode.commands.registerCommand("a", () => undefined));`,
    ],
    none: `vscode.workspace.onDidOpenTextDocument(() => undefined, undefined, context.subscriptions);`,
  },
};
const newer = {
  "vscode.LanguageStatusItem": shown(
    `vscode.languages.createLanguageStatusItem("a", { language: "b" })`,
  ),
  "vscode.TestController": shown(`vscode.tests.createTestController("a", "b")`),
  "vscode.CommentController": shown(`vscode.comments.createCommentController("a", "b")`),
};
const prelude = `
  import * as vscode from "vscode";
  declare const context: vscode.ExtensionContext;
  declare const own: vscode.EventEmitter<number>;
  declare const treeDataProvider: vscode.TreeDataProvider<string>;`;
kindCases("VS Code", { ...vscode, ...newer }, { packages: true, prelude });
kindCases("VS Code, older types", vscode, {
  packages: true,
  prelude,
  versions: { "@types/vscode": "vscode-older-types" },
});
foundUnderEveryName("editors", {
  kind: "vscode.EventEmitter",
  module: "vscode",
  name: "EventEmitter",
  acquire: `new NAME()`,
  extended: "NAME<number>",
  versions: { "older types": { "@types/vscode": "vscode-older-types" } },
});

kindCases(
  "editors of pages and language servers",
  {
    "monaco.editor": disposed(`monaco.editor.create(element)`),
    "monaco.model": {
      leak: `const it = monaco.editor.createModel("a"); console.log(it.getValue());`,
      release: `const it = monaco.editor.createModel("a"); it.dispose();`,
      none: `console.log(monaco.editor.getModels());`,
    },
    "monaco.IDisposable": disposed(`monaco.languages.registerHoverProvider("a", hover)`),
    "codemirror.EditorView": disposed(`new CodeMirrorView()`, "destroy"),
    "prosemirror.EditorView": disposed(`new ProseMirrorView(element, state)`, "destroy"),
    "tiptap.Editor": disposed(`new Editor()`, "destroy"),
    "xterm.Terminal": disposed(`new Terminal()`, "dispose", "it.clear()"),
    "xterm.IDisposable": {
      ...disposed(`terminal.onData(console.log)`),
      // What extends the interface is another thing that can be disposed.
      none: [
        `const it = terminal.registerMarker(1); console.log(it);`,
        `const marker = terminal.registerMarker(1); const it = terminal.registerDecoration({ marker }); console.log(it);`,
      ],
    },
    "vscode-jsonrpc.MessageConnection": {
      leak: `const it = createMessageConnection(process.stdin, process.stdout); it.listen();`,
      release: `const it = createMessageConnection(process.stdin, process.stdout); it.listen(); it.dispose();`,
      automatic: `const it = createMessageConnection(process.stdin, process.stdout); console.log(it);`,
    },
    "vscode-jsonrpc.Disposable": disposed(`connection.onRequest("a", () => undefined)`),
    "vscode-languageclient.LanguageClient": {
      leak: `const it = new LanguageClient("a", "b", server, client); await it.start();`,
      release: `const it = new LanguageClient("a", "b", server, client); try { await it.start(); } finally { await it.stop(); }`,
      automatic: `const it = new LanguageClient("a", "b", server, client); console.log(it.name);`,
    },
  },
  {
    packages: true,
    prelude: `
      import * as monaco from "monaco-editor";
      import { EditorView as CodeMirrorView } from "@codemirror/view";
      import { EditorView as ProseMirrorView, type DirectEditorProps } from "prosemirror-view";
      import { Editor } from "@tiptap/core";
      import { Terminal } from "@xterm/xterm";
      import { createMessageConnection, type MessageConnection } from "vscode-jsonrpc/node";
      import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
      declare const element: HTMLElement;
      declare const hover: monaco.languages.HoverProvider;
      declare const state: DirectEditorProps;
      declare const terminal: Terminal;
      declare const connection: MessageConnection;
      declare const server: ServerOptions;
      declare const client: LanguageClientOptions;`,
  },
);
