import type { AwsPlace } from "../../../../components/aws/place.ts";
import { builtInZones } from "../../../../residency/zones.ts";

export const place: AwsPlace = {
  zone: builtInZones.eu!,
  accountId: "111122223333",
  region: "eu-central-1",
};

export const documents = { roleName: "cowork-x", policy: "{}", boundaryPolicy: '{"b":1}' };
