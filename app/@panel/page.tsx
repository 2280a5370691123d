/** The overview has no panel: an open one closes. */
export { default } from './default';
