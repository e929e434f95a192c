import {
  asciiText,
  children,
  type DerValue,
  objectIdentifier,
  readDer,
  tags,
  textOf,
  valuesIn,
} from "./der.ts";

export interface CertificateExtensions {
  /** `CA:true`. */
  readonly isAuthority: boolean;
  /** How many authorities may stand between this one and a leaf; absent: any number. */
  readonly pathLength: number | undefined;
  /** Absent: the key may be used for anything. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers; absent: no extension. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly alternativeNames: AlternativeNames;
  /**
   * Critical extensions this reader does not honour; a certificate with one has to be refused (RFC 5280, 4.2). Name
   * constraints are among them whatever they say: many authorities mark them as not critical (RFC 5280, 4.2.1.10
   * demands the contrary), and whoever relies on them must not find out that nobody looked.
   */
  readonly unknownCritical: readonly string[];
}

export type KeyUsage = "digitalSignature" | "keyCertSign" | "cRLSign";

export interface AlternativeNames {
  readonly dns: readonly string[];
  readonly uri: readonly string[];
  readonly email: readonly string[];
  /** Microsoft's user principal name, an otherName. */
  readonly upn: readonly string[];
}

const basicConstraints = "2.5.29.19";
const keyUsage = "2.5.29.15";
const extendedKeyUsage = "2.5.29.37";
const subjectAlternativeName = "2.5.29.17";
const nameConstraints = "2.5.29.30";
/** Any policy is as good as none here, so that the extension needs no more than being known. */
const certificatePolicies = "2.5.29.32";
const honoured = [
  basicConstraints,
  keyUsage,
  extendedKeyUsage,
  subjectAlternativeName,
  certificatePolicies,
];
const userPrincipalName = "1.3.6.1.4.1.311.20.2.3";

/** Reads `[3] Extensions`; absent means none. Throws when anything in it is not as RFC 5280 has it. */
export function readExtensions(field: DerValue | undefined): CertificateExtensions {
  const found = extensionsIn(field);
  const parsed = (id: string) => {
    const extension = found.get(id);
    return extension === undefined ? undefined : readDer(extension.value);
  };
  return {
    ...constraintsOf(parsed(basicConstraints)),
    keyUsage: keyUsageOf(parsed(keyUsage)),
    extendedKeyUsage: purposesOf(parsed(extendedKeyUsage)),
    alternativeNames: namesOf(parsed(subjectAlternativeName)),
    unknownCritical: [...found]
      .filter(
        ([id, { critical }]) => (critical || id === nameConstraints) && !honoured.includes(id),
      )
      .map(([id]) => id),
  };
}

export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** By object identifier; twice the same one is an error, since readers differ in which one they take. */
export function extensionsIn(field: DerValue | undefined): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>();
  if (field === undefined) return found;
  for (const entry of children(readDer(field.content), tags.sequence)) {
    const [id, ...rest] = children(entry, tags.sequence);
    const flag = rest.length === 2 ? rest[0] : undefined;
    const value = rest.at(-1);
    const name = objectIdentifier(id);
    if (value?.tag !== tags.octetString || rest.length > 2 || found.has(name)) {
      throw new Error("an extension that is not well formed");
    }
    found.set(name, { critical: flag !== undefined && isTrue(flag), value: value.content });
  }
  return found;
}

function isTrue({ tag, content }: DerValue): boolean {
  if (tag !== tags.boolean || content.length !== 1) throw new Error("no boolean");
  return content[0] !== 0;
}

function constraintsOf(value: DerValue | undefined) {
  if (value === undefined) return { isAuthority: false, pathLength: undefined };
  const parts = children(value, tags.sequence);
  const flag = parts.find(({ tag }) => tag === tags.boolean);
  const length = parts.find(({ tag }) => tag === tags.integer);
  const octets = [...(length?.content ?? [])];
  if (parts.length > 2 || octets.length > 2 || (octets[0] ?? 0) >= 0x80) {
    throw new Error("basic constraints that are not well formed");
  }
  return {
    isAuthority: flag !== undefined && isTrue(flag),
    pathLength:
      length === undefined ? undefined : octets.reduce((sum, octet) => sum * 256 + octet, 0),
  };
}

function keyUsageOf(value: DerValue | undefined): ReadonlySet<KeyUsage> | undefined {
  if (value === undefined) return undefined;
  const [unused, bits = 0] = value.content;
  if (value.tag !== tags.bitString || unused === undefined) throw new Error("no key usage");
  const flags: readonly (readonly [number, KeyUsage])[] = [
    [0x80, "digitalSignature"],
    [0x04, "keyCertSign"],
    [0x02, "cRLSign"],
  ];
  return new Set(flags.filter(([flag]) => (bits & flag) !== 0).map(([, name]) => name));
}

function purposesOf(value: DerValue | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : children(value, tags.sequence).map(objectIdentifier);
}

/** Context tags of GeneralName (RFC 5280, 4.2.1.6). */
const generalName = { otherName: 0xa0, email: 0x81, dns: 0x82, uri: 0x86 };

function namesOf(value: DerValue | undefined): AlternativeNames {
  const names = value === undefined ? [] : children(value, tags.sequence);
  const texts = (wanted: number) =>
    names.filter(({ tag }) => tag === wanted).map(({ content }) => asciiText(content));
  return {
    dns: texts(generalName.dns),
    uri: texts(generalName.uri),
    email: texts(generalName.email),
    upn: names.filter(({ tag }) => tag === generalName.otherName).flatMap(principalNames),
  };
}

function principalNames({ content }: DerValue): string[] {
  const [id, wrapped] = [...valuesIn(content)];
  if (objectIdentifier(id) !== userPrincipalName) return [];
  if (wrapped?.tag !== 0xa0) throw new Error("a user principal name that is not well formed");
  return [textOf(readDer(wrapped.content))];
}
