/** What is kept: the credential, and what renews it without a person. */
export const recordNames = ["credential", "session"] as const;

export type RecordName = (typeof recordNames)[number];

/** Where records outlive a run. Reading never fails: what cannot be trusted is absent. */
export interface SecretStore {
  /** `sealed`: the key lies in the operating system's store. `plain`: files of mode 0600 alone. */
  readonly kind: "sealed" | "plain";
  /** As people know it. */
  readonly name: string;
  read(record: RecordName): Promise<string | undefined>;
  /** @throws HelperFailure `localStore` */
  write(record: RecordName, text: string): Promise<void>;
  remove(record: RecordName): void;
}

export function recordPath(folder: string, record: RecordName): string {
  return `${folder}/${record}`;
}

/** There once the operating system's store was used: from then on nothing is kept without it. */
export function markerPath(folder: string): string {
  return `${folder}/sealed`;
}
