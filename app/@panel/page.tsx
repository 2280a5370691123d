/** The overview has no panel: whatever was open closes. */
export { default } from './default';
