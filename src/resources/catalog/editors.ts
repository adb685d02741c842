/**
 * Editors and what extends them.
 *
 * A `Disposable` that a function of an editor returns is a registration: its duty is to be removed.
 * What shows or holds something (a panel, a channel, an editor) has a class of its own.
 */
import type { CatalogFamily, ResourceKind } from "../kind.ts";

const vscodeApi = "https://code.visualstudio.com/api/references/vscode-api";

/** A thing of the editor that is made by a function of the same name. */
function made(
  type: string,
  label: string,
  functions: string,
  grade: "should" | "idle" = "should",
): ResourceKind {
  return {
    id: `vscode.${type}`,
    label,
    grade,
    duty: "close",
    acquire: [{ by: "call", module: "vscode", name: functions }],
    release: [{ method: "dispose" }],
    releaseTwice: "harmless",
    types: [{ module: "vscode", name: type }],
    source: `${vscodeApi}#${type}`,
  };
}

export const editors: CatalogFamily = {
  family: "editors",
  kinds: [
    // These usually live as long as the extension.
    made("OutputChannel", "output channel", "createOutputChannel", "idle"),
    made("StatusBarItem", "status bar item", "createStatusBarItem", "idle"),
    made("LanguageStatusItem", "language status item", "createLanguageStatusItem", "idle"),
    // Those who use the editor close what they see.
    made("Terminal", "terminal", "createTerminal", "idle"),
    made("WebviewPanel", "webview panel", "createWebviewPanel", "idle"),
    made("TextEditorDecorationType", "decoration type", "createTextEditorDecorationType", "idle"),
    made("QuickPick", "quick pick", "createQuickPick"),
    made("InputBox", "input box", "createInputBox"),
    made("DiagnosticCollection", "diagnostic collection", "createDiagnosticCollection", "idle"),
    made("FileSystemWatcher", "file system watcher", "createFileSystemWatcher"),
    made("TestController", "test controller", "createTestController", "idle"),
    made("SourceControl", "source control", "createSourceControl", "idle"),
    made("CommentController", "comment controller", "createCommentController", "idle"),
    made("TreeView", "tree view", "createTreeView", "idle"),
    {
      id: "vscode.EventEmitter",
      label: "vscode EventEmitter",
      grade: "memory",
      duty: "close",
      acquire: [{ by: "construct", module: "vscode", name: "EventEmitter" }],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [{ module: "vscode", name: "EventEmitter" }],
      source: `${vscodeApi}#EventEmitter`,
    },
    {
      id: "vscode.CancellationTokenSource",
      label: "CancellationTokenSource",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", module: "vscode", name: "CancellationTokenSource" }],
      // A cancelled source lets go of its listeners.
      release: [{ method: "dispose" }, { method: "cancel" }],
      releaseTwice: "harmless",
      types: [{ module: "vscode", name: "CancellationTokenSource" }],
      source: `${vscodeApi}#CancellationTokenSource`,
    },
    {
      id: "vscode.Disposable",
      label: "registration",
      grade: "should",
      duty: "remove",
      // The third argument of an event is a list that takes the registration over.
      acquire: [
        {
          by: "result",
          module: "vscode",
          name: "Disposable",
          unless: [{ argument: 2, is: { present: true } }],
        },
      ],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [{ module: "vscode", name: "Disposable" }],
      source: `${vscodeApi}#Disposable`,
    },
    {
      id: "vscode-jsonrpc.MessageConnection",
      label: "message connection",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "vscode-jsonrpc", name: "createMessageConnection" }],
      release: [{ method: "dispose" }, { method: "end" }],
      armedBy: ["listen"],
      types: [{ module: "vscode-jsonrpc", name: "MessageConnection" }],
      source: "https://github.com/microsoft/vscode-languageserver-node/blob/main/jsonrpc/README.md",
    },
    {
      id: "vscode-jsonrpc.Disposable",
      label: "registration",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "result", module: "vscode-jsonrpc", name: "Disposable" }],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [{ module: "vscode-jsonrpc", name: "Disposable" }],
      source:
        "https://github.com/microsoft/vscode-languageserver-node/blob/main/jsonrpc/src/common/disposable.ts",
    },
    {
      id: "vscode-languageclient.LanguageClient",
      label: "language client",
      grade: "must",
      duty: "close",
      // It starts a process.
      acquire: [{ by: "construct", module: "vscode-languageclient", name: "BaseLanguageClient" }],
      release: [{ method: "stop" }, { method: "dispose" }],
      asyncRelease: true,
      armedBy: ["start"],
      types: [{ module: "vscode-languageclient", name: "BaseLanguageClient" }],
      source:
        "https://code.visualstudio.com/api/language-extensions/language-server-extension-guide",
    },
    {
      id: "monaco.editor",
      label: "Monaco editor",
      grade: "should",
      duty: "close",
      // A model that was made by itself is not disposed with it.
      acquire: [
        {
          by: "call",
          module: "monaco-editor",
          name: ["create", "createDiffEditor", "createMultiFileDiffEditor"],
        },
      ],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [
        {
          module: "monaco-editor",
          name: ["IStandaloneCodeEditor", "IStandaloneDiffEditor"],
        },
      ],
      source:
        "https://microsoft.github.io/monaco-editor/typedoc/interfaces/editor.IStandaloneCodeEditor.html",
    },
    {
      id: "monaco.model",
      label: "Monaco model",
      grade: "should",
      duty: "close",
      // The editor keeps every model in a registry until it is disposed.
      acquire: [{ by: "call", module: "monaco-editor", name: "createModel" }],
      release: [{ method: "dispose" }],
      releasedWhen: ["isDisposed"],
      releaseTwice: "harmless",
      types: [{ module: "monaco-editor", name: "ITextModel" }],
      source:
        "https://microsoft.github.io/monaco-editor/typedoc/interfaces/editor.ITextModel.html#dispose",
    },
    {
      id: "monaco.IDisposable",
      label: "registration",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "result", module: "monaco-editor", name: "IDisposable" }],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [{ module: "monaco-editor", name: "IDisposable" }],
      source: "https://microsoft.github.io/monaco-editor/typedoc/interfaces/IDisposable.html",
    },
    {
      id: "codemirror.EditorView",
      label: "CodeMirror view",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", module: "@codemirror/view", name: "EditorView" }],
      release: [{ method: "destroy" }],
      releaseTwice: "harmless",
      types: [{ module: "@codemirror/view", name: "EditorView" }],
      source: "https://codemirror.net/docs/ref/#view.EditorView.destroy",
    },
    {
      id: "prosemirror.EditorView",
      label: "ProseMirror view",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", module: "prosemirror-view", name: "EditorView" }],
      release: [{ method: "destroy" }],
      releasedWhen: ["isDestroyed"],
      releaseTwice: "harmless",
      types: [{ module: "prosemirror-view", name: "EditorView" }],
      source: "https://prosemirror.net/docs/ref/#view.EditorView.destroy",
    },
    {
      id: "tiptap.Editor",
      label: "Tiptap editor",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", module: "@tiptap/core", name: "Editor" }],
      release: [{ method: "destroy" }],
      notReleasedBy: ["off", "removeAllListeners"],
      releasedWhen: ["isDestroyed"],
      releaseTwice: "harmless",
      types: [{ module: "@tiptap/core", name: "Editor" }],
      source: "https://tiptap.dev/docs/editor/api/editor#destroy",
    },
    {
      id: "xterm.Terminal",
      label: "xterm.js terminal",
      grade: "should",
      duty: "close",
      // Addons that it has loaded are disposed with it.
      acquire: [{ by: "construct", module: "@xterm/xterm", name: "Terminal" }],
      release: [{ method: "dispose" }],
      notReleasedBy: ["clear", "reset"],
      releaseTwice: "harmless",
      types: [{ module: "@xterm/xterm", name: "Terminal" }],
      source: "https://xtermjs.org/docs/api/terminal/classes/terminal/#dispose",
    },
    {
      id: "xterm.IDisposable",
      label: "registration",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "result", module: "@xterm/xterm", name: "IDisposable" }],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [{ module: "@xterm/xterm", name: "IDisposable" }],
      source: "https://xtermjs.org/docs/api/terminal/interfaces/idisposable/",
    },
  ],
  functions: [
    {
      module: "@xterm/xterm",
      name: "Terminal.loadAddon",
      takes: [0],
      source: "https://xtermjs.org/docs/api/terminal/classes/terminal/#loadaddon",
    },
    {
      module: "vscode",
      name: "Disposable.from",
      takes: ["all"],
      source: `${vscodeApi}#Disposable`,
    },
  ],
  noDuty: [],
  closedWorlds: [],
};
