import type { TokenServiceArgs } from "../../shared/token-service.ts";

/** Where instances, load balancer and store stand: subnetworks of the service's own in the route's network. */
export interface ServiceNetwork {
  /** Required. `projects/P/global/networks/N` of the service's own project. */
  readonly network: string;
  /**
   * Required. IPv4 block of the service's subnetwork, /26 or wider: the load balancer's and the store's address,
   * and two addresses for each instance.
   */
  readonly subnetCidr: string;
  readonly proxies:
    | {
        readonly kind: "create";
        /** Required. IPv4 block of the proxy-only subnetwork, /26 or wider. */
        readonly cidr: string;
      }
    /** The network has an active proxy-only subnetwork in the region; a second one is not possible. */
    | { readonly kind: "existing" };
  /**
   * Optional. Whether the network leads to restricted.googleapis.com already, by route and by DNS. Default: false;
   * a route and a private zone for each host the service calls are created.
   */
  readonly googleApisExist?: boolean | undefined;
}

/** What all replicas share. */
export type ServiceStore =
  | {
      /** Memorystore for Valkey, written to disk before it answers. IAM signs in; no password exists. */
      readonly kind: "create";
      /** Optional. Default: `STANDARD_SMALL`. */
      readonly nodeType?: string | undefined;
      /**
       * Optional. Whether the network lets Memorystore in already in this region; it takes one policy for that, which
       * has to name a subnetwork with room. Default: false; one is created.
       */
      readonly connectionPolicyExists?: boolean | undefined;
    }
  | {
      /** A store of the company's own in the zone. */
      readonly kind: "existing";
      /** Required. `rediss://host:port`, without user and password. */
      readonly url: string;
      /** Required. IPv4 blocks the host answers from. */
      readonly cidrs: readonly string[];
      /** Required. `projects/P/secrets/S`: a secret that holds the password and nothing else. */
      readonly passwordSecret: string;
      /** Optional. Name to sign in with. Default: the store's default user. */
      readonly userName?: string | undefined;
    };

/** Arguments of `TokenService` at Google. */
export interface GoogleTokenServiceArgs extends TokenServiceArgs {
  /** Required. Project of everything below. Plain, as all that names and decides things. */
  readonly projectId: string;
  /** Required. Region of everything below: the route's data region. */
  readonly region: string;
  /** Required. */
  readonly network: ServiceNetwork;
  /**
   * Required. Certificate of `host` in the region: `projects/P/locations/R/certificates/C` of Certificate Manager, or
   * `projects/P/regions/R/sslCertificates/C`.
   */
  readonly certificate: string;
  /** Required. The route's key: what rests of service, store and log is under it. */
  readonly key: string;
  /** Required. Accounts whose tokens the service gives out; empty where every route exchanges a person's own. */
  readonly callers: readonly string[];
  /** Optional. Default: one is created. */
  readonly store?: ServiceStore | undefined;
  /** Optional. Most instances under load. Default: twice `replicas`. */
  readonly maxReplicas?: number | undefined;
  /**
   * Optional. Policy of Binary Authorization the image has to pass, `projects/P/platforms/cloudRun/policies/N`, or
   * `project-default`. Default: none; the digest alone says what runs.
   */
  readonly binaryAuthorization?: string | undefined;
  /** Optional. Whether service and store resist `destroy`. Default: true. */
  readonly deletionProtection?: boolean | undefined;
}
