/**
 * The words in which messages speak of caches: what they drop, when, and what to do.
 */
import ts from "typescript";
import type { CacheFinding } from "../lifetimes/caches/cache-finding.ts";
import type { RemovalHook, RemovalReason } from "../resources/cache-kind.ts";

/** `'clients' (LRUCache)`, or `The LRUCache` for one that has no name. */
export function describeCache({ name, label }: CacheFinding): string {
  return name === undefined ? `The ${label}` : `'${name}' (${label})`;
}

const verbs: Readonly<Record<RemovalReason, string>> = {
  evicted: "are evicted",
  expired: "expire",
  overwritten: "are overwritten",
  deleted: "are deleted",
  cleared: "are cleared",
  collected: "lose their key",
};

/** `when they are evicted or expire`, `when they are deleted on line 12` */
export function describeWhen({ reasons, removals, node }: CacheFinding): string {
  const [first] = removals;
  const where = first === undefined ? "" : ` ${describeLines(removals, node)}`;
  const when = reasons.map((one) => verbs[one]).join(" or ");
  return `when they ${when}${where}`;
}

function describeLines(nodes: readonly ts.Node[], reported: ts.Node): string {
  const [first, ...more] = nodes;
  if (first === undefined) return "";
  const file = first.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(first.getStart());
  const where =
    file === reported.getSourceFile() ? "" : ` of ${file.fileName.replace(/^.*[\\/]/, "")}`;
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return `on line ${line + 1}${where}${others}`;
}

/** `delete() on line 12 (and 2 more)`, `the assignment on line 12` */
export function describeRemoval({ removals, node }: CacheFinding): string {
  const [first] = removals;
  if (first === undefined) return "";
  return `${nameOfRemoval(first)} ${describeLines(removals, node)}`;
}

function nameOfRemoval(node: ts.Node): string {
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    return ts.isPropertyAccessExpression(expression)
      ? `${expression.name.text}()`
      : `${expression.getText()}()`;
  }
  return ts.isDeleteExpression(node) ? "delete" : "the assignment";
}

/** `a 'dispose' option`, `a listener for 'del'` */
export function describeHook(hook: RemovalHook | undefined): string {
  if (hook === undefined) return "a hook";
  switch (hook.form) {
    case "option":
      return `a '${hook.name}' option`;
    case "event":
      return `a listener for '${hook.name}'`;
    case "method":
      return `a function for ${hook.name}()`;
    case "override":
      return `an override of ${hook.name}()`;
  }
}

/** `'dispose'` */
export function describeHookName(hook: RemovalHook | undefined): string {
  return hook === undefined ? "its hook" : `'${hook.name}'`;
}
