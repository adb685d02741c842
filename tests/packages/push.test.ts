/** Clients of push services. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";

packageKinds("no-unclosed-disposable", "push", {
  "@parse/node-apn.Provider": {
    imports: 'import { Provider } from "@parse/node-apn";',
    acquire: "const x = new Provider({})",
    use: "x.shutdown.name",
    release: "await x.shutdown()",
  },
});

foundUnderEveryName("push", {
  kind: "@parse/node-apn.Provider",
  module: "@parse/node-apn",
  name: "Provider",
  acquire: `new NAME({})`,
  extended: "NAME",
});
