import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createAuthority, issueServerCertificate } from "../../services/certificates.ts";

export interface Hostile {
  /** Current directory full of files a runtime may read. */
  readonly folder: string;
  /** Address of a server whose certificate nobody but `authorityFile` vouches for. */
  readonly url: string;
  readonly preload: string;
  readonly authorityFile: string;
  readonly stop: () => Promise<void>;
}

/** Surroundings that try to change what an executable runs, or whom it trusts. */
export async function hostileSurroundings(base: string): Promise<Hostile> {
  const folder = join(base, "hostile");
  mkdirSync(folder);
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const preload = write("preload.js", "globalThis.preloaded = true; console.error('PRELOADED');");
  write("bunfig.toml", 'preload = ["./preload.js"]\n');
  write(".bunfig.toml", `preload = ["${preload}"]\n`);
  for (const name of [".env", ".env.local", ".env.production", ".env.development"]) {
    write(
      name,
      `FROM_DOTENV=present\nNODE_TLS_REJECT_UNAUTHORIZED=0\nBUN_OPTIONS="--preload ${preload}"\n`,
    );
  }
  write("tsconfig.json", '{"compilerOptions":{"paths":{"node:fs":["./preload.js"]}}}\n');
  write("package.json", '{"name":"hostile","imports":{"node:fs":"./preload.js"}}\n');
  const authority = await createAuthority("Nobody's Root");
  const { chainPem, keyPem } = await issueServerCertificate(authority);
  const server = createServer({ cert: chainPem, key: keyPem }, (_, answer) => answer.end("ok"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A listening TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return {
    folder,
    url: `https://127.0.0.1:${port}/`,
    preload,
    authorityFile: write("authority.pem", authority.certificatePem),
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
