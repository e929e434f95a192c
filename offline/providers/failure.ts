/** One input a provider refuses, and why; the engine prints it against the resource. */
export interface Failure {
  /** Property the failure is about, for example `dnsOptions.dnsRecordIpType`. */
  readonly property: string;
  /** What is wrong with it and what would be right. */
  readonly reason: string;
}
