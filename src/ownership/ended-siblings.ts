/**
 * What the members that end an owner do for its other fields: by that an owner says what it means to leave
 * behind of one that nothing else speaks of.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import { fieldOfThis, isAssignment } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import { callsIn } from "./calls-in.ts";
import { calledOnThis, type Member, memberName, withOwnCallees } from "./class-members.ts";
import type { Owner } from "./field-verdicts.ts";
import { timerStops } from "./sure-releases.ts";

export class EndedSiblings {
  readonly ending: readonly Member[];
  private readonly members: readonly Member[];
  /** Fields with a timer that is stopped at the end. */
  readonly stopped: ReadonlySet<string>;
  private readonly ended: ReadonlySet<string>;
  private readonly set: ReadonlySet<string>;
  private readonly named: ReadonlySet<string>;

  /** @param made the fields that the owner fills itself */
  constructor(owner: Owner, made: readonly string[], types: Types) {
    this.members = owner.members;
    this.ending = owner.members.filter((member) => owner.ends(member));
    const stopped = new Set<string>();
    const ended = new Set<string>();
    const set = new Set<string>();
    const named = new Set<string>();
    for (const code of codeAtEnd(this.ending, owner.members, types)) {
      for (const { expression, arguments: given = [] } of callsIn(code)) {
        const callee = valueOf(expression);
        const name = ts.isIdentifier(callee)
          ? callee.text
          : ts.isPropertyAccessExpression(callee)
            ? callee.name.text
            : "";
        const [first] = given;
        if (timerStops.has(name) && first !== undefined) note(fieldOfThis(first), stopped);
        else if (ts.isPropertyAccessExpression(callee) && isReleaseName(name)) {
          const field = fieldOfThis(callee.expression);
          if (field !== undefined && made.includes(field)) ended.add(field);
        }
      }
      noteAssigned(code, set);
      noteNamed(code, named);
    }
    this.stopped = stopped;
    this.ended = ended;
    this.set = set;
    this.named = named;
  }

  /** The field is named at the end, other than to set it: something is done with what is in it. */
  uses(field: string): boolean {
    return this.named.has(field);
  }

  /** Something else that the owner made itself is released at the end, or a timer of it stopped. */
  endsOther(field: string): boolean {
    return this.stopped.size > 0 || [...this.ended].some((name) => name !== field);
  }

  /**
   * The code, or a member that it calls, asks a field that is set at the end: what comes too late does
   * nothing.
   */
  isAskedIn(code: ts.Node): boolean {
    const called = calledOnThis(code);
    return (
      this.asks(code) ||
      this.members.some((one) => called.has(memberName(one) ?? "") && this.asks(one.code))
    );
  }

  private asks(code: ts.Node): boolean {
    const visit = (node: ts.Node): boolean => {
      const condition =
        ts.isIfStatement(node) || ts.isWhileStatement(node)
          ? node.expression
          : ts.isConditionalExpression(node)
            ? node.condition
            : undefined;
      if (condition !== undefined && this.mentions(condition)) return true;
      return ts.forEachChild(node, visit) ?? false;
    };
    return visit(code);
  }

  private mentions(node: ts.Node): boolean {
    if (ts.isExpression(node)) {
      const field = fieldOfThis(node);
      if (field !== undefined && this.set.has(field)) return true;
    }
    return ts.forEachChild(node, (child) => this.mentions(child) || undefined) ?? false;
  }
}

/** What runs when the owner ends: the ending members, what they call on `this`, and what they override. */
function codeAtEnd(
  ending: readonly Member[],
  all: readonly Member[],
  types: Types,
): ReadonlySet<ts.Node> {
  const reached = new Set<ts.Node>(withOwnCallees(ending, all).map(({ code }) => code));
  for (const code of reached) {
    for (const { expression } of callsIn(code)) {
      const isOfBase =
        ts.isPropertyAccessExpression(expression) &&
        expression.expression.kind === ts.SyntaxKind.SuperKeyword;
      if (!isOfBase) continue;
      for (const body of types.implementations(expression, false)) reached.add(body);
    }
  }
  return reached;
}

function note(name: string | undefined, into: Set<string>): void {
  if (name !== undefined) into.add(name);
}

function noteAssigned(node: ts.Node, into: Set<string>): void {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind))
    note(fieldOfThis(node.left), into);
  ts.forEachChild(node, (child) => {
    noteAssigned(child, into);
  });
}

function noteNamed(node: ts.Node, into: Set<string>): void {
  if (ts.isBindingElement(node)) note((node.propertyName ?? node.name).getText(), into);
  const isTarget =
    ts.isBinaryExpression(node.parent) &&
    node.parent.left === node &&
    isAssignment(node.parent.operatorToken.kind);
  if (!isTarget && ts.isPropertyAccessExpression(node)) note(fieldOfThis(node), into);
  ts.forEachChild(node, (child) => {
    noteNamed(child, into);
  });
}
