/**
 * Answers questions that depend on each other, without recursion: first the questions that an answer
 * needs are discovered, then strongly connected groups of them are solved together, callees first,
 * each group by iteration from bottom.
 *
 * The answer to a question is the least fixpoint, so it does not depend on which question was asked
 * first. Groups that are too large or do not settle are answered with `unknown`.
 */

export interface Question<Answer> {
  /** Unique; equal keys mean equal questions. */
  readonly key: string;
  /** The answer, given the answers to other questions through {@link Fixpoint.ask}. */
  readonly compute: () => Answer;
  /** "It never returns": what is assumed of a question in a group before the first round. */
  readonly bottom: Answer;
  /** What is assumed while dependencies are discovered: it must let as much code as possible be reached. */
  readonly anything: Answer;
  readonly unknown: Answer;
  readonly equal: (a: Answer, b: Answer) => boolean;
}

const maximalGroup = 64;
const maximalRounds = 12;

type AnyQuestion = Question<unknown>;

export class Fixpoint {
  private readonly answers = new Map<string, unknown>();
  /** Answers assumed while a group is being solved. */
  private assumed = new Map<string, unknown>();
  /** The questions that the running computation asked and that have no answer yet. */
  private wanted: Map<string, AnyQuestion> | undefined;

  ask<Answer>(question: Question<Answer>): Answer {
    const known = this.answers.get(question.key);
    if (known !== undefined) return known as Answer;
    if (this.wanted !== undefined) {
      this.wanted.set(question.key, question as AnyQuestion);
      const assumed = this.assumed.get(question.key);
      return assumed === undefined ? question.anything : (assumed as Answer);
    }
    this.solve(question as AnyQuestion);
    return (this.answers.get(question.key) ?? question.unknown) as Answer;
  }

  private solve(root: AnyQuestion): void {
    const dependencies = new Map<string, ReadonlyMap<string, AnyQuestion>>();
    const questions = new Map<string, AnyQuestion>();
    const agenda: AnyQuestion[] = [root];
    // Answers found on the way can lead to new questions; then their part is discovered and solved too.
    while (agenda.length > 0 && !this.answers.has(root.key)) {
      this.discover(agenda, questions, dependencies);
      for (const group of stronglyConnected([...questions.keys()], dependencies)) {
        const members = group.flatMap((key) =>
          this.answers.has(key) ? [] : (questions.get(key) ?? []),
        );
        const missing = this.solveGroup(members, dependencies);
        if (missing.length > 0) {
          agenda.push(...missing);
          break;
        }
      }
    }
  }

  private discover(
    agenda: AnyQuestion[],
    questions: Map<string, AnyQuestion>,
    dependencies: Map<string, ReadonlyMap<string, AnyQuestion>>,
  ): void {
    for (let question = agenda.pop(); question !== undefined; question = agenda.pop()) {
      if (questions.has(question.key) || this.answers.has(question.key)) continue;
      questions.set(question.key, question);
      const { answer, wanted } = this.run(question);
      dependencies.set(question.key, wanted);
      if (wanted.size === 0) this.settle(question, answer);
      agenda.push(...wanted.values());
    }
  }

  /** Solves one group; returns questions that turned up and were not discovered before. */
  private solveGroup(
    group: readonly AnyQuestion[],
    dependencies: Map<string, ReadonlyMap<string, AnyQuestion>>,
  ): readonly AnyQuestion[] {
    if (group.length === 0) return [];
    if (group.length > maximalGroup) {
      for (const question of group) this.settle(question, question.unknown);
      return [];
    }
    const inGroup = new Set(group.map((question) => question.key));
    this.assumed = new Map(group.map((question) => [question.key, question.bottom]));
    for (let round = 0; round < maximalRounds; round++) {
      let stable = true;
      for (const question of group) {
        const { answer, wanted } = this.run(question);
        // It rests on nothing that is assumed: another round would give the same.
        if (wanted.size === 0 && group.length === 1) {
          this.settle(question, answer);
          this.assumed = new Map();
          return [];
        }
        const missing = [...wanted.values()].filter((one) => !inGroup.has(one.key));
        if (missing.length > 0) {
          dependencies.set(
            question.key,
            new Map([...(dependencies.get(question.key) ?? []), ...wanted]),
          );
          this.assumed = new Map();
          return missing;
        }
        if (!question.equal(this.assumed.get(question.key), answer)) stable = false;
        this.assumed.set(question.key, answer);
      }
      if (!stable) continue;
      for (const question of group) this.settle(question, this.assumed.get(question.key));
      this.assumed = new Map();
      return [];
    }
    for (const question of group) this.settle(question, question.unknown);
    this.assumed = new Map();
    return [];
  }

  private run(question: AnyQuestion): {
    answer: unknown;
    wanted: ReadonlyMap<string, AnyQuestion>;
  } {
    const outer = this.wanted;
    const wanted = new Map<string, AnyQuestion>();
    this.wanted = wanted;
    try {
      return { answer: question.compute(), wanted };
    } finally {
      this.wanted = outer;
    }
  }

  private settle(question: AnyQuestion, answer: unknown): void {
    this.answers.set(question.key, answer);
  }
}

/**
 * Strongly connected components in reverse topological order: what others depend on comes first.
 * Tarjan's algorithm (SIAM Journal on Computing 1972) with an explicit stack.
 */
export function stronglyConnected(
  keys: readonly string[],
  edges: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const groups: string[][] = [];
  for (const start of keys) {
    if (index.has(start)) continue;
    const work: { key: string; next: Iterator<string> }[] = [];
    const enter = (key: string): void => {
      index.set(key, index.size);
      low.set(key, index.get(key) ?? 0);
      stack.push(key);
      onStack.add(key);
      work.push({ key, next: (edges.get(key) ?? new Map<string, unknown>()).keys() });
    };
    enter(start);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { key, next } = top;
      const step = next.next();
      if (step.done !== true) {
        const to = step.value;
        if (!index.has(to)) enter(to);
        else if (onStack.has(to)) low.set(key, Math.min(low.get(key) ?? 0, index.get(to) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined)
        low.set(parent.key, Math.min(low.get(parent.key) ?? 0, low.get(key) ?? 0));
      if (low.get(key) !== index.get(key)) continue;
      const group: string[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack.delete(member);
        group.push(member);
        if (member === key) break;
      }
      groups.push(group);
    }
  }
  return groups;
}
