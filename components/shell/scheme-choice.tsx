'use client';

import { useMantineColorScheme } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { Spoken } from '@/components/ui/spoken';
import classes from './shell.module.css';

const schemes = [
  ['light', 'Light', IconSun],
  ['dark', 'Dark', IconMoon],
  ['auto', 'System', IconDeviceDesktop],
] as const;

/** Light, dark, or as the system says. */
export function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server does not know what this browser chose.
  const mounted = useMounted();
  return (
    <div className={classes.schemes} role="group" aria-label="Theme">
      {schemes.map(([scheme, name, Icon]) => (
        <button
          key={scheme}
          type="button"
          className={classes.scheme}
          title={name}
          aria-pressed={mounted && colorScheme === scheme}
          onClick={() => setColorScheme(scheme)}
        >
          <Icon size={15} stroke={1.5} aria-hidden="true" />
          <Spoken>{name}</Spoken>
        </button>
      ))}
    </div>
  );
}
