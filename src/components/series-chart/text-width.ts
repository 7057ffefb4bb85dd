/** How wide a text is drawn, without laying out the page for it. */
let context: CanvasRenderingContext2D | null | undefined;

/** Pixels of a text in the page's own typeface; reckoned where there is no canvas. */
export function textWidth(text: string, fontSize: number): number {
  context ??= typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return text.length * fontSize * 0.6;
  context.font = `${fontSize}px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(text).width;
}
