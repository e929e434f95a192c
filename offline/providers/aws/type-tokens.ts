/**
 * Resource types the stand-in models, as `module/Class` of `@pulumi/aws`.
 * A type missing here is refused at Check with a message that names this folder.
 */
export const modelledTypes = [
  "bedrock/Guardrail",
  "bedrock/GuardrailVersion",
  "bedrock/InferenceProfile",
  "bedrock/UseCaseForModelAccess",
  "bedrockfoundation/ModelAgreement",
  "bedrockmodel/InvocationLoggingConfiguration",
  "cloudtrail/Trail",
  "cloudwatch/EventRule",
  "cloudwatch/EventTarget",
  "cloudwatch/LogGroup",
  "cloudwatch/LogMetricFilter",
  "cloudwatch/LogResourcePolicy",
  "cloudwatch/MetricAlarm",
  "ec2/DefaultSecurityGroup",
  "ec2/FlowLog",
  "ec2/Route",
  "ec2/RouteTable",
  "ec2/RouteTableAssociation",
  "ec2/SecurityGroup",
  "ec2/Subnet",
  "ec2/Vpc",
  "ec2/VpcEndpoint",
  "ecs/Cluster",
  "ecs/Service",
  "ecs/TaskDefinition",
  "iam/InstanceProfile",
  "iam/OpenIdConnectProvider",
  "iam/Policy",
  "iam/Role",
  "iam/RolePolicy",
  "iam/RolePolicyAttachment",
  "iam/ServiceSpecificCredential",
  "iam/User",
  "iam/UserPolicy",
  "kms/Alias",
  "kms/Key",
  "kms/ReplicaKey",
  "lb/Listener",
  "lb/ListenerRule",
  "lb/LoadBalancer",
  "lb/TargetGroup",
  "lb/TrustStore",
  "memorydb/Acl",
  "memorydb/Cluster",
  "memorydb/ParameterGroup",
  "memorydb/SubnetGroup",
  "memorydb/User",
  "rolesanywhere/Profile",
  "rolesanywhere/TrustAnchor",
  "route53/Record",
  "route53/ResolverEndpoint",
  "route53/Zone",
  "s3/Bucket",
  "s3/BucketLifecycleConfiguration",
  "s3/BucketLogging",
  "s3/BucketObjectLockConfiguration",
  "s3/BucketObjectv2",
  "s3/BucketOwnershipControls",
  "s3/BucketPolicy",
  "s3/BucketPublicAccessBlock",
  "s3/BucketReplicationConfig",
  "s3/BucketServerSideEncryptionConfiguration",
  "s3/BucketVersioning",
  "secretsmanager/Secret",
  "secretsmanager/SecretVersion",
  "sns/Topic",
  "sns/TopicPolicy",
  "ssm/Parameter",
  "ssoadmin/AccountAssignment",
  "ssoadmin/ManagedPolicyAttachment",
  "ssoadmin/PermissionSet",
  "ssoadmin/PermissionSetInlinePolicy",
  "ssoadmin/PermissionsBoundaryAttachment",
  "vpc/SecurityGroupEgressRule",
  "vpc/SecurityGroupIngressRule",
] as const;

/** `module/Class` of a type the stand-in models. */
export type ModelledType = (typeof modelledTypes)[number];

/** File of the class inside its module: `VpcEndpoint` lives in `vpcEndpoint`. */
export function fileNameOf(className: string): string {
  return className.charAt(0).toLowerCase() + className.slice(1);
}

/** Pulumi type token, for example `aws:ec2/vpcEndpoint:VpcEndpoint`. */
export function tokenOf(type: string): string {
  const [module = "", className = ""] = type.split("/");
  return `aws:${module}/${fileNameOf(className)}:${className}`;
}
