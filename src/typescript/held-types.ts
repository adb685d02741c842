/**
 * Types of what a container gives out and of what a value is made of.
 */
import ts from "typescript";
import * as tsutils from "ts-api-utils";

/** A part of a value: the member that leads to it, and its type with promise and null left out. */
export interface HeldPart {
  readonly member: string;
  readonly type: ts.Type;
}

/**
 * The result of the method `member` of an object, promises unwrapped and `null` left out; undefined
 * when there is no such method, or its result is a type parameter of its own.
 */
export function resultOfMember(
  instance: ts.Type,
  member: string,
  program: ts.Program,
): ts.Type | undefined {
  const checker = program.getTypeChecker();
  const symbol = checker.getPropertyOfType(instance, member);
  return symbol && resultOfCall(checker.getTypeOfSymbol(symbol), program);
}

/** How a cached value gives the resource: it is one, it promises one, or something else that has to be asked. */
export type ValueShape = "itself" | "promise" | "other";

/** @param type as it is declared, promises and `null` included */
export function shapeOf(type: ts.Type, program: ts.Program): ValueShape {
  const checker = program.getTypeChecker();
  const value = checker.getNonNullableType(type);
  if (tsutils.isUnionType(value)) return "other";
  return checker.getAwaitedType(value) === value ? "itself" : "promise";
}

/** The declared result of the method `member`, or of the value itself where no member is named. */
export function declaredResult(
  value: ts.Type,
  member: string | undefined,
  program: ts.Program,
): ts.Type | undefined {
  const checker = program.getTypeChecker();
  const symbol = member === undefined ? undefined : checker.getPropertyOfType(value, member);
  const callee = member === undefined ? value : symbol && checker.getTypeOfSymbol(symbol);
  const [signature] = callee?.getCallSignatures() ?? [];
  return signature && checker.getReturnTypeOfSignature(signature);
}

/** The type of a member as it is declared. */
export function declaredMember(
  type: ts.Type,
  member: string,
  program: ts.Program,
): ts.Type | undefined {
  const checker = program.getTypeChecker();
  const symbol = checker.getPropertyOfType(checker.getNonNullableType(type), member);
  return symbol && checker.getTypeOfSymbol(symbol);
}

/** The result of calling a value, in the same words. */
export function resultOfCall(callee: ts.Type, program: ts.Program): ts.Type | undefined {
  const checker = program.getTypeChecker();
  const [signature] = callee.getCallSignatures();
  if (signature === undefined) return undefined;
  return settled(checker.getReturnTypeOfSignature(signature), checker);
}

/** A function that is given nothing and gives nothing back, or whether it did something: it ends something. */
export function isStop(type: ts.Type, program: ts.Program): boolean {
  const [signature, ...others] = type.getCallSignatures();
  if (signature === undefined || others.length > 0 || signature.parameters.length > 0) return false;
  const result = program.getTypeChecker().getReturnTypeOfSignature(signature);
  return (result.flags & (ts.TypeFlags.Void | ts.TypeFlags.BooleanLike)) !== 0;
}

/** A type argument of an object of a generic class or interface. */
export function typeArgument(
  instance: ts.Type,
  index: number,
  program: ts.Program,
): ts.Type | undefined {
  const checker = program.getTypeChecker();
  if (!tsutils.isTypeReference(instance)) return undefined;
  const argument = checker.getTypeArguments(instance)[index];
  return argument && settled(argument, checker);
}

/** The type parameters of the class of an object, with what they stand for in it. */
export function classArguments(
  instance: ts.Type,
  program: ts.Program,
): readonly { readonly parameter: ts.Type; readonly argument: ts.Type }[] {
  if (!tsutils.isTypeReference(instance)) return [];
  const given = program.getTypeChecker().getTypeArguments(instance);
  return (instance.target.typeParameters ?? []).flatMap((parameter, index) => {
    const argument = given[index];
    return argument === undefined ? [] : [{ parameter, argument }];
  });
}

/** A type is another, promises it, or holds it: as an element, a member of a record, or one of a union. */
export function mentionsType(
  type: ts.Type,
  wanted: ts.Type,
  program: ts.Program,
  depth = 2,
): boolean {
  const checker = program.getTypeChecker();
  if (type === wanted) return true;
  if (depth === 0) return false;
  const within = (one: ts.Type): boolean => mentionsType(one, wanted, program, depth - 1);
  if (tsutils.isUnionOrIntersectionType(type))
    return type.types.some((one) => mentionsType(one, wanted, program, depth));
  if (tsutils.isTypeReference(type) && checker.getTypeArguments(type).some(within)) return true;
  return (
    isRecord(type, program) &&
    checker.getPropertiesOfType(type).some((member) => within(checker.getTypeOfSymbol(member)))
  );
}

/**
 * The member of the elements of a collection whose type is a type parameter of its class, or no member
 * where the elements themselves are; undefined where they hold no such value.
 */
export function genericElement(
  collection: ts.Type,
  parameter: ts.Type,
  program: ts.Program,
): readonly string[] | undefined {
  const checker = program.getTypeChecker();
  const [element] = tsutils.isTypeReference(collection)
    ? checker.getTypeArguments(collection).slice(-1)
    : [];
  if (element === undefined) return undefined;
  if (element === parameter) return [];
  const member = isRecord(element, program)
    ? checker.getPropertiesOfType(element).find((one) => {
        const type = checker.getTypeOfSymbol(one);
        return type === parameter || (type.isUnion() && type.types.includes(parameter));
      })
    : undefined;
  return member && [member.name];
}

/**
 * What a standard collection, array or record holds under its keys, promises included and `null` left
 * out; undefined for any other type.
 */
export function elementOf(type: ts.Type, program: ts.Program): ts.Type | undefined {
  const checker = program.getTypeChecker();
  const argument = (index: number): ts.Type | undefined =>
    tsutils.isTypeReference(type) ? checker.getTypeArguments(type)[index] : undefined;
  const symbol = type.getSymbol();
  const isStandard = symbol?.declarations?.some((one) =>
    program.isSourceFileDefaultLibrary(one.getSourceFile()),
  );
  const element =
    isStandard === true && symbol?.name === "Map"
      ? argument(1)
      : checker.isArrayType(type) || (isStandard === true && symbol?.name === "Set")
        ? argument(0)
        : (checker.getIndexTypeOfType(type, ts.IndexKind.String) ??
          checker.getIndexTypeOfType(type, ts.IndexKind.Number));
  if (element === undefined || (element.flags & ts.TypeFlags.TypeParameter) !== 0) return undefined;
  return checker.getNonNullableType(element);
}

function settled(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const value = checker.getNonNullableType(checker.getAwaitedType(type) ?? type);
  return (value.flags & ts.TypeFlags.TypeParameter) === 0 ? value : undefined;
}

/**
 * The elements of an array or tuple (`element` stands for any element), or the properties of a plain
 * record: an object type or interface of the program, not a class and nothing that can be called.
 */
export function partsOf(type: ts.Type, element: string, program: ts.Program): readonly HeldPart[] {
  const checker = program.getTypeChecker();
  const part = (member: string, one: ts.Type): readonly HeldPart[] => {
    const value = settled(one, checker);
    return value === undefined ? [] : [{ member, type: value }];
  };
  if (checker.isTupleType(type)) {
    return checker
      .getTypeArguments(type as ts.TypeReference)
      .flatMap((one, index) => part(String(index), one));
  }
  if (checker.isArrayType(type)) {
    return checker.getTypeArguments(type as ts.TypeReference).flatMap((one) => part(element, one));
  }
  if (!isRecord(type, program)) return [];
  const members = checker.getPropertiesOfType(type);
  if (members.length > maximalMembers) return [];
  return members.flatMap((member) => part(member.name, checker.getTypeOfSymbol(member)));
}

/** A type with more members is no entry of a collection. */
const maximalMembers = 16;

function isRecord(type: ts.Type, program: ts.Program): boolean {
  if ((type.flags & ts.TypeFlags.Object) === 0 || type.getCallSignatures().length > 0) return false;
  const symbol = type.getSymbol();
  if (symbol === undefined) return true;
  const kinds =
    ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.Interface;
  if ((symbol.flags & kinds) === 0) return false;
  return (
    symbol.declarations?.every((declaration) => {
      const file = declaration.getSourceFile();
      return (
        !program.isSourceFileDefaultLibrary(file) && !program.isSourceFileFromExternalLibrary(file)
      );
    }) === true
  );
}
