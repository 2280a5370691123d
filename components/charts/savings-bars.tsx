'use client';

import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { formatInteger } from '@/components/formats';
import { axis, axisLabel, cursor, figureTick, grid, savingsHeight } from './axes';
import { patternId, StatusPatterns } from './patterns';
import { Segment } from './segment';
import { Tip } from './tip';

export interface SavingsPoint {
  readonly label: string;
  readonly tick: string;
  readonly href: string;
  readonly completed: number;
  readonly failed: number;
  readonly interrupted: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly tokensSaved: number;
}
export interface SavingsBarsProps {
  readonly points: readonly SavingsPoint[];
  readonly completedAlone: boolean;
  readonly width: string;
}

/**
 * Shows the tokens in context before the completed compactions: how many stayed, how many were saved, and below zero
 * how many were added.
 */
export function SavingsBars({ points, completedAlone, width }: SavingsBarsProps) {
  const id = useId();
  const data = points.map(({ tokensAfter, tokensBefore, tokensSaved }, index) => ({
    index,
    kept: Math.min(tokensAfter, tokensBefore),
    saved: Math.max(tokensSaved, 0),
    added: Math.min(tokensSaved, 0),
  }));
  const fills = {
    kept: 'var(--series-kept)',
    saved: 'var(--accent)',
    added: `url(#${patternId(id, 'failure')})`,
  } as const;
  return (
    <BarChart
      data={data}
      responsive
      accessibilityLayer={false}
      stackOffset="sign"
      style={{ width: '100%', height: savingsHeight }}
      margin={{ top: 6, right: 8, bottom: 14, left: 4 }}
      barCategoryGap={1}
    >
      <StatusPatterns chart={id} />
      <CartesianGrid {...grid} vertical={false} />
      <XAxis
        dataKey="index"
        tickFormatter={(index: number) => points[index]?.tick ?? ''}
        minTickGap={28}
        {...axis}
        label={{ value: `time (UTC), ${width} per bar`, position: 'insideBottomRight', offset: 0, dy: 8, ...axisLabel }}
      />
      <YAxis
        tickFormatter={figureTick}
        {...axis}
        axisLine={false}
        width={58}
        label={{ value: 'tokens', angle: -90, position: 'insideLeft', offset: 4, ...axisLabel }}
      />
      <ReferenceLine y={0} stroke="var(--ink-mute)" />
      <Tooltip
        cursor={cursor}
        isAnimationActive={false}
        content={({ active, activeIndex }) => {
          const point = active ? points[Number(activeIndex)] : undefined;
          return point ? (
            <Tip
              title={point.label}
              lines={[
                { label: 'saved', value: `${formatInteger(point.tokensSaved)} tokens` },
                { label: 'before', value: `${formatInteger(point.tokensBefore)} tokens` },
                { label: 'after', value: `${formatInteger(point.tokensAfter)} tokens` },
                { label: 'completed', value: formatInteger(point.completed) },
                ...(completedAlone
                  ? []
                  : [
                      { label: 'failed', value: formatInteger(point.failed) },
                      { label: 'interrupted', value: formatInteger(point.interrupted) },
                    ]),
              ]}
            />
          ) : null;
        }}
      />
      {(['kept', 'saved', 'added'] as const).map((part) => (
        <Bar
          key={part}
          dataKey={part}
          stackId="tokens"
          isAnimationActive={false}
          maxBarSize={28}
          shape={({ x, y, width: wide, height, originalDataIndex }) => (
            <Segment
              x={x}
              y={y}
              width={wide}
              height={height}
              fill={fills[part]}
              href={points[originalDataIndex]?.href}
            />
          )}
        />
      ))}
    </BarChart>
  );
}
