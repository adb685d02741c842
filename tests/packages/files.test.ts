/** Temporary files, and archives that are read. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "tmp.file": {
    imports: 'import tmp from "tmp";',
    acquire: "const x = tmp.fileSync()",
    use: "console.log(x.name)",
    release: "x.removeCallback()",
  },
  "tmp-promise.file": {
    imports: 'import { file } from "tmp-promise";',
    acquire: "const x = await file()",
    use: "console.log(x.path)",
    release: "await x.cleanup()",
  },
  "node-stream-zip.StreamZip": {
    imports: 'import StreamZip from "node-stream-zip";',
    acquire: 'const x = new StreamZip.async({ file: "a.zip" })',
    use: "await x.entries()",
    release: "await x.close()",
  },
};

packageKinds(rule, "files", kinds);

packageKinds(
  rule,
  "files",
  { "tmp-promise.file": kinds["tmp-promise.file"] },
  { versions: { "tmp-promise": "tmp-promise-older" } },
);

packageVerdicts(rule, "files: callbacks", {
  "tmp.removeCallback": {
    leak: {
      "not called on one path": `
import tmp from "tmp";
export function f(early: boolean): void {
  tmp.file((error, name, fd, remove) => { //! notReleasedOnPath
    if (error || early) return;
    console.log(name, fd);
    remove();
  });
}`,
    },
    fine: {
      called: `
import tmp from "tmp";
export function f(): void {
  tmp.dir((error, name, remove) => {
    if (error) return;
    console.log(name);
    remove();
  });
}`,
    },
  },
  "yauzl.ZipFile": {
    leak: {
      "never closed": `
import { open } from "yauzl";
export function f(path: string): void {
  open(path, (error, zip) => { //! neverReleased
    if (error) return;
    console.log(zip.entryCount);
  });
}`,
    },
    fine: {
      "read to its end": `
import { open } from "yauzl";
export function f(path: string): void {
  open(path, { lazyEntries: true }, (error, zip) => {
    if (error) return;
    zip.on("entry", () => zip.readEntry());
    zip.readEntry();
  });
}`,
      closed: `
import { open } from "yauzl";
export function f(path: string): void {
  open(path, (error, zip) => {
    if (error) return;
    zip.close();
  });
}`,
    },
  },
});

foundUnderEveryName("files", {
  kind: "tmp-promise.file",
  module: "tmp-promise",
  name: "file",
  acquire: `NAME()`,
  versions: { "an older version": { "tmp-promise": "tmp-promise-older" } },
});
