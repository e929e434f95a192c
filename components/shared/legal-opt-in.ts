import type { Problem } from "../../residency/problem.ts";

/** Who accepted a provider's terms for the company, and when. Without it nothing is accepted. */
export interface LegalOptIn {
  /** Required. Person with the authority to accept, for example an e-mail address. */
  readonly acceptedBy: string;
  /** Required. ISO date of the acceptance, not later than today. */
  readonly acceptedOn: string;
}

/**
 * Problems of an opt-in: a legal act needs a name and a day that has come.
 *
 * @param path where the opt-in stands, for example `legal`
 * @param today ISO date of today
 */
export function checkLegalOptIn(path: string, legal: LegalOptIn, today: string): Problem[] {
  const problems: Problem[] = [];
  if (legal.acceptedBy.trim() === "") {
    problems.push({ path: `${path}.acceptedBy`, reason: "empty; name who accepted the terms" });
  }
  if (!isDay(legal.acceptedOn)) {
    const reason = `"${legal.acceptedOn}" is not a date such as 2026-11-20`;
    problems.push({ path: `${path}.acceptedOn`, reason });
  } else if (legal.acceptedOn > today) {
    const reason = `${legal.acceptedOn} is later than today, ${today}`;
    problems.push({ path: `${path}.acceptedOn`, reason });
  }
  return problems;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
