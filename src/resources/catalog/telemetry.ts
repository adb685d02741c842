/** Logs, traces and metrics. */
import type { CatalogFamily } from "../kind.ts";

const traceSdk = ["@opentelemetry/sdk-trace-base", "@opentelemetry/sdk-trace"];

export const telemetry: CatalogFamily = {
  family: "telemetry",
  kinds: [
    {
      id: "winston.Logger",
      label: "winston Logger",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "winston", name: "createLogger" }],
      release: [{ method: "close" }, { method: "end" }],
      releaseTwice: "harmless",
      types: [{ module: "winston", name: "Logger" }],
      source: "https://github.com/winstonjs/winston#awaiting-logs-to-be-written-in-winston",
    },
    {
      // A worker thread.
      id: "pino.transport",
      label: "pino transport",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "pino", name: "transport" }],
      release: [{ method: "end" }],
      releaseTwice: "harmless",
      types: [{ module: "thread-stream", name: "ThreadStream" }],
      source: "https://getpino.io/#/docs/transports",
    },
    {
      id: "pino.destination",
      label: "pino destination",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "pino", name: "destination" }],
      release: [{ method: "end" }, { method: "destroy" }],
      notReleasedBy: ["flush", "flushSync"],
      releaseTwice: "harmless",
      types: [{ module: "sonic-boom", name: "SonicBoom" }],
      source: "https://getpino.io/#/docs/asynchronous",
    },
    {
      // One that is not ended is never exported.
      id: "opentelemetry.Span",
      label: "span",
      grade: "should",
      duty: "close",
      acquire: [
        { by: "call", module: "@opentelemetry/api", name: "Tracer.startSpan" },
        // It does not end the span by itself.
        {
          by: "call",
          module: "@opentelemetry/api",
          name: "Tracer.startActiveSpan",
          at: { callback: -1, parameter: 0 },
        },
      ],
      release: [{ method: "end" }],
      releaseTwice: "harmless",
      types: [{ module: "@opentelemetry/api", name: "Span" }],
      source: "https://opentelemetry.io/docs/languages/js/instrumentation/#create-spans",
    },
    {
      id: "opentelemetry.TracerProvider",
      label: "tracer provider",
      grade: "idle",
      duty: "close",
      acquire: [
        { by: "construct", module: traceSdk, name: ["BasicTracerProvider", "TracerProvider"] },
      ],
      release: [{ method: "shutdown" }],
      asyncRelease: true,
      notReleasedBy: ["forceFlush"],
      types: [{ module: traceSdk, name: ["BasicTracerProvider", "TracerProvider"] }],
      source: "https://opentelemetry.io/docs/specs/otel/trace/sdk/#shutdown",
    },
    {
      id: "opentelemetry.SpanProcessor",
      label: "span processor",
      grade: "idle",
      duty: "close",
      acquire: [
        {
          by: "construct",
          module: traceSdk,
          name: ["BatchSpanProcessor", "SimpleSpanProcessor"],
        },
      ],
      release: [{ method: "shutdown" }],
      asyncRelease: true,
      notReleasedBy: ["forceFlush"],
      types: [{ module: traceSdk, name: ["BatchSpanProcessor", "SimpleSpanProcessor"] }],
      source: "https://opentelemetry.io/docs/specs/otel/trace/sdk/#shutdown-1",
    },
    {
      id: "opentelemetry.MeterProvider",
      label: "meter provider",
      grade: "idle",
      duty: "close",
      acquire: [
        {
          by: "construct",
          module: "@opentelemetry/sdk-metrics",
          name: ["MeterProvider", "PeriodicExportingMetricReader"],
        },
      ],
      release: [{ method: "shutdown" }],
      asyncRelease: true,
      notReleasedBy: ["forceFlush"],
      types: [
        {
          module: "@opentelemetry/sdk-metrics",
          name: ["MeterProvider", "PeriodicExportingMetricReader"],
        },
      ],
      source: "https://opentelemetry.io/docs/specs/otel/metrics/sdk/#shutdown",
    },
    {
      id: "dd-trace.Span",
      label: "Datadog span",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", module: ["dd-trace", "opentracing"], name: "Tracer.startSpan" }],
      release: [{ method: "finish" }],
      releaseTwice: "harmless",
      types: [{ module: ["dd-trace", "opentracing"], name: "Span" }],
      source: "https://datadoghq.dev/dd-trace-js/interfaces/export_.Span.html",
    },
  ],
  functions: [
    {
      // They shut down the processors and readers that they are given.
      module: [...traceSdk, "@opentelemetry/sdk-metrics"],
      name: ["BasicTracerProvider", "TracerProvider", "MeterProvider"],
      takes: ["all"],
      source: "https://opentelemetry.io/docs/specs/otel/trace/sdk/#shutdown",
    },
  ],
  noDuty: [],
  closedWorlds: [],
};
