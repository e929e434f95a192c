import { textOf } from "./placement.ts";
import type { Resource, StackView } from "./rule.ts";
import { whenKnown } from "./unknown.ts";

/** A resource and its place in the order of registration. */
interface Entry {
  readonly order: number;
  readonly resource: Resource;
}

/** A property's text -> who has it, the first registered first. */
type Texts = Map<string, Entry[]>;

/**
 * Resources by URN, by type and by whatever property is asked for, kept up as they register: neither a
 * registration nor a look-up costs more the more resources there are.
 */
export class StackIndex implements StackView {
  readonly #byUrn = new Map<string, Entry>();
  readonly #byType = new Map<string, TypeIndex>();
  #count = 0;

  /** Indexes a finished list; resources that share a URN (one replaces the other) all stay. */
  static of(resources: Iterable<Resource>): StackIndex {
    const index = new StackIndex();
    for (const resource of resources) index.#add(resource, index.#count);
    return index;
  }

  /** Takes a resource in, in the place of an earlier form of it: a replacement is checked again with new inputs. */
  register(resource: Resource): void {
    const earlier = this.#byUrn.get(resource.urn);
    if (earlier !== undefined) this.#byType.get(earlier.resource.type)?.remove(earlier);
    this.#byUrn.set(resource.urn, this.#add(resource, earlier?.order ?? this.#count));
  }

  get(urn: string): Resource | undefined {
    return this.#byUrn.get(urn)?.resource;
  }

  find(types: ReadonlySet<string>, property: string, text: string): Resource | undefined {
    let first: Entry | undefined;
    for (const type of types) {
      const found = this.#byType.get(type)?.first(property, text);
      if (found !== undefined && (first === undefined || found.order < first.order)) first = found;
    }
    return first?.resource;
  }

  findAll(types: ReadonlySet<string>, property: string, text: string): readonly Resource[] {
    return [...types].flatMap((type) =>
      (this.#byType.get(type)?.all(property, text) ?? []).map(({ resource }) => resource),
    );
  }

  #add(resource: Resource, order: number): Entry {
    const entry = { order, resource };
    const sameType = this.#byType.get(resource.type) ?? new TypeIndex();
    this.#byType.set(resource.type, sameType);
    sameType.add(entry);
    this.#count += 1;
    return entry;
  }
}

/** Resources of one type. A property is indexed when it is first asked for. */
class TypeIndex {
  readonly #entries = new Set<Entry>();
  readonly #byProperty = new Map<string, Texts>();

  add(entry: Entry): void {
    this.#entries.add(entry);
    for (const [property, texts] of this.#byProperty) enter(texts, property, entry);
  }

  remove(entry: Entry): void {
    this.#entries.delete(entry);
    for (const [property, texts] of this.#byProperty) {
      const text = knownText(entry.resource, property);
      const sharing = text === undefined ? undefined : texts.get(text);
      sharing?.splice(sharing.indexOf(entry), 1);
    }
  }

  first(property: string, text: string): Entry | undefined {
    return this.all(property, text)[0];
  }

  all(property: string, text: string): readonly Entry[] {
    let texts = this.#byProperty.get(property);
    if (texts === undefined) {
      texts = new Map();
      this.#byProperty.set(property, texts);
      for (const entry of this.#entries) enter(texts, property, entry);
    }
    return texts.get(text) ?? [];
  }
}

function enter(texts: Texts, property: string, entry: Entry): void {
  const text = knownText(entry.resource, property);
  if (text === undefined) return;
  const sharing = texts.get(text) ?? [];
  // Entries come in order, but for a resource that registers again: it keeps its first place.
  sharing.splice(sharing.findLastIndex(({ order }) => order < entry.order) + 1, 0, entry);
  texts.set(text, sharing);
}

function knownText({ props }: Resource, property: string): string | undefined {
  return whenKnown(() => textOf(props[property]));
}
