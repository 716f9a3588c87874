import { silentLogger } from '../../src/core/util/logger';
import { connect } from '../../src/engine/connect';
import type { Engine } from '../../src/engine/engine';
import { serve } from '../../src/engine/serve';
import { openEngine } from '../../src/node/process/openEngine';
import type { EncoderProcessSettings } from '../../src/node/process/settings';
import type { FromEncoder, ToEncoder } from '../../src/protocol/encoder';
import { portPair } from './portPair';

/** An engine in this thread, at the other end of a pair of ports. */
export function servedEngine(settings: EncoderProcessSettings): Engine {
  const [port, other] = portPair<FromEncoder, ToEncoder<EncoderProcessSettings>>();
  serve(other, { openEngine });
  return connect(port, { settings, logger: silentLogger });
}
