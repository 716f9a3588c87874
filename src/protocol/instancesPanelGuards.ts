import type {
  FromInstancesPanel,
  PanelComparison,
  PanelContribution,
  PanelDocument,
  PanelEvidence,
  PanelExample,
  PanelHeading,
  PanelLayer,
  PanelMap,
  PanelNeighbour,
  PanelPlace,
  PanelSense,
  PanelSource,
  PanelUse,
  PanelWord,
  ToInstancesPanel,
} from './instancesPanel';

type Check = (value: unknown) => boolean;
/** A check for every field of a message, so that a new field does not compile until it has one. */
type Shape<Message> = { readonly [Field in keyof Message]-?: Check };
type Shapes<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: Shape<Omit<Extract<Message, { readonly type: Type }>, 'type'>>;
};

const isString: Check = (value) => typeof value === 'string';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => Number.isFinite(value);
const isInteger: Check = (value) => Number.isSafeInteger(value);
const isIndex: Check = (value) => isInteger(value) && (value as number) >= 0;
const isIndexOrNone: Check = (value) => value === -1 || isIndex(value);
const isShare: Check = (value) => isNumber(value) && (value as number) >= 0 && (value as number) <= 1;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    isString(value) && values.includes(value as string);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const pairOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(check);
const shaped =
  <Message>(shape: Shape<Message>): Check =>
  (value) =>
    isRecord(value) && Object.entries<Check>(shape).every(([field, check]) => check(value[field]));
/** Are all values texts, in groups of any depth? That none is missing is checked by the compiler. */
const areTexts: Check = (value) =>
  isRecord(value) && Object.values(value).every((text) => isString(text) || areTexts(text));

const isHeading = shaped<PanelHeading>({ title: isString, level: isIndex, position: isShare });
const isDocument = shaped<PanelDocument>({ name: isString, headings: listOf(isHeading) });
const isSense = shaped<PanelSense>({
  key: isString,
  gloss: isString,
  synonyms: listOf(isString),
  supersense: isString,
  uses: isIndex,
});
const isSource = shaped<PanelSource>({
  encoder: isString,
  trained: isBoolean,
  recipe: isString,
  layer: isString,
  wordnet: isString,
});
const isWord = shaped<PanelWord>({
  lemma: isString,
  partOfSpeech: isString,
  documents: listOf(isDocument),
  senses: listOf(isSense),
  source: isSource,
});
const isUse = shaped<PanelUse>({
  document: isIndex,
  sense: isIndex,
  rival: isIndexOrNone,
  line: isIndex,
  position: isShare,
  heading: isIndexOrNone,
  left: isString,
  keyword: isString,
  right: isString,
  cosine: orNull(isNumber),
  probability: orNull(isShare),
  unsure: isBoolean,
  similarity: orNull(isNumber),
  closerThan: orNull(isShare),
});
const isNeighbour = shaped<PanelNeighbour>({
  document: isIndex,
  line: isIndex,
  left: isString,
  keyword: isString,
  right: isString,
  similarity: orNull(isNumber),
  gloss: isString,
  sameSense: isBoolean,
});
const isMethod = oneOf('pca', 'umap');
const isMap = shaped<PanelMap>({
  method: isMethod,
  x: listOf(isNumber),
  y: listOf(isNumber),
  marks: listOf(shaped<PanelMap['marks'][number]>({ sense: isIndex, x: isNumber, y: isNumber })),
  explained: orNull(pairOf(isShare)),
  silhouette: orNull(isNumber),
  between: isShare,
  agreement: orNull(isNumber),
  clusters: isIndex,
  continuum: orNull(pairOf(isIndex)),
  tooFew: isBoolean,
});
const isPlace = shaped<PanelPlace>({
  document: isString,
  line: isIndex,
  left: isString,
  keyword: isString,
  right: isString,
  gloss: isString,
});
const areContributions = listOf(
  shaped<PanelContribution>({ dimension: isIndex, share: isNumber, rogue: isBoolean }),
);
const isComparison = shaped<PanelComparison>({
  words: pairOf(isPlace),
  raw: isNumber,
  standardised: isNumber,
  static: orNull(isNumber),
  random: orNull(
    shaped<NonNullable<PanelComparison['random']>>({ raw: isNumber, standardised: isNumber, pairs: isIndex }),
  ),
  contributions: shaped<PanelComparison['contributions']>({
    raw: areContributions,
    standardised: areContributions,
  }),
});
const isExample = shaped<PanelExample>({
  left: isString,
  keyword: isString,
  right: isString,
  source: isString,
  similarity: isNumber,
});
const isEvidence = shaped<PanelEvidence>({
  use: isIndex,
  senses: listOf(
    shaped<PanelEvidence['senses'][number]>({
      sense: isIndex,
      tagged: isIndex,
      examples: listOf(isExample),
    }),
  ),
});
const isLayer = shaped<PanelLayer>({
  name: isString,
  raw: isNumber,
  standardised: isNumber,
  dimension: isIndex,
  share: isNumber,
});

const ASKED = { id: isInteger, word: isIndex };

const TO_PANEL: Shapes<ToInstancesPanel> = {
  start: { strings: areTexts, layers: listOf(isLayer) },
  busy: { text: isString },
  nothing: { text: isString },
  word: { number: isIndex, word: isWord, uses: listOf(isUse), asked: isIndex, memory: isString },
  comparing: ASKED,
  map: { ...ASKED, map: isMap },
  comparison: { ...ASKED, comparison: isComparison },
  evidence: { ...ASKED, evidence: isEvidence },
  neighbours: { ...ASKED, neighbours: listOf(isNeighbour) },
  failed: { ...ASKED, question: oneOf('map', 'comparison', 'evidence', 'neighbours'), text: isString },
  following: { on: isBoolean },
  focus: {},
};

const FROM_PANEL: Shapes<FromInstancesPanel> = {
  ready: {},
  goTo: { word: isIndex, use: isIndex, keepFocus: isBoolean },
  goToNeighbour: { word: isIndex, neighbour: isIndex },
  goToPosition: { word: isIndex, document: isIndex, position: isShare },
  ask: { word: isIndex, use: isIndex },
  map: { ...ASKED, method: isMethod },
  comparison: { ...ASKED, uses: pairOf(isIndex) },
  evidence: { ...ASKED, use: isIndex },
  neighbours: ASKED,
  follow: { on: isBoolean },
  cancel: {},
  saveList: { word: isIndex, as: oneOf('csv', 'json'), uses: listOf(isIndex) },
  saveMap: { as: oneOf('svg', 'png'), content: isString },
  chooseEncoder: {},
};

/** Is it a message to the panel whose indices are within its own lists? The panel ignores others. */
export function isToInstancesPanel(value: unknown): value is ToInstancesPanel {
  return isOneOf(value, TO_PANEL) && isConsistent(value as ToInstancesPanel);
}

/** Is it a message from the panel? Whether its indices exist is checked by the receiver, which has the list. */
export function isFromInstancesPanel(value: unknown): value is FromInstancesPanel {
  return isOneOf(value, FROM_PANEL);
}

function isOneOf(value: unknown, shapes: Readonly<Record<string, Readonly<Record<string, Check>>>>): boolean {
  if (!isRecord(value) || typeof value['type'] !== 'string' || !Object.hasOwn(shapes, value['type']))
    return false;
  return shaped(shapes[value['type']]!)(value);
}

/** Are the indices in a message within the lists of the same message? */
function isConsistent(message: ToInstancesPanel): boolean {
  if (message.type === 'map') {
    const { x, y } = message.map;
    return x.length === y.length;
  }
  if (message.type !== 'word') return true;
  const { documents, senses } = message.word;
  return (
    message.asked < message.uses.length &&
    message.uses.every(
      ({ document, sense, rival, heading }) =>
        sense < senses.length &&
        rival < senses.length &&
        document < documents.length &&
        heading < documents[document]!.headings.length,
    )
  );
}
