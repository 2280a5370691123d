'use client';

import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { Spoken } from '@/components/ui/spoken';
import { StatusLabel } from '@/components/ui/status-mark';
import type { UrlParameters } from '@/lib/parameters.ts';
import { describe, hasOutcome, threadName, type Telling } from './describe';
import { DetailsFacts } from './details-facts';
import { EventTexts } from './event-texts';
import { laneOf } from './find-item';
import type { Item } from './items';
import type { Scene } from './scene';
import { selectionText, type Selection } from './selection';
import type { Tables } from './tables';
import classes from './details.module.css';

export interface DetailsProps {
  readonly scene: Scene;
  readonly tables: Tables;
  readonly selection: Selection | null;
  /** The selected item, when it was read; an event that was not read is only shown as itself. */
  readonly item: Item | null;
  readonly telling: Telling;
  readonly onSelect: (selection: Selection, item: Item | null) => void;
  readonly onClose: () => void;
  readonly kept: UrlParameters;
}

/** Returns the thread of a selected fork: its events tell of the fork. */
function forkOf({ fork }: Tables, selection: Selection, lane: number): string | null {
  if (selection.kind !== 'fork') return null;
  const isSource = fork.relation.some(
    (relation, record) =>
      relation === 'source' && fork.lane[record] === lane && fork.threadId[record] === selection.otherThreadId,
  );
  return isSource ? selection.threadId : selection.otherThreadId;
}

/**
 * Shows the selection: facts first, then its events as they are in the logs. It stands below the lanes, or in a drawer
 * where there is little room.
 */
export function Details(props: DetailsProps) {
  const { selection, scene, tables, item, telling, onClose } = props;
  const narrow = useMediaQuery('(max-width: 48em)', false);
  const lane = selection === null ? -1 : laneOf(scene, selection.threadId);
  const what =
    selection?.kind === 'thread' && lane >= 0
      ? `Thread ${threadName(tables, lane)}`
      : item === null
        ? 'Event'
        : describe(tables, item, telling).what;
  const title = (
    <>
      {what} {item !== null && hasOutcome(item.kind) ? <StatusLabel status={item.status} /> : null}
    </>
  );
  const inside =
    selection === null ? null : lane < 0 ? (
      <p className={classes.missing}>The selected item is not in this tree.</p>
    ) : (
      <>
        <DetailsFacts {...props} selection={selection} lane={lane} />
        <EventTexts
          key={selectionText(selection)}
          selection={selection}
          threadId={forkOf(tables, selection, lane) ?? selection.threadId}
          what={selection.kind === 'fork' ? 'Fork event' : 'Event'}
        />
      </>
    );
  if (narrow) {
    return (
      <Drawer
        opened={selection !== null}
        onClose={onClose}
        position="bottom"
        size="75%"
        title={title}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {inside}
      </Drawer>
    );
  }
  if (selection === null) return null;
  return (
    <section className={classes.details} aria-label="Selection">
      <header>
        <h3>{title}</h3>
        <button type="button" className={classes.close} onClick={onClose} title="Clear selection (Esc)">
          <IconX size={15} stroke={1.75} aria-hidden="true" />
          <Spoken>Clear selection</Spoken>
        </button>
      </header>
      {inside}
    </section>
  );
}
