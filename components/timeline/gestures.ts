/** A pen is as exact as a mouse. */
export type Pointer = 'mouse' | 'touch';

/** The gestures on a canvas; places are in pixels from its top left corner. */
export interface Gestures {
  readonly pan: (pixels: number, down: number) => void;
  /** Replaces panning: called at the start of a drag, it returns the function that follows the hand. */
  readonly drag?: (from: number, pointer: Pointer) => (to: number) => void;
  readonly zoom: (factor: number, x: number) => void;
  readonly press: (x: number, y: number) => void;
  readonly pressTwice: (x: number, y: number) => void;
  readonly point: (x: number, y: number) => void;
  readonly leave: () => void;
}

/** A pointer that moved less than this did not drag. */
const still = 5;
/** Wheels that count in lines or pages, in pixels. */
const wheelUnits = [1, 16, 400] as const;

/**
 * Listens to wheel, mouse, pen and fingers: dragging pans, two fingers or the wheel with Ctrl or ⌘ zoom, the wheel
 * sideways or with Shift pans. The wheel alone scrolls the page as usual. Returns a function that stops listening.
 */
export function listenTo(element: HTMLElement, gestures: Gestures): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let following: ((to: number) => void) | null = null;
  const placeOf = ({
    clientX,
    clientY,
  }: {
    readonly clientX: number;
    readonly clientY: number;
  }): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  const spread = (): { x: number; distance: number } | null => {
    const [one, other] = [...pointers.values()];
    return one && other
      ? { x: (one.x + other.x) / 2, distance: Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1) }
      : null;
  };
  const wheel = (event: WheelEvent): void => {
    const unit = wheelUnits[event.deltaMode] ?? 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      gestures.leave();
      gestures.zoom(
        Math.exp(-event.deltaY * unit * (Math.abs(event.deltaY * unit) < 30 ? 0.012 : 0.0025)),
        placeOf(event).x,
      );
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      gestures.leave();
      gestures.pan((event.deltaX !== 0 ? event.deltaX : event.deltaY) * unit, 0);
    }
  };
  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    pointers.set(event.pointerId, placeOf(event));
    if (pointers.size === 1) moved = 0;
    following =
      pointers.size === 1
        ? (gestures.drag?.(placeOf(event).x, event.pointerType === 'touch' ? 'touch' : 'mouse') ?? null)
        : null;
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const place = placeOf(event);
    const last = pointers.get(event.pointerId);
    if (!last) {
      gestures.point(place.x, place.y);
      return;
    }
    const before = spread();
    pointers.set(event.pointerId, place);
    moved += Math.abs(place.x - last.x) + Math.abs(place.y - last.y);
    if (moved < still) return;
    gestures.leave();
    const after = spread();
    if (before && after) {
      gestures.zoom(after.distance / before.distance, after.x);
      gestures.pan(before.x - after.x, 0);
    } else if (following) following(place.x);
    else if (!gestures.drag) gestures.pan(last.x - place.x, event.pointerType === 'mouse' ? last.y - place.y : 0);
  };
  const up = (event: PointerEvent): void => {
    const place = placeOf(event);
    const was = pointers.delete(event.pointerId);
    if (was && pointers.size === 0 && moved < still && event.type === 'pointerup') gestures.press(place.x, place.y);
  };
  const twice = (event: MouseEvent): void => {
    const { x, y } = placeOf(event);
    gestures.pressTwice(x, y);
  };
  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener('wheel', wheel, { passive: false, signal });
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('pointerleave', () => gestures.leave(), { signal });
  element.addEventListener('dblclick', twice, { signal });
  return () => listening.abort();
}
