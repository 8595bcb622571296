// A line between a browser and a site that can be listened to, and that breaks where a test wants it to.

import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Relays to the site whose page is at `form`. */
export async function startRelay(form) {
  const { hostname, port } = new URL(form);
  const sent = [];
  let received = 0;
  const relay = {
    /** Where the page is on this side of the line. */
    url: "",
    /** All that a browser has sent, to the byte. */
    sent: () => Buffer.concat(sent),
    /** The first line of every request; what comes before it in the same bytes may end without one. */
    requests: () => sent.map((bytes) => bytes.toString("latin1")).join("\n").match(/^[A-Z]+ \S+ HTTP\/1\.1(?=\r$)/gm) ?? [],
    /** How many bytes a browser has got, heads and all. */
    received: () => received,
    /** The part of each tip after which the line breaks; null is a line that holds. */
    breaksAfter: null,
    /** How many times it broke. */
    breaks: 0,
    /**
     * What comes of a question to a mailbox: null is an answer of the site's own. "unheard" ones break the line before the site has heard
     * of them, "unanswered" ones when it answers, and a number is the status that they get in its place.
     */
    mailbox: null,
    stop: () => new Promise((done) => server.close(done)),
  };
  const server = createServer((near) => {
    const far = connect(port, hostname);
    const hangUp = () => [near, far].forEach((end) => end.destroy());
    for (const end of [near, far]) end.on("error", hangUp).on("close", hangUp);
    let fault = null;
    far.on("data", (bytes) => {
      if (fault === "unanswered") return hangUp();
      received += bytes.length;
      near.write(bytes);
    });
    let left = Infinity;
    near.on("data", (bytes) => {
      sent.push(bytes);
      fault ??= isQuestion(bytes) ? relay.mailbox : null;
      if (fault === "unheard") return hangUp();
      if (typeof fault === "number") return near.writableEnded || near.end(`HTTP/1.1 ${fault} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      if (relay.breaksAfter !== null && left === Infinity) left = partOf(bytes, relay.breaksAfter);
      const passed = bytes.subarray(0, left);
      left -= passed.length;
      far.write(passed, () => {
        if (left > 0) return;
        relay.breaks += 1;
        hangUp();
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  relay.url = `http://127.0.0.1:${server.address().port}/`;
  return relay;
}

function isQuestion(bytes) {
  return bytes.toString("latin1").startsWith("POST /mailbox ");
}

/** How many bytes are this part of the tip whose request begins here; all, where none does. */
function partOf(bytes, part) {
  const head = bytes.toString("latin1").split("\r\n\r\n")[0];
  const [, length] = /^PUT \/tips\/[^]*\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  return length === undefined ? Infinity : Math.floor((head.length + 4 + Number(length)) * part);
}
