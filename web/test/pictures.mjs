// Small pictures of each kind with words planted wherever a camera, a program or a phone writes beside a picture; and decoders that are
// not ours, to see what a picture shows.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateSync } from "node:zlib";

const require = createRequire(import.meta.url);
globalThis.ImageData ??= class ImageData {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height });
  }
};

const codec = async (name, file) => {
  const module = await import(`@jsquash/${name}.js`);
  await module.init(await WebAssembly.compile(readFileSync(require.resolve(`@jsquash/${file}`))));
  return module.default;
};
const encodeJpeg = await codec("jpeg/encode", "jpeg/codec/enc/mozjpeg_enc.wasm");
const encodeWebp = await codec("webp/encode", "webp/codec/enc/webp_enc.wasm");
const decoders = {
  jpeg: await codec("jpeg/decode", "jpeg/codec/dec/mozjpeg_dec.wasm"),
  png: await codec("png/decode", "png/codec/pkg/squoosh_png_bg.wasm"),
  webp: await codec("webp/decode", "webp/codec/dec/webp_dec.wasm"),
};

/** What a picture shows: width, height and every pixel. */
export async function pixels(kind, file) {
  const { width, height, data } = await decoders[kind](new Uint8Array(file).buffer);
  return { width, height, data: Buffer.from(data).toString("hex") };
}

const WIDTH = 24;
const HEIGHT = 16;
const picture = (alpha) => {
  const data = Uint8ClampedArray.from({ length: WIDTH * HEIGHT * 4 }, (_, at) => (at % 4 === 3 ? (alpha ? 90 + (at % 160) : 255) : (at * at) % 251));
  return new ImageData(data, WIDTH, HEIGHT);
};

const buffer = (...parts) => Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));
const be = (value, size = 4) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
};
/** Of PNG; by the table, not as the page has it. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => Array.from({ length: 8 }).reduce((sum) => (sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1), byte));
const crc32 = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const le = (value, size = 4) => Buffer.from(be(value, size)).reverse();

/** What must be gone, what must be there still, and the file. */
const planted = () => {
  const secrets = [];
  const secret = (place) => {
    secrets.push(`secret of ${place}`);
    return secrets.at(-1);
  };
  return { secrets, secret };
};
const PROFILE = "the colours of the screen, kept";

/** A note as a camera writes it: which way up, who made it, where, and a small copy of the picture. */
export function exif(way, secret, isLittle) {
  const [number, order] = isLittle ? [le, "II"] : [be, "MM"];
  const texts = [0x010f, 0x0110, 0x0131, 0x8825].map((tag) => ({ tag, text: secret(`exif ${tag.toString(16)} ${order}`) }));
  const entries = [...texts.map(({ tag, text }) => ({ tag, type: 2, text })), { tag: 0x0112, type: 3 }].sort((a, b) => a.tag - b.tag);
  let at = 8 + 2 + entries.length * 12 + 4;
  const heap = [];
  const lines = entries.map(({ tag, type, text }) => {
    if (type === 3) return buffer(number(tag, 2), number(3, 2), number(1), number(way, 2), "\0\0");
    heap.push(text);
    const line = buffer(number(tag, 2), number(2, 2), number(text.length), number(at));
    at += text.length;
    return line;
  });
  return buffer(order, number(42, 2), number(8), number(entries.length, 2), ...lines, number(at), ...heap, `\xff\xd8\xff${secret("thumbnail")}\xff\xd9`);
}

const segment = (marker, ...parts) => {
  const body = buffer(...parts);
  return buffer(`\xff${String.fromCharCode(marker)}`, be(body.length + 2, 2), body);
};

/** A JPEG; `how` is the encoder's. */
export async function jpeg(how = {}, { way = 6, isLittle = true } = {}) {
  const { secrets, secret } = planted();
  const plain = Buffer.from(await encodeJpeg(picture(false), { quality: 80, ...how }));
  const at = plain.subarray(2, 4).equals(buffer("\xff\xe0")) ? 20 : 2;
  const thumbnail = buffer(secret("jfif thumbnail").padEnd(27));
  const notes = [
    segment(0xe0, "JFIF\0\x01\x02\x01", be(300, 2), be(300, 2), "\x03\x03", thumbnail),
    segment(0xe0, "JFXX\0\x10", secret("jfxx")),
    segment(0xe1, "Exif\0\0", exif(way, secret, isLittle)),
    segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", secret("xmp")),
    segment(0xe1, "http://ns.adobe.com/xmp/extension/\0", secret("long xmp")),
    segment(0xe2, "ICC_PROFILE\0\x01\x01", PROFILE),
    segment(0xe2, "MPF\0", secret("mpf")),
    segment(0xe2, secret("app2")),
    segment(0xed, "Photoshop 3.0\0", "8BIM\x04\x04", secret("iptc")),
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15].map((number) => segment(0xe0 + number, secret(`app${number}`))),
    segment(0xfe, secret("comment")),
    "\xff\xff",
  ];
  const colours = how.color_space === 2 ? [segment(0xee, "Adobe\0\x64", "hide", "\0", secret("adobe"))] : [];
  // Between the scans, where there are several.
  const scan = plain.indexOf(buffer("\xff\xda"), plain.indexOf(buffer("\xff\xda")) + 2);
  const [first, rest] = scan < 0 ? [plain.subarray(at), ""] : [plain.subarray(at, scan), plain.subarray(scan)];
  const between = scan < 0 ? [] : [segment(0xfe, secret("comment between scans")), segment(0xe1, secret("app1 between scans"))];
  const second = buffer(plain.subarray(0, 2), segment(0xe1, "Exif\0\0", secret("second picture")), plain.subarray(2));
  const own = how.color_space === 2 ? withoutAdobe(first) : first;
  const start = how.color_space === 2 ? notes.filter((_, number) => number !== 0) : notes;
  const file = buffer("\xff\xd8", ...start, ...colours, own, ...between, rest, second, "ftypmp42", secret("film after the end"));
  return { kind: "jpeg", file, plain, way, profile: PROFILE, secrets: secrets.filter((word) => file.includes(word)) };
}

const withoutAdobe = (bytes) => {
  const at = bytes.indexOf(buffer("\xff\xee"));
  return at < 0 ? bytes : buffer(bytes.subarray(0, at), bytes.subarray(at + 16));
};

const chunk = (type, ...parts) => {
  const body = buffer(type, ...parts);
  return buffer(be(body.length - 4), body, be(crc32(body)));
};

/** A PNG; `moves` gives it a second frame. */
export function png({ way = 6, moves = false } = {}) {
  const { secrets, secret } = planted();
  const { data } = picture(true);
  const rows = deflateSync(buffer(...Array.from({ length: HEIGHT }, (_, row) => buffer("\0", data.subarray(row * WIDTH * 4, (row + 1) * WIDTH * 4)))));
  const frame = (number) => chunk("fcTL", be(number), be(WIDTH), be(HEIGHT), be(0), be(0), be(1, 2), be(9, 2), "\0\0");
  const head = [buffer("\x89PNG\r\n\x1a\n"), chunk("IHDR", be(WIDTH), be(HEIGHT), "\x08\x06\0\0\0")];
  const start = moves ? [chunk("acTL", be(2), be(0)), frame(0)] : [];
  const end = moves ? [frame(1), chunk("fdAT", be(2), rows)] : [];
  const half = rows.length >> 1;
  const body = [chunk("IDAT", rows.subarray(0, half)), chunk("IDAT", rows.subarray(half))];
  const squeezed = deflateSync(buffer(secret("ztxt")));
  const notes = [
    chunk("tEXt", "Comment\0", secret("text")),
    chunk("zTXt", "Comment\0\0", squeezed),
    chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", secret("xmp")),
    chunk("eXIf", exif(way, secret, false)),
    chunk("tIME", be(2026, 2), "\x0b\x18\x0a\x07\x2a"),
    chunk("pHYs", be(2835), be(2835), "\x01"),
    chunk("hIST", secret("histogram")),
    chunk("sPLT", secret("palette")),
    chunk("vpAg", secret("page")),
    chunk("caNv", secret("canvas")),
    chunk("prVt", secret("private")),
  ];
  const gone = ["tEXt", "zTXt", "iTXt", "tIME", "pHYs", "hIST", "sPLT", "vpAg", "caNv", "prVt"];
  const colours = [chunk("gAMA", be(45455)), chunk("iCCP", "screen\0\0", deflateSync(buffer(PROFILE)))];
  const late = [chunk("tEXt", "Late\0", secret("text after the picture")), chunk("iTXt", "Late\0\0\0\0\0", secret("more after it"))];
  const file = buffer(...head, ...colours, ...notes, ...start, ...body, ...end, ...late, chunk("IEND"), secret("after the end"), ...head);
  const plain = buffer(...head, ...colours, ...start, ...body, ...end, chunk("IEND"));
  return { kind: "png", file, plain, way, profile: deflateSync(buffer(PROFILE)), secrets: [...secrets.filter((word) => file.includes(word)), ...gone, squeezed] };
}

const riff = (type, ...parts) => {
  const body = buffer(...parts);
  return buffer(type, le(body.length), body, body.length % 2 ? "!" : "");
};

/** The chunks of a WebP, by type. */
export function webpChunks(file) {
  const chunks = {};
  for (let at = 12; at < file.length; ) {
    const size = file.readUInt32LE(at + 4);
    chunks[file.toString("latin1", at, at + 4)] = file.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  return chunks;
}

/** A WebP; `how` is the encoder's. */
export async function webp(how = {}, { way = 6, moves = false, alpha = false } = {}) {
  const { secrets, secret } = planted();
  const plain = Buffer.from(await encodeWebp(picture(alpha), { quality: 70, ...how }));
  const found = webpChunks(plain);
  const shown = ["ALPH", "VP8 ", "VP8L"].filter((type) => type in found).map((type) => riff(type, found[type]));
  const size = buffer(le(WIDTH - 1, 3), le(HEIGHT - 1, 3));
  const frame = (number) => riff("ANMF", le(0, 3), le(0, 3), size, le(100, 3), "\0", ...shown, riff("XTRA", secret(`frame ${number}`)));
  const flags = 0x0c + 0x20 + (alpha ? 0x10 : 0) + (moves ? 2 : 0);
  const body = [
    riff("VP8X", String.fromCharCode(flags), secret("vp8x").slice(0, 3), size),
    riff("ICCP", PROFILE),
    riff("NOTE", secret("unknown")),
    ...(moves ? [riff("ANIM", "\0\0\0\0\0\0"), frame(1), frame(2)] : shown),
    riff("EXIF", exif(way, secret, true)),
    riff("XMP ", secret("xmp")),
    riff("EXIF", secret("second exif")),
  ];
  const file = buffer(riff("RIFF", "WEBP", ...body), secret("after the end"));
  return { kind: "webp", file, plain, way, profile: PROFILE, secrets: secrets.filter((word) => file.includes(word)) };
}

/** One of each, by what it is called. */
export async function samples() {
  return {
    "a JPEG": await jpeg({ progressive: false }),
    "a JPEG in several scans": await jpeg({ progressive: true }, { isLittle: false, way: 3 }),
    "a JPEG of RGB": await jpeg({ color_space: 2, progressive: false }),
    "a grey JPEG": await jpeg({ color_space: 1 }),
    "a PNG": png(),
    "a PNG that moves": png({ moves: true, way: 8 }),
    "a WebP": await webp(),
    "a WebP that loses nothing": await webp({ lossless: 1 }, { alpha: true }),
    "a WebP that is clear in places": await webp({}, { alpha: true, way: 5 }),
    "a WebP that moves": await webp({ lossless: 1 }, { moves: true }),
  };
}
