'use client';

import { Modal } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Spoken } from './spoken';
import { TextLink } from './text-link';
import classes from './page-steps.module.css';

/** A way to a page beside this one, by a link and by keys; `href` is null where there is none. `hint` names where it leads. */
export interface PageStep { readonly keys: readonly string[]; readonly name: string; readonly sign: string; readonly href: string | null; readonly hint: string }

/** What is typed, or done within a dialog or a part of the page with keys of its own, is no step. */
const isTyped = (target: EventTarget | null): boolean => target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null;

/** The steps from this page to those beside it; `?` lists their keys. */
export function PageSteps({ label, steps }: { readonly label: string; readonly steps: readonly PageStep[] }) {
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
            {href === null ? <span className={classes.none} title={`There is no ${name}.`}><span aria-hidden="true">{sign}</span> {name}<Spoken>: there is none</Spoken></span>
              : <TextLink href={href} title={`${hint} (key ${keys[0] ?? ''})`}><span aria-hidden="true">{sign}</span> {name}</TextLink>}
          </li>
        ))}
        <li><button type="button" className={classes.keys} onClick={() => setListed(true)}><kbd>?</kbd> Keys</button></li>
      </ul>
      <Modal opened={listed} onClose={() => setListed(false)} title="Keys of this page" closeButtonProps={{ 'aria-label': 'Close' }} centered>
        <table className={classes.table}>
          <thead><tr><th scope="col">Key</th><th scope="col">Leads to</th></tr></thead>
          <tbody>
            {steps.map(({ keys, name }) => <tr key={name}><td>{keys.map((key, index) => <span key={key}>{index > 0 ? ' or ' : ''}<kbd>{key}</kbd></span>)}</td><td>the {name}</td></tr>)}
            <tr><td><kbd>?</kbd></td><td>this list</td></tr>
          </tbody>
        </table>
      </Modal>
    </nav>
  );
}
