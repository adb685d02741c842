/**
 * What calls give, where that does not depend on their arguments. Asking for the type of a call makes
 * the checker look at every argument, callbacks and all, which is the dearest question there is.
 */
import ts from "typescript";

/** The signatures of what is called; undefined where narrowing or overloads of several types could choose. */
function signaturesOf(
  callee: ts.Symbol,
  checker: ts.TypeChecker,
): readonly ts.Signature[] | undefined {
  const type = checker.getTypeOfSymbol(callee);
  if (type.isUnionOrIntersection()) return undefined;
  const signatures = type.getCallSignatures();
  return signatures.length === 0 ? undefined : signatures;
}

/** The results of a function, one for each signature; undefined where they cannot be told. */
export function resultsOf(
  callee: ts.Symbol,
  checker: ts.TypeChecker,
): readonly ts.Type[] | undefined {
  return signaturesOf(callee, checker)?.map((signature) => signature.getReturnType());
}

/** The type of every call of a function; undefined where it depends on the call. */
export function resultOfEveryCall(callee: ts.Symbol, checker: ts.TypeChecker): ts.Type | undefined {
  const signatures = signaturesOf(callee, checker);
  if (signatures?.every(({ typeParameters }) => typeParameters === undefined) !== true)
    return undefined;
  const [first, ...others] = signatures.map((signature) => signature.getReturnType());
  return others.every((one) => one === first) ? first : undefined;
}

/** What a constructor of a library makes, type arguments left open; undefined where that depends on the call. */
export function resultOfConstructing(
  constructed: ts.Symbol,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const [first, ...others] = checker
    .getTypeOfSymbol(constructed)
    .getConstructSignatures()
    .map((signature) => signature.getReturnType());
  const made = first?.getSymbol();
  const isOne =
    made !== undefined &&
    (made.flags & ts.SymbolFlags.Interface) !== 0 &&
    others.every((one) => one.getSymbol() === made);
  return isOne ? first : undefined;
}
