import { formatShort } from '@/components/formats';

/** The look of every axis. */
export const axis = {
  stroke: 'var(--hairline-strong)',
  tickLine: false,
  tick: { fill: 'var(--ink-mute)', fontSize: 11 },
} as const;
export const grid = { stroke: 'var(--hairline)', strokeDasharray: '' } as const;
export const cursor = { fill: 'var(--ink)', fillOpacity: 0.05 } as const;
export const axisLabel = { fill: 'var(--ink-mute)', fontSize: 11 } as const;
export const figureTick = (value: number): string => formatShort(value);

/** Heights of the drawings, in pixels. */
export const savingsHeight = 240;
export const statusBarsHeight = (bars: number): number => bars * 26 + 52;
