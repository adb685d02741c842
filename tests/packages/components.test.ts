/** Components: what they register for as long as they are shown, and where they take it off. */
import { packageVerdicts } from "../support/packages.ts";

packageVerdicts("no-leaked-listener", "components", {
  "an effect of React": {
    leak: {
      "returns nothing": `
        import { useEffect } from "react";
        export function useResize(draw: () => void): void {
          useEffect(() => {
            window.addEventListener("resize", draw); //! neverRemoved
          }, [draw]);
        }`,
      "removes one of two": `
        import * as React from "react";
        export function useDrag(move: () => void, up: () => void): void {
          React.useLayoutEffect(() => {
            document.addEventListener("mousemove", move);
            document.addEventListener("mouseup", up); //! neverRemoved
            return () => {
              document.removeEventListener("mousemove", move);
            };
          });
        }`,
      "removes another function": `
        import { useEffect } from "react";
        export function useResize(draw: (width: number) => void): void {
          useEffect(() => {
            window.addEventListener("resize", () => draw(window.innerWidth)); //! otherFunction
            return () => window.removeEventListener("resize", () => draw(window.innerWidth));
          }, [draw]);
        }`,
      "an emitter from the properties": `
        import { useEffect } from "react";
        import type { EventEmitter } from "node:events";
        export function List({ bus }: { bus: EventEmitter }): null {
          useEffect(() => {
            bus.on("item", () => {}); //! neverRemoved
          }, [bus]);
          return null;
        }`,
      "an emitter that a hook gives": `
        import { createContext, useContext, useEffect } from "react";
        import { EventEmitter } from "node:events";
        const Bus = createContext(new EventEmitter());
        export function useItems(): void {
          const bus = useContext(Bus);
          useEffect(() => {
            const onItem = (): void => {};
            bus.on("item", onItem); //! neverRemoved
          }, [bus]);
        }`,
      "a media query": `
        import { useEffect, useState } from "react";
        export function useDark(): boolean {
          const [dark, setDark] = useState(false);
          useEffect(() => {
            const query = matchMedia("(prefers-color-scheme: dark)");
            query.addEventListener("change", (event) => setDark(event.matches)); //! neverRemoved
          }, []);
          return dark;
        }`,
    },
    fine: {
      "returns what removes it": `
        import { useEffect } from "react";
        export function useResize(draw: () => void): void {
          useEffect(() => {
            window.addEventListener("resize", draw);
            return () => window.removeEventListener("resize", draw);
          }, [draw]);
        }`,
      "under a condition": `
        import { useEffect } from "react";
        export function useResize(draw: () => void, on: boolean): void {
          useEffect(() => {
            if (!on) return;
            const page = window;
            page.addEventListener("resize", draw);
            return () => {
              page.removeEventListener("resize", draw);
            };
          }, [draw, on]);
        }`,
      "with a signal": `
        import { useEffect } from "react";
        export function useResize(draw: () => void): void {
          useEffect(() => {
            const ended = new AbortController();
            window.addEventListener("resize", () => draw(), { signal: ended.signal });
            return () => ended.abort();
          }, [draw]);
        }`,
      "of what the effect made": `
        import { useEffect } from "react";
        export function useSound(url: string): void {
          useEffect(() => {
            const sound = new Audio(url);
            sound.addEventListener("ended", () => {});
            return () => sound.pause();
          }, [url]);
        }`,
      "of the element that the component shows": `
        import { useEffect, useRef } from "react";
        export function Box(): null {
          const box = useRef<HTMLDivElement>(null);
          useEffect(() => {
            box.current?.addEventListener("click", () => {});
          }, []);
          return null;
        }`,
    },
  },
  "a store that gives what takes its listener off": {
    leak: {
      "to nobody, in an effect": `
        import { useEffect } from "react";
        interface Store {
          subscribe(listener: () => void): () => void;
        }
        export function useStore(store: Store, draw: () => void): void {
          useEffect(() => {
            store.subscribe(draw); //! handleDropped
          }, [store, draw]);
        }`,
      "to nobody, in a class that ends": `
        interface Store {
          subscribe(listener: () => void): () => boolean;
        }
        declare const store: Store;
        export class View {
          constructor() {
            store.subscribe(() => this.draw()); //! handleDropped
          }
          draw(): void {}
          destroy(): void {
            console.log("gone");
          }
        }`,
    },
    fine: {
      "to React": `
        import { useEffect } from "react";
        interface Store {
          subscribe(listener: () => void): () => void;
        }
        export function useStore(store: Store, draw: () => void): void {
          useEffect(() => store.subscribe(draw), [store, draw]);
        }`,
      "to the hook of Vue": `
        import { onUnmounted } from "vue";
        interface Store {
          subscribe(listener: () => void): () => void;
        }
        export function useStore(store: Store, draw: () => void): void {
          onUnmounted(store.subscribe(draw));
        }`,
      "to nobody, at the top level": `
        interface Store {
          subscribe(listener: () => void): () => void;
        }
        declare const store: Store;
        store.subscribe(() => console.log("changed"));`,
    },
    quiet: {
      "to nobody, where Vue may end it": `
        import { onMounted } from "vue";
        interface Store {
          subscribe(listener: () => void): () => void;
        }
        export function useStore(store: Store, draw: () => void): void {
          store.subscribe(draw);
          onMounted(draw);
        }`,
    },
  },
  "a class component of React": {
    leak: {
      "has nothing for its end": `
        import { Component } from "react";
        export class Clock extends Component {
          componentDidMount(): void {
            window.addEventListener("focus", this.draw); //! neverRemoved
          }
          private readonly draw = (): void => {};
        }`,
    },
    fine: {
      "removes it when it ends": `
        import { Component } from "react";
        export class Clock extends Component {
          componentDidMount(): void {
            window.addEventListener("focus", this.draw);
          }
          componentWillUnmount(): void {
            window.removeEventListener("focus", this.draw);
          }
          private readonly draw = (): void => {};
        }`,
    },
  },
  "an effect of Preact": {
    leak: {
      "returns nothing": `
        import { useEffect } from "preact/hooks";
        export function useResize(draw: () => void): void {
          useEffect(() => {
            window.addEventListener("resize", draw); //! neverRemoved
          }, [draw]);
        }`,
    },
    fine: {
      "returns what removes it": `
        import { useEffect } from "preact/hooks";
        export function useResize(draw: () => void): void {
          useEffect(() => {
            window.addEventListener("resize", draw);
            return () => window.removeEventListener("resize", draw);
          }, [draw]);
        }`,
    },
  },
  "a component of Vue": {
    leak: {
      "no hook for the end": `
        import { onMounted } from "vue";
        export function useResize(draw: () => void): void {
          onMounted(() => {
            window.addEventListener("resize", draw); //! neverRemoved
          });
        }`,
      "the hook forgets it": `
        import { onMounted, onUnmounted } from "vue";
        export function useDrag(move: () => void, up: () => void): void {
          onMounted(() => {
            document.addEventListener("mousemove", move);
            document.addEventListener("mouseup", up); //! neverRemoved
          });
          onUnmounted(() => document.removeEventListener("mousemove", move));
        }`,
      "in the setup itself": `
        import { defineComponent, onBeforeUnmount } from "vue";
        export default defineComponent({
          setup() {
            let shown = true;
            window.addEventListener("resize", () => console.log(shown)); //! neverRemoved
            onBeforeUnmount(() => {
              shown = false;
            });
          },
        });`,
      "among the options": `
        import { defineComponent } from "vue";
        export default defineComponent({
          mounted() {
            window.addEventListener("resize", this.draw); //! neverRemoved
          },
          methods: {
            draw() {},
          },
        });`,
    },
    fine: {
      "the hook removes it": `
        import { onBeforeUnmount, onMounted } from "vue";
        export function useResize(draw: () => void): void {
          onMounted(() => window.addEventListener("resize", draw));
          onBeforeUnmount(() => window.removeEventListener("resize", draw));
        }`,
      "the end of the scope": `
        import { onScopeDispose } from "vue";
        export function useResize(draw: () => void): void {
          window.addEventListener("resize", draw);
          onScopeDispose(() => window.removeEventListener("resize", draw));
        }`,
      "among the options": `
        import { defineComponent } from "vue";
        export default defineComponent({
          mounted() {
            window.addEventListener("resize", this.draw);
          },
          beforeUnmount() {
            window.removeEventListener("resize", this.draw);
          },
          methods: {
            draw() {},
          },
        });`,
    },
  },
  "a component of Svelte": {
    leak: {
      "no hook for the end": `
        import { onMount } from "svelte";
        export function follow(draw: () => void): void {
          onMount(() => {
            window.addEventListener("resize", draw); //! neverRemoved
          });
        }`,
      "onDestroy forgets it": `
        import { onDestroy } from "svelte";
        export function follow(draw: () => void, key: () => void): void {
          window.addEventListener("resize", draw);
          window.addEventListener("keydown", key); //! neverRemoved
          onDestroy(() => window.removeEventListener("resize", draw));
        }`,
    },
    fine: {
      "the hook returns what removes it": `
        import { onMount } from "svelte";
        export function follow(draw: () => void): void {
          onMount(() => {
            window.addEventListener("resize", draw);
            return () => window.removeEventListener("resize", draw);
          });
        }`,
      "onDestroy removes it": `
        import { onDestroy, onMount } from "svelte";
        export function follow(draw: () => void): void {
          onMount(() => window.addEventListener("resize", draw));
          onDestroy(() => window.removeEventListener("resize", draw));
        }`,
    },
  },
  "a component of Solid": {
    leak: {
      "no cleanup": `
        import { onMount } from "solid-js";
        export function Clock(): null {
          onMount(() => {
            window.addEventListener("resize", () => {}); //! neverRemoved
          });
          return null;
        }`,
      "the cleanup forgets it": `
        import { createEffect, onCleanup } from "solid-js";
        export function Clock(props: { draw: () => void; key: () => void }): null {
          createEffect(() => {
            const { draw, key } = props;
            window.addEventListener("resize", draw);
            window.addEventListener("keydown", key); //! neverRemoved
            onCleanup(() => window.removeEventListener("resize", draw));
          });
          return null;
        }`,
    },
    fine: {
      "the cleanup removes it": `
        import { onCleanup, onMount } from "solid-js";
        export function Clock(): null {
          const draw = (): void => {};
          onMount(() => window.addEventListener("resize", draw));
          onCleanup(() => window.removeEventListener("resize", draw));
          return null;
        }`,
    },
  },
  "a component of Angular": {
    leak: {
      "no hook for the end": `
        import { Component, type OnInit } from "@angular/core";
        @Component({ template: "" })
        export class Clock implements OnInit {
          ngOnInit(): void {
            window.addEventListener("resize", this.draw); //! neverRemoved
          }
          private readonly draw = (): void => {};
        }`,
      "the hook removes another function": `
        import { Component, type OnDestroy } from "@angular/core";
        @Component({ template: "" })
        export class Clock implements OnDestroy {
          constructor() {
            document.addEventListener("click", this.draw.bind(this)); //! otherFunction
          }
          ngOnDestroy(): void {
            document.removeEventListener("click", this.draw.bind(this));
          }
          private draw(): void {}
        }`,
    },
    fine: {
      "removed when it is destroyed": `
        import { Component, DestroyRef, inject } from "@angular/core";
        @Component({ template: "" })
        export class Clock {
          constructor() {
            window.addEventListener("resize", this.draw);
            inject(DestroyRef).onDestroy(() => window.removeEventListener("resize", this.draw));
          }
          private readonly draw = (): void => {};
        }`,
    },
  },
  "a web component": {
    leak: {
      "no callback for the end": `
        export class Clock extends HTMLElement {
          connectedCallback(): void {
            window.addEventListener("resize", this.#draw); //! neverRemoved
          }
          readonly #draw = (): void => {};
        }`,
      "the callback names another event": `
        export class Clock extends HTMLElement {
          connectedCallback(): void {
            document.addEventListener("pointermove", this); //! otherEvent
          }
          disconnectedCallback(): void {
            document.removeEventListener("pointerup", this);
          }
          handleEvent(): void {}
        }`,
    },
    fine: {
      "the callback removes it": `
        export class Clock extends HTMLElement {
          connectedCallback(): void {
            window.addEventListener("resize", this.#draw);
          }
          disconnectedCallback(): void {
            window.removeEventListener("resize", this.#draw);
          }
          readonly #draw = (): void => {};
        }`,
      "of the element itself": `
        export class Clock extends HTMLElement {
          connectedCallback(): void {
            this.addEventListener("click", () => console.log("click"));
          }
        }`,
    },
  },
  "a provider of NestJS": {
    leak: {
      "its end takes off one of two": `
        import { Injectable, type OnModuleDestroy } from "@nestjs/common";
        @Injectable()
        export class Signals implements OnModuleDestroy {
          constructor() {
            process.on("SIGHUP", this.reload);
            process.on("SIGUSR2", this.dump); //! neverRemoved
          }
          onModuleDestroy(): void {
            process.off("SIGHUP", this.reload);
          }
          private readonly reload = (): void => {};
          private readonly dump = (): void => {};
        }`,
    },
    fine: {
      "its end takes off both": `
        import { Injectable, type OnModuleDestroy } from "@nestjs/common";
        @Injectable()
        export class Signals implements OnModuleDestroy {
          constructor() {
            process.on("SIGHUP", this.reload);
            process.on("SIGUSR2", this.dump);
          }
          onModuleDestroy(): void {
            process.off("SIGHUP", this.reload);
            process.off("SIGUSR2", this.dump);
          }
          private readonly reload = (): void => {};
          private readonly dump = (): void => {};
        }`,
    },
  },
  "a handler of Fastify": {
    leak: {
      "for each request": `
        import { EventEmitter } from "node:events";
        import fastify from "fastify";
        const news = new EventEmitter();
        fastify().get("/", (request, reply) => {
          news.on("item", (text: string) => reply.raw.write(text)); //! addedPerStart
        });`,
    },
    fine: {
      "until the request is closed": `
        import { EventEmitter } from "node:events";
        import fastify from "fastify";
        const news = new EventEmitter();
        fastify().get("/", (request, reply) => {
          const send = (text: string): void => void reply.raw.write(text);
          news.on("item", send);
          request.raw.once("close", () => news.off("item", send));
        });`,
    },
  },
  "a subscription whose handle nobody has": {
    leak: {
      "a clock, in a component of Angular": `
        import { Component, type OnInit } from "@angular/core";
        import { interval, map } from "rxjs";
        @Component({ template: "" })
        export class Clock implements OnInit {
          seconds = 0;
          ngOnInit(): void {
            interval(1000).pipe(map((n) => n + 1)).subscribe((n) => (this.seconds = n)); //! resultDropped
          }
        }`,
      "an injected subject, in a component of Angular": `
        import { Component, type OnDestroy } from "@angular/core";
        import { Subject } from "rxjs";
        @Component({ template: "" })
        export class Panel implements OnDestroy {
          last = "";
          constructor(private readonly bus: Subject<string>) {
            this.bus.subscribe((text) => (this.last = text)); //! resultDropped
          }
          ngOnDestroy(): void {
            console.log("gone", this.last);
          }
        }`,
      "events of the window, in a class that can be stopped": `
        import { fromEvent } from "rxjs";
        export class Layout {
          width = 0;
          start(): void {
            fromEvent(window, "resize").subscribe(() => (this.width = innerWidth)); //! resultDropped
          }
          stop(): void {
            console.log("stopped", this.width);
          }
        }`,
      "an event of an editor, in something to be disposed": `
        import * as vscode from "vscode";
        export class Saver implements vscode.Disposable {
          private readonly out = vscode.window.createOutputChannel("saver");
          constructor() {
            vscode.workspace.onDidSaveTextDocument((one) => this.out.appendLine(one.fileName)); //! resultDropped
          }
          dispose(): void {
            this.out.dispose();
          }
        }`,
    },
    fine: {
      "until the component is gone": `
        import { Component, type OnDestroy, type OnInit } from "@angular/core";
        import { interval, Subject, takeUntil } from "rxjs";
        @Component({ template: "" })
        export class Clock implements OnInit, OnDestroy {
          seconds = 0;
          readonly #gone = new Subject<void>();
          ngOnInit(): void {
            interval(1000).pipe(takeUntil(this.#gone)).subscribe((n) => (this.seconds = n));
          }
          ngOnDestroy(): void {
            this.#gone.next();
          }
        }`,
      "given to a list": `
        import * as vscode from "vscode";
        export class Saver {
          private readonly all: vscode.Disposable[] = [];
          constructor() {
            vscode.workspace.onDidSaveTextDocument(() => {}, undefined, this.all);
          }
          dispose(): void {
            for (const one of this.all) one.dispose();
          }
        }`,
    },
    quiet: {
      "a subject of its own": `
        import { Component, type OnInit } from "@angular/core";
        import { Subject } from "rxjs";
        @Component({ template: "" })
        export class Search implements OnInit {
          private readonly typed = new Subject<string>();
          ngOnInit(): void {
            this.typed.subscribe((text) => console.log(text));
          }
          type(text: string): void {
            this.typed.next(text);
          }
        }`,
      "a class whose object is never ended": `
        import { interval } from "rxjs";
        export class Metrics {
          seconds = 0;
          constructor() {
            interval(1000).subscribe((n) => (this.seconds = n));
          }
        }`,
      "a panel of its own": `
        import * as vscode from "vscode";
        export class View {
          private readonly panel = vscode.window.createWebviewPanel("a", "b", vscode.ViewColumn.One);
          constructor() {
            this.panel.webview.onDidReceiveMessage((message) => console.log(message));
          }
          dispose(): void {
            this.panel.dispose();
          }
        }`,
    },
  },
});
