/** A compiler host with files that exist only in memory, and folders that are shown elsewhere. */
import ts from "typescript";

export interface VirtualFiles {
  /** Text by absolute path. */
  readonly files: ReadonlyMap<string, string>;
  /** Folders on disk by the absolute path under which they are seen, both without a slash at the end. */
  readonly folders?: ReadonlyMap<string, string>;
  /** Files on disk that were parsed before, by path; programs with the same options may share it. */
  readonly parsed: Map<string, ts.SourceFile | undefined>;
}

export function virtualHost(
  options: ts.CompilerOptions,
  { files, folders = new Map(), parsed }: VirtualFiles,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const made = new Set(
    [...files.keys(), ...[...folders.keys()].map((folder) => `${folder}/.`)].flatMap((name) => {
      const parts = name.split("/");
      return parts.map((_, at) => parts.slice(0, at).join("/"));
    }),
  );
  const onDisk = (name: string): string => {
    for (const [shown, real] of folders) {
      if (name === shown || name.startsWith(`${shown}/`)) return real + name.slice(shown.length);
    }
    return name;
  };
  return {
    ...host,
    // Nothing here is a link, and following one would show where a folder really is.
    realpath: (name) => name,
    readFile: (name) => files.get(name) ?? host.readFile(onDisk(name)),
    fileExists: (name) => files.has(name) || host.fileExists(onDisk(name)),
    directoryExists: (name) => made.has(name) || (host.directoryExists?.(onDisk(name)) ?? false),
    getSourceFile: (name, target, ...rest) => {
      const text = files.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, target, true);
      if (!parsed.has(name)) {
        const known = onDisk(name) === name ? undefined : host.readFile(onDisk(name));
        parsed.set(
          name,
          known === undefined
            ? host.getSourceFile(name, target, ...rest)
            : ts.createSourceFile(name, known, target, true),
        );
      }
      return parsed.get(name);
    },
  };
}
