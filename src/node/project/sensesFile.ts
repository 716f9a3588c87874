import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import {
  type Language,
  type PartOfSpeech,
  type ProjectSense,
  projectKey,
  senseIdOf,
  type TermFault,
  termFault,
  WORDNET_PLACES,
  type WordnetPlace,
} from '../../core';

/** A problem with an entry of a glossary or of the project's senses. */
export interface SenseProblem {
  /** Line of the entry, from 1. */
  readonly line: number;
  readonly kind:
    | 'not readable'
    | 'newer version'
    | 'not an entry'
    | 'no word'
    | 'no definition'
    | 'unknown part of speech'
    | 'unknown place'
    | 'given twice'
    | TermFault;
  /** The word of the entry, or the parser's message. */
  readonly about: string;
}

/** The senses of a text, and the problems with entries that could not be used. */
export interface ParsedSenses {
  readonly senses: readonly ProjectSense[];
  readonly problems: readonly SenseProblem[];
}

/** The fields of an entry by their names in small letters. A field such as `example` may have several values. */
export type SenseFields = ReadonlyMap<string, readonly string[]>;

const VERSION = 1;
const HEADING = `# Senses of this project, which Glossight reads beside WordNet's: docs/formats.md.
version: ${VERSION}
senses:
`;
const NAMES = {
  word: ['word', 'term', 'name', 'lemma'],
  definition: ['definition', 'gloss', 'meaning', 'description'],
  partOfSpeech: ['partofspeech', 'part of speech', 'pos'],
  examples: ['examples', 'example', 'passage', 'passages'],
  wordnet: ['wordnet'],
  id: ['id'],
} as const;
const PARTS: Readonly<Record<string, PartOfSpeech>> = {
  noun: 'noun',
  n: 'noun',
  verb: 'verb',
  v: 'verb',
  adjective: 'adj',
  adj: 'adj',
  a: 'adj',
  adverb: 'adv',
  adv: 'adv',
  r: 'adv',
};

/** The sense that an entry's fields describe, or the problem with them. Unknown fields are ignored. */
export function senseOf(fields: SenseFields, line: number, language: Language): ProjectSense | SenseProblem {
  const all = (name: keyof typeof NAMES): string[] =>
    NAMES[name].flatMap((field) => fields.get(field) ?? []).map((text) => text.trim().replace(/\s+/g, ' '));
  const first = (name: keyof typeof NAMES): string => all(name)[0] ?? '';
  const word = first('word');
  const definition = first('definition');
  const part = first('partOfSpeech').toLowerCase() || 'noun';
  const place = first('wordnet').toLowerCase() || 'beside';
  const refuse = (kind: SenseProblem['kind'], about: string): SenseProblem => ({ line, kind, about });
  if (word === '') return refuse('no word', word);
  const fault = termFault(word, language);
  if (fault) return refuse(fault, word);
  if (definition === '') return refuse('no definition', word);
  if (!Object.hasOwn(PARTS, part)) return refuse('unknown part of speech', part);
  if (!WORDNET_PLACES.includes(place as WordnetPlace)) return refuse('unknown place', place);
  return {
    word,
    partOfSpeech: PARTS[part]!,
    // The id becomes a part of the key, which is shown to readers.
    id: senseIdOf(first('id') || definition),
    definition,
    examples: all('examples').filter((example) => example !== ''),
    wordnet: place as WordnetPlace,
  };
}

/** Sorts senses from problems; of two senses with the same key the second one is a problem. */
export function collectSenses(
  found: readonly (ProjectSense | SenseProblem)[],
  lines: readonly number[],
  language: Language,
): ParsedSenses {
  const senses = new Map<string, ProjectSense>();
  const problems: SenseProblem[] = [];
  found.forEach((entry, i) => {
    if ('kind' in entry) problems.push(entry);
    else if (senses.has(projectKey(entry, language)))
      problems.push({ line: lines[i]!, kind: 'given twice', about: entry.word });
    else senses.set(projectKey(entry, language), entry);
  });
  return { senses: [...senses.values()], problems };
}

/**
 * Reads senses from YAML: the file of a project, a list of entries, or a mapping of words to definitions. Entries that can be
 * read are used, also beside entries that cannot.
 */
export function parseSenses(text: string, language: Language): ParsedSenses {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (node: Node | null | undefined): number => lines.linePos(node?.range?.[0] ?? 0).line;
  const problems = document.errors.map(({ pos, message }): SenseProblem => ({
    line: lines.linePos(pos[0]).line,
    kind: 'not readable',
    about: message,
  }));
  const root = document.contents;
  if (isMap(root) && Number(root.get('version') ?? VERSION) > VERSION) {
    problems.push({ line: lineOf(root), kind: 'newer version', about: '' });
  }
  const list = isMap(root) && root.has('senses') ? root.get('senses', true) : root;
  const found: (ProjectSense | SenseProblem)[] = [];
  const at: number[] = [];
  const add = (fields: SenseFields | undefined, node: Node | null | undefined): void => {
    const line = lineOf(node);
    at.push(line);
    found.push(fields ? senseOf(fields, line, language) : { line, kind: 'not an entry', about: '' });
  };
  if (isSeq(list)) {
    for (const item of list.items) add(isMap(item) ? fieldsOf(item) : undefined, item);
  } else if (isMap(list)) {
    for (const { key, value } of list.items) {
      const word = isScalar(key) ? String(key.value) : '';
      if (list === root && word === 'version') continue;
      const fields = isMap(value)
        ? fieldsOf(value)
        : isScalar(value)
          ? new Map([['definition', [textOf(value)]]])
          : undefined;
      add(fields && new Map([...fields, ['word', [word]]]), key);
    }
  } else if (isScalar(list) && list.value !== null) add(undefined, list);
  const collected = collectSenses(found, at, language);
  return { ...collected, problems: [...problems, ...collected.problems].sort((a, b) => a.line - b.line) };
}

function fieldsOf(map: YAMLMap): SenseFields {
  const fields = new Map<string, readonly string[]>();
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value).toLowerCase() : '';
    if (isScalar(value) && value.value !== null) fields.set(name, [textOf(value)]);
    else if (isSeq(value)) fields.set(name, value.items.filter((item) => isScalar(item)).map(textOf));
  }
  return fields;
}

/** A scalar as it is written, even if YAML takes it for a number or a date. */
function textOf({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? '');
}

/** May the file of a project be written? Not while parts of it could not be read. */
export function isWritable({ problems }: ParsedSenses): boolean {
  return problems.every(
    ({ kind }) => kind !== 'not readable' && kind !== 'newer version' && kind !== 'not an entry',
  );
}

/**
 * The text of a project's file after senses were added, or replaced by key. Everything else in it stays, comments too.
 * @throws Error if the file may not be written (`isWritable`)
 */
export function addSenses(text: string, senses: readonly ProjectSense[], language: Language): string {
  const document = parseDocument(text.trim() === '' ? HEADING : text);
  if (!isWritable(parseSenses(text, language)) || !isMap(document.contents)) {
    throw new Error('The file has entries that cannot be read.');
  }
  if (!isSeq(document.get('senses'))) document.set('senses', document.createNode([]));
  const list = document.get('senses');
  if (!isSeq(list)) throw new Error('The file has entries that cannot be read.');
  for (const sense of senses) {
    const { word, definition, partOfSpeech, examples, wordnet, id } = sense;
    const node = document.createNode({
      word,
      definition,
      partOfSpeech,
      ...(examples.length > 0 ? { examples: [...examples] } : {}),
      wordnet,
      id,
    });
    const place = list.items.findIndex((item) => {
      const read = isMap(item) ? senseOf(fieldsOf(item), 0, language) : undefined;
      return read && !('kind' in read) && projectKey(read, language) === projectKey(sense, language);
    });
    if (place >= 0) list.items[place] = node;
    else list.items.push(node);
  }
  return document.toString({ lineWidth: 0 });
}
