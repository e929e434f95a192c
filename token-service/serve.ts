import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { TokenServiceConfig } from "../contract/token-service-config.ts";
import { type Problem, renderProblems } from "../residency/problem.ts";
import { type Audit, openAudit } from "./audit/audit.ts";
import { lineWriter } from "./audit/line-writer.ts";
import { otlpSink } from "./audit/otlp.ts";
import { certificateSource } from "./identity/client-certificate.ts";
import { createIdentityVerifier } from "./identity/verify-identity.ts";
import { issuersPart } from "./issuers-part.ts";
import { newMetrics } from "./metrics/metrics.ts";
import { openStore } from "./open-store.ts";
import { administratorProblem } from "./policy/administrators.ts";
import { decide } from "./policy/decide.ts";
import { openPolicySource } from "./policy/policy-source.ts";
import { underOnePolicy } from "./policy/under-one-policy.ts";
import type { OpenProviders, ProviderSurroundings } from "./providers.ts";
import type { Dependencies } from "./server/dependencies.ts";
import type { ServerLimits } from "./server/limits.ts";
import { type MetricsAt, type RunningServer, startServer } from "./server/start-server.ts";

export interface ServeOptions extends ProviderSurroundings {
  readonly openProviders: OpenProviders;
  readonly metrics: MetricsAt;
  /** For operators; never a token, a claim or the name of a person. */
  readonly log: (line: string) => void;
  /** Where audit events go. Default 1, standard output. */
  readonly auditFd?: number;
  readonly limits?: Partial<ServerLimits>;
}

export interface Service {
  readonly server: RunningServer;
  /** Looks at the trust policy's file now instead of within seconds. */
  reload(): Promise<void>;
  /** Finishes what is under way, writes what is not yet written, and lets go of everything. */
  stop(): Promise<void>;
}

/** Load balancers look every few seconds; until they have, requests still come and are served. */
const drainSeconds = 5;

/** Opens everything a configuration names, and serves. @throws Error with every problem of what cannot be used. */
export async function serve(config: TokenServiceConfig, options: ServeOptions): Promise<Service> {
  const { now, readFile, fetch, env, log } = options;
  const collector = config.audit.otlpEndpoint;
  const audit = openAudit(
    lineWriter({ fd: options.auditFd ?? 1 }),
    collector === undefined ? undefined : otlpSink({ endpoint: collector }),
  );
  const policies = await openPolicySource({
    config,
    readFile,
    onReload: (notes) => reloaded(audit, config, now, log, { notes }),
    onProblems: (problems) => reloaded(audit, config, now, log, { problems }),
  });
  const closers: (() => unknown)[] = [() => policies.close()];
  try {
    const verifier = createIdentityVerifier({
      rules: () => policies.current(),
      publicUrl: config.publicUrl,
      nowEpochSeconds: () => Math.floor(now() / 1000),
      fetch,
      readFile,
      onProblem: log,
    });
    const providers = await options.openProviders(config, { env, readFile, fetch, now });
    const store = openStore(config, { env, fetch, now, policy: () => policies.current() });
    closers.push(() => store.close());
    const underWay = { count: 0 };
    const dependencies: Dependencies = {
      geography: config.geography,
      publicUrl: config.publicUrl,
      routes: config.routes,
      requestsPerMinute: config.limits.requestsPerMinute,
      requestTimeoutSeconds: config.limits.requestTimeoutSeconds,
      onStoreFailure: config.store.kind === "redis" ? config.store.onFailure : "refuse",
      certificatesOf: certificatesOf(config),
      verifyIdentity: underOnePolicy(() => policies.current(), verifier.verify),
      decide: (identity, asked) => decide(policies.current(), identity, asked),
      administratorProblem: (identity) => administratorProblem(policies.current(), identity),
      exchange: providers.exchange,
      jwks: providers.jwks,
      store,
      audit,
      metrics: newMetrics({ requestsUnderWay: () => underWay.count, auditLost: audit.lost }),
      parts: [
        issuersPart(verifier, () => policies.current().issuers),
        { name: "signing-keys", unready: providers.signingProblem },
      ],
      now,
      fetch,
    };
    const server = await startServer(dependencies, {
      host: config.listen.host,
      port: config.listen.port,
      tls: await tlsOf(config, readFile),
      metrics: options.metrics,
      underWay,
      ...(options.limits ? { limits: options.limits } : {}),
    });
    const { shutdownGraceSeconds } = config.limits;
    return {
      server,
      reload: () => policies.check(),
      async stop() {
        await server.stop({
          drainSeconds: Math.min(drainSeconds, shutdownGraceSeconds / 4),
          graceSeconds: shutdownGraceSeconds,
        });
        for (const close of closers) await close();
        await audit.close();
      },
    };
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

function certificatesOf(config: TokenServiceConfig): Dependencies["certificatesOf"] {
  const source = certificateSource(config.clientCertificate);
  return ({ rawHeaders, socket }) =>
    source({
      rawHeaders,
      remoteAddress: socket.remoteAddress,
      peerCertificates: config.clientCertificate?.from === "tls" ? presentedBy(socket) : [],
    });
}

/** Leaf first; Node links the chain, and a root to itself. */
function presentedBy(socket: IncomingMessage["socket"]): readonly Uint8Array[] {
  if (!(socket instanceof TLSSocket)) return [];
  const chain: Uint8Array[] = [];
  let certificate = socket.getPeerCertificate(true);
  while (certificate?.raw && chain.length < 10) {
    chain.push(certificate.raw);
    if (certificate.issuerCertificate === certificate) break;
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

async function tlsOf(
  { listen: { tls }, clientCertificate }: TokenServiceConfig,
  readFile: ServeOptions["readFile"],
) {
  if (tls === undefined) return undefined;
  return {
    certificate: Buffer.from(await readFile(tls.certificateFile)),
    privateKey: Buffer.from(await readFile(tls.privateKeyFile)),
    askForCertificate: clientCertificate?.from === "tls",
  };
}

type Reloaded = { readonly notes: readonly Problem[] } | { readonly problems: readonly Problem[] };

/** A policy that is in force, or one that is not, leaves an event; what is wrong with it goes to the operator. */
function reloaded(
  audit: Audit,
  { geography }: TokenServiceConfig,
  now: () => number,
  log: (line: string) => void,
  result: Reloaded,
): void {
  const refused = "problems" in result;
  const told = refused ? result.problems : result.notes;
  const title = refused
    ? "the changed trust policy cannot be used; the one before stays in force:"
    : "the trust policy is in force, with notes:";
  if (told.length > 0) log(renderProblems(title, told));
  audit
    .record({
      event: "policy.reload",
      time: new Date(now()).toISOString(),
      traceId: crypto.randomUUID().replaceAll("-", ""),
      geography,
      decision: refused ? "refuse" : "allow",
      reason: refused
        ? "the changed trust policy cannot be used; the one before stays in force"
        : "the trust policy is in force",
    })
    .catch(() => log("an audit event could not be written"));
}
