import { expect, test } from 'vitest';
import { initialView, parseView } from './view.ts';

test('a kept view comes back as it was', () => {
  const view = { ...initialView, smoothing: 0.6, axis: 'step', pinned: ['loss'], candleColors: 'red-up', notify: true } as const;
  expect(parseView(JSON.stringify(view))).toEqual(view);
});

test('what is kept wrongly or not at all is the default', () => {
  for (const text of [null, '', '{', '[]', '7', '{"smoothing":1.5,"axis":"up","pinned":[3],"logX":"yes"}'])
    expect(parseView(text)).toEqual(initialView);
});
