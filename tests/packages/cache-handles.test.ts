/** Caches as resources of their own. */
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "keyv.Keyv": {
    imports: 'import Keyv from "keyv";',
    acquire: "const x = new Keyv()",
    use: 'await x.get("a")',
    release: "await x.disconnect()",
    notReleased: "await x.clear()",
  },
  "cache-manager.Cache": {
    imports: 'import { createCache } from "cache-manager";',
    acquire: "const x = createCache()",
    use: 'await x.get("a")',
    release: "await x.disconnect()",
    notReleased: "await x.clear()",
  },
  "cacheable.Cacheable": {
    imports: 'import { Cacheable } from "cacheable";',
    acquire: "const x = new Cacheable()",
    use: 'await x.get("a")',
    release: "await x.disconnect()",
    notReleased: "await x.clear()",
  },
  "node-cache.NodeCache": {
    imports: 'import NodeCache from "node-cache";',
    acquire: "const x = new NodeCache()",
    use: 'x.get("a")',
    release: "x.close()",
    notReleased: "x.flushAll()",
  },
};

packageKinds(rule, "cache-handles", kinds);

packageKinds(
  rule,
  "cache-handles",
  {
    "keyv.Keyv": kinds["keyv.Keyv"],
  },
  { versions: { keyv: "keyv-newer" } },
);
