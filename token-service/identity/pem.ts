/** DER of every block with the label, in order; undefined when the text holds anything else but white space. */
export function pemBlocks(text: string, label: string): readonly Uint8Array[] | undefined {
  const found: Uint8Array[] = [];
  const begin = `-----BEGIN ${label}-----`;
  const end = `-----END ${label}-----`;
  let rest = text.trim();
  while (rest !== "") {
    const stop = rest.indexOf(end);
    if (!rest.startsWith(begin) || stop < 0) return undefined;
    const base64 = rest.slice(begin.length, stop).replace(/\s/g, "");
    const der = canonicalBase64(base64);
    if (der === undefined) return undefined;
    found.push(der);
    rest = rest.slice(stop + end.length).trimStart();
  }
  return found;
}

/** The bytes of padded base64 that no other text stands for; undefined otherwise. */
export function canonicalBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  return text !== "" && bytes.toString("base64") === text ? bytes : undefined;
}
