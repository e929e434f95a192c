import type { ReasonedSetting } from "../setting-value.ts";

/** The published Standard security profile, without what depends on the organization. */
export const standard: readonly ReasonedSetting[] = [
  {
    key: "autoUpdaterEnforcementHours",
    value: 24,
    reason: "A downloaded update is applied within a day.",
  },
  {
    key: "isDesktopExtensionSignatureRequired",
    value: true,
    reason: "An extension runs on the laptop with the user's rights; only signed ones load.",
  },
];
