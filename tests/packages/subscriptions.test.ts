import { foundUnderEveryName, type KindCases, kindCases } from "../support/kind-cases.ts";

/** A function that removes what the call registered. */
function removedByCall(call: string): KindCases {
  return {
    leak: [`${call};`, `const remove = ${call}; console.log(typeof remove);`],
    release: [
      `const remove = ${call}; remove();`,
      `const remove = ${call}; try { await work(); } finally { remove(); }`,
      `return ${call};`,
    ],
  };
}

kindCases(
  "stores and signals",
  {
    "mobx.reaction": {
      ...removedByCall(`autorun(work)`),
      none: `const end = new AbortController(); autorun(work, { signal: end.signal }); end.abort();`,
    },
    "mobx.listener": removedByCall(`observe(box, work)`),
    "zustand.subscription": {
      ...removedByCall(`store.subscribe(work)`),
      known: `picked.subscribe((state) => state.a, work);`,
    },
    "redux.subscription": removedByCall(`redux.subscribe(work)`),
    "emittery.listener": {
      ...removedByCall(`emittery.on("a", work)`),
      none: `await emittery.once("a");`,
    },
    "nanoevents.listener": removedByCall(`nano.on("a", work)`),
    "nanostores.listener": removedByCall(`count.listen(work)`),
    "preact.signals.effect": removedByCall(`effect(() => { total.value; })`),
    "jotai.subscription": removedByCall(`atoms.sub(one, work)`),
    "valtio.subscription": {
      ...removedByCall(`subscribe(state, work)`),
      known: [`subscribeKey(picks, "a", work);`, `watch(() => undefined);`],
    },
    "xstate.Subscription": {
      leak: [`actor.subscribe(work);`, `const seen = actor.on("*", work); console.log(seen);`],
      release: `const seen = actor.subscribe(work); seen.unsubscribe();`,
    },
  },
  {
    packages: true,
    prelude: `
      import { autorun, observable, observe } from "mobx";
      import { createStore } from "zustand/vanilla";
      import { subscribeWithSelector } from "zustand/middleware";
      import type { Store } from "redux";
      import Emittery from "emittery";
      import { createNanoEvents } from "nanoevents";
      import { atom } from "nanostores";
      import { effect, signal } from "@preact/signals-core";
      import { atom as jotaiAtom, createStore as jotaiStore } from "jotai";
      import { proxy, subscribe } from "valtio";
      import { subscribeKey, watch } from "valtio/utils";
      import { createActor, createMachine } from "xstate";
      const box = observable.box(1);
      const store = createStore(() => ({}));
      declare const redux: Store;
      const emittery = new Emittery();
      const nano = createNanoEvents();
      const count = atom(1);
      const total = signal(1);
      const atoms = jotaiStore();
      const one = jotaiAtom(1);
      const state = proxy({});
      const picks = proxy({ a: 1 });
      const picked = createStore<{ a: number }>()(subscribeWithSelector(() => ({ a: 1 })));
      const actor = createActor(createMachine({}));
      async function work(): Promise<void> {}`,
  },
);

const rxjs = {
  "rxjs.Subscription": {
    leak: [
      `const seen = new Subject<number>().subscribe(use); console.log(seen);`,
      `fromEvent(window, "a").subscribe(use);`,
      `subject.pipe(map((x) => x + 1)).subscribe(use);`,
      `const doubled = interval(10).pipe(map((x) => x + 1)); doubled.subscribe(use);`,
      `subject.asObservable().subscribe({ next: use });`,
    ],
    release: [
      `const seen = subject.subscribe(use); seen.unsubscribe();`,
      `const all = new Subscription(); all.add(subject.subscribe(use)); return all;`,
      `return subject.subscribe(use);`,
    ],
    handOver: [
      `const seen = subject.subscribe(use); return seen;`,
      `const seen = subject.subscribe(use); return () => seen.unsubscribe();`,
    ],
    automatic: [
      `subject.pipe(take(1)).subscribe(use);`,
      `subject.pipe(map((x) => x + 1), takeUntil(subject)).subscribe(use);`,
      `const once = subject.pipe(first()); once.subscribe(use);`,
      // Nobody knows whether it ends.
      `given.subscribe(use);`,
      `of(1).subscribe(use);`,
      // An operator of somebody else may end it.
      `subject.pipe(untilGone()).subscribe(use);`,
    ],
  },
};

kindCases("RxJS", rxjs, {
  packages: true,
  prelude: `
    import { BehaviorSubject, first, fromEvent, interval, map, type Observable, of, Subject, Subscription, take, takeUntil } from "rxjs";
    const subject = new BehaviorSubject(1);
    declare const given: Observable<number>;
    declare function untilGone(): <T>(source: Observable<T>) => Observable<T>;
    const use = (value: unknown): void => console.log(value);`,
});
kindCases("RxJS, an older version", rxjs, {
  packages: true,
  versions: { rxjs: "rxjs-6" },
  prelude: `
    import { BehaviorSubject, fromEvent, interval, type Observable, of, Subject, Subscription } from "rxjs";
    import { first, map, take, takeUntil } from "rxjs/operators";
    const subject = new BehaviorSubject(1);
    declare const given: Observable<number>;
    declare function untilGone(): <T>(source: Observable<T>) => Observable<T>;
    const use = (value: unknown): void => console.log(value);`,
});
foundUnderEveryName("subscriptions", {
  kind: "rxjs.Subscription",
  module: "rxjs",
  name: "Subject",
  acquire: `new NAME().subscribe()`,
  extended: "NAME<number>",
  versions: { "older types": { rxjs: "rxjs-6" } },
});
foundUnderEveryName("subscriptions", {
  kind: "mobx.reaction",
  module: "mobx",
  name: "autorun",
  acquire: `NAME(() => undefined)`,
  versions: { "older types": { mobx: "mobx-5" } },
});
