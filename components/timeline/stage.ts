import { drawnAt, type Drawn } from './drawn';
import { frameOf, type Frame, type Inner } from './frame';
import type { Span } from './gaps';
import { listenTo } from './gestures';
import type { Item } from './items';
import { placeAt, placeOfLane, type LaneLayout } from './lane-layout';
import { paintFrame, roomForParts } from './paint';
import { paintLinks } from './paint-links';
import { minimapGestures } from './minimap-gestures';
import { minimapHeight, paintMinimap, paintWindow } from './paint-minimap';
import { paintRuler, rulerHeight } from './paint-ruler';
import { paletteOf, type Palette } from './palette';
import type { Clock } from './ruler';
import type { Scene } from './scene';
import type { TimeScale } from './time-scale';
import { panned, rescaled, showing, spanOf, timeAtX, fullView, withInView, zoomed, type Viewport } from './viewport';

/**
 * The elements of a timeline. `scroller` scrolls the lanes up and down; `cursor` is laid over the item at the keyboard.
 */
export interface StageElements {
  readonly scroller: HTMLElement;
  readonly lanes: HTMLCanvasElement;
  readonly ruler: HTMLCanvasElement;
  readonly minimap: HTMLCanvasElement;
  readonly cursor: HTMLElement;
}

/** The content to draw. */
export interface StageContent {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly clock: Clock;
  readonly inner: Inner | null;
  readonly selected: Item | null;
  readonly selectedLane: number | null;
  readonly cursor: Item | null;
}

/** The thing under the pointer, which is at `x`, `y` in the window. */
export type Pointed = { readonly x: number; readonly y: number } & (
  | { readonly kind: 'items'; readonly items: readonly Item[] }
  | { readonly kind: 'gap'; readonly gap: Span }
  | { readonly kind: 'lane'; readonly lane: number; readonly time: number }
);

export interface Rest {
  readonly span: Span;
  readonly lanes: readonly number[];
  readonly close: boolean;
  /** The zoom, compared with a view of everything. */ readonly closeness: number;
}
export interface StageListener {
  readonly pointed: (pointed: Pointed | null) => void;
  readonly pressed: (pointed: Pointed) => void;
  /**
   * Reports that the view has come to rest somewhere else. `close` says whether any turn is wide enough to show its
   * parts.
   */
  readonly rested: (rest: Rest) => void;
}

const resting = 120;

/**
 * The canvases of a timeline and their view. It draws when something has changed, once for each frame of the screen,
 * and only the part in view.
 */
export class Stage {
  readonly #elements: StageElements;
  readonly #listener: StageListener;
  readonly #stops: (() => void)[] = [];
  #content: StageContent;
  #view: Viewport;
  #palette: Palette;
  #frame: Frame | null = null;
  #pointed: Item | null = null;
  #scheduled = 0;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  /** The minimap without its window. It is painted again only when the tree, its scale or the colours change. */
  #map: HTMLCanvasElement | null = null;

  constructor(elements: StageElements, content: StageContent, listener: StageListener) {
    this.#elements = elements;
    this.#content = content;
    this.#listener = listener;
    this.#palette = paletteOf(elements.lanes);
    this.#view = fullView(content.scale, Math.max(elements.lanes.clientWidth, 1));
    this.#listen();
    this.#changed();
  }

  get view(): Viewport {
    return this.#view;
  }

  /** Shows other content; the view stays at its time as far as possible. */
  show(content: StageContent): void {
    if (content.scale !== this.#content.scale) this.#rescale(content.scale);
    if (content.scene !== this.#content.scene) this.#map = null;
    this.#content = content;
    this.#changed();
  }

  /** Zooms in or out around a place, by default the middle. */
  zoom(factor: number, x = this.#view.width / 2): void {
    this.#go(zoomed(this.#view, factor, x));
  }

  pan(share: number): void {
    this.#go(panned(this.#view, share * this.#view.width));
  }

  all(): void {
    this.#go(fullView(this.#view.scale, this.#view.width));
  }

  /** Shows a span so that it fills most of the width. */
  showSpan(span: Span): void {
    this.#go(showing(this.#view, span, 1000));
  }

  /** Brings a lane, and a time if there is one, into view by the shortest way. */
  reveal(lane: number, time: number | null): void {
    const { layout } = this.#content;
    const place = placeOfLane(layout, lane);
    const { scroller } = this.#elements;
    if (place >= 0) {
      const top = layout.tops[place] ?? 0;
      const bottom = layout.tops[place + 1] ?? top;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
    }
    if (time !== null) this.#go(withInView(this.#view, time));
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    cancelAnimationFrame(this.#scheduled);
    clearTimeout(this.#restTimer);
  }

  #listen(): void {
    const { lanes, ruler, minimap, scroller } = this.#elements;
    const gestures = {
      pan: (pixels: number, down: number) => {
        scroller.scrollTop += down;
        this.#go(panned(this.#view, pixels));
      },
      zoom: (factor: number, x: number) => this.zoom(factor, x),
      leave: () => this.#point(null),
    };
    this.#stops.push(
      listenTo(lanes, {
        ...gestures,
        point: (x, y) => this.#point(this.#at(x, y)),
        press: (x, y) => {
          const pointed = this.#at(x, y);
          if (pointed) this.#listener.pressed(pointed.pointed);
        },
        pressTwice: (x, y) => {
          const drawn = this.#at(x, y)?.drawn;
          if (drawn)
            this.showSpan({ from: timeAtX(this.#view, drawn.x), to: timeAtX(this.#view, drawn.x + drawn.width) });
        },
      }),
    );
    const toRuler = (x: number): Pointed | null => {
      const gap = this.#frame?.gaps.find((each) => x >= each.x && x <= each.x + each.width)?.gap;
      const box = ruler.getBoundingClientRect();
      return gap ? { kind: 'gap', gap, x: box.left + x, y: box.bottom } : null;
    };
    this.#stops.push(
      listenTo(ruler, {
        ...gestures,
        pan: (pixels) => gestures.pan(pixels, 0),
        pressTwice: () => undefined,
        point: (x) => this.#listener.pointed(toRuler(x)),
        press: (x) => {
          const pointed = toRuler(x);
          if (pointed) this.#listener.pressed(pointed);
        },
      }),
    );
    this.#stops.push(
      listenTo(
        minimap,
        minimapGestures(
          () => this.#view,
          (view) => this.#go(view),
          (pixels) => gestures.pan(pixels, 0),
          (cursor) => {
            minimap.style.cursor = cursor;
          },
        ),
      ),
    );
    const redraw = (): void => this.#changed();
    scroller.addEventListener('scroll', redraw, { passive: true });
    this.#stops.push(() => scroller.removeEventListener('scroll', redraw));
    const sizes = new ResizeObserver(() => {
      if (lanes.clientWidth > 0 && lanes.clientWidth !== this.#view.width) this.#rescale(this.#view.scale);
      this.#changed();
    });
    sizes.observe(lanes);
    sizes.observe(scroller);
    this.#stops.push(() => sizes.disconnect());
    const scheme = new MutationObserver(() => {
      this.#palette = paletteOf(lanes);
      this.#map = null;
      this.#changed();
    });
    scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    this.#stops.push(() => scheme.disconnect());
  }

  #rescale(scale: TimeScale): void {
    this.#view = rescaled(this.#view, scale, Math.max(this.#elements.lanes.clientWidth, 1));
    this.#map = null;
    this.#rest();
  }

  #go(view: Viewport): void {
    if (view.left === this.#view.left && view.perMs === this.#view.perMs) return;
    this.#view = view;
    this.#changed();
  }

  #changed(): void {
    this.#rest();
    if (this.#scheduled !== 0) return;
    this.#scheduled = requestAnimationFrame(() => {
      this.#scheduled = 0;
      this.#draw();
    });
  }

  #rest(): void {
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      const { lanes = [], turns = [] } = this.#frame ?? {};
      this.#listener.rested({
        span: spanOf(this.#view),
        lanes: lanes.map(({ lane }) => lane),
        close: turns.some(({ width }) => width >= roomForParts),
        closeness: this.#view.perMs / fullView(this.#view.scale, this.#view.width).perMs,
      });
    }, resting);
  }

  #at(x: number, y: number): { readonly pointed: Pointed; readonly drawn: Drawn | null } | null {
    const frame = this.#frame;
    if (!frame) return null;
    const box = this.#elements.lanes.getBoundingClientRect();
    const place = { x: box.left + x, y: box.top + y };
    for (const list of [frame.marks, frame.inner, frame.threads, frame.turns]) {
      const drawn = drawnAt(list, x, y);
      if (drawn) return { pointed: { ...place, kind: 'items', items: drawn.items }, drawn };
    }
    const gap = frame.gaps.find((each) => x >= each.x && x <= each.x + each.width)?.gap;
    if (gap) return { pointed: { ...place, kind: 'gap', gap }, drawn: null };
    const { layout } = this.#content;
    const lane = layout.lanes[placeAt(layout, y + this.#elements.scroller.scrollTop)];
    return lane === undefined
      ? null
      : { pointed: { ...place, kind: 'lane', lane, time: timeAtX(this.#view, x) }, drawn: null };
  }

  #point(found: { readonly pointed: Pointed; readonly drawn: Drawn | null } | null): void {
    this.#listener.pointed(found?.pointed ?? null);
    const item = found?.drawn?.shown ?? null;
    if (item === this.#pointed) return;
    this.#pointed = item;
    this.#elements.lanes.style.cursor =
      found?.pointed.kind === 'items' || found?.pointed.kind === 'gap' ? 'pointer' : '';
    this.#changed();
  }

  #draw(): void {
    const { scroller, lanes, ruler, minimap } = this.#elements;
    const { scene, layout, clock, inner, selected, selectedLane } = this.#content;
    const height = scroller.clientHeight;
    const frame = frameOf({ scene, layout, view: this.#view, top: scroller.scrollTop, height, inner });
    this.#frame = frame;
    const { width } = this.#view;
    lanes.style.height = `${height}px`;
    // The scroll bar may make the lanes narrower.
    for (const above of [ruler, minimap]) above.style.width = `${width}px`;
    const context = contextOf(lanes, width, height);
    if (context) {
      paintFrame(
        context,
        this.#palette,
        scene,
        frame,
        { isSelected: (item) => item === selected, selectedLane, pointed: this.#pointed },
        () => paintLinks(context, this.#palette, scene, layout, frame, scroller.scrollTop),
      );
    }
    const ruled = contextOf(ruler, width, rulerHeight);
    if (ruled) paintRuler(ruled, this.#palette, this.#view, frame.gaps, clock, scene.span?.from ?? 0);
    const mapped = contextOf(minimap, width, minimapHeight);
    if (mapped) {
      mapped.drawImage(this.#mapOf(scene, width), 0, 0, width, minimapHeight);
      paintWindow(mapped, this.#palette, this.#view);
    }
    this.#layCursor(frame);
  }

  #mapOf(scene: Scene, width: number): HTMLCanvasElement {
    if (this.#map) return this.#map;
    const map = document.createElement('canvas');
    const context = contextOf(map, width, minimapHeight);
    if (context) paintMinimap(context, this.#palette, scene, this.#view);
    this.#map = map;
    return map;
  }

  /** Lays the cursor's element over its item, so that users see it, and tools that follow the focus find it. */
  #layCursor({ threads, turns, marks, inner }: Frame): void {
    const { cursor: element } = this.#elements;
    const { cursor } = this.#content;
    const drawn =
      cursor === null
        ? undefined
        : [threads, turns, marks, inner].flatMap((list) => list.filter(({ items }) => items.includes(cursor)))[0];
    element.hidden = drawn === undefined;
    if (!drawn) return;
    const left = Math.max(drawn.x, 0);
    Object.assign(element.style, {
      left: `${left - 3}px`,
      top: `${drawn.y - 3}px`,
      width: `${Math.min(drawn.x + drawn.width, this.#view.width) - left + 6}px`,
      height: `${drawn.height + 6}px`,
    });
  }
}

/** Returns the context of a canvas of that many pixels of the page, as sharp as the screen, ready for painting. */
function contextOf(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext('2d', { alpha: true });
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
