import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/aws/type-tokens.ts";
import { type Row, tokenServiceRows } from "./token-service-rows.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = awsModel();
const config = { region: "eu-central-1", allowedAccountIds: '["111122223333"]' };
const instanceArn = "arn:aws:sso:::instance/ssoins-1";
const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/mrk-1";
const guardrailArn = "arn:aws:bedrock:eu-central-1:111122223333:guardrail/g1";
const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const topicArn = "arn:aws:sns:eu-central-1:111122223333:alarms";
const ec2 = "arn:aws:ec2:eu-central-1:111122223333";
const metricTransformation = { name: "n", namespace: "s", value: "1" };
const principalId = "906757b1-d3c8-4d8e-9b4c-2f3a1b2c3d4e";
const text = '{"Version":"2012-10-17","Statement":[]}';

/** What a program gives at least; then the id, and the ARN or what else tells the resource. */
const table: Record<string, Row> = {
  ...tokenServiceRows,
  "bedrock/Guardrail": [
    { name: "g", blockedInputMessaging: "no", blockedOutputsMessaging: "no" },
    /^[0-9a-f]{12}$/,
    { guardrailArn: "arn:aws:bedrock:eu-central-1:111122223333:guardrail/{id}", version: "DRAFT" },
  ],
  "bedrock/GuardrailVersion": [{ guardrailArn }, `${guardrailArn},1`, { version: "1" }],
  "bedrock/InferenceProfile": [
    { name: "p" },
    /^[0-9a-f]{12}$/,
    {
      arn: "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/{id}",
      status: "ACTIVE",
    },
  ],
  "bedrock/UseCaseForModelAccess": [{ formData: "{}" }, "111122223333", {}],
  "bedrockfoundation/ModelAgreement": [{ modelId: "m", offerToken: "t" }, "m", {}],
  "bedrockmodel/InvocationLoggingConfiguration": [
    { loggingConfig: {} },
    "eu-central-1",
    { region: "eu-central-1" },
  ],
  "cloudtrail/Trail": [
    { name: "trail", s3BucketName: "logs" },
    "arn:aws:cloudtrail:eu-central-1:111122223333:trail/trail",
    { arn: "{id}", homeRegion: "eu-central-1" },
  ],
  "cloudwatch/EventRule": [
    { name: "rule", scheduleExpression: "rate(1 day)" },
    "rule",
    { arn: "arn:aws:events:eu-central-1:111122223333:rule/rule" },
  ],
  "cloudwatch/EventTarget": [{ rule: "rule", arn: topicArn, targetId: "t" }, "rule-t", {}],
  "cloudwatch/LogGroup": [
    { name: "/cowork/eu" },
    "/cowork/eu",
    { arn: "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/eu" },
  ],
  "cloudwatch/LogMetricFilter": [
    { name: "f", logGroupName: "/cowork/eu", pattern: "", metricTransformation },
    "f",
    {},
  ],
  "cloudwatch/LogResourcePolicy": [{ policyName: "p", policyDocument: text }, "p", {}],
  "cloudwatch/MetricAlarm": [
    { name: "a", comparisonOperator: "LessThanThreshold", evaluationPeriods: 1 },
    "a",
    { arn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a" },
  ],
  "ec2/DefaultSecurityGroup": [{ vpcId: "vpc-1" }, /^sg-[0-9a-f]{17}$/, { name: "default" }],
  "ec2/FlowLog": [{ vpcId: "vpc-1" }, /^fl-[0-9a-f]{17}$/, { arn: `${ec2}:vpc-flow-log/{id}` }],
  "ec2/Route": [
    { routeTableId: "rtb-1", destinationCidrBlock: "10.0.0.0/8", gatewayId: "vgw-1" },
    /^r-rtb-1[0-9a-f]{10}$/,
    { state: "active" },
  ],
  "ec2/RouteTable": [
    { vpcId: "vpc-1" },
    /^rtb-[0-9a-f]{17}$/,
    { arn: `${ec2}:route-table/{id}`, ownerId: "111122223333" },
  ],
  "ec2/RouteTableAssociation": [
    { routeTableId: "rtb-1", subnetId: "subnet-1" },
    /^rtbassoc-[0-9a-f]{17}$/,
    {},
  ],
  "ec2/SecurityGroup": [
    { name: "laptops", vpcId: "vpc-1" },
    /^sg-[0-9a-f]{17}$/,
    { arn: `${ec2}:security-group/{id}` },
  ],
  "ec2/Subnet": [
    { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" },
    /^subnet-[0-9a-f]{17}$/,
    {
      arn: `${ec2}:subnet/{id}`,
      availabilityZone: "eu-central-1a",
    },
  ],
  "ec2/Vpc": [{ cidrBlock: "10.0.0.0/16" }, /^vpc-[0-9a-f]{17}$/, { arn: `${ec2}:vpc/{id}` }],
  "ec2/VpcEndpoint": [
    { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.bedrock-runtime" },
    /^vpce-[0-9a-f]{17}$/,
    { arn: `${ec2}:vpc-endpoint/{id}`, state: "available" },
  ],
  "iam/InstanceProfile": [
    { name: "i", path: "/" },
    "i",
    { arn: "arn:aws:iam::111122223333:instance-profile/i" },
  ],
  "iam/OpenIdConnectProvider": [
    { url: "https://login.example/tenant", clientIdLists: ["a"] },
    "arn:aws:iam::111122223333:oidc-provider/login.example/tenant",
    { arn: "{id}" },
  ],
  "iam/Policy": [
    { name: "p", path: "/cowork/", policy: text },
    "arn:aws:iam::111122223333:policy/cowork/p",
    { arn: "{id}" },
  ],
  "iam/Role": [
    { name: "r", path: "/cowork/", assumeRolePolicy: text },
    "r",
    { arn: "arn:aws:iam::111122223333:role/cowork/r" },
  ],
  "iam/RolePolicy": [{ name: "p", role: "r", policy: text }, "r:p", {}],
  "iam/RolePolicyAttachment": [{ role: "r", policyArn }, `r/${policyArn}`, {}],
  "iam/ServiceSpecificCredential": [
    { serviceName: "bedrock.amazonaws.com", userName: "u" },
    /^bedrock\.amazonaws\.com:u:ACCA[A-Z2-7]{17}$/,
    { serviceUserName: "u-at-111122223333" },
  ],
  "iam/User": [{ name: "u", path: "/" }, "u", { arn: "arn:aws:iam::111122223333:user/u" }],
  "iam/UserPolicy": [{ name: "p", user: "u", policy: text }, "u:p", {}],
  "kms/Alias": [
    { name: "alias/cowork", targetKeyId: keyArn },
    "alias/cowork",
    {
      arn: "arn:aws:kms:eu-central-1:111122223333:alias/cowork",
      targetKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/mrk-1",
    },
  ],
  "kms/Key": [
    {},
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    { arn: "arn:aws:kms:eu-central-1:111122223333:key/{id}", keyId: "{id}" },
  ],
  "kms/ReplicaKey": [
    { primaryKeyArn: keyArn.replace("eu-central-1", "us-east-1") },
    "mrk-1",
    { arn: "arn:aws:kms:eu-central-1:111122223333:key/mrk-1" },
  ],
  "rolesanywhere/Profile": [
    { name: "p", roleArns: [] },
    /^[0-9a-f-]{36}$/,
    { arn: "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/{id}" },
  ],
  "rolesanywhere/TrustAnchor": [
    { name: "t", source: { sourceType: "CERTIFICATE_BUNDLE", sourceData: {} } },
    /^[0-9a-f-]{36}$/,
    { arn: "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/{id}" },
  ],
  "route53/Record": [
    { zoneId: "Z1", name: "a.example", type: "A", ttl: 60, records: ["10.0.0.1"] },
    "Z1_a.example_A",
    { fqdn: "a.example" },
  ],
  "route53/ResolverEndpoint": [
    {
      direction: "INBOUND",
      securityGroupIds: ["sg-1"],
      ipAddresses: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }],
    },
    /^rslvr-in-[0-9a-f]{17}$/,
    { arn: "arn:aws:route53resolver:eu-central-1:111122223333:resolver-endpoint/{id}" },
  ],
  "route53/Zone": [
    { name: "cowork.example" },
    /^Z[A-Z2-7]{19}$/,
    { arn: "arn:aws:route53:::hostedzone/{id}", zoneId: "{id}" },
  ],
  "s3/Bucket": [
    { bucket: "logs" },
    "logs",
    {
      arn: "arn:aws:s3:::logs",
      bucketRegionalDomainName: "logs.s3.eu-central-1.amazonaws.com",
    },
  ],
  "s3/BucketLifecycleConfiguration": [{ bucket: "logs", rules: [] }, "logs", {}],
  "s3/BucketLogging": [{ bucket: "logs", targetBucket: "t", targetPrefix: "p" }, "logs", {}],
  "s3/BucketObjectLockConfiguration": [{ bucket: "logs" }, "logs", {}],
  "s3/BucketOwnershipControls": [
    { bucket: "logs", rule: { objectOwnership: "ObjectWriter" } },
    "logs",
    {},
  ],
  "s3/BucketPolicy": [{ bucket: "logs", policy: text }, "logs", { policy: text }],
  "s3/BucketPublicAccessBlock": [{ bucket: "logs" }, "logs", {}],
  "s3/BucketReplicationConfig": [
    { bucket: "logs", role: "arn:aws:iam::111122223333:role/r", rules: [] },
    "logs",
    {},
  ],
  "s3/BucketServerSideEncryptionConfiguration": [{ bucket: "logs", rules: [] }, "logs", {}],
  "s3/BucketVersioning": [
    { bucket: "logs", versioningConfiguration: { status: "Enabled" } },
    "logs",
    {},
  ],
  "sns/Topic": [{ name: "alarms" }, topicArn, { arn: "{id}", owner: "111122223333" }],
  "sns/TopicPolicy": [{ arn: topicArn, policy: text }, topicArn, { owner: "111122223333" }],
  "ssoadmin/AccountAssignment": [
    {
      instanceArn,
      permissionSetArn,
      principalId,
      principalType: "GROUP",
      targetId: "111122223333",
      targetType: "AWS_ACCOUNT",
    },
    `${principalId},GROUP,111122223333,AWS_ACCOUNT,${permissionSetArn},${instanceArn}`,
    {},
  ],
  "ssoadmin/ManagedPolicyAttachment": [
    { instanceArn, permissionSetArn, managedPolicyArn: policyArn },
    `${policyArn},${permissionSetArn},${instanceArn}`,
    { managedPolicyName: "ReadOnlyAccess" },
  ],
  "ssoadmin/PermissionSet": [
    { name: "p", instanceArn },
    /^arn:aws:sso:::permissionSet\/ssoins-1\/ps-[0-9a-f]{16},arn:aws:sso:::instance\/ssoins-1$/,
    {},
  ],
  "ssoadmin/PermissionSetInlinePolicy": [
    { instanceArn, permissionSetArn, inlinePolicy: text },
    `${permissionSetArn},${instanceArn}`,
    {},
  ],
  "ssoadmin/PermissionsBoundaryAttachment": [
    { instanceArn, permissionSetArn, permissionsBoundary: { managedPolicyArn: policyArn } },
    `${permissionSetArn},${instanceArn}`,
    {},
  ],
  "vpc/SecurityGroupEgressRule": [
    { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" },
    /^sgr-[0-9a-f]{17}$/,
    { arn: `${ec2}:security-group-rule/{id}` },
  ],
  "vpc/SecurityGroupIngressRule": [
    { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" },
    /^sgr-[0-9a-f]{17}$/,
    { arn: `${ec2}:security-group-rule/{id}` },
  ],
};

function targetOf(type: string) {
  const token = tokenOf(type);
  return { urn: `urn:pulumi:eu::p::${token}::it`, type: token };
}

describe("every modelled type", () => {
  it("has a row in this table", () => {
    expect(Object.keys(table).sort()).toEqual([...modelledTypes].sort());
  });

  it.each(Object.entries(table))("%s is accepted, and exists with nothing unknown", (type, row) => {
    const [given, wantedId, wanted] = row;
    const target = targetOf(type);
    const { inputs, failures } = model.check(target, {}, given, config);
    expect(failures).toEqual([]);
    const { id, outputs } = model.create(target, inputs, config);
    expect(id).toMatch(wantedId instanceof RegExp ? wantedId : literally(wantedId));
    expect(outputs).toMatchObject(
      Object.fromEntries(
        Object.entries(wanted).map(([name, value]) => [name, value.replace("{id}", id)]),
      ),
    );
    expect(JSON.stringify({ id, outputs })).not.toContain(unknown);
    expect(JSON.stringify({ id, outputs })).not.toMatch(/undefined|(?<!\$)\{[a-z]/i);
    expect(model.create(target, inputs, config)).toEqual({ id, outputs });
  });

  it.each(Object.entries(table))("%s echoes its inputs in a preview", (type, [given]) => {
    const target = targetOf(type);
    const { inputs } = model.check(target, {}, given, config);
    const outputs = model.previewCreate(target, inputs, config);
    const created = model.create(target, inputs, config).outputs;
    for (const name of Object.keys(outputs))
      expect([unknown, created[name]]).toContainEqual(outputs[name]);
    for (const name of Object.keys(given)) expect(outputs[name]).toEqual(given[name]);
  });
});

function literally(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
