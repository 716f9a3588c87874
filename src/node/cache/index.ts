export { clearVectorCache, openVectorCache, type VectorCacheSettings } from './vectorCache';
