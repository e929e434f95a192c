import type { Status, Zone } from "./types.ts";

/** Where data rests or a request goes, judged against a zone. */
export interface PlaceVerdict {
  readonly status: Status;
  readonly reason: string;
}

/** A zone that is a partition of AWS has no part at another cloud; `undefined` for every other zone. */
export function partitionVerdict(zone: Zone, cloud: "Google" | "Azure"): PlaceVerdict | undefined {
  if (zone.awsPartition === "aws") return undefined;
  return {
    status: "outside",
    reason: `zone ${zone.id} is the partition ${zone.awsPartition} of AWS; nothing at ${cloud} is inside it`,
  };
}
