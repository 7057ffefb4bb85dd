/** Mounts the app and starts the worker, with what the address asks for. */
import '@mantine/core/styles.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod/mini';
import { parseAddress } from './app/address.ts';
import { App } from './app/app.tsx';
import { warmFormats } from './i18n/format.ts';
import { startTexts } from './i18n/i18n.ts';
import { applyAddress, follow, reportFailure } from './store/actions.ts';
import { startEngine } from './store/engine.ts';
import { useStudio } from './store/store.ts';

// The page's policy forbids eval; without this zod would try it.
z.config({ jitless: true });

const address = parseAddress(window.location.search);
if (address.language) useStudio.setState({ language: address.language });
startTexts(useStudio.getState().language);
applyAddress(address.models, address.preset, address.assignments);
if (address.problem) reportFailure('settings', address.problem.code, address.problem.parameters);
startEngine(address, follow);

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );

// Offline: the build's service worker keeps its files. Not in development, whose files change under it.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  window.addEventListener('load', () => {
    // Refused in private windows and over plain http: the page then needs its server, as any page does.
    navigator.serviceWorker.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' }).catch(() => {});
  });

setTimeout(() => warmFormats(useStudio.getState().language), 500);
