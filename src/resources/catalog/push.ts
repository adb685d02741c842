import type { CatalogFamily } from "../kind.ts";

/** Clients of push notification services. */
export const push: CatalogFamily = {
  family: "push",
  kinds: [
    {
      // The constructor starts two intervals that hold the provider, so the garbage collector never
      // takes one that is forgotten, nor its connection. They keep no process alive: not `must`.
      // `shutdown` is declared to return a promise and, as of 8.1, returns nothing: no `asyncRelease`.
      id: "@parse/node-apn.Provider",
      label: "APNs Provider",
      grade: "should",
      duty: "close",
      acquire: [
        { by: "construct", module: "@parse/node-apn", name: ["Provider", "MultiProvider"] },
      ],
      release: [{ method: "shutdown" }],
      releaseTwice: "harmless",
      types: [{ module: "@parse/node-apn", name: ["Provider", "MultiProvider"] }],
      source:
        "https://github.com/parse-community/node-apn/blob/master/doc/provider.markdown#connectionshutdown",
    },
  ],
  functions: [],
  noDuty: [],
  closedWorlds: ["@parse/node-apn"],
};
