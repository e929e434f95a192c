import type { Cel } from "./cel.ts";

/**
 * What a condition asks of a token.
 * `pins`: whichever way it holds, a claim that counts has a fixed value. `never`: it cannot hold.
 * `always`: it holds for everybody. `open`: it can hold without any claim that counts being pinned.
 * `unclear`: a part is in a form that proves nothing.
 */
export type Standing = "pins" | "never" | "always" | "open" | "unclear";

/** A claim compared with a fixed value. */
export interface Pin {
  /** Steps below `assertion`. Never empty. */
  readonly claim: readonly string[];
  /** Never empty. */
  readonly value: string;
  /** `equals`: the claim is the value. `member`: the value is in it: an entry of a list, or a *key* of a map. */
  readonly how: "equals" | "member" | "prefix";
}

/** How claims are read. */
export interface PinQuestion {
  /** Whether a pin counts. */
  counts(pin: Pin): boolean;
  /** What `google.x` and `attribute.x` were mapped from; `undefined` when that cannot be read. */
  mapped(name: string): Cel | undefined;
}

/** Judges a condition without ever guessing in its favour. */
export function standingOf(condition: Cel, question: PinQuestion): Standing {
  return new Judge(question).judge(condition, false);
}

type Binary = Extract<Cel, { kind: "binary" }>;
type Operand =
  | { readonly kind: "claim"; readonly steps: readonly string[]; readonly entry: boolean }
  | Exclude<Cel, { kind: "path" }>
  | undefined;

class Judge {
  readonly #question: PinQuestion;
  /** Variables of `exists`: name -> the list it goes through. */
  readonly #entries = new Map<string, readonly string[]>();

  constructor(question: PinQuestion) {
    this.#question = question;
  }

  judge(cel: Cel, negated: boolean): Standing {
    switch (cel.kind) {
      case "constant":
        return typeof cel.value === "boolean" ? known(cel.value !== negated) : "unclear";
      case "not":
        return this.judge(cel.of, !negated);
      case "choice":
        // Whichever way it goes, what is chosen must hold.
        return either(this.judge(cel.yes, negated), this.judge(cel.no, negated));
      case "binary":
        return this.#binary(cel, negated);
      case "call":
        return this.#call(cel, negated);
      case "path":
        return this.#operand(cel)?.kind === "claim" ? "open" : "unclear";
      case "list":
        return "unclear";
    }
  }

  #binary(cel: Binary, negated: boolean): Standing {
    const { operator } = cel;
    if (operator === "&&" || operator === "||") {
      const join = (operator === "&&") === negated ? either : both;
      return join(this.judge(cel.left, negated), this.judge(cel.right, negated));
    }
    const left = this.#operand(cel.left);
    const right = this.#operand(cel.right);
    if (left === undefined || right === undefined) return "unclear";
    if (operator === "==") return this.#equal(left, right, negated);
    if (operator === "!=") return this.#equal(left, right, !negated);
    if (operator === "in") return this.#in(left, right, negated);
    return operator !== "+" && isClaimAndConstant(left, right) ? "open" : "unclear";
  }

  #equal(left: Operand, right: Operand, negated: boolean): Standing {
    if (left === undefined || right === undefined) return "unclear";
    if (left.kind === "constant" && right.kind === "constant") {
      return known((left.value === right.value) !== negated);
    }
    if (JSON.stringify(left) === JSON.stringify(right)) return known(!negated);
    if (left.kind === "constant") return this.#equal(right, left, negated);
    if (right.kind !== "constant") return "unclear";
    if (left.kind === "claim") {
      if (negated || typeof right.value === "boolean") return "open";
      return this.#pin(left.steps, String(right.value), left.entry ? "member" : "equals");
    }
    // (expression) == true
    return typeof right.value === "boolean" ? this.judge(left, negated === right.value) : "unclear";
  }

  #in(left: Operand, right: Operand, negated: boolean): Standing {
    if (right?.kind === "list") {
      const each = right.items.map((item) => this.#equal(left, this.#operand(item), negated));
      return negated ? each.reduce(both, "always") : each.reduce(either, "never");
    }
    if (right?.kind !== "claim" || right.entry || left?.kind !== "constant") return "unclear";
    return negated ? "open" : this.#pin(right.steps, String(left.value), "member");
  }

  #call(cel: Extract<Cel, { kind: "call" }>, negated: boolean): Standing {
    const { name, on, args } = cel;
    const [first, second] = args;
    if (name === "has" && on === undefined) return "open";
    const source = on === undefined ? undefined : this.#operand(on);
    if (source?.kind !== "claim" || source.entry || first === undefined) return "unclear";
    if (name === "exists" && second !== undefined && args.length === 2 && !negated) {
      if (first.kind !== "path" || first.steps.length > 0 || isRoot(first.root)) return "unclear";
      if (this.#entries.has(first.root)) return "unclear";
      this.#entries.set(first.root, source.steps);
      const standing = this.judge(second, false);
      this.#entries.delete(first.root);
      return standing;
    }
    if (name === "startsWith" && args.length === 1 && first.kind === "constant") {
      const prefix = String(first.value);
      if (negated || prefix === "") return "open";
      return this.#pin(source.steps, prefix, "prefix") === "pins" ? "pins" : "unclear";
    }
    return "unclear";
  }

  #pin(claim: readonly string[], value: string, how: Pin["how"]): Standing {
    if (claim.length === 0 || value === "") return "open";
    return this.#question.counts({ claim, value, how }) ? "pins" : "open";
  }

  /** A path as the claim it stands for; `undefined` where that cannot be told. */
  #operand(cel: Cel): Operand {
    if (cel.kind !== "path") return cel;
    const { root, steps } = cel;
    if (root === "assertion") return { kind: "claim", steps, entry: false };
    const list = this.#entries.get(root);
    if (list !== undefined) {
      return steps.length === 0 ? { kind: "claim", steps: list, entry: true } : undefined;
    }
    const [name, ...below] = steps;
    if (!isRoot(root) || name === undefined) return undefined;
    const origin = this.#question.mapped(`${root}.${name}`);
    if (origin?.kind === "path") {
      if (origin.root !== "assertion") return undefined;
      return { kind: "claim", steps: [...origin.steps, ...below], entry: false };
    }
    return origin?.kind === "constant" && below.length === 0 ? origin : undefined;
  }
}

function isRoot(word: string): boolean {
  return word === "assertion" || word === "google" || word === "attribute";
}

function isClaimAndConstant(left: Operand, right: Operand): boolean {
  const kinds = [left?.kind, right?.kind];
  return kinds.includes("claim") && kinds.includes("constant");
}

function known(holds: boolean): Standing {
  return holds ? "always" : "never";
}

/** `a && b`: one side that pins is enough. */
function both(a: Standing, b: Standing): Standing {
  return (
    (["never", "pins", "unclear", "open"] as const).find((one) => a === one || b === one) ??
    "always"
  );
}

/** `a || b`: the weaker side decides. */
function either(a: Standing, b: Standing): Standing {
  return (
    (["always", "open", "unclear", "pins"] as const).find((one) => a === one || b === one) ??
    "never"
  );
}
