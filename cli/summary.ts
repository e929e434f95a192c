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
  // A violated rule is a problem of the run as well; its own line is the shorter of the two.
  const violations = report.policyMessages.filter(({ level }) => level === "mandatory");
  const others = report.problems.filter(
    (problem) => !violations.some(({ message }) => problem.includes(message.trim())),
  );
  return [...others.map((problem) => `${report.stack}: ${problem}`), ...rules];
}

/** The table at the end: one row a stack. */
export function summaryTable(reports: readonly StackReport[]): readonly string[] {
  const rows = [
    ["stack", "result", "changes", "rules passed", "violations", "seconds"],
    ...reports.map((report) => {
      const counts = Object.values(report.rules);
      const violations = report.policyMessages.filter(({ level }) => level === "mandatory").length;
      // A program that stopped on its own has shown the rules next to nothing: they passed nothing either.
      const judged = report.ok || violations > 0;
      return [
        report.stack,
        report.ok ? "ok" : "REFUSED",
        changesOf(report),
        judged ? String(counts.filter(({ failed }) => failed === 0).length) : "not judged",
        String(violations),
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

const done = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  same: "unchanged",
};
const planned = {
  create: "to create",
  update: "to update",
  delete: "to delete",
  replace: "to replace",
  same: "unchanged",
};

/** A preview changes nothing, and a refused one plans nothing either. */
function changesOf({ changes, operation, ok }: StackReport): string {
  if (operation === "preview" && !ok) return "no changes";
  const parts = Object.entries(operation === "preview" ? planned : done)
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
