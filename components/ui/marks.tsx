import type { ReactNode } from 'react';
import { markId, type Mark } from './status';
import classes from './status.module.css';

const ground = {
  stroke: 'var(--paper)',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;
const line = { stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round', fill: 'none' } as const;

const drawings: Readonly<Record<Mark, ReactNode>> = {
  check: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="M3.5 6.2 5.2 7.9 8.5 4.4" {...ground} />
    </>
  ),
  cross: (
    <>
      <path d="M6 .2 11.8 6 6 11.8.2 6Z" fill="currentColor" />
      <path d="m4.4 4.4 3.2 3.2m0-3.2L4.4 7.6" {...ground} />
    </>
  ),
  lock: (
    <>
      <rect x="1.5" y="5" width="9" height="6.6" rx="1" fill="currentColor" />
      <path d="M3.5 5V3.6a2.5 2.5 0 0 1 5 0V5" {...line} />
      <path d="M6 7.4v1.8" {...ground} />
    </>
  ),
  slash: (
    <>
      <circle cx="6" cy="6" r="4.8" {...line} />
      <path d="M2.7 9.3 9.3 2.7" {...line} />
    </>
  ),
  square: <rect x="1" y="1" width="10" height="10" rx="1.5" fill="currentColor" />,
  clock: (
    <>
      <circle cx="6" cy="6" r="4.8" {...line} />
      <path d="M6 3.3V6l1.8 1.2" {...line} />
    </>
  ),
  pause: (
    <>
      <circle cx="6" cy="6" r="4.8" {...line} />
      <path d="M4.7 4.2v3.6m2.6-3.6v3.6" {...line} />
    </>
  ),
  question: (
    <>
      <circle cx="6" cy="6" r="4.8" {...line} strokeDasharray="2 2" />
      <circle cx="6" cy="6" r="1.2" fill="currentColor" />
    </>
  ),
  user: (
    <>
      <circle cx="6" cy="3.4" r="2.2" {...line} strokeWidth="1.1" />
      <path d="M2.2 11c0-2.6 1.5-4 3.8-4s3.8 1.4 3.8 4" {...line} strokeWidth="1.1" />
    </>
  ),
  subagent: (
    <>
      <path d="M3 1.500v9M3 8.500c0-3 1.6-4 5-4" {...line} strokeWidth="1.1" />
      <circle cx="9.3" cy="4.5" r="1.3" {...line} strokeWidth="1.1" />
    </>
  ),
  guardian: (
    <path
      d="M6 .8 10.2 2.400v3.200c0 2.7-1.7 4.6-4.2 5.600C3.5 10.2 1.8 8.3 1.8 5.600V2.400Z"
      {...line}
      strokeWidth="1.1"
    />
  ),
  other: <circle cx="6" cy="6" r="4.6" {...line} strokeWidth="1.1" strokeDasharray="2 1.6" />,
};

/** Holds the drawing of every mark, once for each page: tables refer to them hundreds of times. */
export function Marks() {
  return (
    <svg className={classes.sprite} aria-hidden="true" focusable="false">
      {Object.entries(drawings).map(([mark, drawing]) => (
        <symbol key={mark} id={markId(mark)} viewBox="0 0 12 12">
          {drawing}
        </symbol>
      ))}
    </svg>
  );
}
