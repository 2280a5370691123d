import 'react';

declare module 'react' {
  interface CSSProperties {
    /** The indentation level of a line of a tree. */
    '--level'?: number;
    /** The widths of the tree's columns beside the name, and their sum in rem. */
    '--tree-columns'?: string;
    '--tree-width'?: number;
  }
}
