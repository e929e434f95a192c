/** The 27 member states; the list changes only by treaty (europa.eu, read 2026-11-20). */
export const euMemberStates = [
  "AT",
  "BE",
  "BG",
  "CY",
  "CZ",
  "DE",
  "DK",
  "EE",
  "ES",
  "FI",
  "FR",
  "GR",
  "HR",
  "HU",
  "IE",
  "IT",
  "LT",
  "LU",
  "LV",
  "MT",
  "NL",
  "PL",
  "PT",
  "RO",
  "SE",
  "SI",
  "SK",
] as const;

/**
 * Countries behind a jurisdiction as catalogues write it: an ISO 3166-1 alpha-2 code, or `EU` (reserved
 * there) when a provider promises only "in the member states".
 */
export function countriesOf(jurisdiction: string): readonly string[] {
  return jurisdiction === "EU" ? euMemberStates : [jurisdiction];
}
