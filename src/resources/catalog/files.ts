/** Temporary files, and archives that are read. */
import type { CatalogFamily } from "../kind.ts";

export const files: CatalogFamily = {
  family: "files",
  kinds: [
    {
      id: "tmp.file",
      label: "temporary file",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "tmp", name: ["fileSync", "dirSync"] }],
      release: [{ method: "removeCallback" }],
      releaseTwice: "harmless",
      types: [{ module: "tmp", name: ["FileResult", "DirResult"] }],
      source: "https://github.com/raszi/node-tmp#synchronous-file-creation",
    },
    {
      id: "tmp.removeCallback",
      label: "cleanup of a temporary file",
      grade: "idle",
      duty: "close",
      acquire: [
        { by: "call", module: "tmp", name: "file", at: { callback: -1, parameter: 3 } },
        { by: "call", module: "tmp", name: "dir", at: { callback: -1, parameter: 2 } },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      source: "https://github.com/raszi/node-tmp#asynchronous-file-creation",
    },
    {
      id: "tmp-promise.file",
      label: "temporary file",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "tmp-promise", name: ["file", "dir"] }],
      release: [{ method: "cleanup" }],
      asyncRelease: true,
      types: [{ module: "tmp-promise", name: ["FileResult", "DirectoryResult"] }],
      source: "https://github.com/benjamingr/tmp-promise#about",
    },
    {
      // Closes itself at the end of the entries, unless told not to; reading on is by hand then.
      id: "yauzl.ZipFile",
      label: "yauzl ZipFile",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: "yauzl",
          name: ["open", "fromFd"],
          at: { callback: -1, parameter: 1 },
        },
        { by: "call", module: "yauzl", name: ["openPromise", "fromFdPromise"] },
      ],
      release: [{ method: "close" }],
      automatic: { events: ["entry", "end", "close"], members: ["eachEntry"] },
      notReleasedBy: ["readEntry"],
      releaseTwice: "harmless",
      types: [{ module: "yauzl", name: "ZipFile" }],
      source: "https://github.com/thejoshwolfe/yauzl#close",
    },
    {
      id: "node-stream-zip.StreamZip",
      label: "StreamZip",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "construct", module: "node-stream-zip", name: ["StreamZip", "StreamZipAsync"] },
      ],
      release: [{ method: "close" }],
      types: [{ module: "node-stream-zip", name: ["StreamZip", "StreamZipAsync"] }],
      source: "https://github.com/antelle/node-stream-zip#close",
    },
  ],
  functions: [
    {
      module: "yauzl",
      name: ["fromFd", "fromFdPromise"],
      takes: [0],
      unless: [{ argument: 1, property: "autoClose", is: false }],
      source: "https://github.com/thejoshwolfe/yauzl#fromfdfd-options-callback",
    },
  ],
  noDuty: [],
  closedWorlds: ["node-stream-zip", "tmp", "tmp-promise", "yauzl"],
};
