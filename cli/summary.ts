import type { StackReport } from "./session.ts";

/** The part of a report a machine reads: no printed text, no outputs. */
export function reportFacts(report: StackReport) {
  const { stack, operation, ok, seconds, changes, problems, policyMessages, rules } = report;
  return { stack, operation, ok, seconds, changes, problems, policyMessages, rules };
}

/** One line for a finished stack. */
export function progressLine(report: StackReport): string {
  const result = report.ok ? "ok" : "REFUSED";
  return `${report.stack}: ${report.operation} ${result}, ${changesOf(report)} (${report.seconds.toFixed(1)} s)`;
}

/** Why a stack was refused or what was not proven; empty when there is nothing to say. */
export function explanation(report: StackReport): readonly string[] {
  const rules = report.policyMessages.map(
    ({ level, rule, message, urn }) =>
      `${report.stack}: ${level} ${rule} ${nameOf(urn)}: ${finding(message)}`,
  );
  return [...report.problems.map((problem) => `${report.stack}: ${problem}`), ...rules];
}

/** The table at the end: one row a stack. */
export function summaryTable(reports: readonly StackReport[]): readonly string[] {
  const rows = [
    ["stack", "result", "changes", "rules passed", "violations", "seconds"],
    ...reports.map((report) => {
      const counts = Object.values(report.rules);
      return [
        report.stack,
        report.ok ? "ok" : "REFUSED",
        changesOf(report),
        String(counts.filter(({ failed }) => failed === 0).length),
        String(report.policyMessages.filter(({ level }) => level === "mandatory").length),
        report.seconds.toFixed(1),
      ];
    }),
  ];
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function changesOf({ changes }: StackReport): string {
  const words = {
    create: "created",
    update: "updated",
    delete: "deleted",
    replace: "replaced",
    same: "unchanged",
  };
  const parts = Object.entries(words)
    .filter(([op]) => changes[op])
    .map(([op, word]) => `${changes[op]} ${word}`);
  return parts.join(", ") || "no changes";
}

/** The engine puts a rule's description on a first line of its own; the rule's name says it already. */
function finding(message: string): string {
  const lines = message.trim().split("\n");
  return (lines.length > 1 ? lines.slice(1) : lines).join(" ");
}

function nameOf(urn: string | undefined): string {
  return urn === undefined ? "" : `on ${urn.slice(urn.lastIndexOf("::") + 2)}`;
}
