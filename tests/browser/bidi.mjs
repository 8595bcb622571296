// WebDriver BiDi, as much of it as the tests need: commands over one WebSocket, and a promise for each answer.

import { createRequire } from "node:module";
import { once } from "node:events";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { WebSocket } = require("ws");

/** A session with the browser that listens at `address`. */
export async function connect(address) {
  const socket = new WebSocket(`${address}/session`);
  const waiting = new Map();
  const listeners = new Set();
  socket.on("message", (text) => {
    const message = JSON.parse(text);
    if (message.type === "event") return listeners.forEach((listener) => listener(message.method, message.params));
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === "success") resolve(message.result);
    else reject(new Error(`${message.error}: ${message.message}`));
  });
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("the browser has gone"));
  });
  await once(socket, "open");
  let id = 0;
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  const { capabilities } = await send("session.new", { capabilities: {} });
  return {
    /** What the browser says of itself. */
    capabilities,
    send,
    /** Calls `listener` with the name and content of every event of these kinds. */
    async listen(events, listener) {
      listeners.add(listener);
      await send("session.subscribe", { events });
    },
    close: () => socket.terminate(),
  };
}
