/**
 * Modules of Node whose types are missing. Nothing that comes from them is known then, so every finding
 * about it is missing too, and nobody would notice: `tsc --init` writes a config that has no types.
 *
 * Only what Node itself brings is reported. Where a package has no types, that may be meant.
 */
import { AST_NODE_TYPES, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isBuiltin } from "node:module";
import { modulesOf } from "../resources/catalog-index.ts";
import { Types } from "../typescript/types.ts";
import { catalogOf, requireServices } from "./services.ts";

/** A listener that reports each import of a module of Node that opens something and has no types. */
export function reportMissingTypes(
  context: Readonly<TSESLint.RuleContext<"typesMissing", readonly unknown[]>>,
): TSESLint.RuleListener {
  const services = requireServices(context);
  const { kinds } = catalogOf(context);
  return {
    Program({ body }) {
      const sources = body.flatMap(nodeModule);
      if (sources.length === 0) return;
      const opening = new Set(kinds.flatMap(({ acquire }) => acquire.flatMap(modulesOf)));
      const types = new Types(services.program);
      for (const source of sources) {
        if (!opening.has(source.value.replace(/^node:/, ""))) continue;
        if (types.symbolAt(services.esTreeNodeToTSNodeMap.get(source)) !== undefined) continue;
        context.report({ node: source, messageId: "typesMissing", data: { module: source.value } });
      }
    },
  };
}

/** The name of the module of Node that a statement imports values of. */
function nodeModule(statement: TSESTree.ProgramStatement): readonly TSESTree.StringLiteral[] {
  return statement.type === AST_NODE_TYPES.ImportDeclaration &&
    statement.importKind === "value" &&
    statement.specifiers.length > 0 &&
    isBuiltin(statement.source.value)
    ? [statement.source]
    : [];
}
