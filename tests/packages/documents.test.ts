/** Document, column and graph databases, and search engines. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "mongodb.MongoClient": {
    imports: 'import { MongoClient } from "mongodb";',
    acquire: 'const x = new MongoClient("mongodb://a")',
    use: "await x.connect()",
    release: "await x.close()",
  },
  "mongodb.ClientSession": {
    imports: 'import type { MongoClient } from "mongodb";',
    given: "client: MongoClient",
    acquire: "const x = client.startSession()",
    use: "await x.commitTransaction()",
    release: "await x.endSession()",
  },
  "mongodb.cursor": {
    imports: 'import type { Collection } from "mongodb";',
    given: "collection: Collection",
    acquire: "const x = collection.find({})",
    use: "await x.next()",
    release: "await x.close()",
    automatic: "for await (const one of x) console.log(one)",
  },
  "mongodb.ChangeStream": {
    imports: 'import type { Collection } from "mongodb";',
    given: "collection: Collection",
    acquire: "const x = collection.watch()",
    use: "await x.next()",
    release: "await x.close()",
    automatic: "for await (const one of x) console.log(one)",
  },
  "mongodb.GridFSBucketWriteStream": {
    imports: 'import type { GridFSBucket } from "mongodb";',
    given: "bucket: GridFSBucket",
    acquire: 'const x = bucket.openUploadStream("a")',
    use: 'x.write("a")',
    release: "x.end()",
    automatic: 'x.once("finish", () => undefined)',
  },
  "mongodb.GridFSBucketReadStream": {
    imports: 'import type { GridFSBucket } from "mongodb";',
    given: "bucket: GridFSBucket",
    acquire: 'const x = bucket.openDownloadStreamByName("a")',
    use: "x.read()",
    release: "x.destroy()",
    automatic: 'x.on("data", () => undefined)',
  },
  "mongoose.Connection": {
    imports: 'import mongoose from "mongoose";',
    acquire: 'const x = mongoose.createConnection("mongodb://a")',
    use: "await x.asPromise()",
    release: "await x.close()",
  },
  "cassandra-driver.Client": {
    imports: 'import { Client } from "cassandra-driver";',
    acquire: 'const x = new Client({ contactPoints: ["a"] })',
    use: "await x.connect()",
    release: "await x.shutdown()",
  },
  "elasticsearch.Client": {
    imports: 'import { Client } from "@elastic/elasticsearch";',
    acquire: 'const x = new Client({ node: "http://a" })',
    use: "await x.ping()",
    release: "await x.close()",
    notReleased: "await x.clearScroll()",
  },
  "clickhouse.ClickHouseClient": {
    imports: 'import { createClient } from "@clickhouse/client";',
    acquire: "const x = createClient()",
    use: "await x.ping()",
    release: "await x.close()",
  },
  "clickhouse.ResultSet": {
    imports: 'import type { ClickHouseClient } from "@clickhouse/client";',
    given: "client: ClickHouseClient",
    acquire: 'const x = await client.query({ query: "select 1" })',
    use: "console.log(x.query_id)",
    release: "x.close()",
    automatic: "await x.text()",
  },
  "neo4j.Driver": {
    imports: 'import neo4j from "neo4j-driver";',
    acquire: 'const x = neo4j.driver("bolt://a")',
    use: "await x.getServerInfo()",
    release: "await x.close()",
  },
  "neo4j.Session": {
    imports: 'import type { Driver } from "neo4j-driver";',
    given: "driver: Driver",
    acquire: "const x = driver.session()",
    use: 'await x.run("RETURN 1")',
    release: "await x.close()",
  },
  "neo4j.Transaction": {
    imports: 'import type { Session } from "neo4j-driver";',
    given: "session: Session",
    acquire: "const x = await session.beginTransaction()",
    use: 'await x.run("RETURN 1")',
    release: "await x.close()",
  },
};

packageKinds(rule, "documents", kinds);

packageKinds(
  rule,
  "documents",
  {
    "mongodb.MongoClient": kinds["mongodb.MongoClient"],
    "mongodb.ClientSession": kinds["mongodb.ClientSession"],
    "mongodb.cursor": kinds["mongodb.cursor"],
    "mongodb.ChangeStream": kinds["mongodb.ChangeStream"],
  },
  { versions: { mongodb: "mongodb-older" } },
);

foundUnderEveryName("documents", {
  kind: "mongodb.MongoClient",
  module: "mongodb",
  name: "MongoClient",
  acquire: `new NAME("mongodb://a")`,
  extended: "NAME",
  versions: { "older types": { mongodb: "mongodb-older" } },
});
