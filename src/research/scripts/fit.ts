/**
 * Chooses every number that is fitted to the shipped encoder and its sense vectors anew, on SemEval-2007 and the choosing half of
 * the held-out documents, and prints each present and new value. With --write it writes them to the model's manifest, with the
 * hashes of the files as they are now. After that the tables have to be made again, as they carry the model's id.
 * Needs the development corpora in ../shared/data, and .cache/untrained (`npm run compared`): the values for averages are fitted
 * to that encoder, which stands for encoders that readers bring.
 */
import { FITTED_KINDS, type FittedKind } from '../../core/bundle/manifest';
import type { FittedValues } from '../../core/bundle/fitted';
import type { Encoder } from '../../core/ports';
import { createEnglish, ENGLISH } from '../../languages';
import { loadManifest } from '../../node/files/dataFiles';
import { type ModelPlaces, openModel } from '../../node/model/openModel';
import { UserError } from '../../engine/userError';
import { differences, fitValues } from '../fitting/fitValues';
import { shippedPlaces, writeManifest } from '../fitting/shippedModel';
import { isChosenOn, rememberWindows, testSets } from '../fitting/testSets';
import { comparedPlace } from './developmentData';

async function main(): Promise<void> {
  const places: Readonly<Record<FittedKind, ModelPlaces>> = {
    default: shippedPlaces('default'),
    textbook: shippedPlaces('textbook'),
    averages: {
      ...shippedPlaces('default'),
      encoder: comparedPlace('untrained', 'encoder'),
      index: comparedPlace('untrained', 'senses.bin'),
    },
  };
  const sets = (await testSets()).filter(isChosenOn);
  const pack = await createEnglish();
  const { manifest } = places.default;
  const present = loadManifest(manifest).fitted;
  /** Encoders that remember windows, by folder, so that a text is encoded only once for all values. */
  const remembering = new Map<string, Encoder>();
  const fitted: Record<FittedKind, FittedValues> = { ...present };
  for (const kind of FITTED_KINDS) {
    const opened = await openModel(places[kind], ENGLISH);
    const { id } = opened.encoder.info;
    const known = remembering.get(id);
    if (known) await opened.encoder.dispose();
    const encoder = known ?? rememberWindows(opened.encoder);
    remembering.set(id, encoder);
    fitted[kind] = await fitValues(present[kind], {
      model: { ...opened, encoder, pack },
      sets,
      tell: (what) => console.error(`${kind}: ${what}`),
    });
    for (const line of differences(present[kind], fitted[kind])) console.log(`${kind}.${line}`);
  }
  for (const encoder of remembering.values()) await encoder.dispose();
  if (!process.argv.includes('--write')) return;
  await writeManifest(manifest, fitted);
  console.log(`${manifest} is written: ${loadManifest(manifest).id}.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
