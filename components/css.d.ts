import 'react';

declare module 'react' {
  interface CSSProperties {
    /** How deep a line of a tree is indented. */
    '--level'?: number;
    /** The widths of the tree's columns beside the name, and their sum in rem. */
    '--tree-columns'?: string;
    '--tree-width'?: number;
  }
}
