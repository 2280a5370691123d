'use client';

import { IconBroadcast, IconBroadcastOff, IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { formatTime } from '@/components/formats';
import classes from './shell.module.css';
import { useChanges } from './use-changes';

const states = {
  live: { Icon: IconBroadcast, text: 'Live', action: 'Pages update when logs come in. Click to pause.' },
  paused: { Icon: IconPlayerPause, text: 'Paused', action: 'Pages stay as they are. Click to update them again.' },
  offline: { Icon: IconBroadcastOff, text: 'Offline', action: 'No connection to Dendro. Retrying.' },
} as const;

/** Keeps the page up to date, says so, and pauses it. `revision` is the one that the page shows. */
export function LiveMark({ revision }: { readonly revision: number }) {
  const [paused, setPaused] = useState(false);
  const { connected, changedAt } = useChanges(revision, paused);
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
