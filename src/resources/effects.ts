/**
 * Functions of frameworks whose callback runs for one component, or for one turn of it, and has to be
 * cleaned up after: data, matched by declared names.
 */
import type { DeclarationPattern } from "./kind.ts";

export interface EffectFunction extends DeclarationPattern {
  /** The position of the callback. */
  readonly callback: number;
  readonly source: string;
}

export const effectFunctions: readonly EffectFunction[] = [
  {
    module: ["react", "preact"],
    name: ["useEffect", "useLayoutEffect", "useInsertionEffect"],
    callback: 0,
    source: "https://react.dev/reference/react/useEffect#parameters",
  },
  {
    module: ["vue", "@vue/runtime-core"],
    name: ["onMounted", "onBeforeMount", "onActivated"],
    callback: 0,
    source: "https://vuejs.org/api/composition-api-lifecycle.html#onmounted",
  },
  {
    module: ["vue", "@vue/runtime-core"],
    name: ["watchEffect", "watchPostEffect", "watchSyncEffect"],
    callback: 0,
    source: "https://vuejs.org/api/reactivity-core.html#watcheffect",
  },
  {
    module: ["vue", "@vue/runtime-core"],
    name: "watch",
    callback: 1,
    source: "https://vuejs.org/api/reactivity-core.html#watch",
  },
  {
    module: "svelte",
    name: "onMount",
    callback: 0,
    source: "https://svelte.dev/docs/svelte/lifecycle-hooks#onMount",
  },
  {
    name: ["$effect", "$effect.pre"],
    callback: 0,
    source: "https://svelte.dev/docs/svelte/$effect",
  },
  {
    module: "solid-js",
    name: ["onMount", "createEffect", "createRenderEffect"],
    callback: 0,
    source: "https://docs.solidjs.com/reference/lifecycle/on-mount",
  },
];
