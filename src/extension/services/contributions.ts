/**
 * Every command, setting, context key and colour, named once. package.json repeats the names, as VS Code reads them there;
 * test/manifest compares the two, both ways.
 */

export const COMMANDS = {
  disambiguateSelection: 'glossight.disambiguateSelection',
  showAllSenses: 'glossight.showAllSenses',
  showSimilarInstances: 'glossight.showSimilarInstances',
  compareInstances: 'glossight.compareInstances',
  focusInstances: 'glossight.focusInstances',
  checkConsistency: 'glossight.checkConsistency',
  ignoreWord: 'glossight.ignoreWord',
  pickSense: 'glossight.pickSense',
  confirmSense: 'glossight.confirmSense',
  oneSense: 'glossight.oneSense',
  withdrawCorrection: 'glossight.withdrawCorrection',
  undoCorrection: 'glossight.undoCorrection',
  showCorrections: 'glossight.showCorrections',
  selectUses: 'glossight.selectUses',
  nextUse: 'glossight.nextUse',
  addSense: 'glossight.addSense',
  importGlossary: 'glossight.importGlossary',
  copySenseKey: 'glossight.copySenseKey',
  copySensesAsMarkdown: 'glossight.copySensesAsMarkdown',
  copySensesAsJson: 'glossight.copySensesAsJson',
  toggleAnnotations: 'glossight.toggleAnnotations',
  readDocument: 'glossight.readDocument',
  stopReading: 'glossight.stopReading',
  rereadDocument: 'glossight.rereadDocument',
  chooseRecipe: 'glossight.chooseRecipe',
  chooseLayerRule: 'glossight.chooseLayerRule',
  chooseEncoder: 'glossight.chooseEncoder',
  clearCache: 'glossight.clearCache',
  showMenu: 'glossight.showMenu',
  showLog: 'glossight.showLog',
  openSettings: 'glossight.openSettings',
} as const;
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** What the settings that name one of a few can be. */
export const CHOICES = {
  'reading.markdownDialect': ['auto', 'markdown', 'mdx'],
  'annotations.show': ['off', 'unsure', 'all', 'activeLine'],
  recipe: ['default', 'textbook'],
  layerRule: ['mean4', 'last'],
  'consistency.severity': ['automatic', 'error', 'warning', 'information', 'hint', 'off'],
  'consistency.profile': ['default', 'technical', 'fiction', 'custom'],
  'consistency.scope': ['document', 'section'],
} as const;
type Choice<Name extends keyof typeof CHOICES> = (typeof CHOICES)[Name][number];

/** Settings below `glossight.`, each with the type it is read as. */
export interface Settings {
  'reading.enabled': boolean;
  'reading.languages': readonly string[];
  'reading.markdownDialect': Choice<'reading.markdownDialect'>;
  'annotations.show': Choice<'annotations.show'>;
  'annotations.minimumSenses': number;
  'annotations.maximumMargin': number | null;
  recipe: Choice<'recipe'>;
  layerRule: Choice<'layerRule'>;
  'consistency.severity': Choice<'consistency.severity'>;
  'consistency.profile': Choice<'consistency.profile'>;
  'consistency.scope': Choice<'consistency.scope'>;
  'consistency.ignoredWords': readonly string[];
  'consistency.ignoredInDocuments': Readonly<Record<string, readonly string[]>>;
  'consistency.custom.partsOfSpeech': readonly string[];
  'consistency.custom.maximumAgreement': number;
  'consistency.custom.maximumOverlap': number;
  'consistency.custom.minimumDistance': number;
  'consistency.custom.perThousandWords': number;
  'consistency.custom.commonWords': boolean;
  'encoder.source': string;
  'encoder.hub': string;
  'encoder.threads': number;
  'cache.maximumSize': number;
}
export const SECTION = 'glossight';

export const CONTEXT_KEYS = {
  /** Is the document in the active editor being read? */
  isReading: 'glossight.isReading',
  /** Can it be read, though it is not yet? */
  canRead: 'glossight.canRead',
} as const;

export const VIEWS = {
  /** The senses of the active document's words. */
  senses: 'glossight.senses',
} as const;

export const COLOURS = {
  sure: 'glossight.sureUnderline',
  unsure: 'glossight.unsureUnderline',
  sense1: 'glossight.sense1',
  sense2: 'glossight.sense2',
  sense3: 'glossight.sense3',
  sense4: 'glossight.sense4',
  sense5: 'glossight.sense5',
  sense6: 'glossight.sense6',
  sense7: 'glossight.sense7',
  sense8: 'glossight.sense8',
} as const;

/** Type of the panel of similar instances. */
export const INSTANCES_VIEW = 'glossight.instances';

/** Scheme of the documents that list senses. */
export const SENSES_SCHEME = 'glossight-senses';
