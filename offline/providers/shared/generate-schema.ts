import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

import { type Kind, renderKind } from "./kind.ts";

type Fields = Record<string, string>;
type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration;

/** Which SDK to read, and which of its types. */
export interface SchemaSource {
  /** npm package, for example `@pulumi/aws`. */
  readonly sdk: string;
  /** `module/Class` of every modelled type. */
  readonly names: readonly string[];
  readonly tokenOf: (name: string) => string;
  /** File of a class inside its module, without ending. */
  readonly fileNameOf: (className: string) => string;
}

/**
 * Text of `schema.json`: inputs and outputs of every modelled type, read from the type definitions
 * of the installed SDK, and every nested input type they lead to.
 *
 * @throws Error when a type the list names is not in the SDK or has another token there, or a field
 * has a shape not met before.
 */
export function schemaTextOf({ sdk, names, tokenOf, fileNameOf }: SchemaSource): string {
  const root = dirname(createRequire(import.meta.url).resolve(`${sdk}/package.json`));
  const version: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
  const nested = declarationsOf(join(root, "types", "input.d.ts"));
  const wanted = new Set<string>();
  const required = (found: ReadonlyMap<string, Declaration>, name: string): Declaration => {
    const declaration = found.get(name);
    if (declaration === undefined) throw new Error(`${sdk} does not declare ${name}`);
    return declaration;
  };
  const resources: Record<string, { inputs: Fields; outputs: Fields }> = {};
  for (const type of names) {
    const [module = "", className = ""] = type.split("/");
    const file = join(root, module, fileNameOf(className));
    const token = tokenOf(type);
    if (!readFileSync(`${file}.js`, "utf8").includes(`__pulumiType = '${token}'`))
      throw new Error(`${sdk} has another token than ${token} for ${type}`);
    const found = declarationsOf(`${file}.d.ts`);
    const inputs = fieldsOf(required(found, `${className}Args`), wanted);
    resources[token] = { inputs, outputs: fieldsOf(required(found, className), new Set()) };
  }
  const provider = fieldsOf(
    required(declarationsOf(join(root, "provider.d.ts")), "ProviderArgs"),
    wanted,
  );
  const types: Record<string, Fields> = {};
  // A set being walked also yields what is added meanwhile: nested types of nested types.
  for (const name of wanted) types[name] = fieldsOf(required(nested, name), wanted);
  const sorted = Object.fromEntries(
    Object.entries(types).sort(([a], [b]) => (a < b ? -1 : Number(a > b))),
  );
  return `${JSON.stringify({ version, provider, resources, types: sorted }, null, 2)}\n`;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, false);
}

function declarationsOf(file: string): Map<string, Declaration> {
  return collect(parse(file).statements, "");
}

function collect(statements: readonly ts.Statement[], prefix: string): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) found.set(prefix + statement.name.text, statement);
    if (ts.isClassDeclaration(statement) && statement.name !== undefined)
      found.set(prefix + statement.name.text, statement);
    if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body))
      for (const [name, inner] of collect(
        statement.body.statements,
        `${prefix}${statement.name.text}/`,
      ))
        found.set(name, inner);
  }
  return found;
}

function fieldsOf(declaration: Declaration, wanted: Set<string>): Fields {
  const fields: Fields = {};
  for (const member of declaration.members) {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) continue;
    if (member.type === undefined || !ts.isIdentifier(member.name)) continue;
    if (member.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword)) continue;
    const kind = kindOf(member.type, `${declaration.name?.text}.${member.name.text}`, wanted);
    const optional = member.questionToken !== undefined || admitsUndefined(member.type);
    fields[member.name.text] = renderKind(kind) + (optional ? "?" : "");
  }
  return fields;
}

/** `Output<string | undefined>` is an output the service may leave out: not a computed one. */
function admitsUndefined(node: ts.TypeNode): boolean {
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  if (ts.isUnionTypeNode(node)) return node.types.some(admitsUndefined);
  const wrapped = ts.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
  return wrapped !== undefined && admitsUndefined(wrapped);
}

function kindOf(node: ts.TypeNode, at: string, wanted: Set<string>): Kind {
  if (node.kind === ts.SyntaxKind.StringKeyword) return { is: "string" };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { is: "number" };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { is: "boolean" };
  if (node.kind === ts.SyntaxKind.AnyKeyword) return { is: "any" };
  if (ts.isParenthesizedTypeNode(node)) return kindOf(node.type, at, wanted);
  if (ts.isArrayTypeNode(node)) return { is: "list", of: kindOf(node.elementType, at, wanted) };
  if (ts.isTypeLiteralNode(node)) return mapKind(node, at, wanted);
  if (ts.isUnionTypeNode(node)) return unionKind(node, at, wanted);
  if (ts.isTypeReferenceNode(node)) return referenceKind(node, at, wanted);
  throw new Error(`${at}: a type the generator does not know (${ts.SyntaxKind[node.kind]})`);
}

function mapKind(node: ts.TypeLiteralNode, at: string, wanted: Set<string>): Kind {
  const member = node.members[0];
  if (member === undefined || !ts.isIndexSignatureDeclaration(member))
    throw new Error(`${at}: an inline object type the generator does not know`);
  return { is: "map", of: kindOf(member.type, at, wanted) };
}

function unionKind(node: ts.UnionTypeNode, at: string, wanted: Set<string>): Kind {
  const kinds = node.types
    .filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword)
    .map((type) => kindOf(type, at, wanted));
  const byText = new Map(kinds.map((kind) => [renderKind(kind), kind]));
  const [only, second] = byText.values();
  if (only === undefined) throw new Error(`${at}: an empty union`);
  return second === undefined ? only : { is: "either", of: [...byText.values()] };
}

function referenceKind(node: ts.TypeReferenceNode, at: string, wanted: Set<string>): Kind {
  const name = dotted(node.typeName);
  const [argument] = node.typeArguments ?? [];
  if (argument !== undefined && /^pulumi\.(Input|Output)$/.test(name))
    return kindOf(argument, at, wanted);
  if (name.startsWith("inputs.")) {
    const type = name.slice("inputs.".length).replaceAll(".", "/");
    wanted.add(type);
    return { is: "object", type };
  }
  if (name.startsWith("outputs."))
    return { is: "object", type: name.slice("outputs.".length).replaceAll(".", "/") };
  // The SDK's named texts: closed lists the service itself extends, and ARNs.
  if (name.startsWith("enums.") || /^(ARN|Region|.*\bARN)$/.test(name)) return { is: "string" };
  // An input that takes a resource (`Topic`, `Role`, `RestApi`) takes its id or ARN as well.
  return { is: "string" };
}

function dotted(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${dotted(name.left)}.${name.right.text}`;
}
