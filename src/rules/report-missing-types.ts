/**
 * Modules of Node whose types are missing. Nothing that comes from them is known then, so every finding
 * about it is missing too, and nobody would notice: `tsc --init` writes a config that has no types.
 *
 * Only what Node itself brings is reported, and only where the file takes something from it that opens
 * something. Where a package has no types, that may be meant.
 */
import { AST_NODE_TYPES, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isBuiltin } from "node:module";
import { type CatalogIndex, modulesOf } from "../resources/catalog-index.ts";
import { Types } from "../typescript/types.ts";
import { catalogOf, requireServices } from "./services.ts";

/** A listener that reports each import from a module of Node that opens something and has no types. */
export function reportMissingTypes(
  context: Readonly<TSESLint.RuleContext<"typesMissing", readonly unknown[]>>,
): TSESLint.RuleListener {
  const { program, esTreeNodeToTSNodeMap } = requireServices(context);
  return {
    Program({ body }) {
      for (const node of body.filter(importsFromNode)) {
        const { source } = node;
        const module = source.value.replace(/^node:/, "");
        const catalog = catalogOf(context);
        if (!takenNames(node, context.sourceCode).some((name) => opens(name, module, catalog)))
          continue;
        if (new Types(program).symbolAt(esTreeNodeToTSNodeMap.get(source)) !== undefined) continue;
        context.report({ node: source, messageId: "typesMissing", data: { module: source.value } });
      }
    },
  };
}

function importsFromNode(
  statement: TSESTree.ProgramStatement,
): statement is TSESTree.ImportDeclaration {
  return (
    statement.type === AST_NODE_TYPES.ImportDeclaration &&
    statement.importKind === "value" &&
    isBuiltin(statement.source.value)
  );
}

/** What a file takes from a module: `open` of `import { open }`, of `fs.open(…)` and of `fs.promises.open(…)`. */
function takenNames(
  declaration: TSESTree.ImportDeclaration,
  sourceCode: Readonly<TSESLint.SourceCode>,
): readonly string[] {
  return declaration.specifiers.flatMap((specifier) => {
    const { type } = specifier;
    const named =
      type === AST_NODE_TYPES.ImportSpecifier &&
      specifier.imported.type === AST_NODE_TYPES.Identifier
        ? [specifier.imported.name]
        : [];
    const variable = sourceCode.getDeclaredVariables(specifier)[0];
    const members =
      variable?.references.flatMap(({ identifier }) => membersBehind(identifier)) ?? [];
    return [...named, ...members];
  });
}

function membersBehind(name: TSESTree.Node): readonly string[] {
  const { parent } = name;
  return parent?.type === AST_NODE_TYPES.MemberExpression &&
    parent.object === name &&
    parent.property.type === AST_NODE_TYPES.Identifier
    ? [parent.property.name, ...membersBehind(parent)]
    : [];
}

function opens(name: string, module: string, { calls, constructions }: CatalogIndex): boolean {
  const known = [...(calls.get(name) ?? []), ...(constructions.get(name) ?? [])];
  return known.some(({ acquisition }) =>
    modulesOf(acquisition).some((one) => one === module || one.startsWith(`${module}/`)),
  );
}
