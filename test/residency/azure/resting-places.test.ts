import { expect, test } from "vitest";

import { azurePlacesOf, azurePlaceVerdict } from "../../../residency/azure/resting-places.ts";
import { builtInZones } from "../../../residency/zones.ts";

test.each([
  ["eu", "westeurope", "inside", "westeurope is in NL"],
  ["eu", "West Europe", "inside", "West Europe is in NL"],
  ["eu", "uksouth", "outside", "uksouth is in GB, outside zone eu"],
  ["eu", "Switzerland North", "outside", "Switzerland North is in CH, outside zone eu"],
  ["eu", "global", "outside", "global promises no place, so it is outside every zone"],
  ["eu", "", "undecidable", 'no dated source says where the Azure region "" is'],
  ["eu", "europe", "undecidable", 'no dated source says where the Azure region "europe" is'],
  ["us", "eastus2", "inside", "eastus2 is in US"],
  [
    "us",
    "usgovvirginia",
    "undecidable",
    'no dated source says where the Azure region "usgovvirginia" is',
  ],
  [
    "us-gov",
    "eastus2",
    "outside",
    "zone us-gov is the partition aws-us-gov of AWS; nothing at Azure is inside it",
  ],
])("in %s, %s is %s", (zone, location, status, reason) => {
  expect(azurePlaceVerdict(builtInZones[zone]!, location)).toEqual({ status, reason });
});

test("azurePlacesOf lists what may hold data of a zone", () => {
  expect(azurePlacesOf(builtInZones.jp!)).toEqual(["japaneast", "japanwest"]);
  expect(azurePlacesOf(builtInZones["us-gov"]!)).toEqual([]);
});
