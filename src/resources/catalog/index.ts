/**
 * Everything the plugin knows of resources without being told. Data only: one file a family.
 *
 * How the entries are written:
 * - A name is what the declaration says, one container deep: `FileHandle.createReadStream` for a
 *   method, `pipeline` for a function, also for one in a namespace (`Stream.pipeline` and
 *   `NodeJS.Timeout` are written `pipeline` and `Timeout`). A function fact that names a class is
 *   about its constructor.
 * - Acquisitions of one function or class under several kinds exclude each other by `when` and
 *   `unless`, so that one call yields one resource.
 * - Every name has at most one function fact.
 * - A kind or a "no duty" entry for a class also covers what extends it, unless that is listed
 *   itself.
 * - What ends with its parent (a channel with its connection, a page with its browser) is `idle`: that
 *   the parent is closed cannot be seen from it.
 * - `using`, `Symbol.dispose` and `Symbol.asyncDispose` release whatever declares them; only a
 *   resource that has no other release lists them.
 */
import type { CatalogFamily } from "../kind.ts";
import { browsers } from "./browsers.ts";
import { cacheHandles } from "./cache-handles.ts";
import { caches } from "./caches.ts";
import { cloud } from "./cloud.ts";
import { documents } from "./documents.ts";
import { editors } from "./editors.ts";
import { files } from "./files.ts";
import { graphics } from "./graphics.ts";
import { http } from "./http.ts";
import { javascript } from "./javascript.ts";
import { mail } from "./mail.ts";
import { messaging } from "./messaging.ts";
import { nodeFiles } from "./node-files.ts";
import { nodeNetwork } from "./node-network.ts";
import { nodeProcesses } from "./node-processes.ts";
import { nodeStreams } from "./node-streams.ts";
import { orms } from "./orms.ts";
import { players } from "./players.ts";
import { pools } from "./pools.ts";
import { push } from "./push.ts";
import { queues } from "./queues.ts";
import { redis } from "./redis.ts";
import { schedulers } from "./schedulers.ts";
import { sockets } from "./sockets.ts";
import { sqlMysql } from "./sql-mysql.ts";
import { sqlOther } from "./sql-other.ts";
import { sqlPostgres } from "./sql-postgres.ts";
import { subscriptions } from "./subscriptions.ts";
import { telemetry } from "./telemetry.ts";
import { tensors } from "./tensors.ts";
import { testRunners } from "./test-runners.ts";
import { watchers } from "./watchers.ts";
import { webEvents } from "./web-events.ts";
import { webGraphics } from "./web-graphics.ts";
import { webMedia } from "./web-media.ts";
import { web } from "./web.ts";

export const catalog: readonly CatalogFamily[] = [
  javascript,
  nodeFiles,
  nodeStreams,
  nodeNetwork,
  nodeProcesses,
  web,
  webMedia,
  webGraphics,
  webEvents,
  testRunners,
  sqlPostgres,
  sqlMysql,
  sqlOther,
  orms,
  documents,
  redis,
  messaging,
  queues,
  http,
  sockets,
  cloud,
  pools,
  files,
  cacheHandles,
  telemetry,
  push,
  mail,
  browsers,
  caches,
  schedulers,
  subscriptions,
  watchers,
  editors,
  graphics,
  tensors,
  players,
];
