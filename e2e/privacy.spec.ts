/** Nothing leaves the page: no request to another origin during a whole training, and the browser itself would refuse one. */
import { expect, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { chooseFile, expectStatus, loadedFile, openStudio, startTraining } from './studio.ts';

/** A name that would be markup, a formula or a prototype if it were anything but text. */
const hostile = '<img src=x onerror=document.title="broken">=HYPERLINK("x")__proto__.csv';

test('the page and its worker talk to their own origin only, send nothing, and show hostile names as text', async ({
  page,
  context,
  baseURL,
}) => {
  const asked: { url: string; method: string }[] = [];
  context.on('request', (request) => asked.push({ url: request.url(), method: request.method() }));
  const violations: string[] = [];
  await page.exposeFunction('violated', (what: string) => violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
      void (window as unknown as { violated(what: string): void }).violated(`${violatedDirective} ${blockedURI}`);
    });
  });
  await openStudio(page, { settings: ['training.epochs=1'] });
  const header = '<img src=x onerror=document.title="broken">,=HYPERLINK("x"),date,clock,open,high,low,close,volume,__proto__';
  const rows = mt4Text(1500)
    .trimEnd()
    .split('\r\n')
    .map((line) => `1,2,${line},3`);
  await chooseFile(page, csvFile([header, ...rows, ''].join('\r\n'), hostile));
  await expect(loadedFile(page)).toContainText(hostile);
  await startTraining(page);
  await expectStatus(page, 'gru', 'finished');
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  expect(await page.title()).not.toContain('broken');
  expect(violations).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ url }) => !url.startsWith(`${baseURL}/`) && !/^(blob|data):/.test(url))).toEqual([]);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('the policy of the page and of its worker forbids other origins', async ({ page, context, request, baseURL }) => {
  await openStudio(page);
  const asked: string[] = [];
  await context.route('https://example.com/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ body: 'it came through' });
  });
  const tryFetch = () =>
    fetch('https://example.com/', { mode: 'no-cors' }).then(
      () => 'answered',
      () => 'refused',
    );
  expect(await page.evaluate(tryFetch)).toBe('refused');
  for (const worker of page.workers()) expect(await worker.evaluate(tryFetch)).toBe('refused');
  expect(asked).toEqual([]);
  const workers = page.workers().map((worker) => worker.url());
  expect(workers.length).toBeGreaterThan(0);
  for (const url of workers.filter((address) => address.startsWith(`${baseURL}/`))) {
    const policy = (await request.get(url)).headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/connect-src[^;]*https?:/);
  }
});
