import type {
  PanelComparison,
  PanelEvidence,
  PanelLayer,
  PanelMap,
  PanelNeighbour,
  PanelUse,
  PanelWord,
} from '../../src/protocol/instancesPanel';

/** Text that a page must never take for anything else. */
export const HOSTILE = '<script>alert(1)</script> [x](command:evil) <img src=x onerror=alert(2)>';

/** The uses of a word in two documents, made up the same each time; some of them hostile. */
export interface PanelFixture {
  readonly word: PanelWord;
  readonly uses: readonly PanelUse[];
  readonly asked: number;
  readonly pca: PanelMap;
  readonly umap: PanelMap;
  readonly neighbours: readonly PanelNeighbour[];
  readonly comparison: PanelComparison;
  readonly evidence: PanelEvidence;
  readonly layers: readonly PanelLayer[];
}

const SENSES: readonly [gloss: string, synonyms: string, supersense: string, key: string, share: number][] = [
  ['sloping land (especially the slope beside a body of water)', 'bank', 'noun.object', '1:17:01', 0.4],
  [
    'a financial institution that accepts deposits and channels the money into lending activities',
    'depository_financial_institution banking_concern',
    'noun.group',
    '1:14:00',
    0.34,
  ],
  ['a long ridge or pile', 'bank', 'noun.object', '1:17:00', 0.12],
  ['an arrangement of similar objects in a row or in tiers', 'bank', 'noun.group', '1:14:01', 0.07],
  [
    'a supply or stock held in reserve for future use (especially in emergencies)',
    'bank',
    'noun.possession',
    '1:21:01',
    0.04,
  ],
  [
    'the funds held by a gambling house or the dealer in some gambling games',
    'bank',
    'noun.possession',
    '1:21:00',
    0.03,
  ],
  ['a slope in the turn of a road or track', 'cant camber', 'noun.object', '1:17:02', 0],
  [
    'a container (usually with a slot in the top) for keeping money at home',
    'savings_bank coin_bank money_box',
    'noun.artifact',
    '1:06:01',
    0,
  ],
];

const CONTEXTS: readonly (readonly [left: string, right: string])[][] = [
  [
    ['They walked for an hour along the muddy ', ' of the river, where willows leant over the water.'],
    ['A heron stood without moving on the far ', ' until the boat had drifted past it.'],
    ['The ferry put in under the northern ', ', and the horses were led ashore one by one.'],
    ['We left our coats upon the grassy ', ' and waded in up to our knees.'],
  ],
  [
    ['On Friday he deposited the whole of his wages at the ', ' in the High Street, as his father had done.'],
    ['The manager of the ', ' refused to lend them another shilling.'],
    ['She had some four hundred pounds in the ', ', and a cottage of her own.'],
    ['It was said that the ', ' would stop payment before the month was out.'],
  ],
  [
    ['Behind us rose a ', ' of cloud that promised snow before the night.'],
    ['They threw up a ', ' of earth against the cannon.'],
  ],
  [
    ['The pilot looked along the ', ' of switches over his head.'],
    ['A ', ' of oars moved as if by one hand.'],
  ],
  [['The hospital keeps a ', ' of blood for such a night as this.']],
  [['He had broken the ', ' at Monte Carlo, or so he told his creditors.']],
];

/** A linear congruential generator (Knuth), so that a failure can be seen again. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function panelFixture(count = 1000): PanelFixture {
  const random = randomNumbers(7);
  const normal = (): number => random() + random() + random() + random() - 2;
  const asked = 17;
  const headings = ['The River', 'A House in Town', 'Letters', 'Winter', 'The Flood', 'Home Again'].map(
    (title, i) => ({ title, level: i === 0 ? 1 : 2, position: i / 6 }),
  );
  const senseAt = (share: number): number => {
    let sum = 0;
    const sense = SENSES.findIndex(([, , , , part]) => (sum += part) > share);
    return Math.max(0, sense);
  };
  const centres: readonly (readonly [number, number])[] = [
    [-2.2, 0.2],
    [2.4, 0.5],
    [-1.0, 2.1],
    [0.6, -2.2],
    [2.0, -1.6],
    [3.1, 1.9],
  ];
  const places: [number, number][] = [];
  const bare = Array.from({ length: count }, (_, i) => {
    const sense = i === asked ? 0 : senseAt(random());
    const [cx, cy] = centres[sense]!;
    places.push([cx + normal() * 1.1, cy + normal() * 0.9]);
    const contexts = CONTEXTS[sense]!;
    const [left, right] = contexts[Math.floor(random() * contexts.length)]!;
    const hostile = i % 97 === 5;
    const probability = 0.4 + 0.6 * random();
    return {
      document: i < count * 0.8 ? 0 : 1,
      sense,
      rival: sense === 0 ? 2 : 0,
      line: i < count * 0.8 ? 12 * i + 3 : 12 * (i - count * 0.8) + 3,
      position: i < count * 0.8 ? i / (count * 0.8) : (i - count * 0.8) / (count * 0.2),
      heading: i < count * 0.8 ? Math.floor((i / (count * 0.8)) * 6) : -1,
      left: hostile ? `${HOSTILE} ${left}` : left,
      keyword: i % 11 === 0 ? 'banks' : 'bank',
      right: hostile ? `${right} ${HOSTILE}` : right,
      cosine: 0.3 + 0.5 * random(),
      probability,
      unsure: probability < 0.55,
    };
  });
  const distances = places.map(([x, y]) => Math.hypot(x - places[asked]![0], y - places[asked]![1]));
  const byDistance = distances.map((_, i) => i).sort((a, b) => distances[b]! - distances[a]!);
  const ranks = new Map(byDistance.map((use, rank) => [use, rank / (count - 1)]));
  const uses = bare.map((use, i) => ({
    ...use,
    similarity: i === asked ? 1 : Math.max(-1, 0.85 - distances[i]! / 6),
    closerThan: i === asked ? null : ranks.get(i)!,
  }));
  const word: PanelWord = {
    lemma: 'bank',
    partOfSpeech: 'noun',
    documents: [
      { name: 'The Ferry.md', headings },
      { name: 'notes.txt', headings: [] },
    ],
    senses: SENSES.map(([gloss, synonyms, supersense, key], sense) => ({
      key: `bank%${key}::`,
      gloss: sense === 5 ? `${gloss} ${HOSTILE}` : gloss,
      synonyms: ['bank', ...synonyms.split(' ').filter((name) => name !== 'bank')],
      supersense,
      uses: uses.filter((use) => use.sense === sense).length,
    })),
    source: {
      encoder: 'all-MiniLM-L6-v2, trained further for word senses',
      trained: true,
      recipe: 'default',
      layer: 'last',
      wordnet: '3.0',
    },
  };
  const map = (method: PanelMap['method'], stretch: number): PanelMap => ({
    method,
    x: places.map(([x]) => x * stretch),
    y: places.map(([, y]) => y),
    marks: centres.map(([x, y], sense) => ({ sense, x: x * stretch, y })),
    explained: method === 'pca' ? [0.31, 0.17] : null,
    silhouette: 0.42,
    between: 0.13,
    agreement: 0.61,
    clusters: 6,
    continuum: [0, 2],
    tooFew: false,
  });
  const place = (use: number): PanelComparison['words'][number] => {
    const { left, keyword, right, line, sense, document } = uses[use]!;
    return { document: word.documents[document]!.name, line, left, keyword, right, gloss: SENSES[sense]![0] };
  };
  const shares = [0.31, 0.06, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01];
  return {
    word,
    uses,
    asked,
    pca: map('pca', 1),
    umap: map('umap', 1.4),
    neighbours: [
      ['shore', 'on the opposite ', ' stood a mill', 0.81, true],
      ['river', 'the ', ' ran high that spring', 0.74, false],
      ['slope', 'down the ', ' to the water', 0.7, true],
      ['shilling', `${HOSTILE} another `, ' was lent', 0.22, false],
    ].map(([keyword, left, right, similarity, sameSense], i) => ({
      document: 0,
      line: 40 + 7 * i,
      left: left as string,
      keyword: keyword as string,
      right: right as string,
      similarity: similarity as number,
      gloss: [
        'the land along the edge of a body of water',
        'a large natural stream',
        'an elevated geological formation',
        'a former British coin',
      ][i]!,
      sameSense: sameSense as boolean,
    })),
    comparison: {
      words: [place(asked), place(21)],
      raw: 0.71,
      standardised: 0.38,
      static: 1,
      random: { raw: 0.14, standardised: 0.01, pairs: 10_000 },
      contributions: {
        raw: shares.map((share, i) => ({ dimension: 63 + 40 * i, share, rogue: i === 0 })),
        standardised: shares.map((_, i) => ({
          dimension: 12 + 29 * i,
          share: 0.03 - i * 0.002,
          rogue: false,
        })),
      },
    },
    evidence: {
      use: asked,
      senses: [0, 2, 6].map((sense, i) => ({
        sense,
        tagged: [57, 12, 0][i]!,
        examples:
          i === 2
            ? []
            : CONTEXTS[sense]!.map(([left, right], j) => ({
                left,
                keyword: 'bank',
                right,
                source: `br-k${10 + j}`,
                similarity: 0.7 - 0.1 * j - 0.2 * i,
              })),
      })),
    },
    layers: [0, 1, 2, 3, 4, 5, 6].map((layer) => ({
      name: String(layer),
      raw: [0.12, 0.13, 0.15, 0.16, 0.19, 0.26, 0.03][layer]!,
      standardised: 0.01,
      dimension: 63,
      share: [0.2, 0.24, 0.28, 0.35, 0.36, 0.64, 0.03][layer]!,
    })),
  };
}
