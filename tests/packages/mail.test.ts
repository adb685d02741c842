import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";

// All of these live as long as the process unless some path closes them.
kindCases(
  "mail and messages to devices",
  {
    "nodemailer.pool": {
      leak: `const transport = createTransport({ pool: true }); if (idle) return; transport.close();`,
      release: [
        `const transport = nodemailer.createTransport({ pool: true, host: "a" }); transport.close();`,
        `const transport = createTransport({ pool: true }); await transport.verify();`,
      ],
      none: `const transport = createTransport({ host: "a" }); await transport.verify();`,
    },
    "apns2.ApnsClient": {
      leak: `const client = new ApnsClient(options); if (idle) return; await client.close();`,
      release: [
        `const client = new ApnsClient(options); await client.close();`,
        `const client = new ApnsClient(options); await client.destroy();`,
      ],
    },
    "firebase-admin.App": {
      leak: `const app = initializeApp(); if (idle) return; await deleteApp(app);`,
      release: [
        `const app = initializeApp(); await deleteApp(app);`,
        `const app = admin.initializeApp(); await app.delete();`,
      ],
    },
  },
  {
    packages: true,
    prelude: `
      import nodemailer, { createTransport } from "nodemailer";
      import { ApnsClient } from "apns2";
      import admin from "firebase-admin";
      import { deleteApp, initializeApp } from "firebase-admin/app";
      declare const idle: boolean;
      declare const options: ConstructorParameters<typeof ApnsClient>[0];`,
  },
);
foundUnderEveryName("mail", {
  kind: "apns2.ApnsClient",
  module: "apns2",
  name: "ApnsClient",
  acquire: `new NAME({ team: "a", keyId: "b", signingKey: "c" })`,
  extended: "NAME",
});
foundUnderEveryName("mail", {
  kind: "nodemailer.pool",
  module: "nodemailer",
  name: "createTransport",
  acquire: `NAME({ pool: true })`,
  versions: { "older types": { nodemailer: "nodemailer-older-types" } },
});
