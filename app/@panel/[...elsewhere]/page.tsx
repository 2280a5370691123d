/** Going to another page closes the panel. */
export { default } from '../default';
