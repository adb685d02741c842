/** Observers and subscriptions: who ends takes off what it put on. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-leaked-listener", "observers", {
  "an observer that is taken off on some ways out only": {
    leak: {
      "an early return": `
        export function measure(element: Element, done: boolean): void {
          const observer = new ResizeObserver(() => {}); //! notReleasedOnPath
          observer.observe(element);
          if (done) return;
          observer.disconnect();
        }`,
    },
    fine: {
      "taken off by itself": `
        export function once(element: Element, show: () => void): void {
          const observer = new IntersectionObserver(() => {
            show();
            observer.disconnect();
          });
          observer.observe(element);
        }`,
      "in a field that the teardown knows": `
        export class View {
          private readonly observer = new ResizeObserver(() => {});
          show(element: Element): void {
            this.observer.observe(element);
          }
          destroy(): void {
            this.observer.disconnect();
          }
        }`,
    },
    quiet: {
      "returned as what takes it off": `
        export function measure(element: Element): () => void {
          const observer = new ResizeObserver(() => {});
          observer.observe(element);
          return () => observer.disconnect();
        }`,
    },
  },
  "an observer that nobody takes off, and nobody says that it ends": {
    strict: {
      "in a function": `
        export function measure(element: Element): void {
          const observer = new ResizeObserver(() => {}); //! neverReleased
          observer.observe(element);
        }`,
    },
  },
});
