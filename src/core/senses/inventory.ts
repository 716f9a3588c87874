import type { Language } from '../language';
import type { SenseInventory } from '../ports';
import { openArtifact } from './artifact';
import { GENERAL_INVENTORY } from './generalFormat';
import { openGeneral } from './generalInventory';
import { INVENTORY } from './inventoryFormat';
import { openWordNet } from './wordnetInventory';

/**
 * Opens an inventory over the bytes of its artifact, which are read in place: nothing is parsed but the manifest.
 * @param language of the inventory's lemmas
 * @param sha256 when given, the contents' digest is compared too
 * @throws ArtifactError when the bytes are not a whole inventory, or one of another language
 */
export function openInventory(
  bytes: Uint8Array,
  language: Language,
  sha256?: (payload: Uint8Array) => string,
): SenseInventory {
  const artifact = openArtifact(bytes, [INVENTORY, GENERAL_INVENTORY], sha256);
  return artifact.kind === GENERAL_INVENTORY.kind
    ? openGeneral(artifact, language)
    : openWordNet(artifact, language);
}
