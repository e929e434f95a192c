/**
 * A reader for the part of the Common Expression Language that conditions are made of. Whatever it does not know
 * (raw and triple-quoted text, bytes, comments, multiplication, messages) it refuses to read, rather than guess.
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md (read 2026-11-21)
 */
export type Cel =
  | { readonly kind: "constant"; readonly value: string | number | boolean }
  | { readonly kind: "list"; readonly items: readonly Cel[] }
  /** `assertion.a['b'][0]` is root `assertion` and steps `a`, `b`, `0`. */
  | { readonly kind: "path"; readonly root: string; readonly steps: readonly string[] }
  /** `on.name(args)`, or `name(args)` without `on`. */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly on: Cel | undefined;
      readonly args: readonly Cel[];
    }
  | { readonly kind: "not"; readonly of: Cel }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Cel;
      readonly right: Cel;
    }
  | { readonly kind: "choice"; readonly test: Cel; readonly yes: Cel; readonly no: Cel };

export type Operator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+";

/** Google takes no longer one: https://docs.cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers (read 2026-11-21) */
const MAX_LENGTH = 4096;

const TOKEN =
  /\s*(?:(?<text>'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<word>[A-Za-z_]\w*)|(?<sign>\|\||&&|==|!=|<=|>=|[<>!()[\].,?:+]))/y;

type Token =
  | { readonly is: "text" | "word" | "sign"; readonly value: string }
  | { readonly is: "number"; readonly value: number };

/** Reads an expression, or says why it cannot be read. */
export function parseCel(source: string): Cel | { readonly problem: string } {
  if (source.length > MAX_LENGTH) return { problem: `it is longer than ${MAX_LENGTH} characters` };
  try {
    return new Reader(tokensOf(source)).whole();
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

class Unreadable extends Error {}

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const { text, number, word, sign } = pattern.exec(source)?.groups ?? {};
    if (text !== undefined) tokens.push({ is: "text", value: textIn(text) });
    else if (number !== undefined) tokens.push({ is: "number", value: Number(number) });
    else if (word !== undefined) tokens.push({ is: "word", value: word });
    else if (sign !== undefined) tokens.push({ is: "sign", value: sign });
    else throw new Unreadable(`it cannot be read from "${source.slice(at, at + 20).trim()}" on`);
  }
  return tokens;
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function textIn(literal: string): string {
  const escapes = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g;
  return literal.slice(1, -1).replace(escapes, (all, short, long, character) => {
    const code = short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) throw new Unreadable(`it holds the escape ${all}`);
      return String.fromCodePoint(point);
    }
    if (/[\\'"`?]/.test(character)) return character;
    const value = Object.hasOwn(ESCAPED, character) ? ESCAPED[character] : undefined;
    if (value === undefined) throw new Unreadable(`it holds the escape ${all}`);
    return value;
  });
}

/** Recursive descent, one method a level of precedence. */
class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Cel {
    const read = this.#choice();
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) throw new Unreadable(`"${rest.value}" stands where it should end`);
    return read;
  }

  #choice(): Cel {
    const test = this.#level(0);
    if (!this.#takes("?")) return test;
    const yes = this.#level(0);
    this.#expect(":");
    return { kind: "choice", test, yes, no: this.#choice() };
  }

  #level(index: number): Cel {
    const operators = LEVELS[index];
    if (operators === undefined) return this.#unary();
    let left = this.#level(index + 1);
    for (;;) {
      const operator = operators.find((one) => this.#takes(one));
      if (operator === undefined) return left;
      left = { kind: "binary", operator, left, right: this.#level(index + 1) };
    }
  }

  #unary(): Cel {
    return this.#takes("!") ? { kind: "not", of: this.#unary() } : this.#member();
  }

  #member(): Cel {
    let read = this.#primary();
    for (;;) {
      if (this.#takes(".")) {
        const name = this.#word();
        read = this.#takes("(")
          ? { kind: "call", name, on: read, args: this.#list(")") }
          : stepInto(read, name);
      } else if (this.#takes("[")) {
        const index = this.#choice();
        this.#expect("]");
        if (index.kind !== "constant" || typeof index.value === "boolean") {
          throw new Unreadable("it holds an index that is no fixed text or number");
        }
        read = stepInto(read, String(index.value));
      } else return read;
    }
  }

  #primary(): Cel {
    if (this.#takes("(")) {
      const inner = this.#choice();
      this.#expect(")");
      return inner;
    }
    if (this.#takes("[")) return { kind: "list", items: this.#list("]") };
    const token = this.#tokens[this.#next];
    this.#next += 1;
    if (token === undefined) throw new Unreadable("it ends too early");
    if (token.is === "text" || token.is === "number") {
      return { kind: "constant", value: token.value };
    }
    if (token.is === "sign") throw new Unreadable(`"${token.value}" stands where a value should`);
    const { value: word } = token;
    if (word === "true" || word === "false") return { kind: "constant", value: word === "true" };
    if (word === "null" || word === "in") throw new Unreadable(`it holds "${word}"`);
    return this.#takes("(")
      ? { kind: "call", name: word, on: undefined, args: this.#list(")") }
      : { kind: "path", root: word, steps: [] };
  }

  #list(end: string): readonly Cel[] {
    const items: Cel[] = [];
    if (this.#takes(end)) return items;
    do items.push(this.#choice());
    while (this.#takes(","));
    this.#expect(end);
    return items;
  }

  #word(): string {
    const token = this.#tokens[this.#next];
    this.#next += 1;
    if (token?.is !== "word") throw new Unreadable("no name follows a dot");
    return token.value;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#next];
    const found = (token?.is === "sign" || token?.is === "word") && token.value === sign;
    if (found) this.#next += 1;
    return found;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw new Unreadable(`"${sign}" is missing`);
  }
}

/** Weakest first. */
const LEVELS: readonly (readonly Operator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<=", ">=", "<", ">", "in"],
  ["+"],
];

function stepInto(read: Cel, step: string): Cel {
  if (read.kind !== "path") throw new Unreadable("it takes a field of something that is no claim");
  return { ...read, steps: [...read.steps, step] };
}
