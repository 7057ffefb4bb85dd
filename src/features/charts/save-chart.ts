/** A drawn chart as a file: SVG with every style written out, or the same as PNG. Nothing leaves the page. */
import { saveFile } from '../../components/save-file.ts';

const written = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity', 'font-size'] as const;
/** Pixels of the PNG for one of the screen. */
const pngScale = 2;
const margin = 12;
const captionHeight = 40;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export interface ChartPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Title and legend as text above the drawing, since both are HTML on the page. */
function caption(figure: HTMLElement, width: number): string {
  const color = getComputedStyle(figure).color;
  const title = figure.getAttribute('aria-label') ?? '';
  let x = margin;
  const entries = [...figure.querySelectorAll<HTMLElement>('[data-legend]')].map((entry) => {
    const label = entry.dataset.legend ?? '';
    const swatch = entry.querySelector<HTMLElement>('span');
    const fill = swatch ? getComputedStyle(swatch).backgroundColor : color;
    const drawn = `<rect x="${x}" y="29" width="12" height="3" fill="${fill}"/><text x="${x + 17}" y="34" font-size="11" fill="${color}">${escaped(label)}</text>`;
    x += 34 + label.length * 7;
    return x < width + 200 ? drawn : '';
  });
  return `<text x="${margin}" y="18" font-size="14" font-weight="600" fill="${color}">${escaped(title)}</text>${entries.join('')}`;
}

/** @returns null where the figure draws nothing */
export function pictureOf(figure: HTMLElement): ChartPicture | null {
  const drawn = figure.querySelector<SVGSVGElement>('svg.recharts-surface');
  if (!drawn) return null;
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const sources = [...drawn.querySelectorAll('*')];
  // Variables and classes of the page mean nothing in a file.
  for (const [index, element] of [...copy.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(sources[index] as Element);
    for (const property of written) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute('style');
  }
  for (const element of copy.querySelectorAll('[data-export=no]')) element.remove();
  const { width, height } = drawn.getBoundingClientRect();
  const whole = { width: Math.ceil(width + 2 * margin), height: Math.ceil(height + captionHeight + margin) };
  const paper = getComputedStyle(figure).getPropertyValue('--chart-paper').trim() || '#fff';
  const family = getComputedStyle(figure).fontFamily.replace(/"/g, "'");
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}" font-family="${family}">` +
    `<rect width="100%" height="100%" fill="${paper}"/>${caption(figure, width)}` +
    `<g transform="translate(${margin},${captionHeight})">${copy.innerHTML}</g></svg>`;
  return { svg, ...whole };
}

const svgBlob = (picture: ChartPicture): Blob => new Blob([picture.svg], { type: 'image/svg+xml' });

async function pngBlob(picture: ChartPicture): Promise<Blob | null> {
  const image = new Image();
  const address = URL.createObjectURL(svgBlob(picture));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width * pngScale;
    canvas.height = picture.height * pngScale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Downloads a figure's drawing as `name.svg` or `name.png`. */
export async function saveChart(figure: HTMLElement, name: string, kind: 'svg' | 'png'): Promise<void> {
  const picture = pictureOf(figure);
  if (!picture) return;
  const content = kind === 'svg' ? svgBlob(picture) : await pngBlob(picture);
  if (content) saveFile(`${name}.${kind}`, content);
}
