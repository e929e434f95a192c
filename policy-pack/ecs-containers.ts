import { arnParts } from "../residency/arn.ts";
import { type EnvironmentFile, environmentFilesOf, setsVariable } from "./ecs-environment-files.ts";
import { judgeRegion, textOf } from "./placement.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";
import { judgeServiceConfig } from "./token-service-config.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Variable a token service reads its configuration from; whatever has it is one. */
const CONFIG = "COWORK_TOKEN_SERVICE_CONFIG";
const PASSWORD = "COWORK_STORE_PASSWORD";

/** Drivers that keep the log on the machine itself. */
const LOCAL_DRIVERS: ReadonlySet<string> = new Set(["json-file", "journald", "local", "none"]);

/** Containers of a task definition: every one is pinned and logs to the zone; a token service is nobody besides. */
export function judgeContainers({ props }: Resource, context: RuleContext): readonly Finding[] {
  const containers = listed(props.containerDefinitions);
  if (containers === undefined) {
    return [undecidable("`containerDefinitions` is no JSON list: what runs cannot be seen")];
  }
  return containers.flatMap((given, index) => {
    const at = `container ${index + 1}`;
    if (!isFields(given)) return [undecidable(`${at} is not an object`)];
    const name = textOf(given.name);
    return judgeContainer(name === undefined ? at : `container "${name}"`, given, context);
  });
}

function judgeContainer(at: string, container: Fields, context: RuleContext): readonly Finding[] {
  const files = environmentFilesOf(container.environmentFiles, context);
  const isTokenService =
    variableOf(container, CONFIG) !== undefined ||
    secretNames(container).includes(CONFIG) ||
    files.some((file) => setsVariable(file, CONFIG)) ||
    isServiceImage(container.image);
  return [
    ...judgeImage(at, container.image),
    ...judgeLog(at, container.logConfiguration, isTokenService, context),
    ...judgeSecrets(at, container.secrets, context),
    ...(isTokenService ? judgeTokenService(at, container, files, context) : []),
  ];
}

function judgeImage(at: string, image: unknown): readonly Finding[] {
  const text = textOf(image);
  if (text === undefined) return [undecidable(`${at}: \`image\` is absent`)];
  return /@sha256:[0-9a-f]{64}$/.test(text)
    ? []
    : [fail(`${at}: \`image\` ${text} is not pinned by digest: another may run under its name`)];
}

function judgeLog(
  at: string,
  configuration: unknown,
  isTokenService: boolean,
  { zone }: RuleContext,
): readonly Finding[] {
  if (configuration === undefined || configuration === null) {
    return isTokenService
      ? [fail(`${at}: \`logConfiguration\` is absent: audit events would be lost`)]
      : [];
  }
  if (!isFields(configuration)) return [undecidable(`${at}: \`logConfiguration\` is no object`)];
  const driver = textOf(configuration.logDriver);
  const options = isFields(configuration.options) ? configuration.options : {};
  if (driver === undefined) return [undecidable(`${at}: \`logDriver\` is absent`)];
  if (LOCAL_DRIVERS.has(driver)) {
    return isTokenService
      ? [fail(`${at}: \`logDriver\` is ${driver}: audit events would end with the machine`)]
      : [];
  }
  if (driver !== "awslogs") {
    return [undecidable(`${at}: \`logDriver\` is ${driver}: where the log goes cannot be seen`)];
  }
  const endpoint = options["awslogs-endpoint"];
  if (endpoint !== undefined) {
    return [undecidable(`${at}: \`awslogs-endpoint\` ${endpoint}: where it is cannot be seen`)];
  }
  const region = textOf(options["awslogs-region"]);
  return region === undefined
    ? [undecidable(`${at}: \`awslogs-region\` is absent: where the log rests cannot be seen`)]
    : judgeRegion(zone, region, `${at}: \`awslogs-region\``);
}

/** A secret without an ARN is a parameter of the own region. */
function judgeSecrets(at: string, secrets: unknown, { zone }: RuleContext): readonly Finding[] {
  if (secrets === undefined || secrets === null) return [];
  if (!Array.isArray(secrets)) return [undecidable(`${at}: \`secrets\` is no list`)];
  return secrets.flatMap((secret: unknown) => {
    const from = isFields(secret) ? textOf(secret.valueFrom) : undefined;
    if (from === undefined) return [undecidable(`${at}: a secret has no \`valueFrom\``)];
    const region = arnParts(from)?.region ?? "";
    return region === "" ? [] : judgeRegion(zone, region, `${at}: the region of secret ${from}`);
  });
}

function judgeTokenService(
  at: string,
  container: Fields,
  files: readonly EnvironmentFile[],
  context: RuleContext,
): readonly Finding[] {
  const user = container.user;
  const findings: Finding[] = [];
  if (user === undefined || /^(0+|root)(:|$)/.test(String(user))) {
    const who = user ?? "absent (the image decides)";
    findings.push(fail(`${at}: \`user\` is ${who}: it may run as root`));
  }
  if (container.privileged === true) findings.push(fail(`${at}: \`privileged\` is true`));
  if (container.readonlyRootFilesystem !== true) {
    const value = container.readonlyRootFilesystem ?? "absent (the default is false)";
    findings.push(fail(`${at}: \`readonlyRootFilesystem\` is ${value}, not true`));
  }
  const added = addedCapabilities(container.linuxParameters);
  if (added.length > 0) {
    findings.push(fail(`${at}: \`capabilities.add\` gives it ${added.join(", ")}`));
  }
  if (variableOf(container, PASSWORD) !== undefined) {
    findings.push(fail(`${at}: ${PASSWORD} stands in \`environment\`, in clear`));
  }
  for (const { name } of files) {
    // The service takes NODE_OPTIONS like every program of Node: https://nodejs.org/api/cli.html#node_optionsoptions (2026-11-21)
    const says = `environment file ${name} may set any variable, NODE_OPTIONS included: whoever may write to it runs code in the service; name each variable in \`environment\` or \`secrets\``;
    findings.push(fail(`${at}: ${says}`));
  }
  for (const name of secretNames(container)) {
    if (textOf(name)?.startsWith("COWORK_")) continue;
    const says = `\`secrets\` sets ${name ?? "a variable without a name"}, which is none of the service's own: whoever may write its value decides what runs`;
    findings.push(fail(`${at}: ${says}`));
  }
  return [...findings, ...judgeConfigOf(at, container, context)];
}

/** What stands in the task definition itself: nobody changes it without a new one. */
function judgeConfigOf(at: string, container: Fields, context: RuleContext): readonly Finding[] {
  const written = variableOf(container, CONFIG);
  return written === undefined && secretNames(container).includes(CONFIG)
    ? [undecidable(`${at}: ${CONFIG} comes from \`secrets\`: what it says cannot be seen`)]
    : judgeServiceConfig(at, written, context);
}

function addedCapabilities(parameters: unknown): readonly string[] {
  const capabilities = isFields(parameters) ? parameters.capabilities : undefined;
  const add = isFields(capabilities) ? capabilities.add : undefined;
  return Array.isArray(add) ? add.map(String) : [];
}

/** `.../token-service`, `cowork-token-service:1`, `...@sha256:...` */
function isServiceImage(image: unknown): boolean {
  return /(?:^|[/-])token-service(?:[:@]|$)/.test(textOf(image) ?? "");
}

/** Value of a variable; `undefined` when there is none of that name. */
function variableOf({ environment }: Fields, name: string): unknown {
  if (!Array.isArray(environment)) return undefined;
  const found: unknown = environment.find((one: unknown) => isFields(one) && one.name === name);
  return isFields(found) ? (found.value ?? "") : undefined;
}

function secretNames({ secrets }: Fields): readonly unknown[] {
  return Array.isArray(secrets)
    ? secrets.map((one: unknown) => (isFields(one) ? one.name : undefined))
    : [];
}

function listed(given: unknown): readonly unknown[] | undefined {
  if (typeof given !== "string") return undefined;
  try {
    const read: unknown = JSON.parse(given);
    return Array.isArray(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
