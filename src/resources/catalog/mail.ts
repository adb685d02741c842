/**
 * Mail, and the services of messages to devices.
 */
import type { CatalogFamily } from "../kind.ts";

export const mail: CatalogFamily = {
  family: "mail",
  kinds: [
    {
      id: "nodemailer.pool",
      label: "pooled mail transport",
      grade: "idle",
      duty: "close",
      // Without a pool every message has a connection of its own.
      acquire: [
        {
          by: "call",
          module: "nodemailer",
          name: ["createTransport", "nodemailer.createTransport"],
          when: [{ argument: 0, property: "pool", is: true }],
        },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      source: "https://nodemailer.com/smtp/pooled/",
    },
    {
      id: "apns2.ApnsClient",
      label: "APNs client",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "apns2", name: "ApnsClient" }],
      release: [{ method: "close" }, { method: "destroy" }],
      asyncRelease: true,
      releaseTwice: "harmless",
      types: [{ module: "apns2", name: "ApnsClient" }],
      source: "https://github.com/AndrewBarba/apns2#create-client",
    },
    {
      id: "firebase-admin.App",
      label: "Firebase app",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "firebase-admin", name: "initializeApp" }],
      release: [{ module: "firebase-admin", name: "deleteApp", argument: 0 }, { method: "delete" }],
      asyncRelease: true,
      types: [{ module: "firebase-admin", name: "App" }],
      source: "https://firebase.google.com/docs/reference/admin/node/firebase-admin.app#deleteapp",
    },
  ],
  functions: [],
  noDuty: [],
  closedWorlds: ["apns2"],
};
