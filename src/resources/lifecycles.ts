/**
 * How frameworks end the objects they make: data, matched by the declared names of the base class,
 * the interface or the decorator that makes a class one of theirs.
 */
import type { DeclarationPattern } from "./kind.ts";

export interface Lifecycle {
  /** Hooks that run once, when an instance starts. */
  readonly begins: readonly string[];
  /** Hooks that run when an instance ends. */
  readonly ends: readonly string[];
  /** Base classes and interfaces. */
  readonly types: readonly DeclarationPattern[];
  readonly decorators: readonly DeclarationPattern[];
  /** How long the framework keeps an instance: as long as the program runs, or while it is shown. */
  readonly instances: "process" | "component";
  /** Functions that are given the hooks as methods of an object literal. */
  readonly options?: DeclarationPattern;
  readonly source: string;
}

export const lifecycles: readonly Lifecycle[] = [
  {
    begins: [],
    ends: ["ngOnDestroy"],
    types: [],
    decorators: [{ module: "@angular/core", name: "Injectable" }],
    instances: "process",
    source: "https://angular.dev/guide/di/defining-dependency-providers",
  },
  {
    begins: ["ngOnInit", "ngAfterViewInit", "ngAfterContentInit"],
    ends: ["ngOnDestroy"],
    types: [{ module: "@angular/core", name: ["OnDestroy", "OnInit", "AfterViewInit"] }],
    decorators: [{ module: "@angular/core", name: ["Component", "Directive", "Pipe"] }],
    instances: "component",
    source: "https://angular.dev/guide/components/lifecycle",
  },
  {
    begins: ["onModuleInit", "onApplicationBootstrap"],
    ends: ["onModuleDestroy", "beforeApplicationShutdown", "onApplicationShutdown"],
    types: [
      {
        module: "@nestjs/common",
        name: [
          "OnModuleInit",
          "OnApplicationBootstrap",
          "OnModuleDestroy",
          "BeforeApplicationShutdown",
          "OnApplicationShutdown",
        ],
      },
    ],
    decorators: [
      { module: "@nestjs/common", name: ["Injectable", "Controller", "Module", "Catch"] },
      { module: "@nestjs/websockets", name: "WebSocketGateway" },
    ],
    instances: "process",
    source: "https://docs.nestjs.com/fundamentals/lifecycle-events",
  },
  {
    begins: ["componentDidMount"],
    ends: ["componentWillUnmount"],
    types: [
      { module: "react", name: ["Component", "PureComponent", "ComponentLifecycle"] },
      { module: "preact", name: "Component" },
    ],
    decorators: [],
    instances: "component",
    source: "https://react.dev/reference/react/Component#componentwillunmount",
  },
  {
    begins: ["connectedCallback"],
    ends: ["disconnectedCallback"],
    types: [{ name: "HTMLElement" }],
    decorators: [],
    instances: "component",
    source:
      "https://developer.mozilla.org/en-US/docs/Web/API/Web_components/Using_custom_elements#custom_element_lifecycle_callbacks",
  },
  {
    begins: ["created", "mounted", "beforeMount"],
    ends: ["beforeDestroy", "destroyed", "beforeUnmount", "unmounted"],
    types: [
      { module: ["vue", "vue-class-component"], name: ["Vue", "VueConstructor", "VueBase"] },
      { module: "vue-facing-decorator", name: ["Vue", "Base"] },
    ],
    decorators: [
      { module: ["vue-class-component", "vue-facing-decorator"], name: ["Component", "default"] },
    ],
    instances: "component",
    options: {
      module: ["vue", "@vue/runtime-core"],
      name: ["defineComponent", "VueConstructor.extend"],
    },
    source: "https://vuejs.org/api/options-lifecycle.html",
  },
  {
    begins: ["onload"],
    ends: ["onunload"],
    types: [{ module: "obsidian", name: ["Component", "Plugin", "View"] }],
    decorators: [],
    instances: "component",
    source: "https://docs.obsidian.md/Reference/TypeScript+API/Component/onunload",
  },
];
