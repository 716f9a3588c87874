import type { Language, Lexicon } from '../language';
import type { LemmaSenses, PartOfSpeech, Sense, SenseId, SenseKey } from '../model';
import type { SenseInventory } from '../ports';
import { BoundedMap } from '../util/boundedMap';
import { lowest } from '../util/search';
import { type Artifact, ArtifactError, type ArtifactKind, checkManifest, checkOrder, view } from './artifact';
import { EXAMPLE_MARK, SYNSET_ORDER } from './inventoryFormat';
import { ListTable, textOf, type TextTable } from './tables';

/** How many forms' lemmas are remembered: a novel has some twenty thousand distinct forms. */
const REMEMBERED_FORMS = 32_768;
/** How many first words' multiword lemmas are remembered; some words begin hundreds. */
const REMEMBERED_STARTS = 8_192;

/** The fields that the manifests of all inventories have. */
export interface CommonManifest {
  readonly edition: string;
  readonly counts: { readonly lemmas: number; readonly senses: number; readonly synsets: number };
  readonly synsetEnds: readonly number[];
}

type Sections = Readonly<Record<string, number>>;

/** A `...Start` section, the number of lists whose starts it has, and the section that holds the lists. */
export type Located = readonly [start: string, count: number, located: string];

/**
 * Checks that the manifest is undamaged and that every section has the length that follows from it.
 * @param sizes bytes of one element, by section, in the order of the file
 * @param locations makes the locations from the counts of the manifest, once the manifest is known to be undamaged
 * @throws ArtifactError
 */
export function checkSections(
  artifact: Artifact,
  kind: ArtifactKind,
  sizes: Sections,
  locations: (counts: CommonManifest['counts']) => readonly Located[],
): void {
  const refuse = (what: string): never => {
    throw new ArtifactError(kind, what);
  };
  const bytes = (name: string): Uint8Array => artifact.section(name);
  checkOrder(artifact, kind, Object.keys(sizes));
  for (const [name, size] of Object.entries(sizes))
    if (bytes(name).length % size !== 0) refuse('its header is damaged');
  checkManifest(artifact, kind);
  for (const [name, count, located] of locations((artifact.manifest as CommonManifest).counts)) {
    const start = view.uint32(bytes(name));
    const last = bytes(located).length / sizes[located]!;
    if (start.length !== count + 1 || start[0] !== 0 || start[count] !== last)
      refuse(`its ${located} are damaged`);
  }
}

/** What the formats of inventories have in common: lemmas, synsets, hypernyms. Bytes are read in place, without a copy. */
export abstract class ArtifactInventory implements SenseInventory {
  readonly edition: string;
  readonly id: string;
  readonly language: Language;
  readonly senseCount: number;
  readonly synsetCount: number;

  protected readonly synsetSenseLists: ListTable<Uint32Array>;
  protected readonly hypernymLists: ListTable<Uint32Array>;
  /** Sorted. */
  readonly #lemmas: TextTable;
  readonly #lemmaSenseStart: Uint32Array;
  readonly #synsetEnds: readonly number[];
  readonly #exceptionText: Uint8Array | Uint16Array;
  #exceptions: Exceptions | undefined;
  readonly #lexicon: Lexicon = {
    isLemma: (form, partOfSpeech) => {
      const [start, end] = this.senseRange(form, partOfSpeech);
      return start < end;
    },
    exceptions: (form, partOfSpeech) => {
      return this.#exceptionLists()[partOfSpeech].get(form) ?? [];
    },
  };

  readonly #lemmasOfForms = new BoundedMap<string, readonly LemmaSenses[]>(REMEMBERED_FORMS);
  readonly #multiwords = new BoundedMap<string, ReadonlyMap<string, readonly string[]>>(REMEMBERED_STARTS);

  constructor(
    artifact: Artifact,
    manifest: CommonManifest,
    language: Language,
    lemmas: TextTable,
    exceptionText: Uint8Array | Uint16Array,
  ) {
    const words = (name: string): Uint32Array => view.uint32(artifact.section(name));
    this.edition = manifest.edition;
    this.id = artifact.sha256;
    this.language = language;
    this.senseCount = manifest.counts.senses;
    this.synsetCount = manifest.counts.synsets;
    this.#synsetEnds = manifest.synsetEnds;
    this.#lemmas = lemmas;
    this.#lemmaSenseStart = words('lemmaSenseStart');
    this.synsetSenseLists = new ListTable(words('synsetSenseStart'), words('synsetSenses'));
    this.hypernymLists = new ListTable(words('hypernymStart'), words('hypernyms'));
    this.#exceptionText = exceptionText;
  }

  abstract key(sense: SenseId): SenseKey;
  abstract find(key: SenseKey): SenseId | undefined;
  abstract isCapitalised(sense: SenseId): boolean;
  abstract synset(sense: SenseId): number;
  protected abstract spelling(sense: SenseId): string;
  protected abstract supersense(synset: number): string | undefined;
  /** Gloss and examples of a synset, with EXAMPLE_MARK between them. */
  protected abstract glossText(synset: number): string;

  senses(lemma: string, partOfSpeech: PartOfSpeech): readonly SenseId[] {
    const [start, end] = this.senseRange(lemma, partOfSpeech);
    return Array.from({ length: end - start }, (_, i) => start + i);
  }

  lemmas(form: string, partOfSpeech?: PartOfSpeech): readonly LemmaSenses[] {
    const all = this.#lemmasOfForms.get(form, () =>
      this.language.lemmasOf(form, this.#lexicon).map((found) => ({
        ...found,
        senses: this.senses(found.lemma, found.partOfSpeech),
      })),
    );
    return partOfSpeech === undefined ? all : all.filter((found) => found.partOfSpeech === partOfSpeech);
  }

  multiwords(firstWord: string): ReadonlyMap<string, readonly string[]> {
    return this.#multiwords.get(firstWord, () => {
      const continuations = new Map<string, string[]>();
      for (const prefix of firstWord === '' ? [] : [`${firstWord}_`, `${firstWord}-`]) {
        for (let lemma = this.#lowerBound(prefix); lemma < this.#lemmas.count; lemma++) {
          const text = this.#lemmas.at(lemma);
          if (!text.startsWith(prefix)) break;
          const second = text.slice(prefix.length).split(/[_-]/, 1)[0]!;
          const known = continuations.get(second);
          if (known) known.push(text);
          else continuations.set(second, [text]);
        }
      }
      return continuations;
    });
  }

  irregularForms(lemma: string, partOfSpeech: PartOfSpeech): readonly string[] {
    return [...this.#exceptionLists()[partOfSpeech]].flatMap(([form, bases]) =>
      form !== lemma && bases.includes(lemma) ? [form] : [],
    );
  }

  describe(sense: SenseId): Sense {
    const synset = this.synset(sense);
    const [gloss, ...examples] = this.#gloss(synset);
    const supersense = this.supersense(synset);
    return {
      id: sense,
      key: this.key(sense),
      lemma: this.spelling(sense),
      partOfSpeech: this.partOfSpeech(sense),
      gloss,
      examples,
      synonyms: this.synsetSenses(synset)
        .filter((other) => other !== sense)
        .map((other) => this.spelling(other)),
      ...(supersense === undefined ? {} : { supersense }),
    };
  }

  /** The lemma of a sense: the last one whose senses start at the sense or before it. */
  lemma(sense: SenseId): string {
    if (!(sense >= 0 && sense < this.senseCount)) throw new RangeError(`There is no sense ${sense}.`);
    let low = 0;
    let high = this.#lemmas.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#lemmaSenseStart[middle]! > sense) high = middle - 1;
      else low = middle;
    }
    return this.#lemmas.at(low);
  }

  partOfSpeech(sense: SenseId): PartOfSpeech {
    return SYNSET_ORDER[this.partOfSpeechIndex(this.synset(sense))]!;
  }

  synsetSenses(synset: number): readonly SenseId[] {
    return [...this.synsetSenseLists.at(synset)];
  }

  hypernyms(synset: number): readonly number[] {
    return [...this.hypernymLists.at(synset)];
  }

  synsetGloss(synset: number): { readonly lemmas: readonly string[]; readonly gloss: string } {
    const lemmas = this.synsetSenses(synset).map((sense) => this.spelling(sense));
    return { lemmas, gloss: this.#gloss(synset)[0] };
  }

  /** Place of a synset's part of speech in SYNSET_ORDER. */
  protected partOfSpeechIndex(synset: number): number {
    return this.#synsetEnds.findIndex((end) => synset < end);
  }

  /** The senses of a lemma as one part of speech, which have consecutive numbers, as a half-open range; may be empty. */
  protected senseRange(lemma: string, partOfSpeech: PartOfSpeech): readonly [start: SenseId, end: SenseId] {
    const index = this.#lowerBound(lemma);
    if (index >= this.#lemmas.count || this.#lemmas.compare(index, lemma) !== 0) return [0, 0];
    const place = SYNSET_ORDER.indexOf(partOfSpeech);
    const synsetStart = place === 0 ? 0 : this.#synsetEnds[place - 1]!;
    const synsetEnd = this.#synsetEnds[place]!;
    let end = this.#lemmaSenseStart[index + 1]!;
    let start = this.#lemmaSenseStart[index]!;
    while (start < end && this.synset(start) < synsetStart) start++;
    while (start < end && this.synset(end - 1) >= synsetEnd) end--;
    return [start, end];
  }

  /** First lemma that does not sort before the form. */
  #lowerBound(form: string): number {
    return lowest(this.#lemmas.count, (lemma) => this.#lemmas.compare(lemma, form) >= 0);
  }

  /** Gloss, then examples. */
  #gloss(synset: number): [gloss: string, ...examples: string[]] {
    return this.glossText(synset).split(EXAMPLE_MARK) as [string, ...string[]];
  }

  #exceptionLists(): Exceptions {
    return (this.#exceptions ??= parseExceptions(textOf(this.#exceptionText)));
  }
}

type Exceptions = Readonly<Record<PartOfSpeech, ReadonlyMap<string, readonly string[]>>>;

/** Parses the exception lists, six thousand lines. It takes a few milliseconds, at the first form that is looked up. */
function parseExceptions(text: string): Exceptions {
  const lists = text.split('\n\n').map(
    (list) =>
      new Map(
        list.split('\n').map((line) => {
          const [form = '', ...bases] = line.split(' ');
          return [form, bases] as const;
        }),
      ),
  );
  const [noun, verb, adj, adv] = lists as [Map<string, string[]>, ...Map<string, string[]>[]];
  return { noun, verb: verb!, adj: adj!, adv: adv! };
}
