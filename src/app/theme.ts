/** The look of the studio: a quiet blue, square corners, dense controls, and the system's own fonts, Chinese included. */
import { Anchor, createTheme, type MantineColorsTuple, ScrollArea } from '@mantine/core';

const steel: MantineColorsTuple = [
  '#eef5f9',
  '#dce9f1',
  '#b6d2e3',
  '#8dbad5',
  '#6ba5c9',
  '#5598c2',
  '#4791bf',
  '#387da8',
  '#2d6f97',
  '#1b6087',
];

const family =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const theme = createTheme({
  colors: { steel },
  primaryColor: 'steel',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  fontFamily: family,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "PingFang SC", "Microsoft YaHei", monospace',
  headings: {
    fontFamily: family,
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } },
  },
  cursorType: 'pointer',
  components: {
    // Told from the text around it by more than its colour.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    // What scrolls can be scrolled by keyboard.
    ScrollArea: ScrollArea.extend({ defaultProps: { viewportProps: { tabIndex: 0 } } }),
  },
});
