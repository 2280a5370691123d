'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { KeyHelp, type KeyGroup } from './key-help';
import { Spoken } from './spoken';
import { TextLink } from './text-link';
import classes from './page-steps.module.css';

/**
 * A step to a page beside this one, by a link and by keys; `href` is null where there is none. `hint` names the target.
 */
export interface PageStep {
  readonly keys: readonly string[];
  readonly name: string;
  readonly sign: string;
  readonly href: string | null;
  readonly hint: string;
}

/**
 * Returns true for keys that are typed, or pressed within a dialog or a part of the page with keys of its own: they are
 * no steps.
 */
const isTyped = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null;

interface PageStepsProps {
  readonly label: string;
  readonly steps: readonly PageStep[];
  /** Keys of parts of the page. */ readonly more?: readonly KeyGroup[];
}

/** Shows the steps from this page to its neighbours; `?` lists their keys, and those of the page's parts. */
export function PageSteps({ label, steps, more = [] }: PageStepsProps) {
  const router = useRouter();
  const [listed, setListed] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyped(event.target)) return;
      if (event.key === '?') setListed(true);
      const step = steps.find(({ keys }) => keys.includes(event.key));
      if (step && step.href !== null) router.push(step.href);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [router, steps]);
  return (
    <nav className={classes.steps} aria-label={label}>
      <ul className={classes.list}>
        {steps.map(({ keys, name, sign, href, hint }) => (
          <li key={name}>
            {href === null ? (
              <span className={classes.none} title={`No ${name}`}>
                <span aria-hidden="true">{sign}</span> {name}
                <Spoken>: none</Spoken>
              </span>
            ) : (
              <TextLink href={href} title={`${hint} (key ${keys[0] ?? ''})`}>
                <span aria-hidden="true">{sign}</span> {name}
              </TextLink>
            )}
          </li>
        ))}
        <li>
          <button type="button" className={classes.keys} onClick={() => setListed(true)}>
            <kbd>?</kbd> Keys
          </button>
        </li>
      </ul>
      <KeyHelp
        open={listed}
        onClose={() => setListed(false)}
        groups={[
          ...more,
          {
            title: 'Anywhere on this page',
            keys: [
              ...steps.map(({ keys, name }): KeyGroup['keys'][number] => [keys, `Go to ${name}`]),
              [['?'], 'Show keyboard shortcuts'],
            ],
          },
        ]}
      />
    </nav>
  );
}
