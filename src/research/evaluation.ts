import { XMLParser } from 'fast-xml-parser';
import {
  analyse,
  type Embedder,
  embedWords,
  type GoldInstance,
  type LanguagePack,
  type LayerRule,
  readableText,
  readProse,
  type FittedValues,
  createSenseRanker,
  createStaticRanker,
  type SenseIndex,
  type SenseInventory,
  type SenseRanker,
  type TaggedSentence,
  type TaggedText,
  type TaggedToken,
} from '../core';
import type { Outcome } from './score';
import { corpusSentences } from '../node/files';
import { readBytes } from '../node/files';
import { UserError } from '../engine';

/** The odd lines of a held-out list are documents to choose on, the even lines documents to report on. */
export type HeldOutHalf = 'choose' | 'report';

export interface EvaluationOptions extends Embedder {
  readonly inventory: SenseInventory;
  readonly pack: LanguagePack;
  readonly index: SenseIndex;
  readonly layer: LayerRule;
  readonly fitted: FittedValues;
  /** Compare static type vectors, which do not depend on context. */
  readonly staticVectors: boolean;
  /** Read plain text, instead of being given lemma and part of speech. */
  readonly raw: boolean;
  /**
   * Order of a lemma's senses, which decides ties and lemmas without tagged uses: WordNet's, or by tagged uses in the index.
   * WordNet's order was itself counted on SemCor, with the held-out documents.
   */
  readonly order: 'wordnet' | 'uses';
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface Evaluation {
  readonly outcomes: readonly Outcome[];
  /** Number of words of running text that were read. */
  readonly words: number;
}

/** Scores a recipe on tagged documents, one after another. @throws CancelledError */
export async function evaluate(
  documents: readonly (readonly TaggedSentence[])[],
  options: EvaluationOptions,
): Promise<Evaluation> {
  const outcomes: Outcome[] = [];
  let words = 0;
  for (const [i, document] of documents.entries()) {
    const tagged = readableText(document);
    const answers = await (options.raw ? answerFromText(tagged, options) : answerInstances(tagged, options));
    tagged.instances.forEach((instance, k) => outcomes.push(outcomeOf(instance, answers[k]!, options)));
    words += tagged.words.length;
    options.progress?.(i + 1, documents.length);
  }
  return { outcomes, words };
}

type Answer = Pick<Outcome, 'answer' | 'ranked'>;
const UNANSWERED: Answer = { answer: undefined, ranked: [] };

/** Answers instances whose lemma and part of speech are given. */
async function answerInstances(tagged: TaggedText, options: EvaluationOptions): Promise<Answer[]> {
  const { inventory } = options;
  const { ranker, layer } = comparison(options);
  const [vectors] = await embedWords([tagged], layer, options, options.signal);
  return tagged.instances.map(({ lemma, partOfSpeech, word }) => {
    const senses = ordered(inventory.senses(lemma, partOfSpeech), options);
    const vector = vectors![word];
    if (senses.length === 0) return UNANSWERED;
    if (senses.length === 1 || !vector) return { answer: inventory.key(senses[0]!), ranked: [] };
    const ranked = ranker
      .rank(vector, senses)
      .map(({ sense, score }) => ({ sense: inventory.key(sense), score }));
    return { answer: ranked[0]!.sense, ranked };
  });
}

/**
 * Answers instances from plain text, by the annotations with the same span, those of words in multiword units included. All rules
 * to abstain are off.
 */
async function answerFromText(tagged: TaggedText, options: EvaluationOptions): Promise<Answer[]> {
  const deps = { ...options, ...comparison(options), rules: 'none' as const };
  const { inventory } = options;
  const answers = new Map<string, Answer>();
  for await (const readings of analyse(readProse(tagged.text, 'plain'), [deps], options.signal)) {
    for (const { annotations, abstentions } of readings) {
      for (const { start, end, of } of abstentions)
        if (of !== undefined) answers.set(`${start}-${end}`, { answer: inventory.key(of), ranked: [] });
      for (const { start, end, sense, candidates } of annotations.flatMap((one) => [
        one,
        ...(one.parts ?? []),
      ]))
        answers.set(`${start}-${end}`, {
          answer: inventory.key(sense),
          ranked: candidates.map((one) => ({ sense: inventory.key(one.sense), score: one.score })),
        });
    }
  }
  return tagged.instances.map(({ start, end }) => answers.get(`${start}-${end}`) ?? UNANSWERED);
}

/** The ranker, and the layer whose vectors it ranks. */
function comparison({ staticVectors, layer, index, inventory, fitted }: EvaluationOptions): {
  ranker: SenseRanker;
  layer: LayerRule;
} {
  return staticVectors
    ? { ranker: createStaticRanker(), layer: 'static' }
    : { ranker: createSenseRanker(index, inventory, fitted.recipe), layer };
}

function ordered(
  senses: readonly number[],
  { index, inventory, order }: EvaluationOptions,
): readonly number[] {
  if (order === 'wordnet') return senses;
  return [...senses].sort(
    (a, b) => index.uses(b) - index.uses(a) || (inventory.key(a) < inventory.key(b) ? -1 : 1),
  );
}

function outcomeOf(
  { lemma, partOfSpeech, keys }: GoldInstance,
  answer: Answer,
  { inventory, index }: EvaluationOptions,
): Outcome {
  const seen = keys.some((key) => index.uses(inventory.find(key) ?? -1) > 0);
  return {
    partOfSpeech,
    gold: keys,
    ...answer,
    polysemous: inventory.senses(lemma, partOfSpeech).length > 1,
    unseen: !seen,
  };
}

/**
 * Reads evaluation data: the unified-evaluation XML with its key file (Raganato et al. 2017), or tagged JSONL.
 * @throws UserError
 */
export async function readDocuments(data: string, gold?: string): Promise<TaggedSentence[][]> {
  const keys = gold === undefined ? undefined : await readGold(gold);
  const documents = new Map<string, TaggedSentence[]>();
  for await (const sentence of data.endsWith('.xml') ? await readXml(data) : corpusSentences(data)) {
    const tokens = keys ? sentence.tokens.map((token) => withKeys(token, keys)) : sentence.tokens;
    const document = documents.get(sentence.doc) ?? [];
    document.push({ ...sentence, tokens });
    documents.set(sentence.doc, document);
  }
  if (![...documents.values()].flat().some(({ tokens }) => tokens.some(({ keys }) => keys))) {
    throw new UserError(
      `${data} has no instance with a gold sense.`,
      keys ? 'Check that --gold belongs to it.' : 'Name its key file with --gold.',
    );
  }
  return [...documents.values()];
}

/** The documents of one half of the held-out list. */
export async function heldOutHalf(list: string, half: HeldOutHalf): Promise<ReadonlySet<string>> {
  const parity = half === 'choose' ? 0 : 1;
  return new Set([...(await heldOutDocuments(list))].filter((_, line) => line % 2 === parity));
}

/** All documents of a held-out list, which names one per line. */
export async function heldOutDocuments(list: string): Promise<ReadonlySet<string>> {
  const text = (await readBytes(list)).toString('utf8');
  return new Set(text.split(/\r?\n/).filter((line) => line.trim() !== ''));
}

function withKeys(token: TaggedToken, keys: ReadonlyMap<string, readonly string[]>): TaggedToken {
  const { text, lemma, pos, id } = token;
  const own = id === undefined ? undefined : keys.get(id);
  return id !== undefined && own ? { text, lemma, pos, id, keys: own } : { text, lemma, pos };
}

/** Reads gold keys from lines of `instance-id key [key ...]`. */
async function readGold(file: string): Promise<Map<string, readonly string[]>> {
  const keys = new Map<string, readonly string[]>();
  const lines = (await readBytes(file)).toString('utf8').split(/\r?\n/);
  lines.forEach((line, i) => {
    const [id, ...own] = line.trim().split(/\s+/);
    if (!id) return;
    if (own.length === 0 || own.some((key) => !key.includes('%'))) {
      throw new UserError(
        `${file}, line ${i + 1} has no sense key.`,
        'Each line is an instance id and its sense keys.',
      );
    }
    keys.set(id, own);
  });
  return keys;
}

/** An element in the shape in which fast-xml-parser returns it if order is preserved. */
type XmlNode = Readonly<Record<string, unknown>> & { readonly ':@'?: Readonly<Record<string, string>> };

async function readXml(file: string): Promise<TaggedSentence[]> {
  const bytes = await readBytes(file);
  let roots: XmlNode[];
  try {
    const parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      trimValues: true,
      parseTagValue: false,
    });
    roots = parser.parse(bytes) as XmlNode[];
  } catch (error) {
    throw new UserError(
      `${file} is not well-formed XML: ${(error as Error).message}.`,
      'Name a unified-evaluation data file.',
    );
  }
  const children = (
    nodes: readonly XmlNode[],
    tag: string,
  ): { attributes: Readonly<Record<string, string>>; nodes: XmlNode[] }[] =>
    nodes
      .filter((node) => tag in node)
      .map((node) => ({ attributes: node[':@'] ?? {}, nodes: node[tag] as XmlNode[] }));
  return children(roots, 'corpus').flatMap((corpus) =>
    children(corpus.nodes, 'text').flatMap((text) =>
      children(text.nodes, 'sentence').map((sentence) => ({
        id: sentence.attributes['id'] ?? '',
        doc: text.attributes['id'] ?? '',
        tokens: sentence.nodes.map(tokenOf).filter((token) => token !== undefined),
      })),
    ),
  );
}

function tokenOf(node: XmlNode): TaggedToken | undefined {
  const content = (node['wf'] ?? node['instance']) as readonly XmlNode[] | undefined;
  if (!content) return undefined;
  const { id, lemma = '', pos = 'X' } = node[':@'] ?? {};
  const text = content.map((part) => part['#text'] as string | undefined).join('');
  return { text, lemma, pos, ...(id === undefined ? {} : { id }) };
}
