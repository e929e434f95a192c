import { tmpdir } from "node:os";
import { motoServer } from "../../scripts/test-tools.ts";
import { startProgram } from "./program.ts";

export type MotoServer = {
  /** `http://127.0.0.1:<port>`, for the `endpoint` of an AWS SDK client. */
  url: string;
  /** Credentials that moto takes as any others; the account is 123456789012. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Forgets all keys, roles and sessions. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts moto, which answers as AWS does: STS (AssumeRole, AssumeRoleWithWebIdentity) and KMS among others. It checks
 * neither signatures, nor web identity tokens, nor policies: it proves that a request is well formed, not that AWS
 * would allow it.
 *
 * @throws Error that names `npm run test-tools` when moto is not installed; a test never passes without it.
 */
export async function startMotoServer(env: NodeJS.ProcessEnv = process.env): Promise<MotoServer> {
  const command = motoServer(env);
  const program = await startProgram(command, {
    args: ["-H", "127.0.0.1", "-p", "0"],
    cwd: tmpdir(),
    ready: /Running on (http:\/\/127\.0\.0\.1:\d+)/,
    // Python reads hundreds of files first; on a cold, busy machine that takes a while.
    timeoutSeconds: 100,
    missing: `moto is not installed at ${command}; these tests need it: npm run test-tools`,
  });
  const url = program.ready[1] ?? "";
  return {
    url,
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "not-a-secret" },
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: "POST" });
    },
    close: () => program.stop("SIGKILL"),
  };
}
