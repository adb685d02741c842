/** Clients of cloud services and of cluster coordination. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const etcd = {
  "etcd3.Etcd3": {
    imports: 'import { Etcd3 } from "etcd3";',
    acquire: "const x = new Etcd3()",
    use: 'await x.put("a").value("b")',
    release: "x.close()",
  },
  "etcd3.Lease": {
    imports: 'import type { Etcd3 } from "etcd3";',
    given: "etcd: Etcd3",
    acquire: "const x = etcd.lease(10)",
    use: "await x.grant()",
    release: "await x.revoke()",
    automatic: 'x.once("lost", () => undefined)',
  },
  "etcd3.Lock": {
    imports: 'import type { Etcd3 } from "etcd3";',
    given: "etcd: Etcd3",
    acquire: 'const x = etcd.lock("a")',
    use: "await x.acquire()",
    release: "await x.release()",
    automatic: "await x.do(() => 1)",
  },
  "etcd3.Watcher": {
    imports: 'import type { Etcd3 } from "etcd3";',
    given: "etcd: Etcd3",
    acquire: 'const x = await etcd.watch().key("a").create()',
    use: 'x.on("put", () => undefined)',
    release: "await x.cancel()",
  },
};

packageKinds(rule, "cloud", {
  "aws-sdk.Client": {
    imports: 'import { S3Client } from "@aws-sdk/client-s3";',
    acquire: "const x = new S3Client()",
    use: "await x.config.region()",
    release: "x.destroy()",
  },
  ...etcd,
});

packageKinds(rule, "cloud", etcd, { versions: { etcd3: "etcd3-older" } });

foundUnderEveryName("cloud", {
  kind: "aws-sdk.Client",
  module: "@aws-sdk/client-s3",
  name: "S3Client",
  acquire: `new NAME()`,
  extended: "NAME",
});

foundUnderEveryName("cloud", {
  kind: "etcd3.Etcd3",
  module: "etcd3",
  name: "Etcd3",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "an older version": { etcd3: "etcd3-older" } },
});
