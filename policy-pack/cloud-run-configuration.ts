import { textOf } from "./placement.ts";
import { type Finding, type Resource, type RuleContext, undecidable } from "./rule.ts";
import { judgeServiceConfig } from "./token-service-config.ts";
import { isUnknownRead, notProvenBecause, orNotProven } from "./unknown.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Annotation in which a token service says what it serves, while the secret that says it cannot be seen yet. */
const SERVES = "cowork.token-service.serves";
const VERSIONS: ReadonlySet<string> = new Set(["gcp:secretmanager/secretVersion:SecretVersion"]);
const SECRETS: ReadonlySet<string> = new Set(["gcp:secretmanager/secret:Secret"]);

/** The Cloud Run service a container is part of. */
export interface Around {
  readonly resource: Resource;
  readonly template: Fields;
  readonly context: RuleContext;
}

/** What the template's own annotation says it serves; absent when it has none, or is not known yet. */
export function servesOf(template: Fields): string | undefined {
  return known(() => {
    const { annotations } = template;
    return isFields(annotations) ? textOf(annotations[SERVES]) : undefined;
  }).text;
}

/** Whether a container may read a file: it takes `--config`, or words nobody knows yet. */
export function readsFile(container: Fields): boolean {
  return wordsOf(container).some((word) => word === undefined || word.startsWith("--config"));
}

/** Path after `--config`, where a token service looks first; absent while it is not known. */
function configFileOf(container: Fields): string | undefined {
  const words = wordsOf(container);
  const at = words.findLastIndex((word) => word === "--config" || word?.startsWith("--config="));
  const word = words[at];
  return word === "--config" ? words[at + 1] : word?.slice("--config=".length);
}

/**
 * What the configuration of a container says, wherever it stands: a mounted secret that `--config` names, else a
 * variable, else a secret the variable is read from.
 *
 * @param at what leads every message
 * @param variable the container's `COWORK_TOKEN_SERVICE_CONFIG`; absent when it has none
 */
export function judgeConfiguration(
  at: string,
  container: Fields,
  variable: Fields | undefined,
  around: Around,
): readonly Finding[] {
  // A word that is not known yet may name another file, which goes before what is seen here.
  const unseen = wordsOf(container).includes(undefined)
    ? [notProvenBecause(`${at}: its \`args\` are not known yet`)]
    : [];
  const file = configFileOf(container);
  if (file !== undefined) return [...unseen, ...judgeFile(at, file, container, around)];
  if (unseen.length > 0 && variable === undefined) return unseen;
  return [...unseen, ...orNotProven(() => judgeVariable(at, variable, around))];
}

function judgeFile(
  at: string,
  file: string,
  container: Fields,
  around: Around,
): readonly Finding[] {
  return orNotProven(() => {
    const secret = secretAt(file, container, around.template);
    return secret === undefined
      ? [undecidable(`${at}: ${file} is in no mounted secret: what it says cannot be seen`)]
      : judgeSecret(at, secret, around);
  });
}

function judgeVariable(
  at: string,
  variable: Fields | undefined,
  around: Around,
): readonly Finding[] {
  if (variable === undefined || textOf(variable.value) !== undefined) {
    return judgeServiceConfig(at, variable?.value, around.context);
  }
  const source = variable.valueSource;
  const from = isFields(source) && isFields(source.secretKeyRef) ? source.secretKeyRef : {};
  const secret = textOf(from.secret);
  return secret === undefined
    ? judgeServiceConfig(at, undefined, around.context)
    : judgeSecret(at, secret, around);
}

/** Command and arguments in their order; `undefined` for what is not known yet. */
function wordsOf(container: Fields): readonly (string | undefined)[] {
  return ["commands", "args"].flatMap((property) => {
    const list = known(() => container[property]);
    if (list.unknown) return [undefined];
    const { text: words } = list;
    if (!Array.isArray(words)) return [];
    return Array.from({ length: words.length }, (_, index) => {
      const word = known(() => (words as readonly unknown[])[index]);
      return word.unknown ? undefined : String(word.text);
    });
  });
}

/** Name of the secret a path in a container leads to. */
function secretAt(path: string, container: Fields, template: Fields): string | undefined {
  // Of folders in one another the inner one holds the file.
  const [mount] = fieldsIn(container.volumeMounts)
    .filter(({ mountPath }) => path.startsWith(`${folderOf(mountPath)}/`))
    .toSorted((a, b) => folderOf(b.mountPath).length - folderOf(a.mountPath).length);
  if (mount === undefined) return undefined;
  const volume = fieldsIn(template.volumes).find(({ name }) => name === mount.name);
  if (volume === undefined || !isFields(volume.secret)) return undefined;
  const secret = textOf(volume.secret.secret);
  const within = path.slice(folderOf(mount.mountPath).length + 1);
  // Without items the one file is named like the secret.
  const names =
    volume.secret.items === undefined
      ? [secret]
      : fieldsIn(volume.secret.items).map((item) => textOf(item.path));
  return names.includes(within) ? secret : undefined;
}

function folderOf(mountPath: unknown): string {
  return String(mountPath).replace(/\/$/, "");
}

/** Versions of the same stack are read, all others cannot be seen. Several may run at one time: each is judged. */
function judgeSecret(at: string, secret: string, around: Around): readonly Finding[] {
  const { stack } = around.context;
  const name = fullName(secret, around.resource);
  const versions = stack.findAll(VERSIONS, "secret", name);
  if (versions.length > 0) return versions.flatMap((one) => judgeVersion(at, name, one, around));
  return stack.find(SECRETS, "secretId", name.split("/").at(-1) ?? "") === undefined
    ? [undecidable(`${at}: secret ${name} is not of this stack: what it says cannot be seen`)]
    : [notProvenBecause(`${at}: no version of secret ${name} is known yet`)];
}

/**
 * A configuration names what the cloud chooses, so a preview cannot know its text. The service's own annotation then
 * says what it will serve: that is judged now, and the text itself at `up`, where it is known before the service exists.
 */
function judgeVersion(
  at: string,
  name: string,
  { props }: Resource,
  { template, context }: Around,
): readonly Finding[] {
  const data = known(() => props.secretData);
  if (data.unknown) {
    const serves = servesOf(template);
    return serves === undefined
      ? [notProvenBecause(`${at}: what secret ${name} says is not known yet`)]
      : judgeServiceConfig(`${at}, by its annotation ${SERVES}`, serves, context);
  }
  const text = textOf(data.text);
  return text === undefined || props.isSecretDataBase64 === true
    ? [
        undecidable(
          `${at}: secret ${name} has no text in \`secretData\`: what it says cannot be seen`,
        ),
      ]
    : judgeServiceConfig(at, text, context);
}

function fullName(secret: string, { props, providerProps }: Resource): string {
  if (secret.startsWith("projects/")) return secret;
  const project = textOf(props.project) ?? textOf(providerProps?.project) ?? "";
  return `projects/${project}/secrets/${secret}`;
}

/** A value, or that it is not known yet. */
function known<T>(
  read: () => T,
):
  | { readonly unknown: false; readonly text: T }
  | { readonly unknown: true; readonly text?: undefined } {
  try {
    return { unknown: false, text: read() };
  } catch (error) {
    if (isUnknownRead(error)) return { unknown: true };
    throw error;
  }
}

function fieldsIn(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
