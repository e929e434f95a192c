import { parse } from "yaml";
import {
  type TokenServiceConfig,
  tokenServiceConfig,
} from "../../contract/token-service-config.ts";
import { didYouMean } from "../../residency/nearest.ts";
import type { Problem } from "../../residency/problem.ts";
import { takeFromEnvironment } from "./from-environment.ts";

export type ReadConfig =
  | { readonly config: TokenServiceConfig }
  | { readonly title: string; readonly problems: readonly Problem[] };

/** Environment variable that holds the whole configuration as JSON, where no file can be mounted. */
export const configVariable = "COWORK_TOKEN_SERVICE_CONFIG";

export interface ConfigSource {
  /** YAML or JSON; goes before the environment. */
  readonly file: string | undefined;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
}

/** Reads the configuration from a file or the environment; every problem of its shape and of what belongs together. */
export async function readConfig({ file, env, readFile }: ConfigSource): Promise<ReadConfig> {
  const inline = env[configVariable];
  const title = `${file ?? configVariable} is no usable configuration:`;
  const refused = (path: string, reason: string) => ({ title, problems: [{ path, reason }] });
  if (file === undefined && inline === undefined) {
    return refused("configuration", `is missing: pass --config FILE or set ${configVariable}`);
  }
  let given: unknown;
  try {
    const text = file === undefined ? (inline ?? "") : decode(await readFile(file));
    // "silent" would silence errors too: a key that stands twice, or half a document.
    given = parse(text, { strict: true, uniqueKeys: true, maxAliasCount: 20, logLevel: "error" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return refused(
      "file",
      code.startsWith("E") ? `cannot be read (${code})` : "is neither YAML nor JSON",
    );
  }
  const taken = takeFromEnvironment(given, env);
  const parsed = tokenServiceConfig.safeParse(taken.given);
  if (!parsed.success) {
    // Why a value could not be taken says more than that it is not there.
    const named = new Set(taken.problems.map(({ path }) => path));
    const shape = parsed.error.issues
      .flatMap((issue) => shapeProblems(issue))
      .filter(({ path }) => !named.has(path));
    return { title, problems: [...taken.problems, ...shape] };
  }
  // A reference that stands is no text, which the shape refuses; should it ever be taken for one, this still holds.
  const problems = [...taken.problems, ...togetherProblems(parsed.data)];
  return problems.length > 0 ? { title, problems } : { config: parsed.data };
}

const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function shapeProblems({ code, path, message, keys }: Issue): readonly Problem[] {
  if (code !== "unrecognized_keys") return [{ path: pathText(path), reason: message }];
  const known = path.length === 0 ? Object.keys(tokenServiceConfig.shape) : [];
  return (keys ?? []).map((key) => ({
    path: pathText([...path, key]),
    reason: `is no setting${didYouMean(key, known)}`,
  }));
}

/** What spans several values, and a schema of one value cannot say. */
export function togetherProblems(config: TokenServiceConfig): readonly Problem[] {
  const { routes, signingKeys, clientCertificate, listen } = config;
  const names = routes.map(({ name }) => name);
  const twice = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: `routes[${index}].name`, reason: `"${name}" is another route's name too` }],
  );
  const unsigned =
    routes.some(({ provider }) => provider === "gateway") && signingKeys.length === 0;
  const noTls = clientCertificate?.from === "tls" && listen.tls === undefined;
  return [
    ...twice,
    ...(unsigned
      ? [{ path: "signingKeys", reason: "a gateway route needs a key that signs its tokens" }]
      : []),
    ...(noTls
      ? [
          {
            path: "clientCertificate.from",
            reason: "tls needs listen.tls: the service has to see the connection itself",
          },
        ]
      : []),
  ];
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "configuration";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
