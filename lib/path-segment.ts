/*
 * Ids of logs as segments of a path. An id may hold anything, but `.` and `..` cannot stand in a path, not even
 * encoded: readers of an address take them for directions (RFC 3986, 5.2.4). They are written as `~.` and `~..`, and an
 * id that looks like that gets one more `~`.
 */
const escaped = /^~+\.{1,2}$/;
const needsEscape = /^~*\.{1,2}$/;

/** Returns the segment of a path for this id. */
export const pathSegment = (id: string): string => (needsEscape.test(id) ? `~${id}` : encodeURIComponent(id));

/** Returns the id of a segment of a path that is already decoded. */
export const idOfSegment = (segment: string): string => (escaped.test(segment) ? segment.slice(1) : segment);

/** Returns a request target whose path has no directions: a client that sent `.` or `..` as they are meant the ids. */
export function withoutDirections(target: string): string {
  const [path = ''] = target.split(/[?#]/, 1);
  return (
    path
      .split('/')
      .map((segment) => (/^(?:\.|%2e){1,2}$/i.test(segment) ? `~${segment.replaceAll(/%2e/gi, '.')}` : segment))
      .join('/') + target.slice(path.length)
  );
}
