import { PolicyPack } from "@pulumi/policy";

import { policies } from "./policies.ts";

new PolicyPack("cowork-residency", { policies, enforcementLevel: "mandatory" });
