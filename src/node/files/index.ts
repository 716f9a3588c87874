export { corpusSentences } from './corpusFiles';
export {
  dataPlaces,
  type DataPlaces,
  loadFitted,
  loadIndexManifest,
  loadInventory,
  loadManifest,
  loadSenseIndex,
  readBytes,
} from './dataFiles';
export { fileError, sha256, writeWhole } from './files';
export { createNpyFile } from './npyFile';
export { changeSharedFile, readSharedFile } from './sharedFile';
export { decodeText } from './textFiles';
