import { address } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { treeChoiceNames, treeChoices, type TreeChoice } from './tree-choice';
import classes from './trees.module.css';

/** Shows the choices of trees. */
export function TreeChoices({ choice, kept }: { readonly choice: TreeChoice; readonly kept: UrlParameters }) {
  return (
    <nav aria-label="Sort trees by">
      <ul className={classes.choices}>
        {treeChoiceNames.map((name) => (
          <li key={name}>
            <TextLink
              scroll={false}
              href={address('/', kept, { trees: name === 'largest' ? undefined : name })}
              aria-current={name === choice ? 'true' : undefined}
            >
              {treeChoices[name].name}
            </TextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
