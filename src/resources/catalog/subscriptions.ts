/**
 * Observers and listeners that are removed through what registering them returns: an object with
 * `unsubscribe`, or a function to be called.
 */
import type { CatalogFamily } from "../kind.ts";

export const subscriptions: CatalogFamily = {
  family: "subscriptions",
  kinds: [
    {
      id: "rxjs.Subscription",
      label: "RxJS Subscription",
      grade: "should",
      duty: "remove",
      // Most observables end by themselves, as a request does. Only these are known not to.
      acquire: [
        {
          by: "call",
          module: "rxjs",
          name: "Observable.subscribe",
          through: [
            {
              module: "rxjs",
              name: ["Subject", "fromEvent", "fromEventPattern", "interval", "animationFrames"],
            },
          ],
        },
        {
          by: "call",
          module: "rxjs",
          name: ["Connectable.connect", "ConnectableObservable.connect"],
        },
      ],
      release: [{ method: "unsubscribe" }],
      automatic: {
        through: [
          {
            module: "rxjs",
            name: [
              "take",
              "takeUntil",
              "takeWhile",
              "first",
              "last",
              "single",
              "find",
              "findIndex",
              "elementAt",
              "every",
              "isEmpty",
            ],
          },
        ],
      },
      releasedWhen: ["closed"],
      releaseTwice: "harmless",
      types: [{ module: "rxjs", name: "Subscription" }],
      source: "https://rxjs.dev/guide/subscription",
    },
    {
      id: "mobx.reaction",
      label: "MobX reaction",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "call",
          module: "mobx",
          name: "autorun",
          unless: [{ argument: 1, property: "signal", is: { present: true } }],
        },
        {
          by: "call",
          module: "mobx",
          name: "reaction",
          unless: [{ argument: 2, property: "signal", is: { present: true } }],
        },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      types: [{ module: "mobx", name: "IReactionDisposer" }],
      source: "https://mobx.js.org/reactions.html#always-dispose-of-reactions",
    },
    {
      id: "mobx.listener",
      label: "MobX listener",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "call",
          module: "mobx",
          name: ["observe", "intercept", "spy", "onBecomeObserved", "onBecomeUnobserved"],
        },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      types: [{ module: "mobx", name: "Lambda" }],
      source: "https://mobx.js.org/intercept-and-observe.html",
    },
    {
      id: "zustand.subscription",
      label: "zustand subscription",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "call",
          module: "zustand",
          name: ["StoreApi.subscribe", "StoreSubscribeWithSelector.subscribe"],
        },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      source: "https://zustand.docs.pmnd.rs/apis/create-store#subscribe",
    },
    {
      id: "redux.subscription",
      label: "Redux subscription",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "call", module: "redux", name: "Store.subscribe" }],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      types: [{ module: "redux", name: "Unsubscribe" }],
      source: "https://redux.js.org/api/store#subscribelistener",
    },
    {
      id: "xstate.Subscription",
      label: "XState subscription",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "call",
          module: "xstate",
          name: ["Actor.subscribe", "Actor.on", "ActorRef.on", "Subscribable.subscribe"],
        },
      ],
      release: [{ method: "unsubscribe" }],
      releaseTwice: "harmless",
      types: [{ module: "xstate", name: "Subscription" }],
      source: "https://stately.ai/docs/actors#subscription",
    },
    {
      id: "emittery.listener",
      label: "Emittery listener",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "call",
          module: "emittery",
          name: ["Emittery.on", "Emittery.onAny"],
          unless: [{ argument: 2, property: "signal", is: { present: true } }],
        },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      types: [{ module: "emittery", name: "UnsubscribeFunction" }],
      source: "https://github.com/sindresorhus/emittery#oneventname--eventname-listener-options",
    },
    {
      id: "nanoevents.listener",
      label: "Nano Events listener",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "call", module: "nanoevents", name: "Emitter.on" }],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      types: [{ module: "nanoevents", name: "Unsubscribe" }],
      source: "https://github.com/ai/nanoevents#remove-listener",
    },
    {
      id: "nanostores.listener",
      label: "Nano Stores listener",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "call",
          module: "nanostores",
          name: [
            "ReadableAtom.listen",
            "ReadableAtom.subscribe",
            "MapStore.listen",
            "MapStore.subscribe",
          ],
        },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      source: "https://github.com/nanostores/nanostores#vanilla-js",
    },
    {
      id: "preact.signals.effect",
      label: "signal effect",
      grade: "should",
      duty: "remove",
      acquire: [
        { by: "call", module: "@preact/signals-core", name: ["effect", "Signal.subscribe"] },
      ],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      source: "https://preactjs.com/guide/v10/signals/#effectfn",
    },
    {
      id: "jotai.subscription",
      label: "Jotai subscription",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "call", module: "jotai", name: "Store.sub" }],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      source: "https://jotai.org/docs/core/store",
    },
    {
      id: "valtio.subscription",
      label: "Valtio subscription",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "call", module: "valtio", name: ["subscribe", "subscribeKey", "watch"] }],
      release: [{ invoke: true }],
      releaseTwice: "harmless",
      source: "https://valtio.dev/docs/api/advanced/subscribe",
    },
  ],
  functions: [
    {
      // What is added to a subscription is removed with it.
      module: "rxjs",
      name: "Subscription.add",
      takes: [0],
      never: "throws",
      source: "https://rxjs.dev/guide/subscription",
    },
  ],
  noDuty: [],
  closedWorlds: [],
};
