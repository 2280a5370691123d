'use client';

import { filterKeys, listKeys } from '@/lib/filter-url.ts';
import { formatTime } from '@/components/formats';
import { Chip } from '@/components/ui/chip';
import { TextLink } from '@/components/ui/text-link';
import { filterNames } from './names';
import { useFilter } from './use-filter';
import classes from './filter.module.css';

const asTime = (text: string): string =>
  Number.isNaN(Date.parse(text)) ? text : `${formatTime(new Date(text).toISOString())} UTC`;
/** Pages about one record show it whole. */
const wholePages = /^\/(threads|imports|events)\/./;

/** Shows the active filter; each part can be removed. */
export function ActiveFilters({
  importNames,
  allImports,
}: {
  readonly importNames: ReadonlyMap<string, string>;
  readonly allImports: boolean;
}) {
  const { path, values, addressWith } = useFilter();
  const chips = filterKeys.flatMap((key) =>
    values(key).map((value) => ({ key, value, rest: values(key).filter((other) => other !== value) })),
  );
  if (chips.length === 0) return null;
  const shown = (key: (typeof filterKeys)[number], value: string): string => {
    if (key === 'from' || key === 'to') return asTime(value);
    return key === 'importId'
      ? (importNames.get(value) ?? (allImports ? `${value} (not in Dendro)` : `import ${value}`))
      : value || 'none';
  };
  return (
    <div className={classes.active}>
      <ul className={classes.chips} aria-label="Active filters">
        {chips.map(({ key, value, rest }) => (
          <li key={`${key} ${value}`}>
            <Chip
              name={filterNames[key]}
              value={shown(key, value)}
              href={addressWith({ [key]: rest.length > 0 ? rest : undefined })}
            />
          </li>
        ))}
        <li>
          <TextLink
            className={classes.clear}
            scroll={false}
            href={addressWith(Object.fromEntries([...listKeys, 'from', 'to'].map((key) => [key, undefined])))}
          >
            Clear all
          </TextLink>
        </li>
      </ul>
      {wholePages.test(path) ? <p className={classes.remark}>Filters don’t apply on this page.</p> : null}
    </div>
  );
}
