/** Nothing leaves the page: no request to another origin during a whole training, and the browser itself would refuse one. */
import { expect, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { chooseFile, expectStatus, openStudio, startTraining } from './studio.ts';

test('the page and its worker talk to their own origin only, and send nothing', async ({ page, context, baseURL }) => {
  const asked: { url: string; method: string }[] = [];
  context.on('request', (request) => asked.push({ url: request.url(), method: request.method() }));
  await openStudio(page, { settings: ['training.epochs=1'] });
  await chooseFile(page, csvFile(mt4Text(1500)));
  await startTraining(page);
  await expectStatus(page, 'gru', 'finished');
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ url }) => !url.startsWith(`${baseURL}/`) && !/^(blob|data):/.test(url))).toEqual([]);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('the policy of the page and of its worker forbids other origins', async ({ page, request, baseURL }) => {
  await openStudio(page);
  const refused = await page.evaluate(() =>
    fetch('https://example.com/', { mode: 'no-cors' }).then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(refused).toBe('refused');
  const workers = page.workers().map((worker) => worker.url());
  expect(workers.length).toBeGreaterThan(0);
  for (const url of workers.filter((address) => address.startsWith(`${baseURL}/`))) {
    const policy = (await request.get(url)).headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/connect-src[^;]*https?:/);
  }
});
