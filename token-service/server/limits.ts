/** Times and sizes nobody configures; tests shorten them. */
export interface ServerLimits {
  /** Of request line and headers together. */
  readonly maxHeaderBytes: number;
  /** From the first byte to the end of the headers, and before that as long again for TLS to come about. */
  readonly headersTimeoutMs: number;
  /** From the first byte to the end of the body. */
  readonly receiveTimeoutMs: number;
  /** Connections between two requests. Longer than the 60 s of an AWS load balancer, which must close first. */
  readonly keepAliveTimeoutMs: number;
  /** How often Node looks for connections that are too slow. */
  readonly checkEveryMs: number;
  /** Requests for a credential or a revocation under way at once, in this replica. */
  readonly maxUnderWay: number;
  /** TCP connections at once, in this replica. */
  readonly maxConnections: number;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html (read 2026-11-21) */
export const serverLimits: ServerLimits = {
  maxHeaderBytes: 32 * 1024,
  headersTimeoutMs: 5_000,
  receiveTimeoutMs: 10_000,
  keepAliveTimeoutMs: 75_000,
  checkEveryMs: 1_000,
  maxUnderWay: 512,
  maxConnections: 10_000,
};
