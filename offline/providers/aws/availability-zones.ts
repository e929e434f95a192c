/** One availability zone. */
export interface AvailabilityZone {
  /** Name in the account, for example `eu-central-1a`. */
  readonly name: string;
  /** Id of the place itself, for example `euc1-az1`. */
  readonly id: string;
}

// Regions where a new account does not see the letters a, b, c. Source: AWS regions and zones page,
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
const letters: Readonly<Record<string, string>> = {
  "ap-northeast-1": "acd",
  "ca-central-1": "abd",
  "us-west-1": "ac",
};

/**
 * Zones of a region: three, except where a new account sees fewer. Letters and ids are plausible, not
 * measured: AWS maps letters to places per account.
 */
export function availabilityZones(region: string): readonly AvailabilityZone[] {
  const own = Object.hasOwn(letters, region) ? letters[region] : undefined;
  return [...(own ?? "abc")].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${shortName(region)}-az${index + 1}`,
  }));
}

/** `eu-central-1` -> `euc1`, `ap-northeast-1` -> `apne1`, `us-gov-west-1` -> `usgw1`. */
function shortName(region: string): string {
  const [area = "", ...rest] = region.split("-");
  const directions = rest.map((part) =>
    part.replace(
      /^(north|south)(east|west)$/,
      (_, first: string, second: string) => `${first.charAt(0)}${second.charAt(0)}`,
    ),
  );
  return area + directions.map((part) => (part.length === 2 ? part : part.charAt(0))).join("");
}
