import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory, loadSenseIndex } from '../../src/node/files/dataFiles';
import { loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { median, type Sample, sideBySide } from '../support/measure';
import { type Report, root } from '../support/report';

const REPETITIONS = 7;

/** What has to be loaded before the first word can be read; checksums are compared each time. */
export async function loadingPart(): Promise<Report[]> {
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const { encoder } = await loadOnnxEncoder(places.encoder);
  const samples = await sideBySide(REPETITIONS, {
    'WordNet inventory': () => loadInventory(places.wordnet, ENGLISH),
    encoder: async () => (await loadOnnxEncoder(places.encoder)).encoder.dispose(),
    'sense index': () =>
      loadSenseIndex(places.index('default'), { encoder: encoder.info, layer: 'mean4', inventory }),
  });
  await encoder.dispose();
  const milliseconds = (own: readonly Sample[], pick: (values: number[]) => number): string =>
    pick(own.map(({ seconds }) => seconds * 1000)).toFixed(0);
  return [
    {
      name: 'loading',
      document: 'encoder.md',
      header: ['Milliseconds to load', 'median', 'least–most'],
      rows: Object.entries(samples).map(([what, own]) => [
        what,
        milliseconds(own, median),
        `${milliseconds(own, (all) => Math.min(...all))}–${milliseconds(own, (all) => Math.max(...all))}`,
      ]),
      note: `${REPETITIONS} repetitions in turn, files in the system's cache.`,
    },
  ];
}
