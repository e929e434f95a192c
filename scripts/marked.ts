/** Replaces what stands between `<!-- BEGIN name -->` and `<!-- END name -->`; throws when the markers are missing. */
export function replaceMarked(text: string, name: string, body: string): string {
  const begin = `<!-- BEGIN ${name} (generated: npm run generate) -->`;
  const end = `<!-- END ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`no markers for "${name}": need ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${body.trim()}\n\n${text.slice(to)}`;
}

/** A Markdown table; cells are escaped so that a `|` in a fact does not break a row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
