/** Timers of components, against the types of their frameworks. */
import { packageVerdicts } from "../support/packages.ts";

packageVerdicts("no-unstoppable-task", "H69 timers of components", {
  React: {
    leak: {
      "an effect that drops the handle": `
        import { useEffect } from "react";
        export function Clock(): null {
          useEffect(() => {
            setInterval(() => console.log("tick"), 1000); //! resultDropped
          }, []);
          return null;
        }`,
      "an effect whose cleanup forgets it": `
        import { useEffect } from "react";
        export function Clock(): null {
          useEffect(() => {
            const timer = setInterval(() => console.log("tick"), 1000); //! neverReleased
            console.log(timer);
            return () => console.log("gone");
          }, []);
          return null;
        }`,
      "a frame that asks for the next": `
        import { useEffect } from "react";
        export function Clock(): null {
          useEffect(() => {
            const draw = (): void => {
              requestAnimationFrame(draw); //! neverEnds
            };
            draw();
          }, []);
          return null;
        }`,
      "a class component": `
        import { Component } from "react";
        export class Clock extends Component {
          override componentDidMount(): void {
            setInterval(() => this.forceUpdate(), 1000); //! resultDropped
          }
          override render(): null {
            return null;
          }
        }`,
    },
    fine: {
      "the cleanup clears it": `
        import { useEffect } from "react";
        export function Clock(): null {
          useEffect(() => {
            const timer = setInterval(() => console.log("tick"), 1000);
            return () => clearInterval(timer);
          }, []);
          return null;
        }`,
      "the cleanup cancels the frame": `
        import { useEffect } from "react";
        export function Clock(): null {
          useEffect(() => {
            let frame = 0;
            const draw = (): void => {
              frame = requestAnimationFrame(draw);
            };
            draw();
            return () => cancelAnimationFrame(frame);
          }, []);
          return null;
        }`,
    },
  },
  Vue: {
    leak: {
      "a hook that drops the handle": `
        import { defineComponent, onMounted } from "vue";
        export default defineComponent({
          setup() {
            onMounted(() => {
              setInterval(() => console.log("tick"), 1000); //! resultDropped
            });
          },
        });`,
      "a variable that nobody clears": `
        import { defineComponent, onMounted } from "vue";
        export default defineComponent({
          setup() {
            let timer: ReturnType<typeof setInterval> | undefined;
            onMounted(() => {
              timer = setInterval(() => console.log("tick"), 1000); //! neverEnds
            });
          },
        });`,
    },
    fine: {
      "cleared when it goes": `
        import { defineComponent, onMounted, onUnmounted } from "vue";
        export default defineComponent({
          setup() {
            let timer: ReturnType<typeof setInterval> | undefined;
            onMounted(() => {
              timer = setInterval(() => console.log("tick"), 1000);
            });
            onUnmounted(() => clearInterval(timer));
          },
        });`,
    },
  },
  Solid: {
    leak: {
      "a hook that drops the handle": `
        import { onMount } from "solid-js";
        export function Clock(): null {
          onMount(() => {
            setInterval(() => console.log("tick"), 1000); //! resultDropped
          });
          return null;
        }`,
    },
    fine: {
      onCleanup: `
        import { onCleanup, onMount } from "solid-js";
        export function Clock(): null {
          onMount(() => {
            const timer = setInterval(() => console.log("tick"), 1000);
            onCleanup(() => clearInterval(timer));
          });
          return null;
        }`,
    },
  },
  Svelte: {
    leak: {
      "a hook that drops the handle": `
        import { onMount } from "svelte";
        onMount(() => {
          setInterval(() => console.log("tick"), 1000); //! resultDropped
        });`,
    },
    fine: {
      "the hook returns what clears it": `
        import { onMount } from "svelte";
        onMount(() => {
          const timer = setInterval(() => console.log("tick"), 1000);
          return () => clearInterval(timer);
        });`,
    },
  },
  Angular: {
    leak: {
      "a component without an end": `
        import { Component, type OnInit } from "@angular/core";
        @Component({ selector: "clock", template: "" })
        export class Clock implements OnInit {
          ngOnInit(): void {
            setInterval(() => console.log("tick"), 1000); //! resultDropped
          }
        }`,
      "its end forgets it": `
        import { Component, type OnDestroy, type OnInit } from "@angular/core";
        @Component({ selector: "clock", template: "" })
        export class Clock implements OnInit, OnDestroy {
          private timer: ReturnType<typeof setInterval> | undefined;
          ngOnInit(): void {
            this.timer = setInterval(() => console.log("tick"), 1000); //! fieldNotReleased
          }
          ngOnDestroy(): void {
            this.timer = undefined;
          }
        }`,
    },
    fine: {
      "its end clears it": `
        import { Component, type OnDestroy, type OnInit } from "@angular/core";
        @Component({ selector: "clock", template: "" })
        export class Clock implements OnInit, OnDestroy {
          private timer: ReturnType<typeof setInterval> | undefined;
          ngOnInit(): void {
            this.timer = setInterval(() => console.log("tick"), 1000);
          }
          ngOnDestroy(): void {
            clearInterval(this.timer);
          }
        }`,
    },
  },
  "web components": {
    leak: {
      "an end that forgets one of two": `
        export class Clock extends HTMLElement {
          #fast: ReturnType<typeof setInterval> | undefined;
          #slow: ReturnType<typeof setInterval> | undefined;
          connectedCallback(): void {
            this.#fast = setInterval(() => console.log("tick"), 100);
            this.#slow = setInterval(() => console.log("tock"), 1000); //! fieldNotReleased
          }
          disconnectedCallback(): void {
            clearInterval(this.#fast);
          }
        }`,
    },
    fine: {
      "its end clears it": `
        export class Clock extends HTMLElement {
          #timer: ReturnType<typeof setInterval> | undefined;
          connectedCallback(): void {
            this.#timer = setInterval(() => console.log("tick"), 1000);
          }
          disconnectedCallback(): void {
            clearInterval(this.#timer);
          }
        }`,
    },
  },
  NestJS: {
    leak: {
      "a service whose end forgets it": `
        import { Injectable, type OnModuleDestroy, type OnModuleInit } from "@nestjs/common";
        @Injectable()
        export class Heartbeat implements OnModuleInit, OnModuleDestroy {
          private timer: NodeJS.Timeout | undefined;
          onModuleInit(): void {
            this.timer = setInterval(() => console.log("alive"), 1000); //! fieldNotReleased
          }
          onModuleDestroy(): void {
            this.timer = undefined;
          }
        }`,
    },
    fine: {
      "its end clears it": `
        import { Injectable, type OnModuleDestroy, type OnModuleInit } from "@nestjs/common";
        @Injectable()
        export class Heartbeat implements OnModuleInit, OnModuleDestroy {
          private timer: NodeJS.Timeout | undefined;
          onModuleInit(): void {
            this.timer = setInterval(() => console.log("alive"), 1000);
          }
          onModuleDestroy(): void {
            clearInterval(this.timer);
          }
        }`,
    },
  },
  Fastify: {
    leak: {
      "for each request": `
        import fastify from "fastify";
        fastify().get("/", (request, reply) => {
          setInterval(() => reply.raw.write("tick"), 1000); //! resultDropped
        });`,
    },
    fine: {
      "until the request is closed": `
        import fastify from "fastify";
        fastify().get("/", (request, reply) => {
          const timer = setInterval(() => reply.raw.write("tick"), 1000);
          request.raw.once("close", () => clearInterval(timer));
        });`,
      "a plugin that clears it in its hook": `
        import type { FastifyInstance } from "fastify";
        export async function heartbeat(app: FastifyInstance): Promise<void> {
          const timer = setInterval(() => app.log.info("alive"), 1000);
          app.addHook("onClose", async () => clearInterval(timer));
        }`,
    },
  },
  "scheduled jobs of objects that end": {
    leak: {
      "node-cron": `
        import { schedule } from "node-cron";
        export class Sweeper {
          constructor() {
            schedule("* * * * *", () => this.sweep()); //! neverEnds
          }
          sweep(): void {}
          close(): void {
            console.log("closed");
          }
        }`,
      croner: `
        import { Cron } from "croner";
        export class Sweeper {
          start(): void {
            new Cron("* * * * *", () => this.sweep()); //! neverEnds
          }
          sweep(): void {}
          dispose(): void {
            console.log("closed");
          }
        }`,
    },
    fine: {
      "nothing says that its owner ends": `
        import { schedule } from "node-cron";
        schedule("* * * * *", () => console.log("sweep"));`,
      stopped: `
        import { schedule } from "node-cron";
        export class Sweeper {
          private readonly task = schedule("* * * * *", () => this.sweep());
          sweep(): void {}
          async close(): Promise<void> {
            await this.task.stop();
          }
        }`,
    },
  },
});
