// The container files, by the tools that read them: an image is built, and what is in it looked at.

import assert from "node:assert/strict";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { deployed, folder, must, root, run } from "./tools.mjs";

const prepare = join(root, "deploy/container/prepare");

test("compose takes the file, and refuses a word that it does not know", async (t) => {
  const dir = await folder(t);
  await mkdir(join(dir, "image"));
  const config = async (text) => {
    await writeFile(join(dir, "compose.yaml"), text);
    return run("docker-compose", ["--file", join(dir, "compose.yaml"), "--project-directory", dir, "config"]);
  };
  const text = await deployed("container/compose.yaml");
  const good = await config(text);
  assert.equal(good.code, 0, good.text);
  assert.match(good.text, /read_only: true/);
  assert.notEqual((await config(text.replace("read_only", "read_onyl"))).code, 0);
});

test("both doors of the container are ports of the loopback only", async () => {
  const ports = (await deployed("container/compose.yaml")).match(/^ +- "[\d.:]+"$/gm).map((line) => line.trim());
  assert.deepEqual(ports, ['- "127.0.0.1:8080:8080"', '- "127.0.0.1:8081:8081"']);
});

test("a program that needs libraries is refused before an image is made of it", async (t) => {
  const dir = await folder(t);
  const { code, text } = await run(prepare, [join(dir, "image"), "/bin/true"]);
  assert.equal(code, 1);
  assert.match(text, /needs libraries/);
  await assert.rejects(stat(join(dir, "image")));
});

test("the image holds the program and a folder for tips, runs as nobody else, and starts without a shell", { skip: process.getuid() !== 0 }, async (t) => {
  const dir = await folder(t);
  await must(prepare, [join(dir, "image"), await staticProgram(dir)]);
  const store = ["--root", join(dir, "store"), "--runroot", join(dir, "run"), "--storage-driver", "vfs"];
  const buildah = (...args) => must("buildah", [...store, ...args]);
  await buildah("build", "--isolation", "chroot", "--quiet", "--tag", "knothole", "--file", join(dir, "image/Containerfile"), join(dir, "image"));
  const { OCIv1: image } = JSON.parse(await buildah("inspect", "--type", "image", "knothole"));
  assert.equal(image.config.User, "64000:64000");
  assert.deepEqual(image.config.Entrypoint, ["/knothole"]);
  const told = (await deployed("systemd/knothole.service")).match(/^Environment=(MALLOC_.*)$/m)[1].split(" ");
  assert.deepEqual(image.config.Env.filter((line) => line.startsWith("MALLOC_")), told);

  const container = (await buildah("from", "--pull-never", "knothole")).trim();
  const inside = (await buildah("mount", container)).trim();
  const files = (await must("find", [inside, "-not", "-type", "d", "-printf", "%P\n"])).split("\n").filter((name) => name !== "");
  assert.deepEqual(files, ["knothole"]);
  const { mode, uid } = await stat(join(inside, "var/lib/knothole"));
  assert.deepEqual([mode & 0o777, uid], [0o700, 64000]);
  const said = await must("chroot", ["--userspec=64000:64000", inside, "/knothole", "--version"]);
  assert.match(said, /^knothole /);
  await buildah("umount", container);
});

test("what the unit and the container are told differs in the doors' addresses only", async () => {
  const told = async (path) => (await deployed(path)).split("\n").filter((line) => !line.startsWith("#") && !/^(public|staff) = /.test(line));
  assert.deepEqual(await told("container/knothole.toml"), await told("knothole.toml"));
});

/** The server, where one without libraries was built; else a program that says its name. */
async function staticProgram(dir) {
  const triple = (await must("rustc", ["-vV"])).match(/^host: (.*)$/m)[1];
  const built = join(root, "target", triple, "release/knothole");
  if (await readFile(built).then(() => true, () => false)) return built;
  await writeFile(join(dir, "name.c"), '#include <stdio.h>\nint main(void) { return puts("knothole stand-in") < 0; }\n');
  await must("cc", ["-static", "-o", join(dir, "name"), join(dir, "name.c")]);
  return join(dir, "name");
}
