/** The sizes that the rows work with. The targets are for these sizes unless options say otherwise. */
export interface Sizes {
  /** Events of the log that imports are compared on. */
  readonly log: number;
  /** Events of a small import. */
  readonly small: number;
  /** Events imported before: few, many, and the most of all. */
  readonly few: number;
  readonly many: number;
  readonly most: number;
  /** Files of the dropped folder, half a megabyte each. */
  readonly rollouts: number;
  /** Number of repetitions of a comparison. */
  readonly rounds: number;
  /** Seconds during which posts come in. */
  readonly seconds: number;
}

/**
 * For each unit: how to write its figures, whether less is better, and whether its targets depend on the speed of the
 * machine.
 */
const units = {
  s: { digits: 2, less: true, scaled: true },
  ms: { digits: 0, less: true, scaled: true },
  MB: { digits: 0, less: true, scaled: false },
  '× the time': { digits: 2, less: true, scaled: false },
  '× the speed': { digits: 2, less: false, scaled: false },
} as const;
export type Unit = keyof typeof units;

export interface Figure {
  readonly label: string;
  readonly unit: Unit;
  /** Limits on a machine of `referenceSpeed`, inclusive. Aims are in order, the easiest first. */
  readonly must?: number;
  readonly aims?: readonly number[];
}

/** The tools of a row's measurements. */
export interface Bench {
  readonly sizes: Sizes;
  /** Prints something that has no target, below the row's figures. */
  note(label: string, text: string): void;
}

/** A row of the bench: its topic, its figures with their targets, and their measurement. */
export interface Row {
  readonly name: string;
  readonly what: string;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly measure: (bench: Bench) => Promise<Readonly<Record<string, number>>>;
  /** Takes so long that it runs only on request. */
  readonly long: boolean;
}

/** Declares a row that measures exactly the figures it declares. A figure that this system cannot measure is NaN. */
export function row<F extends string>({
  long = false,
  ...declared
}: {
  readonly name: string;
  readonly what: string;
  readonly long?: boolean;
  readonly figures: Readonly<Record<F, Figure>>;
  readonly measure: (bench: Bench) => Promise<Readonly<Record<F, number>>>;
}): Row {
  return { ...declared, long };
}

/** The speed of bare `JSON.parse` on the bench's log, in MB/s, on the machine that targets in seconds are for. */
export const referenceSpeed = 330;

export const hasScaledTargets = ({ figures }: Row): boolean =>
  Object.values(figures).some(
    ({ unit, must, aims }) => units[unit].scaled && (must !== undefined || aims !== undefined),
  );

const write = (value: number, unit: Unit): string =>
  Number.isNaN(value) ? 'not known on this system' : `${value.toFixed(units[unit].digits)} ${unit}`;

/**
 * Returns the figure's value, and each of its targets with the verdict. `speed` is the speed of `JSON.parse` here, in
 * MB/s.
 */
export function judged({ unit, must, aims = [] }: Figure, value: number, speed: number): string {
  const { less, scaled } = units[unit];
  const target = (kind: string, limit: number): string => {
    const here = scaled ? (limit * referenceSpeed) / speed : limit;
    const reached = less ? value <= here : value >= here;
    return `${kind} ${less ? '≤' : '≥'} ${write(limit, unit)}${scaled ? `, here ${write(here, unit)}` : ''}: ${reached ? 'reached' : 'MISSED'}`;
  };
  const targets = [...(must === undefined ? [] : [target('must', must)]), ...aims.map((aim) => target('aim', aim))];
  return [write(value, unit), ...targets].join(' · ');
}
