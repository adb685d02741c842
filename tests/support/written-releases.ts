/**
 * Whether a program releases a resource in the words of its catalog entry. A method that is called as
 * releases usually are counts as one for the engine, so that a misspelled entry might pass unnoticed.
 */
import type { ResourceKind } from "../../src/resources/kind.ts";
import { list } from "./declarations.ts";

export function isReleasedAsWritten({ release }: ResourceKind, text: string): boolean {
  return release
    .flatMap((one) => {
      if ("ofEach" in one) return [`.${one.ofEach}(`];
      if ("method" in one)
        return [one.method.startsWith("[") ? one.method : `.${one.method}`, `?.${one.method}`];
      if ("invoke" in one) return ["()"];
      return list(one.name).map((name) => `${name.slice(name.lastIndexOf(".") + 1)}(`);
    })
    .some((words) => text.includes(words));
}
