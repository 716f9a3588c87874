import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory, loadSenseIndex } from '../../src/node/files/dataFiles';
import { loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { median, type Sample, sideBySide } from '../support/measure';
import { type Report, root } from '../support/report';

const REPETITIONS = 7;

/** Times to load what the first word needs; checksums are compared each time. */
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
  const milliseconds = (times: readonly Sample[], pick: (values: number[]) => number): string =>
    pick(times.map(({ seconds }) => seconds * 1000)).toFixed(0);
  return [
    {
      name: 'loading',
      document: 'encoder.md',
      header: ['Milliseconds to load', 'median', 'least–most'],
      rows: Object.entries(samples).map(([what, times]) => [
        what,
        milliseconds(times, median),
        `${milliseconds(times, (all) => Math.min(...all))}–${milliseconds(times, (all) => Math.max(...all))}`,
      ]),
      note: `${REPETITIONS} repetitions in turn, files in the system's cache.`,
    },
  ];
}
