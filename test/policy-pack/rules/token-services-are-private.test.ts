import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const balancer = (props: Record<string, unknown>) => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  props,
});
const listener = (props: Record<string, unknown>) => ({
  type: "aws:lb/listener:Listener",
  props: {
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    ...props,
  },
});
const service = (props: Record<string, unknown>) => ({ type: "aws:ecs/service:Service", props });

describe("load balancers", () => {
  it.each([{ internal: true }, { internal: "true" }, { loadBalancerType: "gateway" }])(
    "pass as %j",
    async (props) => {
      expect(await reportsOf(rule, balancer(props))).toEqual([]);
    },
  );

  it.each([
    { props: { internal: false }, value: "false" },
    { props: {}, value: "absent (the default is false)" },
  ])("are refused with internal $value", async ({ props, value }) => {
    expect(await reportsOf(rule, balancer(props))).toEqual([
      `blocks: \`internal\` is ${value}: the load balancer is open to the internet`,
    ]);
  });

  it.each([
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:elb/loadBalancer:LoadBalancer",
    "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
  ])("are judged as %s too", async (type) => {
    expect(await reportsOf(rule, { type, props: {} })).toHaveLength(1);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up: `internal` is not known yet" },
    { phase: "up", says: "blocks: undecidable: `internal` is not known yet" },
  ] as const)("are not taken for internal while that is unknown, at $phase", async (run) => {
    expect(await reportsOf(rule, balancer({ internal: unknownText }), run)).toEqual([run.says]);
  });
});

describe("listeners", () => {
  it.each([
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10",
  ])("pass with %s", async (sslPolicy) => {
    expect(await reportsOf(rule, listener({ sslPolicy }))).toEqual([]);
  });

  it.each([
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-FS-1-1-2019-08",
  ])("are refused with %s", async (sslPolicy) => {
    expect(await reportsOf(rule, listener({ sslPolicy }))).toEqual([
      `blocks: \`sslPolicy\` is ${sslPolicy}: it takes what is older than TLS 1.2`,
    ]);
  });

  it("are refused without a policy, because AWS's own takes TLS 1.0", async () => {
    expect(await reportsOf(rule, listener({ sslPolicy: undefined }))).toEqual([
      "blocks: `sslPolicy` is absent: the default takes TLS 1.0",
    ]);
  });

  it.each([
    { protocol: "HTTP", value: "HTTP" },
    { protocol: undefined, value: "absent (the default is HTTP)" },
  ])("are refused in clear (protocol $value)", async ({ protocol, value }) => {
    const actions = { defaultActions: [{ type: "forward" }] };
    expect(await reportsOf(rule, listener({ protocol, ...actions }))).toEqual([
      `blocks: \`protocol\` is ${value}: tokens would pass in clear`,
    ]);
  });

  it("may send plain HTTP on to HTTPS", async () => {
    const redirect = { protocol: "HTTP", defaultActions: [{ type: "redirect" }] };
    expect(await reportsOf(rule, listener(redirect))).toEqual([]);
    const both = { ...redirect, defaultActions: [{ type: "redirect" }, { type: "forward" }] };
    expect(await reportsOf(rule, listener(both))).toHaveLength(1);
    expect(await reportsOf(rule, listener({ ...redirect, defaultActions: [] }))).toHaveLength(1);
  });

  it("are refused when certificates that ended still sign in", async () => {
    const mutualAuthentication = { mode: "verify", ignoreClientCertificateExpiry: true };
    expect(await reportsOf(rule, listener({ mutualAuthentication }))).toEqual([
      "blocks: `mutualAuthentication.ignoreClientCertificateExpiry` is true: certificates that ended still sign in",
    ]);
  });

  it("show one fault beside a value that is not known yet", async () => {
    const props = {
      sslPolicy: unknownText,
      mutualAuthentication: { mode: "verify", ignoreClientCertificateExpiry: true },
    };
    expect(await reportsOf(rule, listener(props))).toEqual([
      "advises: not proven, decided at up: `sslPolicy` is not known yet",
      "blocks: `mutualAuthentication.ignoreClientCertificateExpiry` is true: certificates that ended still sign in",
    ]);
  });
});

describe("tasks", () => {
  it("pass without a public address", async () => {
    expect(await reportsOf(rule, service({}))).toEqual([]);
    expect(
      await reportsOf(rule, service({ networkConfiguration: { assignPublicIp: false } })),
    ).toEqual([]);
  });

  it.each([true, "true"])("are refused with one (%j)", async (assignPublicIp) => {
    expect(await reportsOf(rule, service({ networkConfiguration: { assignPublicIp } }))).toEqual([
      "blocks: `networkConfiguration.assignPublicIp` is true: the tasks have public addresses",
    ]);
  });

  it("are judged in a task set too", async () => {
    const networkConfiguration = { assignPublicIp: true };
    const type = "aws:ecs/taskSet:TaskSet";
    expect(await reportsOf(rule, { type, props: { networkConfiguration } })).toHaveLength(1);
  });

  it("are refused with a shell", async () => {
    expect(await reportsOf(rule, service({ enableExecuteCommand: true }))).toEqual([
      "blocks: `enableExecuteCommand` is true: whoever may run commands in a task acts as its role",
    ]);
  });

  it("cannot be judged where a type makes what no program sees", async () => {
    const type = "aws:ecs/expressGatewayService:ExpressGatewayService";
    expect(await reportsOf(rule, { type, props: {} })).toEqual([
      "blocks: undecidable: makes tasks and a load balancer that are not part of the stack",
    ]);
  });
});

describe("stores", () => {
  const cluster = (props: Record<string, unknown>) => ({
    type: "aws:memorydb/cluster:Cluster",
    props: { aclName: "tokens", ...props },
  });

  it("pass with TLS, which is MemoryDB's default", async () => {
    expect(await reportsOf(rule, cluster({}))).toEqual([]);
    expect(await reportsOf(rule, cluster({ tlsEnabled: true }))).toEqual([]);
  });

  it.each([
    [cluster({ tlsEnabled: false }), "blocks: `tlsEnabled` is false, not true"],
    [
      cluster({ aclName: "open-access" }),
      "blocks: `aclName` is open-access: whoever reaches the store needs no password",
    ],
    [
      cluster({ multiRegionClusterName: "world" }),
      "blocks: undecidable: `multiRegionClusterName` copies the store to regions this does not say",
    ],
    [
      {
        type: "aws:memorydb/user:User",
        props: { authenticationMode: { type: "no-password-required" } },
      },
      "blocks: `authenticationMode.type` is no-password-required: whoever reaches the store signs in",
    ],
    [
      { type: "aws:memorydb/user:User", props: {} },
      "blocks: undecidable: `authenticationMode.type` is absent: how it signs in cannot be seen",
    ],
    [
      {
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
        props: { atRestEncryptionEnabled: true },
      },
      "blocks: `transitEncryptionEnabled` is absent (the default is false), not true",
    ],
    [
      {
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
        props: { transitEncryptionEnabled: true, atRestEncryptionEnabled: "false" },
      },
      "blocks: `atRestEncryptionEnabled` is false, not true",
    ],
    [
      { type: "aws:elasticache/cluster:Cluster", props: {} },
      "blocks: `transitEncryptionEnabled` is absent (the default is false), not true",
    ],
  ])("are refused: %j", async (candidate, says) => {
    expect(await reportsOf(rule, candidate)).toEqual([says]);
  });

  it("are judged once where they are part of a group", async () => {
    const type = "aws:elasticache/cluster:Cluster";
    expect(await reportsOf(rule, { type, props: { replicationGroupId: "g" } })).toEqual([]);
  });
});
