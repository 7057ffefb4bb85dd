/** Whether a key belongs to what a person is writing or operating, and is no shortcut then. */

const operated = 'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=slider], [role=menu], [role=listbox]';
/** Elements that the space bar presses; a link is not one of them. */
const pressed = 'button, summary, [role=button], [role=tab], [role=switch], [role=radio], [role=checkbox], [role=option]';

/** True while writing, with a modifier held, or where the space bar would press the focused element. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true;
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest(operated)) {
    // A switch or a box to tick takes no letters.
    const box = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
    return !box || event.key === ' ';
  }
  return event.key === ' ' && target.closest(pressed) !== null;
}
