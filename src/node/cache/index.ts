export { clearVectorCache, openVectorCache } from './vectorCache';
