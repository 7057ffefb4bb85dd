/** The Python files of the twin, as they lie in `tools/torch/twin`: the same ones that compute the parity fixtures. */
import check from '../../../tools/torch/twin/check.py?raw';
import data from '../../../tools/torch/twin/data.py?raw';
import features from '../../../tools/torch/twin/features.py?raw';
import losses from '../../../tools/torch/twin/losses.py?raw';
import models from '../../../tools/torch/twin/models.py?raw';
import project from '../../../tools/torch/twin/project.py?raw';
import safetensors from '../../../tools/torch/twin/safetensors_io.py?raw';
import train from '../../../tools/torch/twin/train.py?raw';

export const twinSources: Readonly<Record<string, string>> = {
  'models.py': models,
  'features.py': features,
  'data.py': data,
  'losses.py': losses,
  'train.py': train,
  'check.py': check,
  'project.py': project,
  'safetensors_io.py': safetensors,
};
