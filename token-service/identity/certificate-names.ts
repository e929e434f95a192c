import type { DeviceAuthority } from "../../contract/trust-policy.ts";
import type { Refused } from "../identity.ts";
import type { Certificate } from "./certificate.ts";
import { hasControlCharacters } from "./claim-values.ts";
import { children, objectIdentifier, tags, textOf } from "./der.ts";
import { refuse } from "./refused.ts";

/** What a leaf says of its holder; what policies `from` a device authority can ask for. */
export interface CertificateNames {
  readonly device: string;
  readonly user: string | undefined;
  readonly organization: readonly string[];
  readonly organizationalUnit: readonly string[];
}

const attributes = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  organizationalUnit: "2.5.4.11",
};
const maxCharacters = 256;

/** The names of a leaf whose path has been checked. A name that is empty or there twice names nobody. */
export function namesIn(
  certificate: Certificate,
  authority: DeviceAuthority,
): CertificateNames | Refused {
  try {
    const subject = subjectAttributes(certificate);
    const { dns, uri, email, upn } = certificate.alternativeNames;
    const devices = { "subject-common-name": subject.commonName, "san-dns": dns, "san-uri": uri };
    const users = { "san-email": email, "san-upn": upn };
    const { deviceFrom, userFrom } = authority;
    return {
      device: soleName(devices[deviceFrom], `device (${deviceFrom})`),
      user: userFrom === undefined ? undefined : soleName(users[userFrom], `user (${userFrom})`),
      organization: subject.organization.map((name) => sound(name, "organization")),
      organizationalUnit: subject.organizationalUnit.map((name) =>
        sound(name, "organizational unit"),
      ),
    };
  } catch (error) {
    const reason = error instanceof NameProblem ? error.message : "has a subject nobody can read";
    return refuse("certificate_identity", `the certificate ${reason}`);
  }
}

class NameProblem extends Error {}

function soleName(names: readonly string[], what: string): string {
  const [name] = names;
  if (name === undefined) throw new NameProblem(`names no ${what}`);
  if (names.length > 1) throw new NameProblem(`names more than one ${what}`);
  return sound(name, what);
}

function sound(name: string, what: string): string {
  if (name.trim() === "") throw new NameProblem(`has an empty ${what}`);
  if (name.length > maxCharacters) {
    throw new NameProblem(`has a ${what} of more than ${maxCharacters} characters`);
  }
  if (hasControlCharacters(name)) {
    throw new NameProblem(`has control characters in its ${what}`);
  }
  return name;
}

function subjectAttributes({ subject }: Certificate) {
  const found = children(subject, tags.sequence)
    .flatMap((set) => children(set, tags.set))
    .map((pair) => children(pair, tags.sequence));
  const valuesOf = (id: string) =>
    found.flatMap(([type, value]) =>
      value !== undefined && objectIdentifier(type) === id ? [textOf(value)] : [],
    );
  return {
    commonName: valuesOf(attributes.commonName),
    organization: valuesOf(attributes.organization),
    organizationalUnit: valuesOf(attributes.organizationalUnit),
  };
}
