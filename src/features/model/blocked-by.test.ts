import { expect, test } from 'vitest';
import { canStart, initialState, type State } from '../../store/state.ts';
import { defaultJob } from '../../training/job.ts';
import { blockedBy } from './blocked-by.ts';

test('an empty page asks for data, and a queue at work comes before everything', () => {
  expect(blockedBy(initialState, true)).toBe('data');
  expect(blockedBy({ ...initialState, queue: [defaultJob('a', 'gru', 'tiny')] }, true)).toBe('training');
  expect(blockedBy({ ...initialState, settings: { ...initialState.settings, models: [] } }, true)).toBe('models');
  expect(blockedBy(initialState, false)).toBe('settings');
});

test('nothing blocks exactly where the store would start', () => {
  const dataset = { findings: [] } as unknown as State['dataset'];
  const device = {} as State['device'];
  const prepared = {} as State['prepared'];
  const states: State[] = [
    { ...initialState, dataset },
    { ...initialState, dataset, device },
    { ...initialState, dataset, device, prepared },
    { ...initialState, dataset, device, prepared, preparing: true },
    { ...initialState, dataset, prepared },
    { ...initialState, dataset: { findings: [{ action: 'stop' }] } as unknown as State['dataset'], device, prepared },
  ];
  for (const state of states) expect(blockedBy(state, true) === null).toBe(canStart(state));
  expect(states.map((state) => blockedBy(state, true))).toEqual(['device', 'unprepared', null, 'preparing', 'device', 'refused']);
});
