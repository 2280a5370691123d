'use client';

import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import { countText, formatShare, formatInteger } from '@/components/formats';
import { statusLook } from '@/components/ui/status';
import { StatusMark } from '@/components/ui/status-mark';
import { axis, axisLabel, cursor, figureTick, grid, statusBarsHeight } from './axes';
import { patternId, StatusPatterns } from './patterns';
import { Segment } from './segment';
import { Tip } from './tip';

export interface StatusBarPart {
  readonly status: string;
  readonly count: number;
  readonly href: string;
}
export interface StatusBarRow {
  readonly label: string;
  readonly parts: readonly StatusBarPart[];
}
export interface StatusBarsProps {
  readonly rows: readonly StatusBarRow[];
  readonly statuses: readonly string[];
  readonly unit: string;
}

const longestLabel = 26;
const cut = (label: string): string =>
  label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}\u2026` : label;

/** Shows one bar for each group, by status. */
export function StatusBars({ rows, statuses, unit }: StatusBarsProps) {
  const id = useId();
  const data = rows.map(({ label, parts }, index) => ({
    name: `${index}`,
    label,
    ...Object.fromEntries(parts.map(({ status, count }) => [status, count])),
  }));
  const labelWidth = Math.min(190, 14 + 6.6 * Math.max(...rows.map(({ label }) => cut(label).length)));
  return (
    <BarChart
      data={data}
      layout="vertical"
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', height: statusBarsHeight(rows.length) }}
      margin={{ top: 4, right: 12, bottom: 14, left: 0 }}
      barCategoryGap={6}
    >
      <StatusPatterns chart={id} />
      <CartesianGrid {...grid} horizontal={false} />
      <XAxis
        type="number"
        allowDecimals={false}
        tickFormatter={figureTick}
        {...axis}
        axisLine={false}
        label={{ value: unit, position: 'insideBottomRight', offset: 0, dy: 8, ...axisLabel }}
      />
      <YAxis
        type="category"
        dataKey="name"
        width={labelWidth}
        tickFormatter={(name: string) => cut(rows[Number(name)]?.label ?? '')}
        {...axis}
        tick={{ fill: 'var(--ink)', fontSize: 12 }}
        interval={0}
      />
      <Tooltip
        cursor={cursor}
        isAnimationActive={false}
        content={({ active, activeIndex }) => {
          const row = active ? rows[Number(activeIndex)] : undefined;
          if (!row) return null;
          const total = row.parts.reduce((sum, { count }) => sum + count, 0);
          return (
            <Tip
              title={`${row.label}: ${countText(total, unit)}`}
              lines={row.parts
                .filter(({ count }) => count > 0)
                .map(({ status, count }) => {
                  const { label, mark, tone } = statusLook(status);
                  return {
                    label,
                    swatch: <StatusMark mark={mark} tone={tone} />,
                    value: `${formatInteger(count)} (${formatShare(count, total) ?? ''})`,
                  };
                })}
            />
          );
        }}
      />
      {statuses.map((status) => (
        <Bar
          key={status}
          dataKey={status}
          stackId="statuses"
          isAnimationActive={false}
          shape={({ x, y, width, height, originalDataIndex }) => (
            <Segment
              x={x}
              y={y}
              width={width}
              height={height}
              fill={`url(#${patternId(id, statusLook(status).tone)})`}
              href={rows[originalDataIndex]?.parts.find((part) => part.status === status)?.href}
            />
          )}
        />
      ))}
    </BarChart>
  );
}
