'use client';

import { IconBroadcast, IconBroadcastOff, IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { formatTime } from '@/components/formats';
import classes from './shell.module.css';
import { useChanges } from './use-changes';

const states = {
  live: { Icon: IconBroadcast, text: 'Live', action: 'Pages update when data changes. Click to pause.' },
  paused: { Icon: IconPlayerPause, text: 'Paused', action: 'Updates are paused. Click to resume.' },
  offline: { Icon: IconBroadcastOff, text: 'Offline', action: 'No connection to Dendro. Retrying. Click to pause.' },
} as const;

/** Keeps the page up to date, shows whether it is live, and pauses updates on click. */
export function LiveMark() {
  const [paused, setPaused] = useState(false);
  const { connected, changedAt } = useChanges(paused);
  const { Icon, text, action } = states[paused ? 'paused' : connected === false ? 'offline' : 'live'];
  const last = changedAt === null ? null : `${formatTime(new Date(changedAt).toISOString()).slice(11)} UTC`;
  return (
    <button
      type="button"
      className={classes.live}
      aria-pressed={!paused}
      title={last === null ? action : `${action} Last change: ${last}.`}
      onClick={() => setPaused(!paused)}
    >
      <Icon size={15} stroke={1.5} aria-hidden="true" />
      {text}
      {last === null ? null : <small>{last}</small>}
    </button>
  );
}
