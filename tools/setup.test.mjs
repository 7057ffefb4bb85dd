import { expect, test } from 'vitest';
import { checkNode, findDifference, SetupError } from './setup.mjs';

const lock = {
  '': { name: 'studio' },
  'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' },
  'node_modules/@swc/core-darwin-arm64': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};
const installed = { 'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' } };

test('what is installed matches the lock file, other platforms aside', () => {
  expect(findDifference(lock, installed)).toBeNull();
});

test('a missing, older or tampered package is named', () => {
  expect(findDifference(lock, null)).toBe('node_modules');
  expect(findDifference(lock, {})).toBe('react');
  expect(findDifference(lock, { 'node_modules/react': { version: '19.3.0', integrity: 'sha512-a' } })).toBe('react');
  expect(findDifference(lock, { 'node_modules/react': { version: '19.3.1', integrity: 'sha512-x' } })).toBe('react');
});

test('an optional package of the wrong version is replaced', () => {
  const wrong = { ...installed, 'node_modules/@swc/core-darwin-arm64': { version: '0.9.0', integrity: 'sha512-b' } };
  expect(findDifference(lock, wrong)).toBe('@swc/core-darwin-arm64');
});

test.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('Node %s is refused with what to install', (version) => {
  expect(() => checkNode(version)).toThrow(SetupError);
  expect(() => checkNode(version)).toThrow(/20\.19/);
});

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('Node %s is taken', (version) => {
  expect(() => checkNode(version)).not.toThrow();
});
