import { type Around, judgeConfiguration, readsFile, servesOf } from "./cloud-run-configuration.ts";
import { textOf } from "./placement.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";
import { orNotProven } from "./unknown.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Variable a token service reads its configuration from; whatever has it is one. */
const CONFIG = "COWORK_TOKEN_SERVICE_CONFIG";
const PASSWORD = "COWORK_STORE_PASSWORD";
const INSIDE_ONLY = "INGRESS_TRAFFIC_INTERNAL_ONLY";
const OPEN = "INGRESS_TRAFFIC_ALL";

/**
 * A Cloud Run service: none is open to the internet without a check of who calls, and a token service is reached
 * through its load balancer only, pinned, under a key and an account of its own.
 * @see https://docs.cloud.google.com/run/docs/securing/ingress (looked up 2026-11-21)
 */
export function judgeCloudRun(resource: Resource, context: RuleContext): readonly Finding[] {
  const { props } = resource;
  const [template, unreadable] = readTemplate(resource);
  if (template === undefined) return [...judgeOpenDoor(resource), ...unreadable];
  const containers = containersOf(template);
  const serves = servesOf(template) !== undefined || containers.some(isTokenService);
  const unclear = serves ? [] : containers.flatMap(cannotBeSeen);
  if (!serves) return [...judgeOpenDoor(resource), ...unclear];
  const around: Around = { resource, template, context };
  const named = containers.filter(isTokenService);
  // One that is known by its annotation alone is the container that reads a file.
  const serving =
    named.length > 0 ? named : containers.filter((one) => !isFinding(one) && readsFile(one));
  return [
    ...orNotProven(() => {
      const { ingress } = props;
      if (ingress === INSIDE_ONLY) return [];
      const is = ingress ?? `absent (the default is ${OPEN})`;
      return [fail(`\`ingress\` is ${is}, not ${INSIDE_ONLY}: the internet may be led to it`)];
    }),
    ...orNotProven(() =>
      props.defaultUriDisabled === true
        ? []
        : [
            fail(
              `\`defaultUriDisabled\` is ${props.defaultUriDisabled ?? "absent (the default is false)"}: other machines reach it past its load balancer, with a certificate header of their own`,
            ),
          ],
    ),
    ...judgeAccount(template),
    ...orNotProven(() =>
      textOf(template.encryptionKey) === undefined
        ? [fail("`template.encryptionKey` is absent: what it holds is under a key of Google's")]
        : [],
    ),
    ...judgeEgress(template),
    ...containers.flatMap((container, index) =>
      isFinding(container)
        ? [container]
        : judgeContainer(container, index, serving.includes(container), around),
    ),
    ...(serving.length === 0 && !containers.some(isFinding)
      ? [undecidable("no container reads the configuration its annotation speaks of")]
      : []),
  ];
}

/** What holds for every service: the internet and no check of who calls do not go together. */
function judgeOpenDoor({ props }: Resource): readonly Finding[] {
  return orNotProven(() => {
    if (props.invokerIamDisabled !== true) return [];
    const { ingress } = props;
    if (ingress !== undefined && ingress !== OPEN) return [];
    const is = ingress ?? `absent (the default is ${OPEN})`;
    return [
      fail(
        `\`ingress\` is ${is} and \`invokerIamDisabled\` true: the internet calls it, and nobody asks who`,
      ),
    ];
  });
}

function readTemplate({
  props,
}: Resource): readonly [template: Fields | undefined, findings: readonly Finding[]] {
  let template: Fields | undefined;
  const findings = orNotProven(() => {
    if (isFields(props.template)) template = props.template;
    return template === undefined
      ? [undecidable("`template` is absent: what runs is not seen")]
      : [];
  });
  return [template, findings];
}

/** One that is not known yet has no fields anybody could read. */
function containersOf(template: Fields): readonly (Fields | Finding)[] {
  const found: (Fields | Finding)[] = [];
  const hidden = orNotProven(() => {
    const { containers } = template;
    if (!Array.isArray(containers)) return [undecidable("`template.containers` is no list")];
    for (let index = 0; index < containers.length; index += 1) {
      found.push(
        ...orNotProven(() => {
          const one: unknown = containers[index];
          if (isFields(one)) found.push(one);
          return isFields(one) ? [] : [undecidable(`container ${index + 1} is not an object`)];
        }),
      );
    }
    return [];
  });
  return [...found, ...hidden];
}

function isTokenService(container: Fields | Finding): boolean {
  if (isFinding(container)) return false;
  let serves = false;
  orNotProven(() => {
    serves = /(?:^|[/-])token-service(?:[:@]|$)/.test(textOf(container.image) ?? "");
    return [];
  });
  return serves || variablesOf(container).some(({ name }) => name === CONFIG);
}

/** Why it is not known whether a container is a token service; nothing when that is known. */
function cannotBeSeen(container: Fields | Finding, index: number): readonly Finding[] {
  if (isFinding(container)) return [container];
  return variablesOf(container).flatMap(({ hidden }) =>
    hidden.map((finding) => ({
      ...finding,
      message: `container ${index + 1}: ${finding.message}`,
    })),
  );
}

interface Variable {
  readonly name: string | undefined;
  readonly fields: Fields;
  /** Why its name is not seen. */
  readonly hidden: readonly Finding[];
}

function variablesOf(container: Fields): readonly Variable[] {
  const variables: Variable[] = [];
  const whole = orNotProven(() => {
    const { envs } = container;
    if (!Array.isArray(envs)) return [];
    for (let index = 0; index < envs.length; index += 1) {
      let fields: Fields = {};
      let name: string | undefined;
      const hidden = orNotProven(() => {
        const one: unknown = envs[index];
        if (isFields(one)) {
          fields = one;
          name = textOf(one.name);
        }
        return [];
      });
      variables.push({ name, fields, hidden });
    }
    return [];
  });
  return whole.length === 0 ? variables : [{ name: undefined, fields: {}, hidden: whole }];
}

/** @see https://docs.cloud.google.com/run/docs/securing/service-identity (looked up 2026-11-21) */
function judgeAccount(template: Fields): readonly Finding[] {
  return orNotProven(() => {
    const account = textOf(template.serviceAccount);
    const shared = "an account other workloads share";
    if (account === undefined) {
      return [
        fail(`\`template.serviceAccount\` is absent (the default is Compute Engine's): ${shared}`),
      ];
    }
    return /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/.test(account)
      ? [fail(`\`template.serviceAccount\` is ${account}: ${shared}`)]
      : [];
  });
}

function judgeEgress(template: Fields): readonly Finding[] {
  return orNotProven(() => {
    const access = isFields(template.vpcAccess) ? template.vpcAccess : {};
    const egress = textOf(access.egress);
    if (egress === "ALL_TRAFFIC") return [];
    const is = egress ?? "absent (the default is PRIVATE_RANGES_ONLY)";
    return [
      fail(`\`template.vpcAccess.egress\` is ${is}: it reaches the internet past the network`),
    ];
  });
}

function judgeContainer(
  container: Fields,
  index: number,
  serves: boolean,
  around: Around,
): readonly Finding[] {
  const at = `container ${index + 1}`;
  const variables = variablesOf(container);
  const config = variables.find(({ name }) => name === CONFIG);
  const password = variables.find(({ name }) => name === PASSWORD);
  return [
    ...orNotProven(() => judgeImage(at, container.image)),
    ...(serves ? orNotProven(() => judgeConfiguration(at, container, config?.fields, around)) : []),
    ...(password === undefined
      ? []
      : orNotProven(() =>
          password.fields.value === undefined
            ? []
            : [fail(`${at}: ${PASSWORD} stands in \`envs\`, in clear`)],
        )),
  ];
}

function judgeImage(at: string, image: unknown): readonly Finding[] {
  const text = textOf(image);
  if (text === undefined) return [undecidable(`${at}: \`image\` is absent`)];
  return /@sha256:[0-9a-f]{64}$/.test(text)
    ? []
    : [fail(`${at}: \`image\` ${text} is not pinned by digest: another may run under its name`)];
}

function isFinding(value: Fields | Finding): value is Finding {
  return typeof value.status === "string" && typeof value.message === "string";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
