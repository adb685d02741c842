/** Temporary files, and archives that are read. */
import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
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

kindCases(
  "files: callbacks",
  {
    "tmp.removeCallback": {
      leak: `tmp.file((error, name, fd, remove) => { if (error || early) return; console.log(name, fd); remove(); });`,
      release: `tmp.dir((error, name, remove) => { if (error) return; console.log(name); remove(); });`,
      handOver: `return new Promise<() => void>((resolve, reject) => { tmp.dir((error, name, remove) => { if (error) reject(error); else resolve(remove); }); });`,
    },
    "yauzl.ZipFile": {
      leak: `open("a", (error, zip) => { if (error) return; console.log(zip.entryCount); });`,
      release: `open("a", (error, zip) => { if (error) return; zip.close(); });`,
      handOver: `return new Promise((resolve, reject) => { open("a", (error, zip) => { if (error) reject(error); else resolve(zip); }); });`,
      automatic: [
        `open("a", { lazyEntries: true }, (error, zip) => { if (error) return; zip.on("entry", () => zip.readEntry()); zip.readEntry(); });`,
        `const zip = await openPromise("a"); for await (const entry of zip.eachEntry()) console.log(entry);`,
      ],
    },
  },
  {
    packages: true,
    prelude: `
      import tmp from "tmp";
      import { open, openPromise } from "yauzl";
      declare const early: boolean;`,
  },
);

foundUnderEveryName("files", {
  kind: "tmp-promise.file",
  module: "tmp-promise",
  name: "file",
  acquire: `NAME()`,
  versions: { "an older version": { "tmp-promise": "tmp-promise-older" } },
});
