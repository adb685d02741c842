/**
 * A module as the owner of what its variables hold. It lives as long as the program, so nobody need end
 * it, but a function that fills a variable again loses what the call before put there.
 */
import ts from "typescript";
import { isInTest } from "../resources/test-functions.ts";
import { isDefaultExport, isExported, isHidden } from "../typescript/modifiers.ts";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import { isConstant, isInside } from "../typescript/syntax.ts";
import { callsIn } from "./calls-in.ts";
import { callsOfMember, type Member, memberName } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { isJudged, type Owner } from "./field-verdicts.ts";
import type { Acquired } from "./find-acquisitions.ts";
import { Ended, type Strength } from "./obligation-state.ts";
import { LostFields } from "./overwritten-fields.ts";
import { fieldAt, type OwnedField, storedIn } from "./owned-fields.ts";
import { beginsInstance } from "./release-methods.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots } from "./tracking.ts";

export class ModuleVariables {
  private readonly file: ts.SourceFile;
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly names: ReadonlySet<string>;
  private found: { readonly roots: FieldRoots; readonly members: readonly Member[] } | undefined;

  constructor(file: ts.SourceFile, environment: Environment, summaries: Summaries) {
    this.file = file;
    this.environment = environment;
    this.summaries = summaries;
    this.names = new Set(variablesOf(file).map(({ text }) => text));
  }

  /** How sure it is that a later call of the function loses what an acquisition puts into a variable. */
  overwrites(acquired: Acquired): Strength | undefined {
    const { kind, graph, site } = acquired;
    if (this.names.size === 0 || !isJudged(kind)) return undefined;
    if (!this.fillsVariable(graph.unit) || isInTest(site, this.environment.types)) return undefined;
    const { roots, members } = this.owned();
    const outcome = trackObligation(
      { ...acquired, fieldRoots: roots },
      this.environment,
      this.summaries,
    );
    const member = members.find(({ code }) => isInside(site, code));
    return fieldAt(storedIn(outcome, roots), roots, acquired, outcome, member)
      .filter((field) => outcome.owed && this.isOwed(field, members))
      .map((field): OwnedField => ({ ...field, kind: { ...kind, grade: "should" } }))
      .map((field): Strength | undefined => {
        const losesWhere = (begins: (member: Member) => boolean): boolean => {
          const owner = this.owner(members, begins);
          const lost = new LostFields(owner, roots, this.environment, this.summaries);
          const fault = lost.faultOf(field, [field]);
          return fault?.fault === "overwritten" && fault.strength === "sure";
        };
        // Nothing but a parameter says that a function is there to be called again and again.
        if (losesWhere((one) => runsOnce(one) || one.code.parameters.length === 0)) return "sure";
        return losesWhere(runsOnce) ? "possible" : undefined;
      })
      .find((strength) => strength !== undefined);
  }

  /** What may last as long as the program is owed where some function of the module ends it. */
  private isOwed({ kind, places }: OwnedField, members: readonly Member[]): boolean {
    if (kind.grade !== "idle") return true;
    return members.some(({ code }) => {
      const effect = this.summaries.effect(code, places, kind);
      return !effect.unknown && (effect.normalEnded & Ended.released) !== 0;
    });
  }

  private fillsVariable(unit: ts.Node): boolean {
    return nodesIn(this.file).assignments.some(
      (one) => ts.isIdentifier(one.left) && this.names.has(one.left.text) && isInside(one, unit),
    );
  }

  private owned(): { readonly roots: FieldRoots; readonly members: readonly Member[] } {
    return (this.found ??= {
      roots: new Map(
        variablesOf(this.file).flatMap((name) => {
          const symbol = this.environment.resolve(name);
          return symbol === undefined ? [] : [[symbol, "variable"] as const];
        }),
      ),
      members: outermostFunctions(this.file),
    });
  }

  private owner(members: readonly Member[], begins: (member: Member) => boolean): Owner {
    return {
      declaration: this.file,
      members,
      ends: () => false,
      isForever: true,
      callsOf: (member) => this.callsOf(member),
      isHidden: isOnlyOfFile,
      begins,
    };
  }

  private callsOf(member: Member): readonly ts.CallExpression[] {
    const name = memberName(member);
    if (name === undefined) return [];
    if (ts.isClassElement(member.node)) return callsOfMember(name, this.file);
    const { resolve, types } = this.environment;
    const own =
      member.node.name !== undefined && ts.isIdentifier(member.node.name)
        ? resolve(member.node.name)
        : undefined;
    return callsIn(this.file).filter(
      (call): call is ts.CallExpression =>
        ts.isCallExpression(call) &&
        ts.isIdentifier(call.expression) &&
        call.expression.text === name &&
        resolve(call.expression) === own &&
        !isInTest(call, types),
    );
  }
}

/** The names of the variables of a module that may be given another value. */
function variablesOf(file: ts.SourceFile): readonly ts.Identifier[] {
  return file.statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap((one) =>
          ts.isIdentifier(one.name) && !isConstant(one) ? [one.name] : [],
        )
      : [],
  );
}

/** The functions of a file that are in no other one, each with what names it. */
function outermostFunctions(file: ts.SourceFile): readonly Member[] {
  return nodesIn(file).functions.flatMap((code): readonly Member[] => {
    if (ts.findAncestor(code.parent, ts.isFunctionLike) !== undefined) return [];
    const { parent } = code;
    const isNamed =
      ts.isVariableDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertyAssignment(parent);
    return [{ node: isNamed ? parent : code, code }];
  });
}

/** No other file can call it: a function that is not exported, a private method, a callback. */
function isOnlyOfFile({ node }: Member): boolean {
  if (ts.isClassElement(node)) return isHidden(node);
  return ts.isObjectLiteralElement(node) ? false : !isExported(node);
}

const programStart = /^(?:main|bootstrap|register|install|provide|prepare|before|global|default)/i;

/** A function by which the program, a plug-in or a test run begins, told by its name or by having none. */
function runsOnce(member: Member): boolean {
  const name = memberName(member);
  return (
    name === undefined ||
    programStart.test(name) ||
    beginsInstance(member) ||
    isDefaultExport(member.node)
  );
}
