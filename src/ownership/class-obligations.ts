/**
 * What the instances of a class owe: which fields hold resources that the class acquired, and
 * whether a method that ends the instance releases each of them on every path.
 *
 * A field counts as owned when the class itself fills it with a fresh resource and no member hands
 * the value on to another owner. Members of base classes in the program count as the class's own;
 * what a base class outside the program does cannot be seen, so such a class is left alone.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { type AccessPath, thisRoot } from "./access-path.ts";
import type { Environment } from "./environment.ts";
import { callsIn } from "./calls-in.ts";
import { acquisitionsAt, freshFromBodies } from "./find-acquisitions.ts";
import { atLeast, Ended, type Strength } from "./obligation-state.ts";
import type { ParameterEffect } from "./parameter-effect.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { Outcome } from "./tracking.ts";

export type FieldFault =
  /** The class has no method that ends its instances. */
  | "no-release-method"
  /** The methods that end an instance leave this field alone. */
  | "forgotten"
  /** A method that ends an instance releases it on some paths only. */
  | "on-path"
  /** It is skipped when something in that method throws. */
  | "on-throw"
  /** The methods that end an instance know the finished resource and not the pending one. */
  | "pending"
  /** The constructor throws after it acquired. */
  | "constructor-throws"
  /** A method fills the field again while the old value is live. */
  | "overwritten"
  /** The method overrides one that releases fields of the base class, and does not call it. */
  | "missing-super";

export interface FieldFinding {
  readonly fault: FieldFault;
  readonly owner: ts.ClassLikeDeclaration;
  readonly field: string;
  readonly kind: ResourceKind;
  readonly rule: ReportingRule;
  /** Where the duty starts: the acquisition, or the override that skips its base. */
  readonly node: ts.Node;
  /** The method that should have released it, where there is one. */
  readonly method: ts.ClassElement | undefined;
  readonly strength: Strength;
}

interface OwnedField {
  readonly name: string;
  /** Every field that names the same resource, `name` included. */
  readonly names: readonly string[];
  readonly kind: ResourceKind;
  readonly site: CallLike;
  /** The function that fills the field, and the member it is or is in; undefined for an initialiser. */
  readonly filledBy: FunctionWithBody | undefined;
  readonly member: Member | undefined;
  /** What becomes of the resource in that function. */
  readonly outcome: Outcome | undefined;
}

type MethodLike = (ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration) &
  FunctionWithBody;
/** A member that runs code on an instance: a method, or a property that holds a function. */
type Member = MethodLike | (ts.PropertyDeclaration & { readonly initializer: ts.Expression });

/** Methods by which frameworks end an instance. */
const lifecycleEnds = new Set([
  "ngOnDestroy",
  "componentWillUnmount",
  "disconnectedCallback",
  "onModuleDestroy",
  "onApplicationShutdown",
  "beforeApplicationShutdown",
  "beforeDestroy",
  "destroyed",
  "beforeUnmount",
  "unmounted",
  "onunload",
  "onClose",
  "deactivate",
]);

/** Methods that run once in the life of an instance, unless something shows a second call. */
const opener =
  /^(?:start|open|init|initialize|initialise|connect|setup|mount|run|launch|boot|bootstrap|listen|load|create|build|configure|activate|attach|register|begin|ngOnInit|ngAfterViewInit|componentDidMount|connectedCallback|onModuleInit|onApplicationBootstrap)(?![a-z])/;

/** Every fault of the classes declared in a file, in source order. */
export function classFindings(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly FieldFinding[] {
  return classesIn(file).flatMap((declaration) =>
    new ClassOwner(declaration, environment, summaries).findings(),
  );
}

class ClassOwner {
  private readonly declaration: ts.ClassLikeDeclaration;
  private readonly environment: Environment;
  private readonly summaries: Summaries;

  constructor(
    declaration: ts.ClassLikeDeclaration,
    environment: Environment,
    summaries: Summaries,
  ) {
    this.declaration = declaration;
    this.environment = environment;
    this.summaries = summaries;
  }

  findings(): readonly FieldFinding[] {
    const fields = this.ownedFields();
    if (fields.length === 0) return this.missingSuper();
    const lineage = this.environment.types.lineage(this.declaration);
    if (lineage === undefined) return [];
    const members = overridingFirst(lineage.flatMap(membersWithBody));
    const accessors = new Set(
      members.flatMap((member) => (ts.isAccessor(member) ? [fieldName(member.name)] : [])),
    );
    const plain = fields.filter(({ names }) => !names.some((name) => accessors.has(name)));
    const found = plain.flatMap((field) => this.faultOf(field, members) ?? []);
    return [
      ...onePerField([...this.lostByConstructor(plain), ...found, ...this.overwritten(plain)]),
      ...this.missingSuper(),
    ];
  }

  // ---- which fields are owned

  private ownedFields(): readonly OwnedField[] {
    return this.declaration.members.flatMap((member) => {
      if (isStatic(member)) return [];
      if (isMember(member)) return this.filledByMember(member);
      return ts.isPropertyDeclaration(member) ? this.filledByInitialiser(member) : [];
    });
  }

  private filledByInitialiser(member: ts.PropertyDeclaration): readonly OwnedField[] {
    const site = member.initializer && ts.skipPartiallyEmittedExpressions(member.initializer);
    if (
      site === undefined ||
      isStatic(member) ||
      !(ts.isCallExpression(site) || ts.isNewExpression(site))
    )
      return [];
    const name = fieldName(member.name);
    if (name === undefined) return [];
    const base = {
      name,
      names: [name],
      site,
      filledBy: undefined,
      member: undefined,
      outcome: undefined,
    };
    return this.environment.recogniser.acquisitions(site).flatMap((one): readonly OwnedField[] => {
      if (one.freshness === "body") {
        return freshFromBodies(site, this.environment, this.summaries)
          .filter(({ paths }) => paths.some((path) => path.length === 0))
          .map(({ kind }) => ({ ...base, kind }));
      }
      return one.place === undefined && one.armed ? [{ ...base, kind: one.kind }] : [];
    });
  }

  private filledByMember(member: Member): readonly OwnedField[] {
    const code = codeOf(member);
    return callsIn(code).flatMap((site) =>
      acquisitionsAt(site, this.environment, this.summaries).flatMap((acquired) => {
        const unit = acquired.graph.unit;
        if (!sharesThis(unit, code)) return [];
        const outcome = trackObligation(
          { ...acquired, followsFields: true },
          this.environment,
          this.summaries,
        );
        if (outcome.unknown || !outcome.owed) return [];
        const base = {
          kind: acquired.kind,
          site: acquired.site,
          filledBy: unit as FunctionWithBody,
          member,
        };
        const names = storedIn(outcome);
        const [name] = names;
        return name === undefined ? [] : [{ ...base, name, names, outcome }];
      }),
    );
  }

  // ---- whether they are released

  private faultOf(field: OwnedField, members: readonly Member[]): FieldFinding | undefined {
    if (field.kind.weak === true) return undefined;
    const paths = field.names.map((name): AccessPath => ({ root: thisRoot, members: [name] }));
    const effects = members.map((member) => ({
      member,
      effect: this.summaries.effect(codeOf(member), paths, field.kind),
    }));
    // Another owner took it, or it cannot be told: nobody here is to blame.
    // A member that returns the field only lends it.
    if (effects.some(({ effect }) => effect.unknown || (effect.normalEnded & Ended.kept) !== 0)) {
      return undefined;
    }
    if (field.names.some((name) => this.isReleasedFromOutside(name))) return undefined;
    const releasing = effects.filter(({ effect }) => (effect.normalEnded & Ended.released) !== 0);
    const ends = effects.filter(({ member }) => endsInstance(member));
    if (releasing.length === 0) {
      if (ends.length === 0) {
        if (field.kind.grade === "idle") return undefined;
        return this.finding("no-release-method", field, undefined, "sure");
      }
      return this.finding("forgotten", field, ends[0]?.member, "sure");
    }
    const ending = releasing.filter(({ member }) => endsInstance(member));
    return (
      this.pathFault(field, ending) ??
      this.pendingFault(
        field,
        ending.map(({ member }) => member),
      )
    );
  }

  private pathFault(
    field: OwnedField,
    ending: readonly { readonly member: Member; readonly effect: ParameterEffect }[],
  ): FieldFinding | undefined {
    const [first] = ending;
    if (first === undefined) return undefined;
    // Several ways to end an instance: one that releases on every path is enough.
    if (ending.every(({ effect }) => effect.normalHeldPlainly)) {
      return this.finding("on-path", field, first.member, "sure");
    }
    const whole = ending.find(({ effect }) => !effect.normalHeldPlainly);
    if (whole === undefined || ending.some(({ effect }) => effect.thrownHeld === undefined))
      return undefined;
    const strength =
      whole.effect.thrownHeld === "likely" && field.kind.grade === "must" ? "likely" : "possible";
    return this.finding("on-throw", field, whole.member, strength);
  }

  private pendingFault(field: OwnedField, ending: readonly Member[]): FieldFinding | undefined {
    const [method] = ending;
    if (method === undefined) return undefined;
    const isMissed = (names: readonly string[]): boolean =>
      ending.every((member) => {
        const paths = names.map((name): AccessPath => ({ root: thisRoot, members: [name] }));
        const effect = this.summaries.effect(codeOf(member), paths, field.kind);
        return !effect.unknown && effect.normalEnded === 0;
      });
    return field.outcome?.pendingIn.some(isMissed) === true
      ? this.finding("pending", field, method, "sure")
      : undefined;
  }

  /** Code of the same file that is not in the class releases the field, or passes it on. */
  private isReleasedFromOutside(name: string): boolean {
    const { declaration } = this;
    return callsIn(declaration.getSourceFile()).some((call) => {
      if (call.pos >= declaration.pos && call.end <= declaration.end) return false;
      const isField = (node: ts.Expression): boolean =>
        ts.isPropertyAccessExpression(node) &&
        node.expression.kind !== ts.SyntaxKind.ThisKeyword &&
        node.name.text === name;
      const { expression } = call;
      if (call.arguments?.some(isField) === true) return true;
      return (
        ts.isPropertyAccessExpression(expression) &&
        isReleaseName(expression.name.text) &&
        isField(expression.expression)
      );
    });
  }

  // ---- overwriting a live field

  private overwritten(fields: readonly OwnedField[]): readonly FieldFinding[] {
    return fields.flatMap((field) => {
      if (field.kind.weak === true || field.kind.grade === "idle") return [];
      return this.losesOldValue(field)
        ? [this.finding("overwritten", field, field.member, "sure")]
        : [];
    });
  }

  /** Filling the field replaces a value that may be live, in a function that may run again. */
  private losesOldValue({ filledBy, member, name, kind }: OwnedField): boolean {
    if (filledBy === undefined || member === undefined) return false;
    const isMethod = filledBy === codeOf(member);
    if (isMethod && (ts.isConstructorDeclaration(member) || this.runsOnce(member))) return false;
    const path: AccessPath = { root: thisRoot, members: [name] };
    return this.summaries.lossesOf(filledBy, path, kind).length > 0;
  }

  /** Nothing shows that the method runs again while its field is live. */
  private runsOnce(method: Member): boolean {
    const name = method.name !== undefined && ts.isIdentifier(method.name) ? method.name.text : "";
    const calls = callsIn(this.declaration).filter(
      ({ expression }) =>
        ts.isPropertyAccessExpression(expression) &&
        expression.expression.kind === ts.SyntaxKind.ThisKeyword &&
        expression.name.text === name,
    );
    const fromMethods = calls.filter((call) => !this.isInConstructor(call));
    if (isHidden(method)) return calls.length < 2 && fromMethods.length === 0;
    return opener.test(name) && fromMethods.length === 0;
  }

  private isInConstructor(node: ts.Node): boolean {
    return this.declaration.members.some(
      (member) =>
        ts.isConstructorDeclaration(member) && member.pos <= node.pos && node.end <= member.end,
    );
  }

  // ---- constructors that throw

  /** Nobody has the instance whose constructor threw, so nobody can release what it acquired. */
  private lostByConstructor(fields: readonly OwnedField[]): readonly FieldFinding[] {
    return fields.flatMap((field) => {
      const { kind } = field;
      if (kind.weak === true || kind.grade === "idle") return [];
      const thrown = this.heldWhenConstructorThrows(field);
      if (thrown === undefined) return [];
      const likely = kind.grade === "must" && thrown !== "possible";
      return [
        this.finding("constructor-throws", field, field.member, likely ? "likely" : "possible"),
      ];
    });
  }

  private heldWhenConstructorThrows({
    outcome,
    member,
    name,
    kind,
  }: OwnedField): Strength | undefined {
    if (member === undefined) {
      const constructor = this.declaration.members
        .filter(isMember)
        .find((one) => ts.isConstructorDeclaration(one));
      const path: AccessPath = { root: thisRoot, members: [name] };
      return constructor && this.summaries.effect(codeOf(constructor), [path], kind).thrownHeld;
    }
    if (outcome === undefined || !ts.isConstructorDeclaration(member)) return undefined;
    const held = outcome.atThrow.held.filter((disjunct) => disjunct.armed);
    if (held.length === 0) return undefined;
    return held.some((disjunct) => disjunct.strength !== "possible") ? "likely" : "possible";
  }

  // ---- overrides that forget their base

  private missingSuper(): readonly FieldFinding[] {
    const [, ...bases] = this.environment.types.lineage(this.declaration) ?? [];
    const inherited = bases.flatMap((base) =>
      new ClassOwner(base, this.environment, this.summaries).ownedFields(),
    );
    if (inherited.length === 0) return [];
    return this.declaration.members.filter(isMember).flatMap((member) => {
      const overridden = bases
        .flatMap(membersWithBody)
        .find((one) => endsInstance(one) && sameName(one, member));
      if (overridden === undefined || callsSuper(member)) return [];
      const field = inherited.find(({ name, kind }) => {
        const path: AccessPath = { root: thisRoot, members: [name] };
        const releases = (body: Member): boolean =>
          (this.summaries.effect(codeOf(body), [path], kind).normalEnded & Ended.released) !== 0;
        return releases(overridden) && !releases(member);
      });
      return field === undefined
        ? []
        : [
            {
              ...this.finding("missing-super", field, member, "sure"),
              node: member.name ?? member,
            },
          ];
    });
  }

  private finding(
    fault: FieldFault,
    field: OwnedField,
    method: ts.ClassElement | undefined,
    strength: Strength,
  ): FieldFinding {
    return {
      fault,
      owner: this.declaration,
      field: field.name,
      kind: field.kind,
      rule: reportingRule({ wrong: "duty", kind: field.kind, keptIn: "field" }),
      node: field.site,
      method,
      strength,
    };
  }
}

/** The fields that still name the resource when the function that made it returns. */
function storedIn(outcome: Outcome): readonly string[] {
  const names = outcome.atEnd.held
    .filter((disjunct) => disjunct.armed)
    .flatMap((disjunct) => [...disjunct.aliases.values()])
    .flatMap(({ root, members }) => (root === thisRoot && members.length === 1 ? members : []));
  return [...new Set(names)];
}

/** `this` is the same in both: the function itself, or an arrow function in it. */
function sharesThis(unit: ts.Node, code: ts.Node): boolean {
  let current = unit;
  while (current !== code) {
    if (!ts.isArrowFunction(current)) return false;
    do {
      current = current.parent;
    } while (!ts.isFunctionLike(current) && !ts.isSourceFile(current));
  }
  return true;
}

/** The function that a member is: itself, or the arrow function that a property holds. */
function codeOf(member: Member): FunctionWithBody {
  return ts.isPropertyDeclaration(member) ? (member.initializer as FunctionWithBody) : member;
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

function membersWithBody(declaration: ts.ClassLikeDeclaration): readonly Member[] {
  return declaration.members.filter(isMember).filter((member) => !isStatic(member));
}

/** What a subclass overrides does not run on its instances. */
function overridingFirst(members: readonly Member[]): readonly Member[] {
  return members.filter(
    (member, index) =>
      ts.isConstructorDeclaration(member) ||
      members.findIndex((other) => sameName(other, member)) === index ||
      ts.isAccessor(member),
  );
}

function isMember(member: ts.ClassElement): member is Member {
  if (ts.isPropertyDeclaration(member)) {
    const { initializer } = member;
    return (
      initializer !== undefined &&
      (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    );
  }
  return (
    (ts.isMethodDeclaration(member) ||
      ts.isConstructorDeclaration(member) ||
      ts.isAccessor(member)) &&
    member.body !== undefined
  );
}

function isStatic(member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
}

function isHidden(member: ts.ClassElement): boolean {
  const { name } = member;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if ((ts.getCombinedModifierFlags(member) & hidden) !== 0) return true;
  return name?.kind === ts.SyntaxKind.PrivateIdentifier;
}

function sameName(a: ts.ClassElement, b: ts.ClassElement): boolean {
  const name = a.name?.getText();
  return name !== undefined && name === b.name?.getText();
}

/** A method by which users or a framework end an instance. */
function endsInstance(member: Member): boolean {
  if (!ts.isMethodDeclaration(member) && !ts.isPropertyDeclaration(member)) return false;
  const { name } = member;
  if (ts.isComputedPropertyName(name))
    return /^\[Symbol\.(?:dispose|asyncDispose)\]$/.test(name.getText());
  return (
    ts.isIdentifier(name) &&
    (isReleaseName(name.text) || lifecycleEnds.has(name.text)) &&
    !isHidden(member)
  );
}

function callsSuper(member: Member): boolean {
  return callsIn(member).some((call) => {
    const { expression } = call;
    return (
      (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) &&
      expression.expression.kind === ts.SyntaxKind.SuperKeyword
    );
  });
}

function fieldName(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)
    ? name.text
    : undefined;
}

function classesIn(file: ts.SourceFile): readonly ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
