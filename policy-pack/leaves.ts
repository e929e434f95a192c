import { isUnknownRead } from "./unknown.ts";

/** A value at the end of a property path. */
export interface Leaf {
  /** `template.envs.0.value` */
  readonly path: string;
  /** `undefined` while it is not known. */
  readonly text: string | undefined;
}

type Props = Readonly<Record<string, unknown>>;
/** Inputs never change while they are judged, and several judges of one resource ask for the same leaves. */
const remembered = new WeakMap<Props, readonly Leaf[]>();

/** Every text below some properties, and every value that is not known yet. Numbers and booleans are left out. */
export function leavesOf(props: Props): readonly Leaf[] {
  const known = remembered.get(props);
  if (known !== undefined) return known;
  const leaves: Leaf[] = [];
  collect(props, "", leaves);
  remembered.set(props, leaves);
  return leaves;
}

function collect(holder: object, lead: string, leaves: Leaf[]): void {
  for (const step of Object.keys(holder)) {
    if (step === "__defaults") continue;
    const path = lead + step;
    const value = readOrUnknown(holder, step);
    if (value === NOT_KNOWN) leaves.push({ path, text: undefined });
    else if (typeof value === "string") leaves.push({ path, text: value });
    else if (typeof value === "object" && value !== null) collect(value, `${path}.`, leaves);
  }
}

const NOT_KNOWN = Symbol("not known yet");

function readOrUnknown(holder: object, step: string): unknown {
  try {
    return (holder as Readonly<Record<string, unknown>>)[step];
  } catch (error) {
    if (isUnknownRead(error)) return NOT_KNOWN;
    throw error;
  }
}
