import { z } from "zod";

/** Stable: help desks and scripts look them up. In the order in which they are looked at. */
export const stepIds = [
  "program",
  "environment",
  "configuration",
  "plan",
  "secret-store",
  "cache",
  "session",
  "device-certificate",
  "issuer",
  "certificate",
  "clock",
  "token-service",
  "provider",
] as const;

export type StepId = (typeof stepIds)[number];

export const doctorStep = z.strictObject({
  id: z.enum(stepIds),
  /** `skipped`: does not apply, or needs a step that failed. */
  status: z.enum(["ok", "warning", "failed", "skipped"]),
  /** What was found: a sentence without any secret. */
  found: z.string().min(1),
  /** What to do about it; present for warnings and failures. */
  fix: z.string().min(1).optional(),
});

/** What `doctor --json` prints. */
export const doctorReport = z.strictObject({
  doctorReportVersion: z.literal(1),
  version: z.string(),
  platform: z.string(),
  /** False when a step failed: the helper would give no credential, or soon will not. */
  healthy: z.boolean(),
  steps: z.array(doctorStep),
  next: z.string().min(1),
});

export type DoctorStep = z.infer<typeof doctorStep>;
export type DoctorReport = z.infer<typeof doctorReport>;

const marks = { ok: "ok     ", warning: "warning", failed: "FAILED ", skipped: "-      " } as const;

/** For people: a line a step, and what to do below it. */
export function reportText({ version, platform, steps, next }: DoctorReport): string {
  const lines = steps.flatMap(({ id, status, found, fix }) => [
    `${marks[status]}  ${id.padEnd(18)}  ${found}`,
    ...(fix === undefined ? [] : [`${" ".repeat(29)}do: ${fix}`]),
  ]);
  const title = `cowork-credential-helper ${version} on ${platform}`;
  return [title, "", ...lines, "", `next: ${next}`, ""].join("\n");
}
