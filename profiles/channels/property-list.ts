/** What a configuration profile is made of: texts, version numbers, dictionaries and lists of them. */
export type PlistValue =
  | string
  | number
  | readonly PlistValue[]
  | { readonly [key: string]: PlistValue };

const HEAD = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
  '<plist version="1.0">',
];

/**
 * An XML property list. Written here and not with the `plist` package, whose document tree took half of
 * the time of a whole profile set; Python's parser and libplist read the result in the tests.
 * Texts must be free of control characters.
 */
export function propertyList(value: PlistValue): string {
  return `${[...HEAD, ...lines(value, ""), "</plist>"].join("\n")}\n`;
}

function lines(value: PlistValue, indent: string): string[] {
  if (typeof value === "string") return [`${indent}<string>${escaped(value)}</string>`];
  if (typeof value === "number") return [`${indent}<integer>${value}</integer>`];
  const inner = `${indent}\t`;
  if (isList(value)) {
    const items = value.flatMap((item) => lines(item, inner));
    return [`${indent}<array>`, ...items, `${indent}</array>`];
  }
  const members = Object.entries(value).flatMap(([key, member]) => [
    `${inner}<key>${escaped(key)}</key>`,
    ...lines(member, inner),
  ]);
  return [`${indent}<dict>`, ...members, `${indent}</dict>`];
}

function isList(value: PlistValue): value is readonly PlistValue[] {
  return Array.isArray(value);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
