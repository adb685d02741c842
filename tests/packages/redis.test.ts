/** Clients of Redis. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "redis.Client": {
    imports: 'import { createClient } from "redis";',
    acquire: "const x = createClient()",
    use: "await x.connect()",
    release: "await x.quit()",
    notReleased: "x.unref()",
    automatic: 'x.once("end", () => undefined)',
  },
  "redis.Pool": {
    imports: 'import { createClientPool } from "redis";',
    acquire: "const x = createClientPool()",
    use: "await x.connect()",
    release: "await x.close()",
  },
  "redis.Cluster": {
    imports: 'import { createCluster } from "redis";',
    acquire: "const x = createCluster({ rootNodes: [] })",
    use: "await x.connect()",
    release: "await x.close()",
  },
  "redis.Sentinel": {
    imports: 'import { createSentinel } from "redis";',
    acquire: 'const x = createSentinel({ name: "a", sentinelRootNodes: [] })',
    use: "await x.connect()",
    release: "await x.close()",
  },
  "redis.SentinelLease": {
    imports: 'import type { RedisSentinelType } from "redis";',
    given: "sentinel: RedisSentinelType",
    acquire: "const x = await sentinel.acquire()",
    use: "await x.ping()",
    release: "x.release()",
  },
  "ioredis.Redis": {
    imports: 'import { Redis } from "ioredis";',
    acquire: "const x = new Redis()",
    use: "await x.ping()",
    release: "await x.quit()",
    automatic: 'x.once("end", () => undefined)',
  },
  "ioredis.Cluster": {
    imports: 'import { Cluster } from "ioredis";',
    acquire: "const x = new Cluster([])",
    use: "await x.ping()",
    release: "await x.quit()",
    automatic: 'x.once("end", () => undefined)',
  },
  "ioredis.monitor": {
    imports: 'import type { Redis } from "ioredis";',
    given: "redis: Redis",
    acquire: "const x = await redis.monitor()",
    use: 'x.on("monitor", console.log)',
    release: "x.disconnect()",
    automatic: 'x.once("end", () => undefined)',
  },
};

packageKinds(rule, "redis", kinds);

packageKinds(
  rule,
  "redis",
  {
    "redis.Client": kinds["redis.Client"],
  },
  { versions: { redis: "redis-older" } },
);

packageKinds(
  rule,
  "redis",
  {
    "ioredis.Redis": kinds["ioredis.Redis"],
    "ioredis.Cluster": kinds["ioredis.Cluster"],
    "ioredis.monitor": kinds["ioredis.monitor"],
  },
  { versions: { ioredis: "ioredis-older" } },
);

foundUnderEveryName("redis", {
  kind: "ioredis.Redis",
  module: "ioredis",
  name: "Redis",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "older types": { ioredis: "ioredis-older" } },
});

foundUnderEveryName("redis", {
  kind: "redis.Client",
  module: "redis",
  name: "createClient",
  acquire: `NAME()`,
  versions: { "older types": { redis: "redis-older" } },
});
