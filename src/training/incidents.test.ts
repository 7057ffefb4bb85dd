import { expect, test } from 'vitest';
import { addIncident } from './incidents.ts';

test('of each kind the newest is kept and counted', () => {
  const first = addIncident([], { code: 'device-lost', parameters: { step: 3 } });
  const second = addIncident(first, { code: 'out-of-memory', parameters: { microBatch: 8 } });
  const third = addIncident(second, { code: 'device-lost', parameters: { step: 9 } });
  expect(first).toEqual([{ code: 'device-lost', parameters: { step: 3, count: 1 } }]);
  expect(third).toEqual([
    { code: 'out-of-memory', parameters: { microBatch: 8, count: 1 } },
    { code: 'device-lost', parameters: { step: 9, count: 2 } },
  ]);
});
