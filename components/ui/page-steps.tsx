'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { KeyHelp, type KeyGroup } from './key-help';
import { Spoken } from './spoken';
import { TextLink } from './text-link';
import classes from './page-steps.module.css';

/**
 * A way to a page beside this one, by a link and by keys; `href` is null where there is none. `hint` names where it
 * leads.
 */
export interface PageStep {
  readonly keys: readonly string[];
  readonly name: string;
  readonly sign: string;
  readonly href: string | null;
  readonly hint: string;
}

/** What is typed, or done within a dialog or a part of the page with keys of its own, is no step. */
const isTyped = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null;

interface PageStepsProps {
  readonly label: string;
  readonly steps: readonly PageStep[];
  /** Keys of parts of the page. */ readonly more?: readonly KeyGroup[];
}

/** The steps from this page to those beside it; `?` lists their keys, and those of the page's parts. */
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
              <span className={classes.none} title={`There is no ${name}.`}>
                <span aria-hidden="true">{sign}</span> {name}
                <Spoken>: there is none</Spoken>
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
              ...steps.map(({ keys, name }): KeyGroup['keys'][number] => [keys, `the ${name}`]),
              [['?'], 'show these keys'],
            ],
          },
        ]}
      />
    </nav>
  );
}
