export { type ModelPlaces, openModel } from './openModel';
