import ts from "typescript";

// TypeScript 7 has no compiler API in the process yet: its package exports the version and little
// else. Said here, before any other module reads that API and fails in words nobody understands.
if (Number.parseInt(ts.versionMajorMinor, 10) >= 7) {
  const error = new Error(
    `eslint-plugin-resource-hygiene cannot run on TypeScript ${ts.version}, which has no compiler API yet: install typescript@6, or write "typescript": "npm:@typescript/typescript6@^6.0.2" into package.json.`,
  );
  // ESLint prints the stack of what a plugin throws; the sentence is all that helps here.
  error.stack = error.message;
  throw error;
}
