/** Closes the panel on the way to another page. */
export { default } from '../default';
