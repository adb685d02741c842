/**
 * What the instances of a class owe: which fields hold resources that the class acquired, and
 * whether a method that ends the instance releases each of them on every path.
 *
 * Members of base classes in the program count as the class's own; what another base does cannot be
 * seen, so a class with one is left alone, unless the base is known not to touch such fields.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../flow/graph.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { ownershipOfField } from "../resources/tags.ts";
import { isHidden } from "../typescript/modifiers.ts";
import { plainStatements } from "../typescript/syntax.ts";
import { type AccessPath, thisRoot } from "./access-path.ts";
import {
  calledOnThis,
  classesIn,
  type Member,
  membersWithBody,
  overridingFirst,
  sameName,
} from "./class-members.ts";
import { closureOwners } from "./closure-owners.ts";
import type { Environment } from "./environment.ts";
import { EvidentFields } from "./evident-fields.ts";
import {
  type Fault,
  type FieldFault,
  isJudged,
  type Owner,
  releaseFault,
} from "./field-verdicts.ts";
import { atLeast, Ended, freshDisjunct, type State, type Strength } from "./obligation-state.ts";
import { keptHandles, mayKeepHandles } from "./kept-handles.ts";
import {
  type Forgotten,
  forgottenSiblings,
  mayHaveSiblings,
  unregisteredSiblings,
} from "./sibling-fields.ts";
import { initialisersOf, type OwnedField, ownedFields } from "./owned-fields.ts";
import { fieldsFilledOutside } from "./outside-fields.ts";
import { LostFields } from "./overwritten-fields.ts";
import { endsInstance, isKnownBase } from "./release-methods.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots, Outcome } from "./tracking.ts";

export interface FieldFinding {
  readonly fault: FieldFault;
  readonly owner: ts.Node;
  readonly field: string;
  readonly kind: ResourceKind;
  readonly rule: ReportingRule;
  /** Where the duty starts: the acquisition, or the override that skips its base. */
  readonly node: ts.Node;
  /** The member that should have released it, where there is one. */
  readonly method: Member["node"] | undefined;
  readonly strength: Strength;
}

/** Every fault of the classes, and of the closures that share variables, in a file. */
export function classFindings(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly FieldFinding[] {
  const ofClasses = classesIn(file).flatMap((declaration) => [
    ...new ClassOwner(declaration, "instance", environment, summaries).findings(),
    ...new ClassOwner(declaration, "static", environment, summaries).findings(),
  ]);
  const ofClosures = closureOwners(file, environment, summaries).flatMap(
    ({ owner, fields, roots }) => {
      const judged = fields.filter(({ kind }) => isJudged(kind));
      const lost = new LostFields(owner, roots, environment, summaries);
      return onePerField(
        judged.flatMap((field) =>
          [releaseFault(field, owner, environment, summaries), lost.faultOf(field, judged)].flatMap(
            (fault) => (fault === undefined ? [] : [findingOf(fault, field, owner.declaration)]),
          ),
        ),
      );
    },
  );
  return [...ofClasses, ...ofClosures];
}

class ClassOwner {
  private readonly declaration: ts.ClassLikeDeclaration;
  private readonly side: "instance" | "static";
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly roots: FieldRoots;

  constructor(
    declaration: ts.ClassLikeDeclaration,
    side: "instance" | "static",
    environment: Environment,
    summaries: Summaries,
  ) {
    this.declaration = declaration;
    this.side = side;
    this.environment = environment;
    this.summaries = summaries;
    const name =
      side === "static" && declaration.name !== undefined
        ? environment.resolve(declaration.name)
        : undefined;
    this.roots = new Map(
      [thisRoot, ...(name === undefined ? [] : [name])].map((root) => [root, "object"]),
    );
  }

  findings(): readonly FieldFinding[] {
    const owned = this.ownedFields();
    const fields = owned.filter(({ kind }) => isJudged(kind));
    const missing = this.missingSuper(fields);
    const evident = this.evident();
    const isInstance = this.side === "instance";
    const hasSiblings =
      isInstance &&
      (!evident.isEmpty || mayHaveSiblings(this.declaration) || mayKeepHandles(this.declaration));
    if (owned.length === 0 && !hasSiblings) return missing.findings;
    const lineage = this.lineage();
    if (lineage === undefined) return [];
    const owner = this.owner(lineage);
    const forgotten = [
      ...forgottenSiblings(owned, owner, this.environment, this.summaries),
      ...this.unregistered(owner),
    ].map(({ fault, field }) => this.finding(fault, field));
    const lost = new LostFields(owner, this.roots, this.environment, this.summaries);
    const faults = fields.flatMap((field) =>
      [
        this.lostByConstructor(field),
        missing.fields.includes(field)
          ? undefined
          : releaseFault(field, owner, this.environment, this.summaries, fields),
        lost.faultOf(field, fields),
      ].flatMap((fault) => (fault === undefined ? [] : [this.finding(fault, field)])),
    );
    const further = isInstance
      ? [
          ...evident.faults(owned, owner, lost),
          ...keptHandles(this.declaration, owner, this.environment),
        ]
      : [];
    return [
      ...onePerField([
        ...faults,
        ...forgotten,
        ...further.map(({ fault, field }) => this.finding(fault, field)),
      ]),
      ...missing.findings,
    ];
  }

  private evident(): EvidentFields {
    return new EvidentFields(this.declaration, this.roots, this.environment, this.summaries);
  }

  private unregistered(owner: Owner): readonly Forgotten[] {
    return this.side === "static"
      ? []
      : unregisteredSiblings(this.declaration, owner, this.environment, this.summaries);
  }

  private owner(lineage: readonly ts.ClassLikeDeclaration[]): Owner {
    return {
      declaration: this.declaration,
      members: overridingFirst(lineage.flatMap((one) => membersWithBody(one, this.side))),
      ends: (member) => endsInstance(member, this.environment),
      isForever: this.side === "static",
    };
  }

  private lineage(): readonly ts.ClassLikeDeclaration[] | undefined {
    return this.environment.types.lineage(this.declaration, (base) =>
      isKnownBase(base, this.environment),
    );
  }

  private ownedFields(): readonly OwnedField[] {
    const members = membersWithBody(this.declaration, this.side);
    const code = [
      ...initialisersOf(this.declaration, this.side),
      ...members.map((member) => ({ node: member.code, member })),
    ].sort((a, b) => a.node.pos - b.node.pos);
    const own = ownedFields(code, this.roots, this.environment, this.summaries).filter(
      ({ places }) => !places.some((place) => this.isLent(place)),
    );
    return this.side === "static"
      ? own
      : [...own, ...fieldsFilledOutside(this.declaration, this.environment, this.summaries)];
  }

  /** A tag says that the field only borrows what it holds. */
  private isLent({ root, members: [field] }: AccessPath): boolean {
    if (field === undefined || !this.roots.has(root)) return false;
    return ownershipOfField(this.declaration, field) === "notOwning";
  }

  // ---- constructors that throw

  /** Nobody has the instance whose constructor threw, so nobody can release what it acquired. */
  private lostByConstructor(field: OwnedField): Fault | undefined {
    const { kind, member } = field;
    if (kind.grade === "idle" || this.side === "static") return undefined;
    const thrown = this.heldWhenConstructorThrows(field);
    if (thrown === undefined) return undefined;
    const likely = kind.grade === "must" && thrown !== "possible";
    return {
      fault: "constructor-throws",
      method: member,
      strength: likely ? "likely" : "possible",
    };
  }

  private heldWhenConstructorThrows(field: OwnedField): Strength | undefined {
    const { outcome, member, places, kind } = field;
    if (member === undefined) {
      const constructor = membersWithBody(this.declaration, "instance").find(({ node }) =>
        ts.isConstructorDeclaration(node),
      );
      if (constructor === undefined) return undefined;
      return outcome.owed
        ? this.summaries.effect(constructor.code, places, kind).thrownHeld
        : heldAtThrow(this.armedIn(constructor.code, field));
    }
    return ts.isConstructorDeclaration(member.node) ? heldAtThrow(outcome) : undefined;
  }

  /** Follows a field whose initialiser makes something that owes nothing yet. */
  private armedIn(unit: FunctionWithBody, { places, kind }: OwnedField): Outcome {
    const graph = this.environment.graph(unit);
    const state: State = { held: [freshDisjunct(places, new Map(), false)], ended: 0 };
    return trackObligation(
      {
        kind,
        graph,
        site: undefined,
        call: undefined,
        starts: [{ block: graph.entry, index: 0, state }],
      },
      this.environment,
      this.summaries,
    );
  }

  // ---- overrides that forget their base

  /** Overrides that leave fields to a base method which they do not call, and those fields. */
  private missingSuper(own: readonly OwnedField[]): {
    readonly findings: readonly FieldFinding[];
    readonly fields: readonly OwnedField[];
  } {
    const nothing = { findings: [], fields: [] };
    if (this.side === "static") return nothing;
    const [, ...bases] = this.lineage() ?? [];
    if (bases.length === 0) return nothing;
    const ending = this.endingMembers(bases.flatMap((base) => membersWithBody(base, "instance")));
    const overriding = membersWithBody(this.declaration, "instance").filter(
      (member) => ending.some((one) => sameName(one.node, member.node)) && !surelyCallsBase(member),
    );
    if (overriding.length === 0) return nothing;
    const inherited = bases.flatMap((base) => {
      const owner = new ClassOwner(base, "instance", this.environment, this.summaries);
      return [...owner.ownedFields(), ...owner.evident().found];
    });
    const skippable = [...inherited, ...own];
    const skipped = new Set<OwnedField>();
    if (skippable.length === 0) return nothing;
    const findings = overriding.flatMap((member) => {
      const overridden = ending.find((one) => sameName(one.node, member.node));
      if (overridden === undefined) return [];
      const fields = skippable.filter((one) => this.isSkipped(one, overridden, member));
      const [field] = fields;
      if (field === undefined) return [];
      for (const one of fields) skipped.add(one);
      const fault: Fault = { fault: "missing-super", method: member, strength: "sure" };
      return [{ ...this.finding(fault, field), node: member.node.name ?? member.node }];
    });
    return { findings, fields: [...skipped] };
  }

  /** Members that end an instance, and hooks by which a base class lets subclasses take part in it. */
  private endingMembers(members: readonly Member[]): readonly Member[] {
    const ending = new Set(members.filter((one) => endsInstance(one, this.environment)));
    for (const one of ending) {
      const called = calledOnThis(one.code);
      for (const hook of members) {
        if (isHidden(hook.node) && called.has(hook.node.name?.getText() ?? "")) ending.add(hook);
      }
    }
    return [...ending];
  }

  private isSkipped({ places, kind }: OwnedField, overridden: Member, member: Member): boolean {
    const before = this.summaries.effect(overridden.code, places, kind);
    if (before.unknown || (before.normalEnded & Ended.released) === 0) return false;
    const after = this.summaries.effect(member.code, places, kind);
    if (after.unknown || (after.normalEnded & Ended.kept) !== 0) return false;
    return (
      (after.normalEnded & Ended.released) === 0 ||
      (after.normalHeldPlainly && !before.normalHeldPlainly)
    );
  }

  private finding(fault: Fault, field: Forgotten["field"]): FieldFinding {
    return findingOf(fault, field, this.declaration);
  }
}

/** `super.close()` is a statement of the method, and nothing leaves the method before: no path skips it. */
function surelyCallsBase({ node, code }: Member): boolean {
  const { body } = code;
  if (node.name === undefined || !ts.isBlock(body)) return false;
  const name = node.name.getText();
  for (const statement of plainStatements(body)) {
    if (ts.isExpressionStatement(statement)) {
      const call = valueOf(statement.expression);
      if (
        ts.isCallExpression(call) &&
        ts.isPropertyAccessExpression(call.expression) &&
        call.expression.expression.kind === ts.SyntaxKind.SuperKeyword &&
        call.expression.name.text === name
      )
        return true;
    }
    if (mayLeave(statement)) return false;
  }
  return false;
}

function mayLeave(node: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
  return !ts.isFunctionLike(node) && (ts.forEachChild(node, mayLeave) ?? false);
}

function findingOf(
  { fault, method, strength: found }: Fault,
  { name, kind, site }: Forgotten["field"],
  owner: ts.Node,
): FieldFinding {
  const rule = reportingRule({ wrong: "duty", kind, keptIn: "field" });
  const strength = kind.grade === "memory" ? "possible" : found;
  return { fault, owner, field: name, kind, rule, node: site, method: method?.node, strength };
}

/** The surest fault of each field; among equals the first. */
function onePerField(findings: readonly FieldFinding[]): readonly FieldFinding[] {
  return findings.filter((one, index) =>
    findings.every(
      (other, otherIndex) =>
        other.node !== one.node ||
        other === one ||
        (otherIndex > index
          ? atLeast(one.strength, other.strength)
          : !atLeast(other.strength, one.strength)),
    ),
  );
}

/** How sure it is that something is still owed when the function throws; undefined where nothing is. */
function heldAtThrow({ atThrow }: Outcome): Strength | undefined {
  const held = atThrow.held.filter(({ armed }) => armed);
  if (held.length === 0) return undefined;
  return held.some(({ strength }) => strength !== "possible") ? "likely" : "possible";
}
