/** English texts about runs that come in from files, and about going on with a run. */
export const importing = {
  open: 'Open a run…',
  openHelp:
    'A run pack (.zip) or weights (.safetensors), also a PyTorch state_dict saved as safetensors. You can also drop it anywhere on the page.',
  reading: 'Reading {{name}}…',
  opened: 'Opened: {{name}}',
  known: 'This run was here already; nothing was changed.',
  ignored: 'Left alone, because a run pack has no such files: {{names}}.',
  askTitle: 'What {{name}} does not say',
  askText: 'Names and shapes show that this is {{model}}. These values leave no mark in the weights, but change what they compute:',
  askOpen: 'Open',
  cancel: 'Cancel',
  continue: 'Continue training',
  continueHelp: 'Trains this run further, as a new run.',
  continueSame: 'Its optimizer state is kept: with its own data and settings the curve goes on where it ended.',
  continueFrom: 'Without its own data ({{data}}) or its optimizer state, a fresh run starts from its weights.',
  continueNeedsData: 'Load data with the same features first.',
  moreEpochs: 'More epochs',
  start: 'Start',
  useAsBase: 'Use as PEFT base',
  useAsBaseHelp: 'Fills the form: the next PEFT run stands on these frozen weights.',
};
