/**
 * Files, directories and watchers of Node.
 *
 * Which streams close their descriptor, and which members of a `FileHandle` take it over, was
 * checked by running them on Node 20: the documentation does not say it for all of them.
 */
import type { CatalogFamily } from "../kind.ts";

export const nodeFiles: CatalogFamily = {
  family: "node-files",
  kinds: [
    {
      id: "node.fs.FileHandle",
      label: "FileHandle",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "fs/promises", name: "open" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      // What createReadStream, createWriteStream and readLines take over depends on `autoClose`:
      // see the functions below. readableWebStream does not close the handle on Node 20.
      releaseTwice: "harmless",
      types: [{ module: "fs/promises", name: "FileHandle" }],
      source: "https://nodejs.org/api/fs.html#class-filehandle",
    },
    {
      id: "node.fs.descriptor",
      label: "file descriptor",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", module: "fs", name: "openSync" },
        { by: "call", module: "fs", name: "open", at: { callback: -1, parameter: 1 } },
      ],
      release: [
        { module: "fs", name: "closeSync", argument: 0 },
        { module: "fs", name: "close", argument: 0 },
      ],
      releaseTwice: "throws",
      source: "https://nodejs.org/api/fs.html#fsopensyncpath-flags-mode",
    },
    {
      id: "node.fs.Dir",
      label: "Dir",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", module: "fs/promises", name: "opendir" },
        { by: "call", module: "fs", name: "opendirSync" },
        { by: "call", module: "fs", name: "opendir", at: { callback: -1, parameter: 1 } },
      ],
      release: [{ method: "close" }, { method: "closeSync" }],
      asyncRelease: true,
      // Reading by hand with read() until null leaves it open, so only iteration counts.
      automatic: { iteration: true },
      releaseTwice: "throws",
      types: [{ module: "fs", name: "Dir" }],
      source: "https://nodejs.org/api/fs.html#class-fsdir",
    },
    {
      id: "node.fs.ReadStream",
      label: "fs.ReadStream",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "fs",
          name: "createReadStream",
          unless: [{ argument: 1, property: "autoClose", is: false }],
        },
        {
          by: "call",
          module: "fs/promises",
          name: "FileHandle.createReadStream",
          unless: [{ argument: 0, property: "autoClose", is: false }],
        },
      ],
      release: [{ method: "destroy" }, { method: "close" }],
      automatic: {
        // A listener for `data` makes it flow to its end, where it closes itself. A listener for
        // `error` alone does not read it: the file stays open.
        events: ["data", "end", "close"],
        iteration: true,
        members: [
          "resume",
          "toArray",
          "forEach",
          "reduce",
          "some",
          "every",
          "find",
          "map",
          "filter",
          "flatMap",
          "take",
          "drop",
        ],
        signal: { argument: 1 },
      },
      releasedWhen: ["destroyed", "closed", "readableEnded"],
      releaseTwice: "harmless",
      types: [{ module: "fs", name: "ReadStream" }],
      source: "https://nodejs.org/api/fs.html#fscreatereadstreampath-options",
    },
    {
      id: "node.fs.ReadStream.manual",
      label: "fs.ReadStream with autoClose: false",
      grade: "must",
      duty: "close",
      // With `fd` as well, the descriptor stays with whoever opened it and the stream owes nothing.
      acquire: [
        {
          by: "call",
          module: "fs",
          name: "createReadStream",
          when: [
            { argument: 1, property: "autoClose", is: false },
            { argument: 1, property: "fd", is: { present: false } },
          ],
        },
      ],
      release: [{ method: "destroy" }, { method: "close" }],
      // Nothing closes it at the end of the data, nor when `for await` leaves it.
      automatic: { events: ["close"] },
      releasedWhen: ["destroyed", "closed"],
      releaseTwice: "harmless",
      source: "https://nodejs.org/api/fs.html#fscreatereadstreampath-options",
    },
    {
      id: "node.fs.WriteStream",
      label: "fs.WriteStream",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "fs",
          name: "createWriteStream",
          unless: [{ argument: 1, property: "autoClose", is: false }],
        },
        {
          by: "call",
          module: "fs/promises",
          name: "FileHandle.createWriteStream",
          unless: [{ argument: 0, property: "autoClose", is: false }],
        },
      ],
      release: [{ method: "end" }, { method: "destroy" }, { method: "close" }],
      automatic: { events: ["finish", "close"], signal: { argument: 1 } },
      releasedWhen: ["destroyed", "closed", "writableEnded", "writableFinished"],
      releaseTwice: "harmless",
      types: [{ module: "fs", name: "WriteStream" }],
      source: "https://nodejs.org/api/fs.html#fscreatewritestreampath-options",
    },
    {
      id: "node.fs.WriteStream.manual",
      label: "fs.WriteStream with autoClose: false",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "fs",
          name: "createWriteStream",
          when: [
            { argument: 1, property: "autoClose", is: false },
            { argument: 1, property: "fd", is: { present: false } },
          ],
        },
      ],
      // end() flushes and leaves the file open.
      release: [{ method: "close" }, { method: "destroy" }],
      automatic: { events: ["close"] },
      notReleasedBy: ["end"],
      releasedWhen: ["destroyed", "closed"],
      releaseTwice: "harmless",
      source: "https://nodejs.org/api/fs.html#fscreatewritestreampath-options",
    },
    {
      id: "node.fs.FSWatcher",
      label: "fs.FSWatcher",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "fs", name: "watch" }],
      release: [{ method: "close" }],
      automatic: { events: ["close"], signal: { argument: 1 } },
      notReleasedBy: ["unref"],
      releaseTwice: "harmless",
      types: [{ module: "fs", name: "FSWatcher" }],
      source: "https://nodejs.org/api/fs.html#class-fsfswatcher",
    },
    {
      id: "node.fs.promises.watch",
      label: "iterator of fs/promises watch()",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "fs/promises", name: "watch" }],
      release: [{ method: "return" }],
      asyncRelease: true,
      // An async generator: it watches nothing before the first step.
      armedBy: ["next"],
      automatic: { iteration: true, signal: { argument: 1 } },
      source: "https://nodejs.org/api/fs.html#fspromiseswatchfilename-options",
    },
  ],
  functions: [
    {
      module: "fs/promises",
      name: ["FileHandle.createReadStream", "FileHandle.createWriteStream", "FileHandle.readLines"],
      takes: ["this"],
      unless: [{ argument: 0, property: "autoClose", is: false }],
      source: "https://nodejs.org/api/fs.html#filehandlecreatereadstreamoptions",
    },
    {
      module: "fs",
      name: ["createReadStream", "createWriteStream"],
      // A number or a FileHandle.
      takes: [{ argument: 1, property: "fd" }],
      unless: [{ argument: 1, property: "autoClose", is: false }],
      source: "https://nodejs.org/api/fs.html#fscreatereadstreampath-options",
    },
    {
      // A missing file, a full disk, a lost permission: what synchronous file calls throw is expected.
      module: "fs",
      name: [
        "accessSync",
        "appendFileSync",
        "copyFileSync",
        "fstatSync",
        "ftruncateSync",
        "lstatSync",
        "mkdirSync",
        "openSync",
        "opendirSync",
        "readFileSync",
        "readSync",
        "readdirSync",
        "readvSync",
        "realpathSync",
        "renameSync",
        "rmSync",
        "statSync",
        "truncateSync",
        "unlinkSync",
        "writeFileSync",
        "writeSync",
        "writevSync",
      ],
      throws: "on-bad-data",
      source: "https://nodejs.org/api/fs.html#synchronous-example",
    },
    {
      module: "fs",
      name: "existsSync",
      never: "throws",
      source: "https://nodejs.org/api/fs.html#fsexistssyncpath",
    },
  ],
  noDuty: [
    {
      by: "call",
      module: "fs",
      name: "watchFile",
      reason: "released by path with unwatchFile, not through the StatWatcher it returns",
      source: "https://nodejs.org/api/fs.html#fswatchfilefilename-options-listener",
    },
    {
      by: "call",
      module: "fs",
      name: "openAsBlob",
      reason: "a Blob holds no open file",
      source: "https://nodejs.org/api/fs.html#fsopenasblobpath-options",
    },
    {
      by: "call",
      module: "fs/promises",
      name: "FileHandle.readLines",
      reason: "it closes its stream and the handle at the end of the file",
      source: "https://nodejs.org/api/fs.html#filehandlereadlinesoptions",
    },
  ],
  closedWorlds: ["fs", "fs/promises", "path", "path/posix", "path/win32"],
};
