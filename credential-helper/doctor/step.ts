import type { DoctorStep, StepId } from "./report.ts";

/** What one look found; which step it belongs to is said where it is called. */
export type Finding = Omit<DoctorStep, "id">;

export function ok(found: string): Finding {
  return { status: "ok", found };
}

export function warning(found: string, fix: string): Finding {
  return { status: "warning", found, fix };
}

export function failed(found: string, fix: string): Finding {
  return { status: "failed", found, fix };
}

export function skipped(found: string): Finding {
  return { status: "skipped", found };
}

/** A look that breaks is a finding too; its own words may hold anything, so only its kind is told. */
export async function step(
  id: StepId,
  look: () => Finding | Promise<Finding>,
): Promise<DoctorStep> {
  try {
    return { id, ...(await look()) };
  } catch (error) {
    const { asFailure } = await import("../output.ts");
    const { message } = asFailure(error);
    const cut = message.lastIndexOf(": ");
    return cut < 0
      ? { id, ...failed(message, "see docs/credential-helper.md") }
      : { id, ...failed(message.slice(0, cut), message.slice(cut + 2)) };
  }
}
