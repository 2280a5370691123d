'use client';

import { tones, type Tone } from '@/components/ui/status';

export const hatching: Readonly<Record<Tone, string>> = {
  good: '',
  failure: 'M-1 1 1-1M0 6 6 0M5 7 7 5',
  refusal: 'M1.5 1.500h.01M4.5 4.500h.01',
  ended: 'M0 2h6M0 5h6',
  late: 'M2 0v6M5 0v6',
  cancelled: 'M0 6 6 0M0 0 6 6',
  unknown: 'M3 3h.01',
};

export const patternId = (chart: string, tone: Tone): string => `${chart}-${tone}`;

/** The fills of a chart: one colour and one hatching for each tone, so that no meaning depends on colour alone. */
export function StatusPatterns({ chart }: { readonly chart: string }) {
  return (
    <defs>
      {tones.map((tone) => (
        <pattern key={tone} id={patternId(chart, tone)} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill={`var(--tone-${tone})`} />
          <path
            d={hatching[tone]}
            stroke="var(--paper)"
            strokeOpacity="0.6"
            strokeWidth={tone === 'refusal' || tone === 'unknown' ? 1.6 : 1}
            strokeLinecap="round"
            fill="none"
          />
        </pattern>
      ))}
    </defs>
  );
}
