/** Logs, traces and metrics. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "winston.Logger": {
    imports: 'import winston from "winston";',
    acquire: "const x = winston.createLogger()",
    use: 'x.info("a")',
    release: "x.close()",
  },
  "pino.transport": {
    imports: 'import pino from "pino";',
    acquire: 'const x = pino.transport({ target: "a" })',
    use: 'x.write("a")',
    release: "x.end()",
  },
  "pino.destination": {
    imports: 'import pino from "pino";',
    acquire: 'const x = pino.destination("a.log")',
    use: 'x.write("a")',
    release: "x.end()",
    notReleased: "x.flushSync()",
  },
  "opentelemetry.Span": {
    imports: 'import type { Tracer } from "@opentelemetry/api";',
    given: "tracer: Tracer",
    acquire: 'const x = tracer.startSpan("a")',
    use: 'x.addEvent("a")',
    release: "x.end()",
  },
  "opentelemetry.TracerProvider": {
    imports: 'import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";',
    acquire: "const x = new BasicTracerProvider()",
    use: 'x.getTracer("a")',
    release: "await x.shutdown()",
    notReleased: "await x.forceFlush()",
  },
  "opentelemetry.SpanProcessor": {
    imports:
      'import { BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";',
    given: "exporter: SpanExporter",
    acquire: "const x = new BatchSpanProcessor(exporter)",
    use: "console.log(x)",
    release: "await x.shutdown()",
    notReleased: "await x.forceFlush()",
  },
  "opentelemetry.MeterProvider": {
    imports: 'import { MeterProvider } from "@opentelemetry/sdk-metrics";',
    acquire: "const x = new MeterProvider()",
    use: 'x.getMeter("a")',
    release: "await x.shutdown()",
    notReleased: "await x.forceFlush()",
  },
  "dd-trace.Span": {
    imports: 'import tracer from "dd-trace";',
    acquire: 'const x = tracer.startSpan("a")',
    use: 'x.setTag("a", 1)',
    release: "x.finish()",
  },
};

packageKinds(rule, "telemetry", kinds);

packageKinds(
  rule,
  "telemetry",
  { "opentelemetry.MeterProvider": kinds["opentelemetry.MeterProvider"] },
  { versions: { "@opentelemetry/sdk-metrics": "opentelemetry-sdk-metrics-older" } },
);

foundUnderEveryName("telemetry", {
  kind: "opentelemetry.MeterProvider",
  module: "@opentelemetry/sdk-metrics",
  name: "MeterProvider",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: {
    "an older version": { "@opentelemetry/sdk-metrics": "opentelemetry-sdk-metrics-older" },
  },
});
