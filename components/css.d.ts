import 'react';

declare module 'react' {
  interface CSSProperties {
    /** How deep a line of a tree is indented, from 1. */
    '--level'?: number;
  }
}
