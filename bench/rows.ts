import { pageScripts, viewFigures } from './browser.ts';
import { filled } from './dendros.ts';
import { dropRollouts } from './drop.ts';
import { compareImport, largeImport, smallImports } from './imports.ts';
import { everyPage } from './pages.ts';
import { postsBesideReaders } from './posts.ts';
import { row, type Row, type Sizes } from './row.ts';

/** The result of a row that has only notes. */
const without = async (noted: Promise<void>) => {
  await noted;
  return {};
};

/** Every row of the bench, in the order of the run. Targets in seconds are for a machine of `referenceSpeed`. */
export function rowsOf({ log, small, few, many, most, rollouts, seconds }: Sizes): readonly Row[] {
  const n = (count: number): string => count.toLocaleString('en');
  return [
    row({
      name: 'small-import',
      what: `an import of ${n(small)} events and the first Overview after it`,
      figures: {
        many: { label: `with ${n(many)} events in`, unit: 's', must: 0.5 },
        few: { label: `with ${n(few)} events in`, unit: 's' },
        ratio: { label: 'the first against the second', unit: '× the time', must: 1.5 },
      },
      measure: smallImports,
    }),
    row({
      name: 'import',
      what: `an import of ${n(log)} events until figures stand`,
      figures: {
        seconds: { label: 'Dendro, over HTTP, durable', unit: 's' },
        reader: { label: "against DuckDB's reader", unit: '× the speed', aims: [1, 2] },
        readerWithTexts: { label: 'against it with texts kept', unit: '× the speed' },
        parse: { label: 'against bare JSON.parse', unit: '× the speed', aims: [0.4] },
      },
      measure: compareImport,
    }),
    row({
      name: 'memory',
      what: `${n(many)} events in one log, figures included`,
      figures: { peak: { label: 'peak memory', unit: 'MB', must: 1000 } },
      measure: async () => ({ peak: (await filled(many)).memory }),
    }),
    row({
      name: 'drop',
      what: `${n(rollouts)} rollouts of 0.5 MB dropped in a browser until figures stand`,
      figures: {
        first: { label: 'against bare JSON.parse', unit: '× the time', must: 6 },
        again: { label: 'dropped again', unit: '× the time', must: 3 },
      },
      measure: dropRollouts,
    }),
    row({
      name: 'posts',
      what: `ten small posts a second for ${seconds} s beside readers, ${n(log)} events in`,
      figures: {
        post: { label: 'p95 of a post', unit: 'ms', must: 150 },
        overview: { label: 'p95 of an Overview', unit: 'ms', must: 200 },
      },
      measure: postsBesideReaders,
    }),
    row({
      name: 'pages',
      what: `every page, ${n(many)} events in`,
      figures: { slowest: { label: 'p95 of the slowest', unit: 'ms', must: 150, aims: [100] } },
      measure: everyPage,
    }),
    row({
      name: 'large',
      what: `${n(most)} events in one log until figures stand`,
      long: true,
      figures: {
        memory: { label: 'peak memory', unit: 'MB', must: 1500, aims: [1000] },
        cost: { label: `an event against ${n(log)} events`, unit: '× the time', aims: [1.3] },
        pages: { label: 'p95 of the slowest page', unit: 'ms', aims: [250] },
      },
      measure: largeImport,
    }),
    row({
      name: 'views',
      what: 'trees and timelines of extreme logs in a browser',
      figures: {},
      measure: (bench) => without(viewFigures(bench)),
    }),
    row({
      name: 'scripts',
      what: 'JavaScript of each page, compressed',
      figures: {},
      measure: (bench) => without(pageScripts(bench)),
    }),
  ];
}
