/** What the name of a function without a visible body says of its result. */

/** Verbs by which it says that its result is new. */
const makingVerb =
  /^(?:create|open|make|build|connect|acquire|start|spawn|launch|begin|lock|reserve|fork|new|checkout|alloc|allocate|subscribe|watch|observe|listen|register)(?![a-z])/;
/**
 * Verbs by which it says that its result existed before. A promise of a resource is nearly always of
 * a new one, so for functions that return one only these count against it.
 */
const lookingVerb =
  /^(?:get|find|lookup|resolve|inject|use|current|shared|peek|wait|ensure|require)(?![a-z])/;

/** A function of this name says that its result is new. */
export function saysItMakes(name: string): boolean {
  return makingVerb.test(name);
}

/** A function of this name says that its result existed before. */
export function saysItWasThere(name: string): boolean {
  return lookingVerb.test(name);
}
