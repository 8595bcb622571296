import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./page.mjs";

const TIP = { id: "0".repeat(52), body: new Uint8Array([1, 2, 3]) };

/** A line that answers in this order: a status, [status, more headers], or null for no answer. */
function lineOf(...answers) {
  const line = { requests: [], pauses: [], retries: 0 };
  line.fetch = async (address, options) => {
    line.requests.push({ address, ...options });
    const answer = answers.shift() ?? null;
    if (answer === null) throw new TypeError("no line");
    const [status, more] = [answer].flat();
    return new Response("", { status, headers: { "Content-Type": "text/plain; charset=utf-8", ...more } });
  };
  line.pause = async (ms) => void line.pauses.push(ms);
  line.onRetry = () => void line.retries++;
  return line;
}

const send = (line) => page.sendTip(TIP, line, new AbortController().signal);

test("a stored tip, and one that was there already, count as sent", async () => {
  assert.equal(await send(lineOf(201)), "sent");
  assert.equal(await send(lineOf(200)), "sent");
});

test("a page that something on the way answers with does not count as stored", async () => {
  const line = lineOf([200, { "Content-Type": "text/html" }], 201);
  assert.equal(await send(line), "sent");
  assert.equal(line.requests.length, 2);
  assert.equal(await send(lineOf([201, { "Content-Type": "text/html" }])), "lost");
});

test("a dropped line is tried again with the very same bytes", async () => {
  const line = lineOf(null, null, 201);
  assert.equal(await send(line), "sent");
  assert.equal(line.retries, 2);
  assert.ok(line.requests.every(({ address, body }) => address === `/tips/${TIP.id}` && body === TIP.body));
});

test("after four tries the person decides", async () => {
  const line = lineOf();
  assert.equal(await send(line), "lost");
  assert.equal(line.requests.length, 4);
  assert.deepEqual(line.pauses, [1_000, 3_000, 8_000]);
});

test("a request carries nothing but the sealed bytes", async () => {
  const line = lineOf(201);
  await send(line);
  const { address, body, signal, ...options } = line.requests[0];
  assert.deepEqual(options, {
    method: "PUT",
    headers: { "Content-Type": "application/x-tar" },
    cache: "no-store",
    credentials: "omit",
    keepalive: false,
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
});

test("refusals that no retry can change are not retried", async () => {
  for (const [status, outcome] of [[412, "stale"], [413, "too-long"], [400, "refused"], [409, "refused"], [410, "refused"]]) {
    const line = lineOf(status, 201);
    assert.equal(await send(line), outcome);
    assert.equal(line.requests.length, 1);
  }
});

test("a busy server is given the time it asks for, within reason", async () => {
  const short = lineOf([503, { "Retry-After": "5" }], 201);
  assert.equal(await send(short), "sent");
  assert.deepEqual(short.pauses, [5_000]);
  const long = lineOf([429, { "Retry-After": "3600" }], 201);
  assert.equal(await send(long), "busy");
  assert.deepEqual(long.pauses, []);
});

test("a form that is closed for a while is told from a busy one, and asked no more", async () => {
  const line = lineOf([503, { "Retry-After": "3600" }], 201);
  assert.equal(await send(line), "paused");
  assert.deepEqual([line.requests.length, line.pauses], [1, []]);
});

test("once stopped it sends no more", async () => {
  const stop = new AbortController();
  const line = lineOf(null, 201);
  line.pause = async () => stop.abort();
  assert.equal(await page.sendTip(TIP, line, stop.signal), "stopped");
  assert.equal(line.requests.length, 1);
});

test("a mailbox is asked once, with nothing but the request, and its answer has one length", async () => {
  const ask = (line, length = 3) => page.askMailbox(new Uint8Array([1]), length, line, new AbortController().signal);
  const line = { fetch: async (address, options) => ((line.request = { address, ...options }), new Response(new Uint8Array([7, 8, 9]))) };
  assert.deepEqual(await ask(line), new Uint8Array([7, 8, 9]));
  const { address, method, body, signal, ...options } = line.request;
  assert.deepEqual([address, method, [...body]], ["/mailbox", "POST", [1]]);
  const quiet = { cache: "no-store", credentials: "omit", keepalive: false, redirect: "error", referrerPolicy: "no-referrer" };
  assert.deepEqual(options, quiet);
  assert.equal(await ask(line, 4), "lost");
  for (const [status, outcome] of [[429, "busy"], [503, "busy"], [404, "lost"], [null, "lost"]]) {
    const other = lineOf(status);
    assert.equal(await ask(other, 0), outcome);
    assert.equal(other.requests.length, 1);
  }
});

const WANTED = JSON.stringify({ parameters: { cost: 1, keyPrefix: "", nonce: "00", salt: "00" }, signature: "ab" });

test("a server under pressure gets the very same bytes again at once, with the work done", async () => {
  const line = lineOf([429, { [page.WORK]: WANTED }], 201);
  assert.equal(await send(line), "sent");
  const [first, second] = line.requests;
  assert.ok(first.body === TIP.body && second.body === TIP.body && first.address === second.address);
  assert.equal(first.headers[page.WORK], undefined);
  assert.deepEqual(JSON.parse(second.headers[page.WORK]).challenge, JSON.parse(WANTED));
  assert.equal(second.headers["Content-Type"], "application/x-tar");
  assert.deepEqual([line.pauses, line.retries, second.credentials, second.referrerPolicy], [[], 0, "omit", "no-referrer"]);
});

test("where work does not help, or cannot be done, the server is busy", async () => {
  const line = lineOf(...Array(9).fill([429, { [page.WORK]: WANTED, "Retry-After": "30" }]));
  assert.equal(await send(line), "busy");
  assert.equal(line.requests.length, 2);
  assert.equal(await send(lineOf([429, { "Retry-After": "30" }])), "busy");
  const heavy = WANTED.replace('"cost":1', '"cost":1000000000');
  assert.equal(await send(lineOf([429, { [page.WORK]: heavy, "Retry-After": "30" }])), "busy");
});

test("a mailbox is asked again with the work done", async () => {
  const line = lineOf([429, { [page.WORK]: WANTED }], 429);
  assert.equal(await page.askMailbox(new Uint8Array([1]), 3, line, new AbortController().signal), "busy");
  assert.equal(line.requests.length, 2);
  assert.ok(line.requests[1].headers[page.WORK].includes('"solution"'));
});
