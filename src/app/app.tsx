/** The whole page: theme, language, frame, and the present place inside it. */
import { MantineProvider } from '@mantine/core';
import { useEffect, useLayoutEffect } from 'react';
import { switchTexts } from '../i18n/i18n.ts';
import { useStudio } from '../store/store.ts';
import { Shell } from './shell.tsx';
import { theme } from './theme.ts';

export function App() {
  const language = useStudio((state) => state.language);
  const candles = useStudio((state) => state.view.candleColors);
  useEffect(() => switchTexts(language), [language]);
  // Before paint, and before a chart below reads the colours.
  useLayoutEffect(() => {
    document.documentElement.dataset.candles = candles;
  }, [candles]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Shell />
    </MantineProvider>
  );
}
