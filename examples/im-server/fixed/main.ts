import { ChatServer } from "./server.ts";

const [port = "8080"] = process.argv.slice(2);

const server = new ChatServer({
  port: Number(port),
  history: 1_000,
  heartbeat: 30_000,
  presence: 5_000,
  retry: 2_000,
});

console.log(`listening on ${await server.listening()}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.close().then(
      () => console.log("closed"),
      (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      },
    );
  });
}
