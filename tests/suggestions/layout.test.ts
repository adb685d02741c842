/** Suggestions keep to the layout of the file: its line breaks, its indentation, its comments. */
import type { Linter } from "eslint";
import { ManyPrograms } from "../support/many-programs.ts";

interface Layout {
  /** Of the suggestion that is applied. */
  readonly messageId: string;
  readonly before: string;
  readonly after: string;
  readonly extension?: "ts" | "tsx";
}

const layouts: Readonly<Record<string, Layout>> = {
  "lines that end with CR LF, with tabs": {
    messageId: "releaseInFinally",
    before: `import { open } from "./kit/handles.js";
export function f(): string {
\tconst h = open(); // the log
\t// its first line

\tconst line = h.read();
\treturn line; // all there is
}
`.replaceAll("\n", "\r\n"),
    after: `import { open } from "./kit/handles.js";
export function f(): string {
\tconst h = open(); // the log
\ttry {
\t\t// its first line

\t\tconst line = h.read();
\t\treturn line; // all there is
\t} finally {
\t\th.close();
\t}
}
`.replaceAll("\n", "\r\n"),
  },
  "no semicolons": {
    messageId: "releaseInMember",
    before: `import { type Handle, open } from "./kit/handles.js"
export class Log {
  private readonly first = open()
  private readonly second: Promise<Handle> = Promise.resolve(open())
  async close(): Promise<void> {
    this.first.close()
  }
}
`,
    after: `import { type Handle, open } from "./kit/handles.js"
export class Log {
  private readonly first = open()
  private readonly second: Promise<Handle> = Promise.resolve(open())
  async close(): Promise<void> {
    this.first.close()
    ;(await this.second).close();
  }
}
`,
  },
  "a block on one line": {
    messageId: "declareUsing",
    before: `import { open } from "./kit/handles.js";
export function f(all: boolean): void { const h = open(); h.write("a"); if (all) h.close(); }
`,
    after: `import { open } from "./kit/handles.js";
export function f(all: boolean): void { using h = open(); h.write("a"); }
`,
  },
  "several declarators": {
    messageId: "declareUsing",
    before: `import { open } from "./kit/handles.js";
export function f(): number {
    const a = 1, // one
        h = open(),
        b = 2;
    h.write("a");
    return a + b;
}
`,
    after: `import { open } from "./kit/handles.js";
export function f(): number {
    const a = 1;
    using h = open();
    const b = 2;
    h.write("a");
    return a + b;
}
`,
  },
  "a text over several lines": {
    messageId: "releaseInFinally",
    before: `import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  h.write(\`one
two\`);
}
`,
    after: `import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  try {
    h.write(\`one
two\`);
  } finally {
    h.close();
  }
}
`,
  },
  "a class with decorators": {
    messageId: "addReleaseMember",
    before: `import { open } from "./kit/handles.js";
declare function logged<This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
  context: ClassMethodDecoratorContext,
): (this: This, ...args: Args) => Result;
export class Log {
  private readonly handle = open();

  @logged
  write(text: string): void {
    this.handle.write(text);
  } // last
}
`,
    after: `import { open } from "./kit/handles.js";
declare function logged<This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
  context: ClassMethodDecoratorContext,
): (this: This, ...args: Args) => Result;
export class Log {
  private readonly handle = open();

  @logged
  write(text: string): void {
    this.handle.write(text);
  } // last

  close(): void {
    this.handle.close();
  }
}
`,
  },
  "a handler in JSX": {
    messageId: "releaseInFinally",
    extension: "tsx",
    before: `import { open } from "./kit/handles.js";
declare global {
  namespace JSX {
    interface IntrinsicElements {
      button: { onClick: () => void };
    }
  }
}
export const button = (
  <button
    onClick={() => {
      const h = open();
      h.write("clicked");
    }}
  >
    log
  </button>
);
`,
    after: `import { open } from "./kit/handles.js";
declare global {
  namespace JSX {
    interface IntrinsicElements {
      button: { onClick: () => void };
    }
  }
}
export const button = (
  <button
    onClick={() => {
      const h = open();
      try {
        h.write("clicked");
      } finally {
        h.close();
      }
    }}
  >
    log
  </button>
);
`,
  },
  "an empty method, with four blanks for a step": {
    messageId: "releaseInMember",
    before: `import { open } from "./kit/handles.js";
export class Log {
    private readonly handle = open();
    write(): void {
        this.handle.write("a");
    }
    close(): void {}
}
`,
    after: `import { open } from "./kit/handles.js";
export class Log {
    private readonly handle = open();
    write(): void {
        this.handle.write("a");
    }
    close(): void {
        this.handle.close();
    }
}
`,
  },
};

const rules: Linter.RulesRecord = {
  "resource-hygiene/no-unclosed-disposable": "error",
  "resource-hygiene/no-undisposed-field": "error",
};

const fileOf = (name: string, { extension = "ts" }: Layout): string =>
  `${name.replaceAll(/\W+/g, "-")}.${extension}`;

describe("a suggestion keeps", () => {
  let befores: ManyPrograms;
  let afters: ManyPrograms;

  const programs = (which: "before" | "after"): ManyPrograms =>
    new ManyPrograms(
      new Map(Object.entries(layouts).map(([name, one]) => [fileOf(name, one), one[which]])),
    );

  beforeAll(() => {
    befores = programs("before");
    afters = programs("after");
  });

  it.each(Object.entries(layouts))("%s", (name, layout) => {
    const file = fileOf(name, layout);
    const offers = befores
      .lint(file, rules)
      .flatMap(({ suggestions = [] }) => suggestions)
      .filter(({ messageId }) => messageId === layout.messageId);
    const { fix } = offers[0]!;
    const { before, after } = layout;
    expect(before.slice(0, fix.range[0]) + fix.text + before.slice(fix.range[1])).toBe(after);
    expect(afters.complaints(file)).toEqual([]);
    expect(afters.lint(file, rules).map(({ messageId }) => messageId)).not.toContain(
      layout.messageId,
    );
  });
});
