/** A step of the PEFT model over an unmixed batch: its frozen base run anew or read from the cache, and the same network trained whole. */

import { parseValues } from '../../../src/lib/fields.ts';
import { buildModel } from '../../../src/models/build.ts';
import type { Model } from '../../../src/models/model.ts';
import type { ModelConfig } from '../../../src/models/model-spec.ts';
import { peftSplit } from '../../../src/models/peft-transformer/model.ts';
import { peftTransformerFields } from '../../../src/models/peft-transformer/spec.ts';
import { createEngine } from '../../../src/training/engine.ts';
import { defaultJob } from '../../../src/training/job.ts';
import { makePrepared } from '../../../src/training/toy-data.ts';
import type { Bench } from '../contender.ts';
import { openOurs } from './device.ts';
import { engineStep } from './full.ts';

const [features, time, windows] = [16, 128, 8];

/** The same tensors and the same pass, but every parameter is trained, and the backward pass goes through the base. */
function trainedWhole(config: ModelConfig): Model {
  const frozen = buildModel('peft-transformer', config, features);
  const { base, head } = peftSplit(parseValues(peftTransformerFields, config, 'model'));
  const parameters = frozen.parameters.map((spec) => ({ ...spec, trainable: true }));
  return { ...frozen, parameters, split: null, forward: (p, input, context) => head(p, base(p, input), context) };
}

/** Compact preset with the T of its own: width 128, 8 heads, 4 blocks, feed-forward 512, heads 256 → 104. */
export function oursPeft(how: 'frozen' | 'cached' | 'whole'): Bench {
  const make = async () => {
    const ours = await openOurs();
    const job = defaultJob('bench', 'peft-transformer', 'compact');
    const featureCacheMegabytes = how === 'cached' ? job.training.featureCacheMegabytes : 0;
    const training = { ...job.training, batchSize: windows, mixup: false, featureCacheMegabytes };
    const prepared = makePrepared(time + 400, features, time);
    const model = how === 'whole' ? trainedWhole(job.modelConfig) : undefined;
    return engineStep(ours, createEngine({ ...job, training }, prepared, undefined, model), prepared, windows);
  };
  return { ours: { make }, peers: {}, facts: { windows, time, per: 'step' } };
}
