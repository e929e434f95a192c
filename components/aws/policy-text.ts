/** One value or several, as IAM writes them. */
export type OneOrMany = string | readonly string[];

/** Condition operator -> key -> accepted values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;

/** One statement of a policy document; identity policies leave `Principal` out. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, OneOrMany>>;
  readonly Action: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly Condition?: Conditions;
}

/** The document as JSON text: same statements, same bytes, so that a second `up` changes nothing. */
export function policyText(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
