/** Message brokers. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "amqplib.Connection": {
    imports: 'import { connect } from "amqplib";',
    acquire: 'const x = await connect("amqp://a")',
    use: "console.log(x.connection)",
    release: "await x.close()",
    automatic: 'x.once("close", () => undefined)',
  },
  "amqplib.Channel": {
    imports: 'import type { ChannelModel } from "amqplib";',
    given: "connection: ChannelModel",
    acquire: "const x = await connection.createChannel()",
    use: 'await x.assertQueue("a")',
    release: "await x.close()",
    automatic: 'x.once("close", () => undefined)',
  },
  "kafkajs.Producer": {
    imports: 'import type { Kafka } from "kafkajs";',
    given: "kafka: Kafka",
    acquire: "const x = kafka.producer()",
    use: "await x.connect()",
    release: "await x.disconnect()",
  },
  "kafkajs.Consumer": {
    imports: 'import type { Kafka } from "kafkajs";',
    given: "kafka: Kafka",
    acquire: 'const x = kafka.consumer({ groupId: "a" })',
    use: "await x.connect()",
    release: "await x.disconnect()",
    notReleased: "await x.stop()",
  },
  "kafkajs.Admin": {
    imports: 'import type { Kafka } from "kafkajs";',
    given: "kafka: Kafka",
    acquire: "const x = kafka.admin()",
    use: "await x.connect()",
    release: "await x.disconnect()",
  },
  "kafkajs.Transaction": {
    imports: 'import type { Producer } from "kafkajs";',
    given: "producer: Producer",
    acquire: "const x = await producer.transaction()",
    use: 'await x.send({ topic: "a", messages: [] })',
    release: "await x.abort()",
  },
  "nats.NatsConnection": {
    imports: 'import { connect } from "nats";',
    acquire: "const x = await connect()",
    use: "await x.flush()",
    release: "await x.drain()",
  },
  "mqtt.MqttClient": {
    imports: 'import mqtt from "mqtt";',
    acquire: 'const x = mqtt.connect("mqtt://a")',
    use: 'x.publish("a", "b")',
    release: "x.end()",
    notReleased: 'x.unsubscribe("a")',
    automatic: 'x.once("end", () => undefined)',
  },
  "stompjs.Client": {
    imports: 'import { Client } from "@stomp/stompjs";',
    acquire: "const x = new Client()",
    use: "x.activate()",
    release: "await x.deactivate()",
  },
  "rhea.Connection": {
    imports: 'import { connect } from "rhea";',
    acquire: "const x = connect()",
    use: 'x.open_receiver("a")',
    release: "x.close()",
    automatic: [
      'x.once("connection_close", () => undefined)',
      'x.once("disconnected", () => undefined)',
    ],
  },
  "zeromq.Socket": {
    imports: 'import { Push } from "zeromq";',
    acquire: "const x = new Push()",
    use: 'await x.bind("tcp://*:1")',
    release: "x.close()",
    notReleased: 'x.disconnect("tcp://a:1")',
  },
};

packageKinds(rule, "messaging", kinds);

packageKinds(
  rule,
  "messaging",
  {
    "amqplib.Connection": kinds["amqplib.Connection"],
    "amqplib.Channel": {
      imports: 'import type { Connection } from "amqplib";',
      given: "connection: Connection",
      acquire: "const x = await connection.createChannel()",
      use: 'await x.assertQueue("a")',
      release: "await x.close()",
    },
  },
  { versions: { "@types/amqplib": "amqplib-older-types" } },
);

packageKinds(
  rule,
  "messaging",
  {
    "mqtt.MqttClient": kinds["mqtt.MqttClient"],
  },
  { versions: { mqtt: "mqtt-older" } },
);

foundUnderEveryName("messaging", {
  kind: "amqplib.Connection",
  module: "amqplib",
  name: "connect",
  acquire: `NAME("amqp://a")`,
  versions: { "older types": { "@types/amqplib": "amqplib-older-types" } },
});

foundUnderEveryName("messaging", {
  kind: "mqtt.MqttClient",
  module: "mqtt",
  name: "connect",
  acquire: `NAME("mqtt://a")`,
  versions: { "older types": { mqtt: "mqtt-older" } },
});

packageKinds("no-leaked-listener", "messaging", {
  "nats.Subscription": {
    imports: 'import type { NatsConnection } from "@nats-io/transport-node";',
    given: "connection: NatsConnection",
    acquire: 'const x = connection.subscribe("a")',
    use: "x.getReceived()",
    release: "x.unsubscribe()",
    automatic: "for await (const one of x) console.log(one)",
  },
});
