/** One colour a line, told apart in light and in dark and by most kinds of colour blindness. */
const colors = [
  'light-dark(#1971c2, #4dabf7)',
  'light-dark(#d9480f, #ff922b)',
  'light-dark(#2b8a3e, #51cf66)',
  'light-dark(#862e9c, #da77f2)',
  'light-dark(#0b7285, #3bc9db)',
  'light-dark(#a61e4d, #f783ac)',
  'light-dark(#5c4813, #e0c36a)',
  'light-dark(#343a40, #ced4da)',
] as const;

/** As many lines as have a colour of their own. */
export const colorCount = colors.length;

/** @param index place of the line among those that are drawn */
export const lineColor = (index: number): string => colors[index % colors.length] ?? colors[0];
