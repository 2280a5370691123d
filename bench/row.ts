/**
 * How large everything is that the rows work with. The targets are for the sizes that hold unless options say
 * otherwise.
 */
export interface Sizes {
  /** Events of the log that imports are compared on. */
  readonly log: number;
  /** Events of a small import. */
  readonly small: number;
  /** Events that are in before: few, many, and the most of all. */
  readonly few: number;
  readonly many: number;
  readonly most: number;
  /** Files of the folder that is dropped, of half a megabyte each. */
  readonly rollouts: number;
  /** How often a comparison is repeated. */
  readonly rounds: number;
  /** How long posts come in. */
  readonly seconds: number;
}

/**
 * How figures of a unit are written, whether less of it is better, and whether targets in it depend on how fast the
 * machine is.
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
  /**
   * Limits that hold on a machine of `referenceSpeed`; a limit itself is within. Aims go from the nearer to the
   * farther.
   */
  readonly must?: number;
  readonly aims?: readonly number[];
}

/** What a row measures with. */
export interface Bench {
  readonly sizes: Sizes;
  /** Prints something below the row's figures that has no target. */
  note(label: string, text: string): void;
}

/** A row of the bench: what it is about, its figures with their targets, and how they are measured. */
export interface Row {
  readonly name: string;
  readonly what: string;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly measure: (bench: Bench) => Promise<Readonly<Record<string, number>>>;
  /** It takes so long that it runs only when it is asked for. */
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
 * The figure's value, and each of its targets with what came of it. `speed` is what `JSON.parse` does here, in MB/s.
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
