export { GLOSSARY_FORMATS, glossaryFormatOf, parseGlossary } from './glossary';
export {
  CORRECTIONS_FILE,
  PROJECT_FOLDER,
  type ProjectTeaching,
  readProject,
  SENSES_FILE,
} from './projectFolder';
export { addSenses, isWritable, parseSenses, type SenseProblem } from './sensesFile';
