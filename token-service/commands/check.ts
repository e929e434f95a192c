import type { TokenServiceConfig } from "../../contract/token-service-config.ts";
import { type Problem, renderProblems } from "../../residency/problem.ts";
import type { ExitCode, Io } from "../config/io.ts";
import { readConfig } from "../config/read-config.ts";
import { routeProblems } from "../exchange/route-problems.ts";
import { openPolicySource } from "../policy/policy-source.ts";

interface CheckOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Reads everything a start would read from files, and reaches nobody: for a pull request, or before a rollout. */
export async function checkCommand(
  { config: file, json }: CheckOptions,
  io: Io,
): Promise<ExitCode> {
  const read = await readConfig({ file, env: io.env, readFile: io.readFile });
  const found = "config" in read ? await fileProblems(read.config, io) : undefined;
  const problems = "config" in read ? (found?.problems ?? []) : read.problems;
  const notes = found?.notes ?? [];
  if (json) io.out(JSON.stringify({ ok: problems.length === 0, problems, notes }));
  else if (problems.length > 0) {
    io.err(
      renderProblems("title" in read ? read.title : "the configuration cannot be used:", problems),
    );
  } else {
    if (notes.length > 0) io.out(renderProblems("notes:", notes));
    io.out("the configuration can be used");
  }
  return problems.length === 0 ? 0 : 1;
}

async function fileProblems(config: TokenServiceConfig, io: Io) {
  const notes: Problem[] = [];
  const problems = config.routes.flatMap((route, index) =>
    routeProblems(route, `routes[${index}]`),
  );
  const readable = async (path: string, place: string) => {
    try {
      await io.readFile(path);
    } catch {
      problems.push({ path: place, reason: `${path} cannot be read` });
    }
  };
  const { tls } = config.listen;
  if (tls) {
    await readable(tls.certificateFile, "listen.tls.certificateFile");
    await readable(tls.privateKeyFile, "listen.tls.privateKeyFile");
  }
  for (const [index, key] of config.signingKeys.entries()) {
    if (key.kind === "file") await readable(key.path, `signingKeys[${index}].path`);
  }
  try {
    const source = await openPolicySource({
      config,
      readFile: io.readFile,
      onReload: (found) => notes.push(...found),
    });
    const { authorities } = source.current();
    source.close();
    for (const {
      authority: { name, revocation },
    } of authorities) {
      if (revocation.kind === "crl") await readable(revocation.file, `deviceAuthorities.${name}`);
    }
  } catch (error) {
    problems.push({
      path: "trustPolicy",
      reason: error instanceof Error ? error.message : "failed",
    });
  }
  return { problems, notes };
}
