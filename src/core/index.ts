export type { Annotation, RankedCandidate } from './annotations/annotation';
export { type ChosenSense } from './annotations/chosen';
export { COMMON_USES, type Doubt } from './annotations/doubt';
export { type PackedAnnotation, packedPartAt, unpackAnnotation } from './annotations/packed';
export { type DocumentUses, packedUse, type Use, usesIn } from './annotations/use';
export { type AnnotationStore, createAnnotationStore, type DocumentAnnotations } from './annotations/store';
export type { FittedValues } from './bundle/fitted';
export {
  fittedFor,
  type ManifestFile,
  manifestText,
  type ModelManifest,
  parseManifest,
} from './bundle/manifest';
export type { ModelBundle } from './bundle/modelBundle';
export { checkConsistency, type ConsistencyCheck } from './consistency/check';
export { movedWarnings } from './consistency/moved';
export {
  CONSISTENCY_PROFILE_NAMES,
  type ConsistencyProfile,
  type ConsistencyRules,
  type ConsistencyThresholds,
  profileRules,
} from './consistency/profiles';
export { replacementsFor } from './consistency/replacements';
export {
  consistencyJson,
  consistencyMarkdown,
  type ConsistencyStrings,
  consistencyText,
  type DocumentFindings,
  messageOf,
} from './consistency/report';
export {
  CONSISTENCY_CODE,
  type ConsistencyWarning,
  strongestWarnings,
  warningOf,
} from './consistency/warnings';
export { type AnchoredCorrection, type Anchors, chosenSenses, createAnchors } from './corrections/anchors';
export { type Correction, lessonOf, quoteOf } from './corrections/correction';
export {
  changeCorrections,
  type CorrectionsFile,
  type FileChange,
  parseCorrections,
} from './corrections/correctionsFile';
export { type DocumentEdit, Edit } from './edits';
export { compareVectors, type Comparison, randomPairs } from './instances/comparison';
export { contextOf } from './instances/context';
export { sampleTaggedUses } from './instances/examples';
export { componentMap, type MapPoint, mapVectors, type SenseMap, senseStructure } from './instances/map';
export { nearestWords } from './instances/neighbours';
export {
  closenessTo,
  findUses,
  instanceIn,
  type InstancePlace,
  type InstanceSource,
  useAt,
  type WordUse,
} from './instances/uses';
export { type DocumentAnnotation, documentAnnotation, documentPart } from './export/document';
export type { Exporter } from './export/exporter';
export { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, type ExportFormatName } from './export/formats';
export { createJsonExporter } from './export/jsonExporter';
export { createMarkdownReport } from './export/markdownReport';
export { createPlainReport } from './export/plainReport';
export type { ReportStrings } from './export/reportStrings';
export { senseListJson, senseListMarkdown, senseListText } from './export/senseList';
export {
  type IrregularForms,
  type InflectionRules,
  type Language,
  type Lemma,
  type Lexicon,
  normaliseForm,
  type TagWeights,
} from './language';
export {
  type Abstention,
  type AbstentionReason,
  type AbstentionRules,
  type FoundWords,
  type LanguagePack,
  type Word,
} from './languagePack';
export {
  type DocumentFormat,
  LAYER_RULES,
  type LayerRule,
  type LemmaSenses,
  type PartOfSpeech,
  PARTS_OF_SPEECH,
  type Sense,
  type SenseId,
  type SenseKey,
  type Sentence,
  type Span,
  type Tag,
  type Token,
  type VectorScale,
} from './model';
export { analyse, parse, type Reading } from './pipeline';
export {
  type CachedWindow,
  CancelledError,
  type Encoder,
  type EncoderInfo,
  type Logger,
  type SenseInventory,
  type Tagger,
  type WindowCache,
  type WindowKey,
} from './ports';
export {
  createProjectInventory,
  type NumberedSense,
  type ProjectInventory,
  projectKey,
  projectLemma,
  type ProjectSense,
  senseIdOf,
  WORDNET_PLACES,
  type WordnetPlace,
} from './project/projectInventory';
export { type Paragraph, sourceSpan } from './prose/paragraph';
export { createPlaceFinder, type Place } from './prose/place';
export { formatOf, openProse, type ProseOptions, readProse } from './prose/prose';
export { mergeSpans, paragraphAt, sentenceAt } from './prose/sentence';
export {
  createReadingSession,
  type Lane,
  type ReadingSession,
  type SessionDeps,
  type SessionDocument,
  type SessionReadings,
} from './reading/session';
export {
  ArtifactError,
  type ArtifactKind,
  bytesOf,
  openArtifact,
  packArtifact,
  view,
} from './senses/artifact';
export { glossText } from './senses/glossText';
export { openInventory } from './senses/inventory';
export { INVENTORY } from './senses/inventoryFormat';
export {
  createSenseRanker,
  createStaticRanker,
  type Evidence,
  type RankedSense,
  type SenseRanker,
} from './senses/nearest';
export { PartOfSpeechFit } from './senses/partOfSpeech';
export { probabilitiesOf, wholePercent } from './senses/probability';
export { type Recipe, RECIPE_NAMES, type RecipeName } from './senses/recipes';
export {
  type CorpusRecord,
  openSenseIndex,
  packSenseIndex,
  SENSE_INDEX,
  type SenseIndex,
  type SenseIndexManifest,
} from './senses/senseIndex';
export { sureSupersense } from './senses/supersense';
export {
  type GoldInstance,
  parseCorpusLine,
  readableText,
  type TaggedSentence,
  type TaggedText,
  type TaggedToken,
} from './senses/taggedCorpus';
export { createTaughtRanker, type Learning, type Lesson, type TaughtRanker } from './senses/taught';
export { Emitter } from './util/event';
export { seededRandom } from './util/random';
export { type Embedder, type EmbeddingRequest, embedWords } from './vectors/embed';
export { addInto, cosine, dot, normalise } from './vectors/math';
export { StandardisationFit, standardise } from './vectors/standardise';
export { createWordPieceTokenizer, type WordPieces, type WordPieceTokenizer } from './vectors/wordPieces';
