/**
 * What a message is made of: types whose values are one message, or the bytes of one. Data, and the
 * question whether a type is one of them.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import { matchesPattern } from "./catalog-index.ts";
import type { DeclarationPattern } from "./kind.ts";

/** `frame`: an object of the program or a package that carries the bytes of a message. */
export type PayloadSort = "bytes" | "message" | "frame";

export interface Payload {
  readonly sort: PayloadSort;
  /** The type, as messages show it. */
  readonly label: string;
}

/** Memory with bytes in it. https://nodejs.org/api/buffer.html */
const bytes: readonly DeclarationPattern[] = [
  {
    name: [
      "Buffer",
      "Blob",
      "ArrayBuffer",
      "SharedArrayBuffer",
      "DataView",
      "Int8Array",
      "Uint8Array",
      "Uint8ClampedArray",
      "Int16Array",
      "Uint16Array",
      "Int32Array",
      "Uint32Array",
      "Float32Array",
      "Float64Array",
      "BigInt64Array",
      "BigUint64Array",
    ],
  },
  { module: "buffer", name: ["Buffer", "Blob"] },
];

/** Requests, responses and events: each stands for one exchange and holds what came with it. */
const messages: readonly DeclarationPattern[] = [
  // https://nodejs.org/api/http.html
  { module: "http", name: ["IncomingMessage", "ServerResponse", "OutgoingMessage"] },
  // https://nodejs.org/api/http2.html
  {
    module: "http2",
    name: ["Http2ServerRequest", "Http2ServerResponse", "Http2Stream"],
  },
  // https://fetch.spec.whatwg.org/, https://dom.spec.whatwg.org/#interface-event
  { name: ["Request", "Response", "Event"] },
  { module: ["undici-types", "undici"], name: ["Request", "Response"] },
  // https://fastify.dev/docs/latest/Reference/
  { module: "fastify", name: ["FastifyRequest", "FastifyReply"] },
];

/** An object with more members is no frame. */
const maximalMembers = 16;

/** What of a message a type holds; undefined for every other type, `any` included. */
export function payloadOf(type: ts.Type, types: Types): Payload | undefined {
  for (const part of types.constituents(type)) {
    if (types.isPrimitive(part) || types.isAny(part)) continue;
    const element = types.arrayElement(part);
    const sort = element === undefined ? sortOf(part, types) : sortOfElements(element, types);
    if (sort !== undefined) return { sort, label: types.display(part).replace(/<.*>/s, "") };
  }
  return undefined;
}

function sortOfElements(element: ts.Type, types: Types): PayloadSort | undefined {
  for (const part of types.constituents(element)) {
    if (types.isPrimitive(part) || types.isAny(part)) continue;
    const sort = sortOf(part, types);
    if (sort !== undefined) return sort;
  }
  return undefined;
}

function sortOf(type: ts.Type, types: Types): PayloadSort | undefined {
  const plain = plainSortOf(type, types);
  if (plain !== undefined) return plain;
  return carriesBytes(type, types) ? "frame" : undefined;
}

function plainSortOf(type: ts.Type, types: Types): "bytes" | "message" | undefined {
  for (const symbol of types.classSymbols(type)) {
    const declared = types.declaredNames(symbol);
    if (bytes.some((pattern) => matchesPattern(pattern, declared))) return "bytes";
    if (messages.some((pattern) => matchesPattern(pattern, declared))) return "message";
  }
  return undefined;
}

/** Plain data with bytes in it: what has methods or hidden state is an object with a life of its own. */
function carriesBytes(type: ts.Type, types: Types): boolean {
  if (types.isCallable(type)) return false;
  const members = types.members(type);
  if (members.length === 0 || members.length > maximalMembers) return false;
  const isData = members.every(({ flags }) => (flags & ts.SymbolFlags.Method) === 0);
  if (!isData) return false;
  return members.some((member) => {
    const held = types.plainMemberType(type, member.name);
    return (
      held !== undefined &&
      types
        .constituents(held)
        .some((part) => !types.isPrimitive(part) && plainSortOf(part, types) === "bytes")
    );
  });
}
