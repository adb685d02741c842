/**
 * How code of a component says what it does for as long as the component is shown: data, matched by
 * the declared names of the functions that frameworks have for it.
 */
import type { DeclarationPattern } from "./kind.ts";

/** Functions that run their callback when a component, or a part of its life, begins. */
export interface ComponentHooks {
  /** Their callback runs at the beginning, and perhaps again. */
  readonly begins: DeclarationPattern;
  /** Their callback runs at the end; absent where the beginning returns what ends it. */
  readonly ends?: DeclarationPattern;
  /** Where the end is written, as messages say it. */
  readonly end: string;
  /**
   * The code around the hooks runs once for each component too: what it registers has to be taken
   * off at the end. React runs it at each rendering, and registers nothing in it.
   */
  readonly setup?: true;
  /** What others register in the code around the hooks often ends with the component by itself. */
  readonly adopts?: true;
  readonly source: string;
}

export const componentHooks: readonly ComponentHooks[] = [
  {
    begins: {
      module: ["react", "preact"],
      name: ["useEffect", "useLayoutEffect", "useInsertionEffect"],
    },
    end: "the function that the effect returns",
    source: "https://react.dev/reference/react/useEffect",
  },
  {
    begins: {
      module: ["@vue/runtime-core", "@vue/composition-api", "vue"],
      name: ["onMounted", "onBeforeMount", "onActivated", "watchEffect", "watchPostEffect"],
    },
    ends: {
      module: ["@vue/runtime-core", "@vue/reactivity", "@vue/composition-api", "vue"],
      name: [
        "onUnmounted",
        "onBeforeUnmount",
        "onDeactivated",
        "onScopeDispose",
        "onWatcherCleanup",
      ],
    },
    end: "onUnmounted()",
    setup: true,
    adopts: true,
    source: "https://vuejs.org/api/composition-api-lifecycle.html",
  },
  {
    begins: { module: "svelte", name: ["onMount", "beforeUpdate", "afterUpdate"] },
    ends: { module: "svelte", name: "onDestroy" },
    end: "onDestroy()",
    setup: true,
    source: "https://svelte.dev/docs/svelte/lifecycle-hooks",
  },
  {
    // Svelte 5 knows its runes without an import.
    begins: { name: ["$effect", "$effect.pre"] },
    end: "the function that the effect returns",
    source: "https://svelte.dev/docs/svelte/$effect",
  },
  {
    begins: {
      module: "solid-js",
      name: ["onMount", "createEffect", "createRenderEffect", "createComputed"],
    },
    ends: { module: "solid-js", name: "onCleanup" },
    end: "onCleanup()",
    setup: true,
    source: "https://docs.solidjs.com/reference/lifecycle/on-cleanup",
  },
  {
    begins: { module: "@angular/core", name: ["effect", "afterNextRender", "afterRender"] },
    end: "DestroyRef.onDestroy()",
    source: "https://angular.dev/api/core/DestroyRef",
  },
];
