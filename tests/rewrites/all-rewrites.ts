/** Every rewrite by the name under which its counts are shown. */
import { aliasLocals } from "./alias-locals.ts";
import { aliasParameters } from "./alias-parameters.ts";
import { arrowBodyAsBlock } from "./arrow-body-as-block.ts";
import { arrowToFunction } from "./arrow-to-function.ts";
import { asOwnType } from "./as-own-type.ts";
import { awaitToChain } from "./await-to-chain.ts";
import { chainToAwait } from "./chain-to-await.ts";
import { commentsAndLines } from "./comments-and-lines.ts";
import { destructure } from "./destructure.ts";
import { destructureParameters } from "./destructure-parameters.ts";
import { extractHelper } from "./extract-helper.ts";
import { forEachToForOf } from "./for-each-to-for-of.ts";
import { forOfToForEach } from "./for-of-to-for-each.ts";
import { functionToArrow } from "./function-to-arrow.ts";
import { ifToOptionalChain } from "./if-to-optional-chain.ts";
import { ifToTernary } from "./if-to-ternary.ts";
import { inlineHelper } from "./inline-helper.ts";
import { letThenAssign } from "./let-then-assign.ts";
import { memberAccess } from "./member-access.ts";
import { arrowAsMethod, methodAsArrow } from "./method-or-property.ts";
import { namedImports } from "./named-imports.ts";
import { namespaceImports } from "./namespace-imports.ts";
import { nonNull } from "./non-null.ts";
import { optionalChainToIf } from "./optional-chain-to-if.ts";
import { parentheses } from "./parentheses.ts";
import type { Rewrite } from "./program.ts";
import { renameLocals } from "./rename-locals.ts";
import { satisfiesUnknown } from "./satisfies.ts";
import { splitFile } from "./split-file.ts";
import { ternaryToIf } from "./ternary-to-if.ts";
import { wrapInBlock } from "./wrap-in-block.ts";

export const allRewrites: Readonly<Record<string, Rewrite>> = {
  "extract helper": extractHelper,
  "inline helper": inlineHelper,
  "split file": splitFile,
  "alias locals": aliasLocals,
  "alias parameters": aliasParameters,
  "let, then assign": letThenAssign,
  destructure,
  "member access": memberAccess,
  "destructure parameters": destructureParameters,
  "named imports": namedImports,
  "namespace imports": namespaceImports,
  "function to arrow": functionToArrow,
  "arrow to function": arrowToFunction,
  "arrow body as block": arrowBodyAsBlock,
  "method as arrow": methodAsArrow,
  "arrow as method": arrowAsMethod,
  "ternary to if": ternaryToIf,
  "if to ternary": ifToTernary,
  "optional chain to if": optionalChainToIf,
  "if to optional chain": ifToOptionalChain,
  "await to chain": awaitToChain,
  "chain to await": chainToAwait,
  "for-of to forEach": forOfToForEach,
  "forEach to for-of": forEachToForOf,
  "rename locals": renameLocals,
  "wrap in block": wrapInBlock,
  parentheses,
  "as own type": asOwnType,
  "satisfies unknown": satisfiesUnknown,
  "non-null": nonNull,
  "comments and lines": commentsAndLines,
};
