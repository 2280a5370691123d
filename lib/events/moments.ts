/** The last moment that a JavaScript date can name, in ms since the epoch. */
export const lastMillisecond = 8.64e15;

const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/**
 * The time when a UUIDv7 was made, in ms since the epoch: its first 48 bits (`schema.md` §2.3). Null for any other id.
 */
export const timeOfId = (id: string | null): number | null =>
  id !== null && version7.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
