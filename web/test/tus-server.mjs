// A tus 1.0 server (core, creation) as PROTOCOL.md section 14 has it, for tests: keeps what it gets in memory, and breaks when told to.

import { createServer } from "node:http";
import { once } from "node:events";

const MOST = 64 * 1_048_576;

/** A server on loopback for this tip and token; `faults` are used up, one a request, null for none. */
export async function tusServer({ id, token }) {
  const site = { uploads: new Map(), requests: [], faults: [], token, id };
  const server = createServer((request, answer) => void handle(site, request, answer).catch(() => request.socket.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => (server.closeAllConnections(), server.close());
  return Object.assign(site, { origin, close, fetch: (path, options) => fetch(new URL(path, origin), options) });
}

async function handle(site, request, answer) {
  const { method, url, headers } = request;
  const fault = site.faults.shift() ?? null;
  site.requests.push({ method, url, headers, fault });
  if (fault?.status !== undefined) return say(answer, fault.status, fault.headers);
  if (fault === "no answer") return request.socket.destroy();
  const { status, more } = await act(site, request, fault);
  if (fault === "answer lost" || fault?.cutAfter !== undefined) return request.socket.destroy();
  say(answer, status, more);
}

function say(answer, status, more = {}) {
  answer.writeHead(status, { "Tus-Resumable": "1.0.0", "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8", ...more });
  answer.end();
}

async function act(site, request, fault) {
  const { method, url, headers } = request;
  if (headers["tus-resumable"] !== "1.0.0") return { status: 412 };
  if (headers.authorization !== `Bearer ${site.token}`) return { status: 403 };
  const [, , id, name] = url.split("/");
  if (id !== site.id) return { status: 404 };
  if (method === "POST" && name === undefined) return create(site, headers);
  const upload = site.uploads.get(name);
  if (upload === undefined) return { status: 404 };
  if (method === "HEAD") return { status: 200, more: { "Upload-Offset": String(upload.bytes.length), "Upload-Length": String(upload.length) } };
  return append(upload, request, fault);
}

function create(site, headers) {
  const length = Number(headers["upload-length"]);
  if (!(length > 0)) return { status: 400 };
  if (length > MOST) return { status: 413 };
  const name = `u${site.uploads.size}`;
  site.uploads.set(name, { length, isManifest: headers["upload-metadata"] === "manifest", bytes: Buffer.alloc(0) });
  return { status: 201, more: { Location: `/uploads/${site.id}/${name}` } };
}

async function append(upload, request, fault) {
  const { headers } = request;
  if (headers["content-type"] !== "application/offset+octet-stream") return { status: 415 };
  if (Number(headers["upload-offset"]) !== upload.bytes.length) return { status: 409 };
  let part = Buffer.alloc(0);
  for await (const bytes of request.iterator({ destroyOnReturn: false })) {
    part = Buffer.concat([part, bytes]);
    if (part.length >= (fault?.cutAfter ?? Infinity)) break;
  }
  upload.bytes = Buffer.concat([upload.bytes, part.subarray(0, fault?.cutAfter)]);
  if (upload.bytes.length > upload.length) return { status: 413 };
  return { status: 204, more: { "Upload-Offset": String(upload.bytes.length) } };
}
