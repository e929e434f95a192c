/** Starts every line of an offline run, so that nobody mistakes it for a deployment. */
export const offlineMark = "[offline] ";

/** Marks each line of a text; an empty text stays empty, a final newline is kept. */
export function markLines(text: string): string {
  const lines = text.split("\n");
  const ended = lines.at(-1) === "";
  if (ended) lines.pop();
  return lines.map((line) => offlineMark + line).join("\n") + (ended ? text && "\n" : "");
}

export interface LineSplitter {
  /** Takes output as it comes, in pieces of any size. */
  push(chunk: string): void;
  /** Hands over a last line that had no newline. */
  end(): void;
}

/** Turns pieces of output into whole lines: marking a piece that begins in the middle of a line would garble it. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  let rest = "";
  return {
    push(chunk) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line.replace(/\r$/, ""));
    },
    end() {
      if (rest !== "") onLine(rest.replace(/\r$/, ""));
      rest = "";
    },
  };
}
