/** English texts of the place "export". */
export const exporting = {
  title: 'Downloads',
  ofRun: 'Downloads of this run',
  ofAll: 'Downloads of all runs',
  download: 'Download: {{what}}',
  later: 'Ready when a run with at least one epoch has ended.',
  weights: 'Weights',
  log: 'Log',
  metrics: 'Metrics CSV',
  examples: 'Examples',
  trace: 'Trace',
  comparison: 'Comparison',
  report: 'Report',
  help: {
    weights: 'The best weights with PyTorch names, and everything needed to use them, as safetensors.',
    log: 'training.log: settings, every epoch and the result as text.',
    metrics: 'metrics.csv: one line an epoch.',
    examples: 'Sixteen windows with the answers of these weights, to check another program against.',
    trace: 'trace.safetensors: initial weights and the batches of the first steps, to replay in PyTorch.',
    comparison: 'model_comparison_results.txt: all runs and the baselines as a table.',
    report: 'report.json: data, settings, every epoch, baselines and timings of all runs.',
  },
};
